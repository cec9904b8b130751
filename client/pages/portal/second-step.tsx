import { useEffect, useState } from "react";
import { secondStep } from "../../api/signing-in.ts";
import { signOut } from "../../api.ts";
import { Button } from "../../parts/button.tsx";
import { t } from "../../words/words.ts";
import { CodeField } from "./code-field.tsx";
import { Trouble } from "./trouble.tsx";
import { useForm } from "./use-form.ts";

/** The password was right. Now the app's code, or a recovery code in its place. */
export function SecondStep({ filled, done, again }: { filled: boolean; done: () => void; again: () => void }) {
  const [kind, setKind] = useState<"app" | "recovery">("app");
  const form = useForm((fields) => {
    const code = String(fields.get("code")).trim();
    return code === "" ? { errors: { code: "form.missing" } as const } : secondStep(code);
  }, done);
  // Whoever has just pressed "Sign in" goes on where they left off: at the keyboard.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each kind of code, and not whenever the form changes
  useEffect(() => form.focus("code"), [kind]);
  return (
    <form {...form.props} className="form" aria-label={t("signIn.secondTitle")}>
      <p>
        <strong>{t("signIn.secondTitle")}</strong>
      </p>
      <CodeField key={kind} kind={kind} error={form.error("code")} />
      <Trouble refusal={form.refusal} />
      <div className="form__acts">
        <Button type="submit" look={filled ? "filled" : "outlined"} icon="sign-in" aria-disabled={form.busy}>
          {t("signIn.goOn")}
        </Button>
        <Button look="plain" onClick={() => void signOut().then(again)}>
          {t("signIn.again")}
        </Button>
      </div>
      <div>
        <Button look="plain" size="small" onClick={() => setKind(kind === "app" ? "recovery" : "app")}>
          {t(kind === "app" ? "signIn.useRecovery" : "signIn.useApp")}
        </Button>
      </div>
      {kind === "recovery" ? <p className="soft small">{t("signIn.lost")}</p> : null}
    </form>
  );
}
