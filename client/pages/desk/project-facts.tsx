import type { DeskProject } from "../../../protocol/http/desk.ts";
import { Place } from "../../parts/place.tsx";
import { stateOfItem } from "../../views/desk.ts";
import { languageName, listOf, longDate } from "../../words/formats.ts";
import { isWordKey, t } from "../../words/words.ts";
import { useList } from "../portal/use-list.ts";
import { Fact } from "./fact.tsx";

/** The form of a project as it was sent, and what each country has said. */
export function ProjectFacts({ project }: { project: DeskProject }) {
  const subjects = useList("subject");
  const fields = useList("vocationalSubject");
  const competences = useList("competence");
  const tools = useList("tool");
  const { ageMin, ageMax, startDate, endDate, scope } = project;
  return (
    <dl className="facts desk-facts">
      <Fact name={t("desk.kindOf.project")}>
        <a href={`/projects/${encodeURIComponent(project.slug)}`}>{t("desk.openProject")}</a>
      </Fact>
      <Fact name={t("desk.approvals")}>
        <ul>
          {project.schools.map(({ id, name, town, country, service, by }) => (
            <li key={id}>
              <Place country={country}>{`${name}, ${town}`}</Place>{" "}
              <span className="soft small">{said(service, by)}</span>
            </li>
          ))}
        </ul>
      </Fact>
      <Fact name={t("desk.founders")}>
        {listOf(project.people.map(({ name, school }) => t("desk.personOf", { name, role: school })))}
      </Fact>
      <Fact name={t("desk.scope")}>{scopeInWords(scope)}</Fact>
      <Fact name={t("desk.summary")}>{project.summary}</Fact>
      <Fact name={t("desk.description")}>{project.description}</Fact>
      <Fact name={t("desk.aims")}>{project.aims}</Fact>
      <Fact name={t("desk.workProcess")}>{project.workProcess}</Fact>
      <Fact name={t("desk.expectedResults")}>{project.expectedResults}</Fact>
      <Fact name={t("desk.languages")}>{listOf(project.languages.map(languageName))}</Fact>
      <Fact name={t("desk.subjects")}>{listOf(project.subjects.map(subjects.labelOf))}</Fact>
      <Fact name={t("desk.vocationalSubjects")}>{listOf(project.vocationalSubjects.map(fields.labelOf))}</Fact>
      <Fact name={t("desk.competences")}>{listOf(project.competences.map(competences.labelOf))}</Fact>
      <Fact name={t("desk.tools")}>{listOf(project.tools.map(tools.labelOf))}</Fact>
      <Fact name={t("desk.ages")}>
        {ageMin === null || ageMax === null ? "" : t("desk.agesValue", { from: ageMin, to: ageMax })}
      </Fact>
      <Fact name={t("desk.pupils")}>{project.pupilNumber}</Fact>
      <Fact name={t("desk.dates")}>
        {startDate === null || endDate === null
          ? ""
          : t("desk.datesValue", { from: longDate(Date.parse(startDate)), to: longDate(Date.parse(endDate)) })}
      </Fact>
    </dl>
  );
}

function said(service: string, by: string | null): string {
  const { words } = stateOfItem({ state: service, evidence: false });
  return by === null ? words : t("desk.approvedBy", { state: words, name: by });
}

function scopeInWords(scope: string): string {
  const key = `desk.scope.${scope}`;
  // One of three sentences, or the word itself where there is a fourth by now.
  return isWordKey(key) ? t(key as "desk.scope.european") : scope;
}
