/** What is said of a project in words: where it is, for whom it waits, what it is about. */
import type { ReactNode } from "react";
import { listFields, listOfField, type ProjectForm } from "../../../domain/projects/form.ts";
import type { ProjectView, Waiting } from "../../../protocol/http/projects.ts";
import type { IconName } from "../../looks/icons.ts";
import { Place } from "../../parts/place.tsx";
import { Tag, type Tone } from "../../parts/tag.tsx";
import { countryName, listOf, longDate } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import { useList } from "../portal/use-list.ts";

type State = ProjectView["state"];
const tones: Readonly<Record<State, { tone: Tone; icon: IconName }>> = {
  draft: { tone: "plain", icon: "pencil-simple" },
  awaitingPartner: { tone: "waiting", icon: "handshake" },
  awaitingService: { tone: "waiting", icon: "clock" },
  returned: { tone: "attention", icon: "arrow-counter-clockwise" },
  active: { tone: "good", icon: "check" },
  suspended: { tone: "bad", icon: "warning" },
  closed: { tone: "plain", icon: "archive" },
  archived: { tone: "plain", icon: "archive" },
  declined: { tone: "plain", icon: "x" },
  refused: { tone: "bad", icon: "x" },
  withdrawn: { tone: "plain", icon: "x" },
};

export function StateTag({ state }: { state: State }) {
  return <Tag {...tones[state]}>{t(`projects.state.${state}`)}</Tag>;
}

/** "Waiting for the support service of Finland" */
export function waitingFor(waiting: Waiting, mine: string): string {
  if (waiting.for === "founder") {
    return waiting.account === mine ? t("projects.waitsYou") : t("projects.waitsFounder", { name: waiting.name });
  }
  const { country } = waiting;
  return country === null ? t("projects.waitsCentral") : t("projects.waitsService", { country: countryName(country) });
}

/** Its state; where it waits, for whom, which says the same and more. */
export function StateAndWaits({ state, waits, mine }: { state: State; waits: readonly Waiting[]; mine: string }) {
  const isWaiting = state === "awaitingPartner" || state === "awaitingService";
  const isWritten = state === "draft" || state === "returned";
  return (
    <>
      {isWaiting && waits.length > 0 ? null : <StateTag state={state} />}
      <Waits waits={isWritten ? [] : waits} mine={mine} />
    </>
  );
}

export function Waits({ waits, mine }: { waits: readonly Waiting[]; mine: string }) {
  if (waits.length === 0) return null;
  return (
    <ul className="project-waits">
      {waits.map((waiting) => (
        <li key={waiting.for === "founder" ? waiting.account : (waiting.country ?? "central")}>
          <Tag tone={waiting.for === "founder" && waiting.account === mine ? "attention" : "waiting"} icon="clock">
            {waitingFor(waiting, mine)}
          </Tag>
        </li>
      ))}
    </ul>
  );
}

export const titleOf = ({ form }: Pick<ProjectView, "form">): string => {
  const { value } = form.title;
  return typeof value === "string" && value.trim() !== "" ? value : t("projects.untitled");
};

/** A school with its flag and town. */
export function SchoolLine({ school }: { school: { name: string; town: string; country: string } }) {
  return <Place country={school.country}>{t("projects.schoolAt", { school: school.name, town: school.town })}</Place>;
}

/** The whole form as it is read, empty fields too when `all`. */
export function Written({ form, all = false }: { form: ProjectForm; all?: boolean }) {
  const lists = {
    languages: useList(listOfField.languages),
    subjects: useList(listOfField.subjects),
    vocationalSubjects: useList(listOfField.vocationalSubjects),
    competences: useList(listOfField.competences),
    tools: useList(listOfField.tools),
  };
  const { ageMin, ageMax, pupilNumber, startDate, endDate } = form;
  const text = (field: "summary" | "description" | "aims" | "workProcess" | "expectedResults") =>
    [t(`projects.field.${field}`), form[field]] as const;
  const rows: (readonly [string, ReactNode])[] = [
    text("summary"),
    text("description"),
    ...listFields.map(
      (field) => [t(`projects.field.${field}`), listOf(form[field].map(lists[field].labelOf))] as const,
    ),
    [
      t("projects.field.ages"),
      ageMin === null || ageMax === null ? "" : t("projects.ages", { from: ageMin, to: ageMax }),
    ],
    [t("projects.field.pupilNumber"), pupilNumber === null ? "" : String(pupilNumber)],
    text("aims"),
    text("workProcess"),
    text("expectedResults"),
    [t("projects.field.startDate"), startDate === null ? "" : longDate(Date.parse(`${startDate}T12:00:00`))],
    [t("projects.field.endDate"), endDate === null ? "" : longDate(Date.parse(`${endDate}T12:00:00`))],
  ];
  return (
    <dl className="project-written">
      {rows
        .filter(([, value]) => all || value !== "")
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="project-words">
              {value === "" ? <span className="soft">{t("projects.empty")}</span> : value}
            </dd>
          </div>
        ))}
    </dl>
  );
}
