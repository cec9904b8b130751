import type { Partner, PartnerPerson } from "../../../protocol/http/partners.ts";
import { Button, ButtonLink } from "../../parts/button.tsx";
import { Place } from "../../parts/place.tsx";
import { Tag } from "../../parts/tag.tsx";
import { countryName, listOf } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import { useList } from "../portal/use-list.ts";

/** A school that was found: where, for which ages, in what languages, and who is available there. */
export function PartnerCard({ partner, ask }: { partner: Partner; ask: (person: PartnerPerson) => void }) {
  const { school, ages, languages, subjects, description, people, peopleCount } = partner;
  const languageList = useList("language");
  const subjectList = useList("subject");
  const more = peopleCount - people.length;
  return (
    <article className="card partner" aria-label={school.name}>
      <header className="partner__head">
        <h2>{school.name}</h2>
        <p>
          <Place country={school.country}>
            {school.town}, {countryName(school.country)}
          </Place>
        </p>
      </header>
      <p className="partner__facts soft">
        {[
          ages === null ? "" : t("partners.ages", ages),
          listOf(languages.map(languageList.labelOf)),
          listOf(subjects.map(subjectList.labelOf)),
        ]
          .filter((fact) => fact !== "")
          .join(" · ")}
      </p>
      {description === "" ? null : <p className="partner__words">{description}</p>}
      {people.length === 0 ? (
        <p className="soft small">{t("partners.nobody")}</p>
      ) : (
        <ul className="partner__people" aria-label={t("partners.people")}>
          {people.map((person) => (
            <li key={person.id}>
              <Available person={person} ask={ask} />
            </li>
          ))}
        </ul>
      )}
      {more > 0 && people.length > 0 ? <p className="soft small">{t("partners.morePeople", { count: more })}</p> : null}
    </article>
  );
}

function Available({ person, ask }: { person: PartnerPerson; ask: (person: PartnerPerson) => void }) {
  const { name, bio, wantedCountries, relation } = person;
  return (
    <>
      <span className="partner__person">
        <strong>{name}</strong>
        {bio === "" ? null : <span className="small">{bio}</span>}
        {wantedCountries.length === 0 ? null : (
          <span className="soft small">
            {t("partners.wants", { countries: listOf(wantedCountries.map(countryName)) })}
          </span>
        )}
      </span>
      {relation === "none" ? (
        <Button icon="handshake" size="small" aria-label={t("partners.askName", { name })} onClick={() => ask(person)}>
          {t("partners.ask")}
        </Button>
      ) : relation === "asksMe" ? (
        <ButtonLink size="small" href="/contacts">
          {t("relation.asksMe")}
        </ButtonLink>
      ) : (
        <Tag tone={relation === "mutual" ? "good" : "waiting"}>{t(`relation.${relation}`)}</Tag>
      )}
    </>
  );
}
