import { useState } from "react";
import { ssoAt } from "../../api/signing-in.ts";
import { signIn } from "../../api.ts";
import { Button, ButtonLink } from "../../parts/button.tsx";
import { TextField } from "../../parts/field.tsx";
import type { FieldErrors } from "../../views/field-errors.ts";
import { t } from "../../words/words.ts";
import { useDoor } from "./door.ts";
import { SecondStep } from "./second-step.tsx";
import { ErrorSummary, Trouble } from "./trouble.tsx";
import { useForm } from "./use-form.ts";
import "./sign-in.css";

/** Whether this could be an address at all; whether it exists only its owner can say. */
export const looksLikeEmail = (text: string): boolean => /^[^\s@,;<>"()]{1,64}@[^\s@,;<>"()]{1,189}$/.test(text.trim());

interface Asking {
  filled?: boolean | undefined;
  /** Whose account is to be linked with where they come from: it cannot be another one. */
  linking?: string | undefined;
  /** Signed in. Who signed in stays on the page they asked for, which is loaded anew. */
  done?: (() => void) | undefined;
}

/** E-mail and password, and then a code where the account asks for one; or single sign-on, where there is one. */
export function SignInForm({ filled = false, linking, done = () => location.reload() }: Asking) {
  const door = useDoor();
  const [isSecond, setSecond] = useState(door?.secondStep ?? false);
  if (isSecond) return <SecondStep filled={filled} done={done} again={() => setSecond(false)} />;
  return (
    <>
      <FirstStep filled={filled} linking={linking} done={done} second={() => setSecond(true)} />
      {door?.sso && linking === undefined ? <SingleSignOn provider={door.sso} /> : null}
    </>
  );
}

function SingleSignOn({ provider }: { provider: string }) {
  const here = location.pathname === "/sign-in" ? "/" : location.pathname;
  return (
    <div className="sign-in-or">
      <p className="soft">{t("signIn.or")}</p>
      <ButtonLink icon="key" href={ssoAt(here)}>
        {t("signIn.with", { provider })}
      </ButtonLink>
    </div>
  );
}

function FirstStep({
  filled,
  linking,
  done,
  second,
}: {
  filled: boolean;
  linking: string | undefined;
  done: () => void;
  second: () => void;
}) {
  const form = useForm(
    (fields) => read(fields, linking !== undefined),
    (signedIn) => ("secondFactor" in signedIn ? second() : done()),
  );
  return (
    <form {...form.props} className="form" aria-label={t("account.signIn")}>
      <ErrorSummary form={form} labels={{ email: t("account.email"), password: t("account.password") }} />
      <TextField
        label={t("account.email")}
        name="email"
        type="email"
        autoComplete="username"
        spellCheck={false}
        {...(linking === undefined ? {} : { value: linking, readOnly: true })}
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
        {t(linking === undefined ? "account.signIn" : "signIn.linkAct")}
      </Button>
      <p className="small">
        <a href="/forgotten">{t("forgot.link")}</a>
      </p>
    </form>
  );
}

function read(fields: FormData, link: boolean) {
  const email = String(fields.get("email")).trim();
  const password = String(fields.get("password"));
  const errors: FieldErrors = {};
  if (!looksLikeEmail(email)) errors.email = "account.emailWrong";
  if (password === "") errors.password = "form.missing";
  return Object.keys(errors).length > 0 ? { errors } : signIn({ email, password, ...(link ? { link } : {}) });
}
