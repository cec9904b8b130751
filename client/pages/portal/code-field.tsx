import { TextField } from "../../parts/field.tsx";
import { t } from "../../words/words.ts";

/** A code of the app, which telephones offer to fill in, or a recovery code. */
export function CodeField({ kind = "app", error }: { kind?: "app" | "recovery"; error: string | undefined }) {
  const isApp = kind === "app";
  return (
    <TextField
      label={t(isApp ? "signIn.code" : "signIn.recoveryCode")}
      hint={t(isApp ? "signIn.codeHint" : "signIn.recoveryCodeHint")}
      name="code"
      inputMode={isApp ? "numeric" : "text"}
      autoComplete={isApp ? "one-time-code" : "off"}
      autoCapitalize="characters"
      spellCheck={false}
      maxLength={40}
      error={error}
    />
  );
}
