import type { DeskPerson } from "../../../protocol/http/desk.ts";
import { evidenceOf } from "../../api/desk.ts";
import { ButtonLink } from "../../parts/button.tsx";
import { Refusal } from "../../parts/said.tsx";
import { listOf, sizeInWords } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import { dayIn } from "../../words/zoned.ts";
import { useList } from "../portal/use-list.ts";
import { Fact } from "./fact.tsx";
import { Outside } from "./school-facts.tsx";

/** Who says they work where, and what they handed in to show it. */
export function PersonFacts({
  person,
  place,
  country,
  zone,
}: {
  person: DeskPerson;
  /** The membership's id. */
  place: string;
  country: string;
  zone: string;
}) {
  const roles = useList("staffRole");
  const { school, evidence, emailConfirmedAt, elsewhere } = person;
  const role = roles.labelOf(person.staffRole);
  return (
    <>
      {school.state === "submitted" ? <Refusal>{t("desk.schoolWaits", { school: school.name })}</Refusal> : null}
      <dl className="facts desk-facts">
        <Fact name={t("desk.email")}>
          {`${person.email}, ${t(emailConfirmedAt === null ? "desk.unconfirmed" : "desk.confirmed")}`}
        </Fact>
        <Fact name={t("desk.role")}>{person.lead ? listOf([role, t("desk.lead")]) : role}</Fact>
        <Fact name={t("desk.school")}>
          <a href={`#school/${school.id}/${country}`}>{`${school.name}, ${school.town}`}</a>
        </Fact>
        <Fact name={t("desk.website")}>{school.website === "" ? "" : <Outside href={school.website} />}</Fact>
        <Fact name={t("desk.elsewhere")}>{listOf(elsewhere)}</Fact>
        <Fact name={t("desk.evidence")}>
          {evidence === null ? (
            t("desk.evidenceNone")
          ) : (
            <>
              {evidence.foreign ? (
                t("desk.evidenceForeign")
              ) : (
                <ButtonLink size="small" icon="eye" href={evidenceOf(place)} download>
                  {t("desk.evidenceOpen")}
                </ButtonLink>
              )}{" "}
              <span className="soft small">
                {t("desk.evidenceGiven", {
                  date: dayIn(evidence.givenAt, zone, Date.now()),
                  size: sizeInWords(evidence.bytes),
                })}
              </span>
            </>
          )}
        </Fact>
      </dl>
    </>
  );
}
