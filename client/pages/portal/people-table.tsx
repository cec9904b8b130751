import type { Me, Person } from "../../../protocol/http/accounts.ts";
import { Button } from "../../parts/button.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Place } from "../../parts/place.tsx";
import { Tag, type Tone } from "../../parts/tag.tsx";
import { Worklist, type WorklistColumn } from "../../parts/worklist.tsx";
import { countryName } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import { dayIn } from "../../words/zoned.ts";
import { MoreRows, SearchField } from "./found-rows.tsx";
import type { Pages } from "./use-pages.ts";

const tones: Record<Person["state"], Tone> = { invited: "waiting", active: "good", ended: "bad" };
/** Fewer are seen at one glance. */
const searchedFrom = 8;

interface Acts {
  renew: (person: Person) => void;
  takeAway: (person: Person) => void;
  end: (person: Person) => void;
}

/** Everybody with an account, page by page; who was invited and has not answered comes first. */
export function PeopleTable({
  me,
  people,
  words,
  onWords,
  renew,
  takeAway,
  end,
}: {
  me: Me;
  people: Pages<Person>;
  words: string;
  onWords: (words: string) => void;
} & Acts) {
  const { rows = [], hasMore } = people;
  const searched = words !== "" || hasMore || rows.length >= searchedFrom;
  if (rows.length === 0 && !searched) return <EmptyState icon="users-three" title={t("operate.noPeople")} />;
  return (
    <>
      {searched ? (
        <SearchField
          label={t("operate.searchPeople")}
          hint={t("operate.search")}
          words={words}
          onWords={onWords}
          nothing={rows.length === 0 ? t("operate.nobodyFound") : ""}
        />
      ) : null}
      <Worklist
        name={t("operate.people")}
        columns={columnsFor(me, { renew, takeAway, end })}
        rows={rows}
        keyOf={({ id }) => id}
      />
      <MoreRows pages={people} />
    </>
  );
}

function columnsFor(me: Me, does: Acts): WorklistColumn<Person>[] {
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
      cell: (person) => (person.state === "ended" || person.id === me.id ? "–" : acts(person, does)),
    },
  ];
}

function roleOf({ role, country }: Person): string {
  const name = t(`accountRole.${role}`);
  return country === null ? name : t("operate.roleOf", { role: name, country: countryName(country) });
}

function acts(person: Person, { renew, takeAway, end }: Acts) {
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
      {person.secondFactor ? (
        <Button size="small" aria-label={t("second.takeAwayName", { name })} onClick={() => takeAway(person)}>
          {t("second.takeAway")}
        </Button>
      ) : null}
      <Button size="small" look="danger" aria-label={t("operate.endName", { name })} onClick={() => end(person)}>
        {t("operate.end")}
      </Button>
    </span>
  );
}
