import { useState } from "react";
import { Button } from "../../parts/button.tsx";
import { TextField } from "../../parts/field.tsx";
import { t } from "../../words/words.ts";

/** A password to be chosen. It can be looked at, which is better than writing it twice. */
export function NewPasswordField({ label, error }: { label: string; error: string | undefined }) {
  const [isShown, show] = useState(false);
  return (
    <div className="new-password">
      <TextField
        label={label}
        name="password"
        type={isShown ? "text" : "password"}
        autoComplete="new-password"
        spellCheck={false}
        autoCapitalize="none"
        maxLength={200}
        hint={t("account.passwordHint")}
        error={error}
      />
      <Button size="small" icon="eye" aria-pressed={isShown} onClick={() => show(!isShown)}>
        {t("account.showPassword")}
      </Button>
    </div>
  );
}
