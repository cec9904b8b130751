/**
 * What lies on a desk: schools, people and projects in one order, page by page. Each kind is asked for its own first rows
 * by an index, then they are merged, so that a page costs the same however much waits.
 */
import * as z from "zod";
import type { DeskItem, DeskItems, DeskKind, Shelf, WaitingKind, Worklist } from "../../../protocol/http/desk.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { cursorOf, keyOf } from "../../http/cursor.ts";

export const pageOfDesk = 50;

/** One kind's rows: where they are, what they are ordered by, what they show. */
interface Rows {
  readonly from: string;
  readonly where: string;
  readonly at: string;
  readonly id: string;
  readonly country: string;
  /** What has to hold each of the words sought. */
  readonly found: readonly string[];
  readonly shows: string;
}

const fromPlaces = `memberships m join schools s on s.id = m.school_id join accounts a on a.id = m.account_id`;
const fromApprovals = `project_schools ps join projects p on p.id = ps.project_id`;
/** Two schools of one country in one project are one approval. */
const isFirstOfCountry = `not exists (select from project_schools o where o.project_id = ps.project_id
  and o.country = ps.country and o.founder = ps.founder and o.service_state = ps.service_state
  and o.school_id < ps.school_id)`;
/** Asked once for all projects, not once for each. */
export const inProject = `p.id in (select w.project_id from schools s join project_schools w on w.school_id = s.id
  where s.find_words like $word)`;

const shelves: Readonly<Record<Shelf, Readonly<Record<DeskKind, Rows>>>> = {
  waiting: {
    school: {
      from: "schools s",
      where: "s.state = 'submitted'",
      ...{ at: "s.state_at", id: "s.id", country: "s.country", found: ["s.find_words like $word"] },
      shows: "s.name as title, s.town as about, s.state, false as evidence",
    },
    person: {
      from: fromPlaces,
      where: "m.state in ('asked', 'evidenceWanted') and a.ended_at is null",
      ...{ at: "m.state_at", id: "m.id", country: "s.country" },
      found: ["a.find_words like $word", "s.find_words like $word"],
      shows: `a.name as title, s.name as about, m.state,
        exists (select from evidence e where e.membership_id = m.id and e.deleted_at is null) as evidence`,
    },
    project: {
      from: fromApprovals,
      where: `ps.service_state = 'pending' and ${isFirstOfCountry}
        and (p.state = 'awaitingService' and ps.founder or p.state = 'active' and not ps.founder)`,
      ...{ at: "p.state_at", id: "p.id", country: "ps.country", found: ["p.find_words like $word", inProject] },
      shows: "p.title, '' as about, ps.service_state as state, false as evidence",
    },
  },
  decided: {
    school: {
      from: "schools s",
      where: "s.state in ('validated', 'suspended', 'refused')",
      ...{ at: "s.state_at", id: "s.id", country: "s.country", found: ["s.find_words like $word"] },
      shows: "s.name as title, s.town as about, s.state, false as evidence",
    },
    person: {
      from: fromPlaces,
      where: "m.state in ('active', 'refused', 'ended')",
      ...{ at: "m.state_at", id: "m.id", country: "s.country" },
      found: ["a.find_words like $word", "s.find_words like $word"],
      shows: "a.name as title, s.name as about, m.state, false as evidence",
    },
    project: {
      from: fromApprovals,
      where: `ps.service_state <> 'pending' and ps.service_at is not null and ${isFirstOfCountry}`,
      ...{ at: "ps.service_at", id: "p.id", country: "ps.country", found: ["p.find_words like $word", inProject] },
      shows: "p.title, '' as about, ps.service_state as state, false as evidence",
    },
  },
};
const kinds: readonly DeskKind[] = ["school", "person", "project"];

/** To the microsecond, as Postgres orders: milliseconds would show a row twice or never. */
export const exactly = (at: string) => `to_char(${at} at time zone 'utc', 'YYYY-MM-DD HH24:MI:SS.US')`;
const Key = z.tuple([z.string().regex(/^[\d :.-]{20,32}$/), z.string().max(10), z.string().max(60), z.string().max(2)]);

interface Row extends DeskItem {
  readonly at: string;
}

/**
 * A page of the worklist. `countries`: those that the caller may see, null for all. Nothing for a cursor that is none.
 */
export async function worklist(
  db: Queryable,
  countries: readonly string[] | null,
  { shelf, kind, words = "", after }: Worklist & { readonly after?: string | undefined },
  most = pageOfDesk,
): Promise<DeskItems> {
  const key = after === undefined ? null : keyOf(after, Key);
  if (key === undefined) return { items: [], next: null };
  const sought = await latinWords(db, words);
  const values: unknown[] = [countries, most + 1];
  const put = (value: unknown) => `$${values.push(value)}`;
  const places = sought.map((word) => put(`%${likely(word)}%`));
  const from = key && { at: put(key[0]), kind: put(key[1]), id: put(key[2]), country: put(key[3]) };
  const [is, way] = shelf === "waiting" ? [">", "asc"] : ["<", "desc"];

  // One country is asked for as one: its index then has the order too.
  const ofCountries = countries === null ? undefined : countries.length === 1 ? "= ($1::text[])[1]" : "= any($1)";
  const branch = (name: DeskKind) => {
    const { from: tables, where, at, id, country, found, shows } = shelves[shelf][name];
    const conditions = [
      where,
      ...(ofCountries === undefined ? [] : [`${country} ${ofCountries}`]),
      ...places.map((word) => `(${found.map((one) => one.replaceAll("$word", word)).join(" or ")})`),
      ...(from
        ? [
            `${at} ${is}= ${from.at}::timestamp at time zone 'utc'`,
            `(${at}, '${name}', ${id}, ${country}) ${is} (${from.at}::timestamp at time zone 'utc', ${from.kind}::text, ${from.id}::text, ${from.country}::text)`,
          ]
        : []),
    ];
    return `(select '${name}' as kind, ${id} as id, ${country} as country, ${at} as moment, ${shows}
      from ${tables} where ${conditions.join("\n and ")} order by ${at} ${way}, ${id} ${way}, ${country} ${way} limit $2)`;
  };

  const { rows } = await db.query<Row>(
    `select kind, id, country, title, about, state, evidence, moment as since, ${exactly("moment")} as at
     from (${(kind ? [kind] : kinds).map(branch).join("\nunion all\n")}) as waits
     where $1::text[] is null or country = any($1)
     order by moment ${way}, kind ${way}, id ${way}, country ${way} limit $2`,
    values,
  );
  const page = rows.slice(0, most);
  const last = page.at(-1);
  const items = await withSchools(db, page);
  return {
    items,
    next: rows.length > most && last ? cursorOf([last.at, last.kind, last.id, last.country]) : null,
  };
}

/** The words sought, as the columns they are compared with have them; at most eight. */
export async function latinWords(db: Queryable, words: string): Promise<string[]> {
  if (words.trim() === "") return [];
  const { rows } = await db.query<{ words: string }>("select search_latin(search_text($1)) as words", [words]);
  return (rows[0]?.words ?? "").split(/\s+/).filter(Boolean).slice(0, 8);
}

export const likely = (word: string) => word.replace(/[\\%_]/g, "\\$&");

/** Puts the schools of other countries, or else all of them, beside a project's title. */
async function withSchools(db: Queryable, rows: readonly Row[]): Promise<DeskItem[]> {
  const projects = rows.filter(({ kind }) => kind === "project").map(({ id }) => id);
  const schools = projects.length === 0 ? [] : await schoolsOf(db, projects);
  return rows.map(({ at: _, ...item }) => {
    if (item.kind !== "project") return item;
    const theirs = schools.filter(({ project }) => project === item.id);
    const others = theirs.filter(({ country }) => country !== item.country);
    return { ...item, about: (others.length > 0 ? others : theirs).map(({ name }) => name).join(", ") };
  });
}

async function schoolsOf(db: Queryable, projects: readonly string[]) {
  const { rows } = await db.query<{ project: string; name: string; country: string }>(
    `select ps.project_id as project, s.name, ps.country
     from project_schools ps join schools s on s.id = ps.school_id
     where ps.project_id = any($1) order by ps.founder desc, s.country, s.name`,
    [projects],
  );
  return rows;
}

/** What teachers asked in report cards; answered there, and not decided about. */
const waitingQuestions = `select 'question' as kind, count(*) as count, min(e.question_since) as oldest
  from report_entries e where e.question_since is not null and e.removed_at is null
    and ($1::text[] is null or e.question_country = any($1))`;

/** Applications for Quality Labels that nobody has decided; judged on a page of their own. */
const waitingLabels = `select 'label' as kind, count(*) as count, min(l.submitted_at) as oldest
  from label_applications l where l.state in ('submitted', 'inReview') and ($1::text[] is null or l.country = any($1))`;

/** How much waits of each kind, and since when the oldest does. */
export async function countWaiting(db: Queryable, countries: readonly string[] | null) {
  const counted = kinds.map((kind) => {
    const { from, where, at, country } = shelves.waiting[kind];
    return `select '${kind}' as kind, count(*) as count, min(${at}) as oldest from ${from}
      where ${where} ${kind === "person" ? "and m.state = 'asked'" : ""} and ($1::text[] is null or ${country} = any($1))`;
  });
  const { rows } = await db.query<{ kind: WaitingKind; count: number; oldest: number | null }>(
    [...counted, waitingQuestions, waitingLabels].join("\nunion all\n"),
    [countries],
  );
  return rows;
}
