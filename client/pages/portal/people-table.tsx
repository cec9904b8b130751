import { useState } from "react";
import type { Me, Person } from "../../../protocol/http/accounts.ts";
import { Button } from "../../parts/button.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { TextField } from "../../parts/field.tsx";
import { Place } from "../../parts/place.tsx";
import { Tag, type Tone } from "../../parts/tag.tsx";
import { Worklist, type WorklistColumn } from "../../parts/worklist.tsx";
import { matching } from "../../views/people.ts";
import { countryName } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import { dayIn } from "../../words/zoned.ts";

const tones: Record<Person["state"], Tone> = { invited: "waiting", active: "good", ended: "bad" };
/** Fewer are seen at one glance. */
const searchedFrom = 8;

/** Everybody with an account; who was invited and has not answered comes first. */
export function PeopleTable({
  me,
  people,
  renew,
  end,
}: {
  me: Me;
  people: readonly Person[];
  renew: (person: Person) => void;
  end: (person: Person) => void;
}) {
  const [wanted, want] = useState("");
  const found = matching(people, wanted);
  if (people.length === 0) return <EmptyState icon="users-three" title={t("operate.noPeople")} />;
  return (
    <>
      {people.length < searchedFrom ? null : (
        <div className="people-search">
          <TextField
            label={t("act.search")}
            hint={t("operate.search")}
            type="search"
            autoComplete="off"
            value={wanted}
            onChange={(event) => want(event.target.value)}
          />
          <p role="status" className="soft">
            {wanted === ""
              ? ""
              : t(found.length === 0 ? "operate.nobodyFound" : "operate.found", { count: found.length })}
          </p>
        </div>
      )}
      <Worklist name={t("operate.people")} columns={columnsFor(me, renew, end)} rows={found} keyOf={({ id }) => id} />
    </>
  );
}

function columnsFor(me: Me, renew: (person: Person) => void, end: (person: Person) => void): WorklistColumn<Person>[] {
  return [
    {
      head: t("operate.person"),
      names: true,
      cell: ({ id, name, email }) => (
        <span className="person">
          <span>{id === me.id ? t("word.withYou", { name }) : name}</span>
          <span className="soft small">{email}</span>
        </span>
      ),
    },
    { head: t("operate.inviteRole"), cell: (person) => roleOf(person) },
    {
      head: t("operate.inviteSchool"),
      cell: ({ school }) => (school === null ? "–" : <Place country={school.country}>{school.name}</Place>),
    },
    { head: t("operate.state"), cell: ({ state }) => <Tag tone={tones[state]}>{t(`operate.${state}`)}</Tag> },
    {
      head: t("operate.lastSeen"),
      cell: ({ seenAt }) => (seenAt === null ? t("operate.never") : dayIn(seenAt, me.timeZone, Date.now())),
    },
    {
      head: t("operate.does"),
      cell: (person) => (person.state === "ended" || person.id === me.id ? "–" : acts(person, renew, end)),
    },
  ];
}

function roleOf({ role, country }: Person): string {
  const name = t(`accountRole.${role}`);
  return country === null ? name : t("operate.roleOf", { role: name, country: countryName(country) });
}

function acts(person: Person, renew: (person: Person) => void, end: (person: Person) => void) {
  const { name } = person;
  const isInvited = person.state === "invited";
  return (
    <span className="person-acts">
      <Button
        size="small"
        aria-label={isInvited ? t("operate.renewName", { name }) : t("operate.resetName", { name })}
        onClick={() => renew(person)}
      >
        {t(isInvited ? "operate.renew" : "operate.reset")}
      </Button>
      <Button size="small" look="danger" aria-label={t("operate.endName", { name })} onClick={() => end(person)}>
        {t("operate.end")}
      </Button>
    </span>
  );
}
