/** The search among the schools that may be found, and who is available in them. */
import * as z from "zod";
import { relationOf, type Want } from "../../domain/registry/contacts.ts";
import type { Partner, PartnerFilter, PartnerPerson, PartnerQuery, Partners } from "../../protocol/http/partners.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Queryable } from "../../storage/pool.ts";
import { cursorOf, keyOf } from "../http/cursor.ts";
import type { RefusedFields } from "../http/route.ts";
import { wantColumn } from "./contacts.ts";
import { quoted, readWords } from "./words.ts";

const pageLength = 20;
/** Among how many, the newest that fit, the best are sought. Whoever finds more should ask for something narrower. */
const mostRanked = 1_000;
const mostPeopleShown = 5;

/** Who searches: their own schools are not found. */
export interface Seeker {
  readonly id: Id;
  readonly schools: readonly Id[];
}

const Key = z.tuple([z.number(), z.int(), z.string()]);
type Key = z.infer<typeof Key>;

interface Found {
  schoolId: Id;
  rank: number;
  since: number;
  people: number;
}

/** One page of those that fit best; without words, of those that were available last. */
export async function searchPartners(
  db: Queryable,
  seeker: Seeker,
  { after, ...query }: PartnerQuery & { after?: string | undefined },
): Promise<Partners | RefusedFields> {
  const key = after === undefined ? null : keyOf(after, Key);
  if (key === undefined) return { refused: "request.malformed", fields: ["after"] };
  const read = await readWords(db, query.words ?? "");
  const found = await findEntries(db, seeker, query, read.query, key);
  const shown = found.slice(0, pageLength);
  const last = found.length > pageLength ? shown.at(-1) : undefined;
  const isEmpty = found.length === 0 && key === null;
  return {
    partners: await partnersOf(db, seeker.id, shown),
    next: last ? cursorOf([last.rank, last.since, last.schoolId]) : null,
    readAs: read.readAs,
    loosen: isEmpty ? await whatToLoosen(db, seeker, query, read.query) : [],
  };
}

/** How many fit that are found since then only; never more than `most`. */
export async function countFitting(
  db: Queryable,
  seeker: Seeker,
  query: PartnerQuery,
  { since, most }: { since: number; most: number },
): Promise<number> {
  const { query: words } = await readWords(db, query.words ?? "");
  const fits = conditions(seeker, query, words);
  fits.add((value) => `e.since > to_timestamp(${value} / 1000.0)`, since);
  const { rows } = await db.query<{ count: number }>(
    `select count(*) from (select from partner_entries e where ${fits.sql()} limit ${most}) as fitting`,
    fits.values,
  );
  return rows[0]?.count ?? 0;
}

async function findEntries(
  db: Queryable,
  seeker: Seeker,
  query: PartnerQuery,
  words: string | null,
  key: Key | null,
): Promise<Found[]> {
  const fits = conditions(seeker, query, words);
  return words === null ? newest(db, fits, key) : best(db, fits, words, key);
}

async function newest(db: Queryable, fits: Conditions, key: Key | null): Promise<Found[]> {
  if (key !== null) {
    const [, since, id] = key;
    const at = fits.value(since);
    fits.add((value) => `(e.since, e.school_id) < (to_timestamp(${at} / 1000.0), ${value})`, id);
  }
  const { rows } = await db.query<Found>(
    `select e.school_id as "schoolId", 0 as rank, e.since, e.people from partner_entries e
     where ${fits.sql()} order by e.since desc, e.school_id desc limit ${pageLength + 1}`,
    fits.values,
  );
  return rows;
}

async function best(db: Queryable, fits: Conditions, words: string, key: Key | null): Promise<Found[]> {
  const ranking = fits.value(words);
  const isBehind =
    key === null
      ? "true"
      : `(rank, since, school_id) < (${fits.value(key[0])}::float4, to_timestamp(${fits.value(key[1])} / 1000.0), ${fits.value(key[2])})`;
  const { rows } = await db.query<Found>(
    `with fitting as materialized (
       select e.school_id, e.since, e.people, e.search from partner_entries e
       where ${fits.sql()} order by e.since desc, e.school_id desc limit ${mostRanked}
     ), ranked as (
       select school_id, since, people, ts_rank(search, ${ranking}::tsquery) as rank from fitting
     )
     select school_id as "schoolId", rank, since, people from ranked where ${isBehind}
     order by rank desc, since desc, school_id desc limit ${pageLength + 1}`,
    fits.values,
  );
  return rows;
}

/** Which one of what was asked for, left out, would find anybody at all. */
async function whatToLoosen(
  db: Queryable,
  seeker: Seeker,
  query: PartnerQuery,
  words: string | null,
): Promise<PartnerFilter[]> {
  // The keys are the query's own, which Object.keys forgets.
  const asked = (Object.keys(query) as PartnerFilter[]).filter(
    (name) => query[name] !== undefined && query[name] !== "",
  );
  const helps = await Promise.all(
    asked.map(async (name) => {
      const fits = conditions(seeker, { ...query, [name]: undefined }, name === "words" ? null : words);
      const { rowCount } = await db.query(`select from partner_entries e where ${fits.sql()} limit 1`, fits.values);
      return rowCount === 1;
    }),
  );
  return asked.filter((_, i) => helps[i]);
}

/** What must be so of an entry `e`, as SQL with its values. */
class Conditions {
  readonly values: unknown[] = [];
  readonly #all: string[] = [];

  /** Where the value stands among the parameters. */
  value(given: unknown): string {
    this.values.push(given);
    return `$${this.values.length}`;
  }

  add(sql: (value: string) => string, given: unknown): void {
    this.#all.push(sql(this.value(given)));
  }

  say(sql: string): void {
    this.#all.push(sql);
  }

  sql(): string {
    return this.#all.length === 0 ? "true" : this.#all.join(" and ");
  }
}

function conditions({ schools }: Seeker, query: PartnerQuery, words: string | null): Conditions {
  const { country, region, subject, language, ageFrom, ageTo, available } = query;
  const fits = new Conditions();
  const codes = Object.entries({ region, subject, language }).flatMap(([list, code]) =>
    code === undefined ? [] : [quoted(`${list}:${code}`)],
  );
  const asked = words === null ? codes : [words, ...codes];
  if (country !== undefined) fits.add((value) => `e.country = ${value}`, country);
  // The index on words then has the country too; alone, the one that has them in their order is better.
  if (country !== undefined && asked.length > 0) asked.push(quoted(`country:${country}`));
  if (asked.length > 0) fits.add((value) => `e.search @@ ${value}::tsquery`, asked.join(" & "));
  if (ageFrom !== undefined) fits.add((value) => `e.age_max >= ${value}`, ageFrom);
  if (ageTo !== undefined) fits.add((value) => `e.age_min <= ${value}`, ageTo);
  if (available !== undefined) fits.say("e.people > 0");
  if (schools.length > 0) fits.add((value) => `e.school_id <> all(${value})`, schools);
  return fits;
}

interface SchoolRow extends Omit<Partner, "people" | "peopleCount" | "ages"> {
  ageMin: number | null;
  ageMax: number | null;
}

async function partnersOf(db: Queryable, seeker: Id, found: readonly Found[]): Promise<Partner[]> {
  const ids = found.map(({ schoolId }) => schoolId);
  if (ids.length === 0) return [];
  const { rows } = await db.query<SchoolRow>(
    `select jsonb_build_object('id', id, 'name', name, 'town', town, 'country', country) as school,
       region, type, languages, subjects, left(description, 600) as description, website, pupil_count as pupils,
       age_min as "ageMin", age_max as "ageMax"
     from schools where id = any($1)`,
    [ids],
  );
  const people = await peopleAt(db, seeker, ids);
  return found.flatMap(({ schoolId, people: peopleCount }) => {
    const row = rows.find(({ school }) => school.id === schoolId);
    if (!row) return [];
    const { ageMin, ageMax, ...shown } = row;
    const ages = ageMin === null || ageMax === null ? null : { min: ageMin, max: ageMax };
    return { ...shown, ages, people: people.get(schoolId) ?? [], peopleCount };
  });
}

type PersonRow = Omit<PartnerPerson, "relation"> & { schoolId: Id; mine: Want; theirs: Want };

/** Whom one has blocked is not shown; who blocks the seeker is, as if nothing were. */
async function peopleAt(db: Queryable, seeker: Id, schools: readonly Id[]): Promise<Map<Id, PartnerPerson[]>> {
  const { rows } = await db.query<PersonRow>(
    `select p.* from unnest($2::text[]) as at (school)
     cross join lateral (
       select m.school_id as "schoolId", a.id, a.name, a.bio, a.languages, a.subjects,
         a.wanted_countries as "wantedCountries", ${wantColumn("mine")} as mine, ${wantColumn("theirs")} as theirs
       from memberships m join accounts a on a.id = m.account_id
       left join contacts mine on mine.from_account = $1 and mine.to_account = a.id
       left join contacts theirs on theirs.from_account = a.id and theirs.to_account = $1
       where m.school_id = at.school and m.state = 'active' and a.available and a.ended_at is null and a.id <> $1
         and mine.state is distinct from 'blocked'
       order by m.created_at, m.id limit ${mostPeopleShown}
     ) p`,
    [seeker, schools],
  );
  const people = new Map<Id, PartnerPerson[]>();
  for (const { schoolId, mine, theirs, ...person } of rows) {
    const here = people.get(schoolId) ?? [];
    here.push({ ...person, relation: relationOf({ mine, theirs }) });
    people.set(schoolId, here);
  }
  return people;
}
