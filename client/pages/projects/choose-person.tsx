import { useRef, useState } from "react";
import type { ChoosePerson, ProjectView } from "../../../protocol/http/projects.ts";
import { possiblePartners } from "../../api/projects.ts";
import type { Answer } from "../../api.ts";
import { Button, ButtonLink } from "../../parts/button.tsx";
import { Select, TextField } from "../../parts/field.tsx";
import { t } from "../../words/words.ts";
import { looksLikeEmail } from "../portal/sign-in-form.tsx";
import { Trouble } from "../portal/trouble.tsx";
import { useAsked } from "../portal/use-asked.ts";
import { type Form, useForm } from "../portal/use-form.ts";

type Choose = (chosen: ChoosePerson) => Promise<Answer<ProjectView>>;

interface ChooseProps {
  choose: Choose;
  done: (project: ProjectView, name: string) => void;
}

/** A contact to choose, or an e-mail to ask. `done` is told whom, as they are called. */
export function ChoosePersonForms({
  choose,
  done,
  choosing,
  contactHint,
  emailHint,
}: ChooseProps & {
  /** On the button that chooses a contact. */
  choosing: string;
  contactHint?: string;
  emailHint: string;
}) {
  return (
    <>
      <ContactForm choose={choose} done={done} choosing={choosing} hint={contactHint} />
      <EmailForm choose={choose} done={done} hint={emailHint} />
    </>
  );
}

function ContactForm({ choose, done, choosing, hint }: ChooseProps & { choosing: string; hint: string | undefined }) {
  const { asked, again } = useAsked(possiblePartners);
  const [account, setAccount] = useState("");
  const people = asked.state === "here" ? asked.value.people : [];
  const form = useForm(
    () => (account === "" ? { errors: { account: "form.choose" as const } } : choose({ account })),
    (project) => done(project, people.find((one) => one.account === account)?.name ?? ""),
  );
  if (asked.state === "refused") return <Trouble refusal={asked.refusal} again={again} />;
  if (asked.state === "asking") return <p role="status">{t("app.loading")}</p>;
  if (people.length === 0) {
    return (
      <div className="project-part">
        <p>{t("projects.partnerNoContacts")}</p>
        <p>
          <ButtonLink icon="magnifying-glass" href="/partners">
            {t("projects.partnerFind")}
          </ButtonLink>
        </p>
      </div>
    );
  }
  return (
    <form {...form.props} className="form">
      <Select
        label={t("projects.partnerContact")}
        name="account"
        value={account}
        onChoose={setAccount}
        choices={[
          { value: "", label: t("form.choose") },
          ...people.map(({ account: value, name, school }) => ({
            value,
            label: t("projects.personAt", { name, school: school.name }),
          })),
        ]}
        hint={hint}
        error={form.error("account")}
      />
      <Trouble refusal={form.refusal} />
      <Button type="submit" icon="handshake" aria-disabled={form.busy}>
        {choosing}
      </Button>
    </form>
  );
}

function EmailForm({ choose, done, hint }: ChooseProps & { hint: string }) {
  // What was sent, for what is said once it is answered: by then the box may hold something else.
  const asked = useRef("");
  const form: Form = useForm(
    (fields) => {
      const email = String(fields.get("email")).trim();
      asked.current = email;
      return looksLikeEmail(email) ? choose({ email }) : { errors: { email: "account.emailWrong" as const } };
    },
    (project) => done(project, asked.current),
  );
  return (
    <form {...form.props} className="form">
      <TextField
        label={t("projects.partnerEmail")}
        name="email"
        type="email"
        autoComplete="off"
        spellCheck={false}
        hint={hint}
        error={form.error("email")}
      />
      <Trouble refusal={form.refusal} />
      <Button type="submit" icon="envelope-simple" aria-disabled={form.busy}>
        {t("projects.partnerAsk")}
      </Button>
    </form>
  );
}
