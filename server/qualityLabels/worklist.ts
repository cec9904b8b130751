/** What lies on the desk for Quality Labels, page by page, and as a file for a spreadsheet. */
import { Readable } from "node:stream";
import * as z from "zod";
import { sumOf, totalsOf } from "../../domain/qualityLabels/scoring.ts";
import type { Id } from "../../protocol/ids.ts";
import type {
  LabelItem,
  LabelItems,
  LabelReviewer,
  LabelShelf,
  LabelWorklist,
} from "../../protocol/qualityLabels/desk.ts";
import type { Criterion } from "../../protocol/qualityLabels/frozen.ts";
import type { Score } from "../../protocol/qualityLabels/review.ts";
import type { Queryable } from "../../storage/pool.ts";
import { cursorOf, keyOf } from "../http/cursor.ts";
import { cell } from "../registry/desk/csv.ts";
import { exactly, latinWords, likely } from "../registry/desk/worklist.ts";

const pageLength = 50;
const rowsInFile = 500;

const shelves: Readonly<Record<LabelShelf, { where: string; at: string; is: string; way: string }>> = {
  waiting: { where: "a.state = 'submitted'", at: "a.submitted_at", is: ">", way: "asc" },
  inReview: { where: "a.state = 'inReview'", at: "a.submitted_at", is: ">", way: "asc" },
  decided: { where: "a.state in ('granted', 'notGranted')", at: "a.decided_at", is: "<", way: "desc" },
};

const Key = z.tuple([z.string().regex(/^[\d :.-]{20,32}$/), z.string().max(60)]);

interface ItemRow extends Omit<LabelItem, "points" | "most" | "reviewers"> {
  readonly criteria: readonly Pick<Criterion, "code" | "leastPoints">[];
  readonly steps: number;
  readonly reviewers: readonly { reviewer: Id; name: string; beganAt: number }[];
  readonly scores: readonly (Pick<Score, "criterion" | "points"> & { reviewer: Id })[];
}

/** Of `label_applications a`, with its project p, school s and applicant c. An erased applicant has no name. */
const columns = `a.id, a.state, a.attempt, jsonb_build_object('slug', p.slug, 'title', a.frozen -> 'project' ->> 'title') as project,
  jsonb_build_object('name', s.name, 'town', s.town, 'country', s.country) as school,
  case when c.ended_at is null then coalesce(c.name, '') else '' end as applicant,
  a.submitted_at as "submittedAt", a.decided_at as "decidedAt", a.criteria -> 'criteria' as criteria,
  (a.criteria ->> 'steps')::int as steps,
  coalesce((select jsonb_agg(jsonb_build_object('reviewer', w.reviewer,
      'name', case when v.ended_at is null then v.name else '' end,
      'beganAt', floor(extract(epoch from w.began_at) * 1000)) order by w.began_at, w.reviewer)
    from label_reviews w join accounts v on v.id = w.reviewer where w.application_id = a.id), '[]') as reviewers,
  coalesce((select jsonb_agg(jsonb_build_object('reviewer', x.reviewer, 'criterion', x.criterion, 'points', x.points))
    from label_scores x where x.application_id = a.id), '[]') as scores`;
const joined = `join projects p on p.id = a.project_id join schools s on s.id = a.school_id
  left join accounts c on c.id = a.account_id`;

/** @param me whose own review is marked @param countries those they may see; null for all */
export async function labelWorklist(
  db: Queryable,
  me: Id,
  countries: readonly string[] | null,
  { shelf, words = "", after }: LabelWorklist & { readonly after?: string | undefined },
  most = pageLength,
): Promise<LabelItems> {
  const key = after === undefined ? null : keyOf(after, Key);
  const counts = await countsOf(db, countries);
  if (key === undefined) return { items: [], counts, next: null };
  const { where, at, is, way } = shelves[shelf];
  const sought = (await latinWords(db, words)).map((word) => `%${likely(word)}%`);
  // The page first, by an index; only of what is on it the copies are looked into. One country is asked for as one.
  const mine = countries?.length === 1 ? "a.country = ($1::text[])[1]" : ofCountries;
  const { rows } = await db.query<ItemRow & { exact: string }>(
    `with page as materialized (
       select a.id, ${at} as at from label_applications a join projects p on p.id = a.project_id join schools s on s.id = a.school_id
       where ${where} and ${mine}
         and not exists (select from unnest($2::text[]) word
                         where p.find_words not like word and s.find_words not like word)
         and ($3::text is null or (${at}, a.id) ${is} ($3::timestamp at time zone 'utc', $4::text))
       order by ${at} ${way}, a.id ${way} limit $5)
     select ${columns}, ${exactly("page.at")} as exact from page join label_applications a on a.id = page.id ${joined}
     order by page.at ${way}, page.id ${way}`,
    [countries, sought, key?.[0] ?? null, key?.[1] ?? null, most + 1],
  );
  const page = rows.slice(0, most);
  const last = rows.length > most ? page.at(-1) : undefined;
  return {
    items: page.map(({ exact: _, ...row }) => itemOf(row, me)),
    counts,
    next: last === undefined ? null : cursorOf([last.exact, last.id]),
  };
}

const ofCountries = "($1::text[] is null or a.country = any($1))";

/** One of them, whatever its shelf; undefined where it was not sent or is not there. */
export async function labelItem(db: Queryable, application: Id, me: Id): Promise<LabelItem | undefined> {
  const { rows } = await db.query<ItemRow>(
    `select ${columns} from label_applications a ${joined} where a.id = $1 and a.frozen is not null and a.state not in ('draft', 'withdrawn')`,
    [application],
  );
  return rows[0] && itemOf(rows[0], me);
}

function itemOf({ criteria, steps, scores, reviewers, ...row }: ItemRow, me: Id): LabelItem {
  const reviews = reviewers.map(({ reviewer }) => scores.filter((score) => score.reviewer === reviewer));
  const isWholeOf = (index: number) =>
    totalsOf(reviews.slice(index, index + 1), criteria).some(({ points }) => points !== null);
  const shown = reviewers.map(
    ({ reviewer, name, beganAt }, index): LabelReviewer => ({
      name,
      own: reviewer === me,
      whole: isWholeOf(index),
      beganAt,
    }),
  );
  const isDecided = row.decidedAt !== null;
  return {
    ...row,
    points: isDecided ? sumOf(totalsOf(reviews, criteria)) : null,
    most: steps * criteria.length,
    reviewers: shown,
  };
}

async function countsOf(db: Queryable, countries: readonly string[] | null): Promise<LabelItems["counts"]> {
  const { rows } = await db.query<LabelItems["counts"]>(
    `select count(*) filter (where a.state = 'submitted') as waiting, count(*) filter (where a.state = 'inReview') as "inReview"
     from label_applications a where a.state in ('submitted', 'inReview') and ${ofCountries}`,
    [countries],
  );
  return rows[0] ?? { waiting: 0, inReview: 0 };
}

const head = [
  "state",
  "attempt",
  "country",
  "project",
  "school",
  "town",
  "applicant",
  "sent",
  "decided",
  "points",
  "most",
  "reviews",
];

/** All of it, row by row as it is read. */
export function labelWorklistFile(
  db: Queryable,
  me: Id,
  countries: readonly string[] | null,
  asked: LabelWorklist,
): Readable {
  async function* lines() {
    // With the mark by which spreadsheets know that it is UTF-8.
    yield `\ufeff${line(head)}`;
    let after: string | undefined;
    do {
      const page = await labelWorklist(db, me, countries, { ...asked, after }, rowsInFile);
      yield page.items.map((item) => line(cellsOf(item))).join("");
      after = page.next ?? undefined;
    } while (after !== undefined);
  }
  return Readable.from(lines());
}

const line = (cells: readonly string[]) => `${cells.map(cell).join(",")}\r\n`;
const day = (at: number | null) => (at === null ? "" : new Date(at).toISOString());

function cellsOf({ state, attempt, school, project, applicant, points, most, ...item }: LabelItem): string[] {
  const whole = item.reviewers.filter((one) => one.whole).length;
  return [
    ...[state, String(attempt), school.country, project.title, school.name, school.town, applicant],
    ...[day(item.submittedAt), day(item.decidedAt), points === null ? "" : String(points), String(most), String(whole)],
  ];
}
