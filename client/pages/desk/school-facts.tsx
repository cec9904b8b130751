import type { DeskSchool } from "../../../protocol/http/desk.ts";
import { Refusal } from "../../parts/said.tsx";
import { stateOfItem } from "../../views/desk.ts";
import { languageName, listOf } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import { dayIn } from "../../words/zoned.ts";
import { useList } from "../portal/use-list.ts";
import { Fact } from "./fact.tsx";

/** The form of a school as it was sent. */
export function SchoolFacts({ school, country, zone }: { school: DeskSchool; country: string; zone: string }) {
  const types = useList("schoolType");
  const subjects = useList("subject");
  const regions = useList("region", country);
  const roles = useList("staffRole");
  const { ageMin, ageMax, pupilCount, website, principalToldAt, alike, people } = school;
  const told =
    principalToldAt === null
      ? t("desk.principalNotTold")
      : t("desk.principalTold", { date: dayIn(principalToldAt, zone, Date.now()) });
  return (
    <>
      {alike.length === 0 ? null : (
        <Refusal>{t("desk.alike", { schools: listOf(alike.map(({ name, town }) => `${name} (${town})`)) })}</Refusal>
      )}
      <dl className="facts desk-facts">
        <Fact name={t("desk.legalName")}>{school.legalName}</Fact>
        <Fact name={t("desk.number")}>{school.number}</Fact>
        <Fact name={t("desk.address")}>
          {[school.address, [school.postcode, school.town].filter(Boolean).join(" ")].filter(Boolean).join(", ")}
        </Fact>
        <Fact name={t("desk.region")}>{school.region === "" ? "" : regions.labelOf(school.region)}</Fact>
        <Fact name={t("desk.website")}>{website === "" ? "" : <Outside href={website} />}</Fact>
        <Fact name={t("desk.type")}>{school.type === "" ? "" : types.labelOf(school.type)}</Fact>
        <Fact name={t("desk.languages")}>{listOf(school.languages.map(languageName))}</Fact>
        <Fact name={t("desk.subjects")}>{listOf(school.subjects.map(subjects.labelOf))}</Fact>
        <Fact name={t("desk.ages")}>
          {ageMin === null || ageMax === null ? "" : t("desk.agesValue", { from: ageMin, to: ageMax })}
        </Fact>
        <Fact name={t("desk.pupils")}>{pupilCount}</Fact>
        <Fact name={t("desk.principal")}>
          {school.principalEmail === "" ? "" : `${school.principalName}, ${school.principalEmail}, ${told}`}
        </Fact>
        <Fact name={t("desk.lead")}>{[school.leadName, school.leadEmail].filter(Boolean).join(", ")}</Fact>
        <Fact name={t("desk.sentBy")}>
          {school.submittedBy === null ? "" : `${school.submittedBy.name}, ${school.submittedBy.email}`}
        </Fact>
        <Fact name={t("desk.description")}>{school.description}</Fact>
        <Fact name={t("desk.people")}>
          {people.length === 0 ? (
            t("desk.noPeople")
          ) : (
            <ul>
              {people.map(({ id, name, staffRole, state }) => (
                <li key={id}>
                  <a href={`#person/${id}/${country}`}>
                    {t("desk.personOf", { name, role: roles.labelOf(staffRole) })}
                  </a>{" "}
                  <span className="soft small">{stateOfItem({ state, evidence: false }).words}</span>
                </li>
              ))}
            </ul>
          )}
        </Fact>
      </dl>
    </>
  );
}

/** Somebody else's page, in a tab of its own, which does not learn where one came from. */
export function Outside({ href }: { href: string }) {
  if (!/^https?:\/\//.test(href)) return <>{href}</>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {href}
    </a>
  );
}
