import { type ReactNode, useCallback, useEffect, useState } from "react";
import { type FormStep, fieldsOfStep, formSteps, misfitsIn, missingIn } from "../../domain/projects/form.ts";
import type { FrontDoor, Me } from "../../protocol/http/accounts.ts";
import type { ProjectView } from "../../protocol/http/projects.ts";
import { project as askProject } from "../api/projects.ts";
import { Button, ButtonLink } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Refusal } from "../parts/said.tsx";
import type { PageParams } from "../routes.ts";
import { valuesOf } from "../views/project-form.ts";
import { listOf } from "../words/formats.ts";
import { t } from "../words/words.ts";
import { OwnPage, PortalFrame } from "./portal/portal-page.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { useAsked } from "./portal/use-asked.ts";
import { FounderActs } from "./projects/founder-acts.tsx";
import { titleOf, Written } from "./projects/said.tsx";
import { Saving } from "./projects/saving.tsx";
import { Step } from "./projects/steps.tsx";
import { type SavedForm, useSavedForm } from "./projects/use-saved-form.ts";
import "./projects/projects.css";

/** `/projects/<slug>/edit`: the form in steps, for founders and whoever may change it. */
export default function EditProjectPage({ params }: { params: PageParams }) {
  return (
    <OwnPage title={t("projects.edit")} needs="account">
      {(me, door) => <Looked me={me} door={door} slug={params.slug ?? ""} />}
    </OwnPage>
  );
}

function Looked({ me, door, slug }: { me: Me; door: FrontDoor; slug: string }) {
  const { asked, again, change } = useAsked(() => askProject(slug));
  const changed = useCallback((project: ProjectView) => change(() => project), [change]);
  if (asked.state === "here" && asked.value.acts.includes("edit")) {
    return <Editor me={me} door={door} project={asked.value} changed={changed} />;
  }
  return (
    <PortalFrame door={door} title={t("projects.edit")}>
      {asked.state === "asking" ? <p role="status">{t("app.loading")}</p> : null}
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      {asked.state === "here" ? (
        <EmptyState
          icon="lock-simple"
          title={t("refusal.project.notNow")}
          act={
            <ButtonLink look="filled" href={`/projects/${encodeURIComponent(slug)}`}>
              {titleOf(asked.value)}
            </ButtonLink>
          }
        />
      ) : null}
    </PortalFrame>
  );
}

/** Which step the address shows, behind its `#`. */
function useStep(): FormStep {
  const read = () => formSteps.find((step) => `#${step}` === location.hash) ?? "school";
  const [step, setStep] = useState(read);
  useEffect(() => {
    const moved = () => {
      setStep(read());
      document.querySelector<HTMLElement>("#step")?.focus();
    };
    addEventListener("hashchange", moved);
    return () => removeEventListener("hashchange", moved);
  });
  return step;
}

function Editor({
  me,
  door,
  project,
  changed,
}: {
  me: Me;
  door: FrontDoor;
  project: ProjectView;
  changed: (project: ProjectView) => void;
}) {
  const step = useStep();
  const saved = useSavedForm(project, me.id, changed);
  const waits = project.state === "awaitingPartner" || project.state === "awaitingService";
  return (
    <div className="project-edit">
      <PortalFrame
        door={door}
        title={valuesOf(saved.form).title.trim() || t("projects.untitled")}
        intro={t("projects.editIntro")}
        acts={
          <ButtonLink icon="arrow-left" href={`/projects/${encodeURIComponent(project.slug)}`}>
            {t("act.back")}
          </ButtonLink>
        }
        side={<Steps step={step} saved={saved} project={project} />}
      >
        {waits ? <Refusal>{t("projects.editPending")}</Refusal> : null}
        <Kept saved={saved} />
        <section className="card form" aria-labelledby="step">
          <h2 id="step" tabIndex={-1}>
            {t(`projects.step.${step}`)}
          </h2>
          {step === "preview" ? (
            <Preview project={project} saved={saved} changed={changed} />
          ) : (
            <Step key={step} step={step} project={project} saved={saved} changed={changed} />
          )}
          <Onward step={step} />
          <Saving saved={saved} />
        </section>
      </PortalFrame>
    </div>
  );
}

/** What this device has from before a lost session or a closed tab. */
function Kept({ saved }: { saved: SavedForm }) {
  // Names of fields are in the order of the form.
  const fields = formSteps.flatMap((step) => fieldsOfStep[step]).filter((field) => field in saved.kept);
  if (fields.length === 0) return null;
  return (
    <section className="card project-part" role="alert" aria-label={t("projects.kept", { count: fields.length })}>
      <p>
        <strong>{t("projects.kept", { count: fields.length })}</strong>
      </p>
      <p>{t("projects.keptFields", { fields: listOf(fields.map((field) => t(`projects.field.${field}`))) })}</p>
      <div className="project-acts">
        <Button look="filled" icon="arrow-counter-clockwise" onClick={saved.putBack}>
          {t("projects.putBack")}
        </Button>
        <Button onClick={saved.throwAway}>{t("projects.throwAway")}</Button>
      </div>
    </section>
  );
}

/** What is missing in each step; nothing for a step that asks nothing. */
function missingOf(step: FormStep, saved: SavedForm, project: ProjectView): number {
  const form = valuesOf(saved.form);
  if (step === "partner") return hasPartner(project) ? 0 : 1;
  const wanted = [...missingIn(form), ...misfitsIn(form)];
  return fieldsOfStep[step].filter((field) => wanted.includes(field)).length;
}

const hasPartner = ({ members }: ProjectView): boolean =>
  members.filter(({ role, state }) => role === "founder" && state === "accepted").length > 1;

function Steps({ step, saved, project }: { step: FormStep; saved: SavedForm; project: ProjectView }) {
  return (
    <nav className="card" aria-label={t("projects.steps")}>
      <ol className="project-steps">
        {formSteps.map((one, index) => {
          const count = missingOf(one, saved, project);
          return (
            <li key={one}>
              <a
                href={`#${one}`}
                aria-current={one === step ? "step" : undefined}
                data-missing={count > 0 || undefined}
              >
                <span className="project-steps__number" aria-hidden="true">
                  {index + 1}
                </span>
                <span className="project-steps__name">{t(`projects.step.${one}`)}</span>
                {one === "preview" ? null : (
                  <span className="soft small">
                    {count === 0 ? t("projects.stepDone") : t("projects.stepMissing", { count })}
                  </span>
                )}
              </a>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function Onward({ step }: { step: FormStep }) {
  const at = formSteps.indexOf(step);
  const [before, after] = [formSteps[at - 1], formSteps[at + 1]];
  return (
    <div className="project-acts">
      {before === undefined ? null : (
        <ButtonLink icon="arrow-left" href={`#${before}`}>
          {t("projects.stepBack", { step: t(`projects.step.${before}`) })}
        </ButtonLink>
      )}
      {after === undefined ? null : (
        <ButtonLink look="filled" icon="arrow-right" href={`#${after}`}>
          {t("projects.stepNext", { step: t(`projects.step.${after}`) })}
        </ButtonLink>
      )}
    </div>
  );
}

function Preview({
  project,
  saved,
  changed,
}: {
  project: ProjectView;
  saved: SavedForm;
  changed: (project: ProjectView) => void;
}) {
  const form = valuesOf(saved.form);
  const missing = [...missingIn(form), ...misfitsIn(form)];
  const isWhole = missing.length === 0 && hasPartner(project);
  return (
    <>
      <p className="soft">{t("projects.preview")}</p>
      {isWhole ? null : <Missing fields={missing.map((field) => t(`projects.field.${field}`))} project={project} />}
      <Written form={form} all />
      {isWhole ? (
        <FounderActs
          project={{ ...project, acts: project.acts.filter((act) => act !== "withdraw" && act !== "decline") }}
          read={saved.read}
          changed={(next) => {
            changed(next);
            location.assign(`/projects/${encodeURIComponent(next.slug)}`);
          }}
        />
      ) : null}
    </>
  );
}

function Missing({ fields, project }: { fields: readonly string[]; project: ProjectView }): ReactNode {
  const all = [...(hasPartner(project) ? [] : [t("projects.missingPartner")]), ...fields];
  return (
    <div className="project-note">
      <p>
        <strong>{t("projects.missing")}</strong>
      </p>
      <p>{listOf(all)}</p>
    </div>
  );
}
