/** The steps of the form, but for its preview. */
import { useState } from "react";
import type { FormField, FormStep } from "../../../domain/projects/form.ts";
import { fieldsOfStep } from "../../../domain/projects/form.ts";
import type { ProjectView } from "../../../protocol/http/projects.ts";
import { choosePartner, fieldHistory, joinProject } from "../../api/projects.ts";
import { mySchools } from "../../api/registry.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Select } from "../../parts/field.tsx";
import { dateAndTime } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useAct } from "../portal/use-act.ts";
import { useAsked } from "../portal/use-asked.ts";
import { ChoosePersonForms } from "./choose-person.tsx";
import { AgeControl, CodesControl, DayControl, PupilNumberControl, TextControl, ValueInWords } from "./form-fields.tsx";
import { SchoolLine } from "./said.tsx";
import type { SavedForm } from "./use-saved-form.ts";

interface StepProps {
  project: ProjectView;
  saved: SavedForm;
  changed: (project: ProjectView) => void;
}

export function Step({ step, ...props }: StepProps & { step: Exclude<FormStep, "preview"> }) {
  const { saved, project } = props;
  switch (step) {
    case "school":
      return <SchoolStep {...props} />;
    case "partner":
      return <PartnerStep {...props} />;
    case "idea":
      return (
        <>
          <TextControl saved={saved} field="title" hint={t("projects.hint.title")} />
          <TextControl saved={saved} field="summary" long hint={t("projects.hint.summary")} />
          <TextControl saved={saved} field="description" long hint={t("projects.hint.description")} />
          <History project={project} fields={fieldsOfStep.idea} />
        </>
      );
    case "pupils":
      return (
        <>
          <CodesControl saved={saved} field="languages" />
          <div className="form__pair">
            <AgeControl saved={saved} field="ageMin" />
            <AgeControl saved={saved} field="ageMax" />
          </div>
          <PupilNumberControl saved={saved} />
          <History project={project} fields={fieldsOfStep.pupils} />
        </>
      );
    case "subjects":
      return (
        <>
          <CodesControl saved={saved} field="subjects" hint={t("projects.hint.subjects")} />
          <CodesControl saved={saved} field="vocationalSubjects" hint={t("projects.hint.optional")} />
          <CodesControl saved={saved} field="competences" hint={t("projects.hint.optional")} />
          <CodesControl saved={saved} field="tools" hint={t("projects.hint.optional")} />
          <History project={project} fields={fieldsOfStep.subjects} />
        </>
      );
    case "plan":
      return (
        <>
          <TextControl saved={saved} field="aims" long hint={t("projects.hint.aims")} />
          <TextControl saved={saved} field="workProcess" long hint={t("projects.hint.workProcess")} />
          <TextControl saved={saved} field="expectedResults" long hint={t("projects.hint.expectedResults")} />
          <div className="form__pair">
            <DayControl saved={saved} field="startDate" />
            <DayControl saved={saved} field="endDate" hint={t("projects.hint.endDate")} />
          </div>
          <History project={project} fields={fieldsOfStep.plan} />
        </>
      );
  }
}

const mineIn = (project: ProjectView) => project.members.find((one) => one.account === project.mine?.account);

/** One's own school: to be chosen while it is a draft, then fixed. */
function SchoolStep({ project, changed }: StepProps) {
  const me = mineIn(project);
  const { asked } = useAsked(mySchools);
  const choose = useAct((school: string) => joinProject(project.id, school), changed);
  const own = project.schools.find(({ school }) => school.id === me?.school);
  const mine =
    asked.state === "here"
      ? asked.value.schools.filter(({ school, place }) => school.state === "validated" && place.state === "active")
      : [];
  return (
    <>
      {project.state === "draft" && mine.length > 1 ? (
        <Select
          label={t("projects.newSchool")}
          value={me?.school ?? ""}
          choices={mine.map(({ school: { id, name, town } }) => ({
            value: id,
            label: t("projects.schoolAt", { school: name, town }),
          }))}
          onChoose={choose.run}
          hint={t("projects.newSchoolHint")}
        />
      ) : (
        <div className="project-part">
          <p>
            <strong>{t("projects.newSchool")}</strong>
          </p>
          {own === undefined ? null : <SchoolLine school={own.school} />}
          <p className="soft small">{t("projects.newSchoolHint")}</p>
        </div>
      )}
      <Trouble refusal={choose.refusal} />
      <p className="soft">
        <strong>{t(`projects.scope.${project.scope}`)}</strong>
        {". "}
        {t(`projects.scope.${project.scope}Hint`)}
      </p>
    </>
  );
}

function PartnerStep({ project, changed }: StepProps) {
  const [isChoosing, choose] = useState(false);
  const partner = project.members.find(
    ({ role, state, account }) =>
      role === "founder" && account !== project.mine?.account && (state === "accepted" || state === "invited"),
  );
  const school = project.schools.find((one) => one.school.id === partner?.school)?.school;
  const canChoose = project.acts.includes("choosePartner");
  return (
    <>
      {partner === undefined ? null : (
        <div className="project-part">
          <p>
            <strong>{t("projects.partnerChosen")}</strong>
          </p>
          <p>{partner.name}</p>
          {school === undefined ? null : <SchoolLine school={school} />}
          <p className="soft" role="status">
            {t(partner.state === "invited" ? "projects.partnerInvited" : "projects.partnerHere", {
              name: partner.name,
            })}
          </p>
        </div>
      )}
      {canChoose && partner !== undefined && !isChoosing ? (
        <p>
          <Button onClick={() => choose(true)}>{t("projects.partnerOther")}</Button>
        </p>
      ) : null}
      {canChoose && (partner === undefined || isChoosing) ? (
        <ChoosePersonForms
          choose={(chosen) => choosePartner(project.id, chosen)}
          choosing={t("projects.partnerChoose")}
          contactHint={t("projects.partnerContactHint")}
          emailHint={t("projects.partnerEmailHint")}
          done={(next) => {
            choose(false);
            changed(next);
          }}
        />
      ) : null}
    </>
  );
}

/** What the fields of a step were before, and what was set aside when two wrote at once. */
function History({ project, fields }: { project: ProjectView; fields: readonly FormField[] }) {
  const [field, open] = useState<FormField>();
  return (
    <details>
      <summary className="soft small">{t("projects.history")}</summary>
      <div className="project-acts">
        {fields.map((one) => (
          <Button key={one} size="small" look="plain" onClick={() => open(one)}>
            {t(`projects.field.${one}`)}
          </Button>
        ))}
      </div>
      {field === undefined ? null : <HistoryDialog project={project} field={field} onClose={() => open(undefined)} />}
    </details>
  );
}

function HistoryDialog({ project, field, onClose }: { project: ProjectView; field: FormField; onClose: () => void }) {
  const { asked, again } = useAsked(() => fieldHistory(project.id, field));
  const versions = asked.state === "here" ? asked.value.versions : [];
  return (
    <Dialog title={t("projects.historyOf", { field: t(`projects.field.${field}`) })} onClose={onClose}>
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      {asked.state === "here" && versions.length === 0 ? <p>{t("projects.historyNone")}</p> : null}
      <ol className="project-history">
        {versions.map(({ value, taken, by, at }) => (
          <li key={`${at} ${by} ${taken} ${JSON.stringify(value)}`}>
            <strong className="small">
              {t(taken ? "projects.historyTaken" : "projects.historyAside", {
                name: by || t("word.somebody"),
                date: dateAndTime(at),
              })}
            </strong>
            <ValueInWords field={field} value={value} />
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
