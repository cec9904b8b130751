import { useState } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { PossibleRecipients } from "../../protocol/twinspace/correspondence.ts";
import { possibleRecipients, writeMail } from "../api/correspondence.ts";
import { Button, ButtonLink } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Select, TextArea, TextField } from "../parts/field.tsx";
import { Ticks } from "../parts/tick-list.tsx";
import type { FieldErrors } from "../views/field-errors.ts";
import { t } from "../words/words.ts";
import { useKeptText } from "./mail/use-kept-text.ts";
import { OwnPage, PortalFrame } from "./portal/portal-page.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { useAsked } from "./portal/use-asked.ts";
import { useForm } from "./portal/use-form.ts";

/** `/mail/new`, with `?project=<slug>` to begin in that project. */
export default function MailNewPage() {
  return (
    <OwnPage title={t("correspondence.newTitle")} needs="account">
      {(_me, door) => <Writing door={door} />}
    </OwnPage>
  );
}

function Writing({ door }: { door: FrontDoor }) {
  const { asked, again } = useAsked(possibleRecipients);
  return (
    <PortalFrame
      door={door}
      title={t("correspondence.newTitle")}
      above={
        <p>
          <a href="/mail">{t("correspondence.back")}</a>
        </p>
      }
    >
      {asked.state === "asking" ? <p role="status">{t("app.loading")}</p> : null}
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      {asked.state === "here" && asked.value.projects.length === 0 ? (
        <div className="card">
          <EmptyState
            icon="envelope-simple"
            title={t("correspondence.nobodyYet")}
            act={<ButtonLink href="/projects">{t("projects.title")}</ButtonLink>}
          >
            {t("correspondence.nobodyYetHint")}
          </EmptyState>
        </div>
      ) : null}
      {asked.state === "here" && asked.value.projects.length > 0 ? <Form projects={asked.value.projects} /> : null}
    </PortalFrame>
  );
}

function Form({ projects }: { projects: PossibleRecipients["projects"] }) {
  const asked = new URLSearchParams(location.search).get("project");
  const [slug, chooseProject] = useState(
    projects.find((one) => one.project.slug === asked)?.project.slug ?? projects[0]?.project.slug ?? "",
  );
  const [to, choose] = useState<readonly string[]>([]);
  const chosen = projects.find((one) => one.project.slug === slug);
  const subject = useKeptText("mail:new:subject");
  const words = useKeptText("mail:new:words");
  const form = useForm(
    () => {
      const errors: FieldErrors = {};
      if (to.length === 0) errors.to = "correspondence.toNobody";
      if (subject.text.trim() === "") errors.subject = "form.missing";
      if (words.text.trim() === "") errors.words = "form.missing";
      if (Object.keys(errors).length > 0 || !chosen) return { errors };
      return writeMail({ project: chosen.project.id, to: [...to], subject: subject.text, words: words.text });
    },
    ({ conversation }) => {
      subject.forget();
      words.forget();
      location.assign(`/mail/${encodeURIComponent(conversation)}`);
    },
  );
  return (
    <form {...form.props} className="card form">
      {projects.length < 2 ? null : (
        <Select
          label={t("correspondence.project")}
          value={slug}
          onChoose={(next) => {
            chooseProject(next);
            choose([]);
          }}
          choices={projects.map(({ project }) => ({ value: project.slug, label: project.title }))}
        />
      )}
      <Ticks
        label={t("correspondence.to")}
        name="to"
        chosen={to}
        choose={choose}
        choices={(chosen?.people ?? []).map(({ account, name, school }) => ({
          value: account,
          label: school === "" ? name : t("correspondence.personAt", { name, school }),
        }))}
        nothing={t("correspondence.toNobody")}
        hint={t("correspondence.toHint")}
        error={form.error("to")}
      />
      <TextField
        label={t("correspondence.subject")}
        name="subject"
        maxLength={120}
        autoComplete="off"
        value={subject.text}
        onChange={(event) => subject.write(event.target.value)}
        error={form.error("subject")}
      />
      <TextArea
        label={t("correspondence.words")}
        name="words"
        rows={8}
        maxLength={10_000}
        value={words.text}
        onChange={(event) => words.write(event.target.value)}
        error={form.error("words")}
      />
      <Trouble refusal={form.refusal} />
      <div className="form__acts">
        <Button type="submit" look="filled" icon="paper-plane-right-fill" aria-disabled={form.busy}>
          {t("correspondence.send")}
        </Button>
      </div>
    </form>
  );
}
