import { useState } from "react";
import type { FrontDoor } from "../../../protocol/http/accounts.ts";
import { register } from "../../api/registry.ts";
import { Button, ButtonLink } from "../../parts/button.tsx";
import { Checkbox, Select, TextField } from "../../parts/field.tsx";
import { Icon } from "../../parts/icon.tsx";
import type { FieldErrors } from "../../views/field-errors.ts";
import { byName, languages } from "../../views/regions.ts";
import { ownZone } from "../../views/zoned-time.ts";
import { languageName } from "../../words/formats.ts";
import { languageTag, t } from "../../words/words.ts";
import { PortalFrame } from "../portal/portal-page.tsx";
import { looksLikeEmail, SignInForm } from "../portal/sign-in-form.tsx";
import { ErrorSummary, Trouble } from "../portal/trouble.tsx";
import { useForm } from "../portal/use-form.ts";
import { NextThings, Steps } from "./steps.tsx";

/** `/register` with this behind it begins with signing in. */
export const signInHash = "#sign-in";

/** The first two steps: a name and an address, and the letter that confirms it. */
export function WhoYouAre({ door }: { door: FrontDoor }) {
  const [sentTo, setSentTo] = useState<string>();
  const [signsIn, signIn] = useState(location.hash === signInHash);
  if (signsIn) return <SignInHere door={door} />;
  if (sentTo !== undefined) return <CheckYourMail door={door} email={sentTo} back={() => setSentTo(undefined)} />;
  return (
    <PortalFrame door={door} title={t("register.title")} intro={t("register.intro")} side={<Beside />}>
      <Steps at={1} />
      <WhoForm
        sent={(email) => {
          setSentTo(email);
          scrollTo(0, 0);
          document.getElementById("main")?.focus();
        }}
        signIn={() => signIn(true)}
      />
    </PortalFrame>
  );
}

/** Who has an account, or was signed out in the middle of the form, comes back to where they were. */
function SignInHere({ door }: { door: FrontDoor }) {
  return (
    <PortalFrame door={door} title={t("account.signInFirst")}>
      <div className="card portal-narrow">
        <SignInForm filled />
      </div>
    </PortalFrame>
  );
}

function Beside() {
  return (
    <>
      <section className="card form" aria-labelledby="no-pupils">
        <h2 id="no-pupils" className="home-head">
          {t("register.noPupils")}
        </h2>
        <p>{t("register.noPupilsHint")}</p>
      </section>
      <NextThings
        title={t("register.next")}
        things={[t("register.next1"), t("register.next2"), t("register.next3"), t("register.next4")]}
      />
    </>
  );
}

function WhoForm({ sent, signIn }: { sent: (email: string) => void; signIn: () => void }) {
  const [email, write] = useState("");
  const form = useForm(read, () => sent(email));
  return (
    <form {...form.props} className="form card">
      <ErrorSummary
        form={form}
        labels={{ name: t("register.name"), email: t("register.email"), isStaff: t("register.isStaff") }}
      />
      <TextField
        label={t("register.name")}
        name="name"
        autoComplete="name"
        maxLength={60}
        hint={t("register.nameHint")}
        error={form.error("name")}
      />
      <TextField
        label={t("register.email")}
        name="email"
        type="email"
        autoComplete="email"
        spellCheck={false}
        value={email}
        onChange={(event) => write(event.target.value)}
        hint={t("register.emailHint")}
        error={form.error("email")}
      />
      <Select
        label={t("register.language")}
        name="language"
        defaultValue={ownLanguage()}
        choices={byName(languages, languageName, languageTag())}
        hint={t("register.languageHint")}
        error={form.error("language")}
      />
      <div>
        <Checkbox label={t("register.isStaff")} name="isStaff" />
        {form.error("isStaff") === undefined ? null : (
          <p className="field__error">
            <Icon name="warning-circle" />
            {form.error("isStaff")}
          </p>
        )}
      </div>
      <Trouble refusal={form.refusal} />
      <Button type="submit" look="filled" size="large" icon="envelope-simple" aria-disabled={form.busy}>
        {t("register.send")}
      </Button>
      <p className="soft">
        {t("register.hasAccount")}{" "}
        <Button size="small" look="plain" icon="sign-in" onClick={signIn}>
          {t("register.signIn")}
        </Button>
      </p>
    </form>
  );
}

/** The browser's first language that can be chosen. */
function ownLanguage(): string {
  const own = navigator.languages.map((tag) => tag.split("-")[0] ?? tag);
  return own.find((tag) => languages.includes(tag)) ?? "en";
}

function read(fields: FormData) {
  const name = String(fields.get("name")).trim();
  const email = String(fields.get("email")).trim();
  const errors: FieldErrors = {};
  if (name === "") errors.name = "form.missing";
  if (!looksLikeEmail(email)) errors.email = "account.emailWrong";
  if (fields.get("isStaff") === null) errors.isStaff = "register.isStaffMissing";
  if (Object.keys(errors).length > 0) return { errors };
  return register({ name, email, language: String(fields.get("language")), timeZone: ownZone(), isStaff: true });
}

function CheckYourMail({ door, email, back }: { door: FrontDoor; email: string; back: () => void }) {
  return (
    <PortalFrame door={door} title={t("register.mailTitle")}>
      <Steps at={2} />
      <section className="card form portal-narrow" role="status">
        <p>{t("register.mailSent", { email })}</p>
        <p className="soft">{t("register.mailHint")}</p>
        <div className="form__acts">
          <Button icon="arrow-left" onClick={back}>
            {t("register.otherEmail")}
          </Button>
          <ButtonLink look="plain" href="/">
            {t("app.frontDoor")}
          </ButtonLink>
        </div>
      </section>
    </PortalFrame>
  );
}
