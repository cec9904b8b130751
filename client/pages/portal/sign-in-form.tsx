import { signIn } from "../../api.ts";
import { Button } from "../../parts/button.tsx";
import { TextField } from "../../parts/field.tsx";
import type { FieldErrors } from "../../views/field-errors.ts";
import { t } from "../../words/words.ts";
import { ErrorSummary, Trouble } from "./trouble.tsx";
import { useForm } from "./use-form.ts";

/** Whether this could be an address at all; whether it exists only its owner can say. */
export const looksLikeEmail = (text: string): boolean => /^[^\s@,;<>"()]{1,64}@[^\s@,;<>"()]{1,189}$/.test(text.trim());

/** E-mail and password. Who signed in stays on the page they asked for, which is loaded anew. */
export function SignInForm({ filled = false }: { filled?: boolean }) {
  const form = useForm(read, () => location.reload());
  return (
    <form {...form.props} className="form" aria-label={t("account.signIn")}>
      <ErrorSummary form={form} labels={{ email: t("account.email"), password: t("account.password") }} />
      <TextField
        label={t("account.email")}
        name="email"
        type="email"
        autoComplete="username"
        spellCheck={false}
        error={form.error("email")}
      />
      <TextField
        label={t("account.password")}
        name="password"
        type="password"
        autoComplete="current-password"
        error={form.error("password")}
      />
      <Trouble refusal={form.refusal} />
      <Button type="submit" icon="sign-in" look={filled ? "filled" : "outlined"} aria-disabled={form.busy}>
        {t("account.signIn")}
      </Button>
      <p className="small">
        <a href="/forgotten">{t("forgot.link")}</a>
      </p>
    </form>
  );
}

function read(fields: FormData) {
  const email = String(fields.get("email")).trim();
  const password = String(fields.get("password"));
  const errors: FieldErrors = {};
  if (!looksLikeEmail(email)) errors.email = "account.emailWrong";
  if (password === "") errors.password = "form.missing";
  return Object.keys(errors).length > 0 ? { errors } : signIn({ email, password });
}
