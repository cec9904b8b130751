/**
 * Report cards as a support service finds them: what waits for it first, the oldest question before the others; then what
 * has been silent longest; what is over comes last.
 */
import * as z from "zod";
import { silentAfterDays } from "../../domain/reports/card.ts";
import type { Id } from "../../protocol/ids.ts";
import type { CardState } from "../../protocol/reports/card.ts";
import {
  type LabelFilter,
  type ReportList,
  type ReportRow,
  type ReportRows,
  remindAgainAfterDays,
} from "../../protocol/reports/desk.ts";
import type { Queryable } from "../../storage/pool.ts";
import { cursorOf, keyOf } from "../http/cursor.ts";
import { exactly, inProject, latinWords, likely } from "../registry/desk/worklist.ts";
import { cardStateSql } from "./stateSql.ts";

const pageOfList = 50;
const dayMs = 86_400_000;

const moment = z.string().regex(/^[\d :.-]{20,32}$|^infinity$/);
const Key = z.tuple([z.int().min(0).max(2), moment, moment, z.string().max(60)]);

export interface Listing {
  /** Those whose projects are listed; null for all. */
  readonly countries: readonly string[] | null;
  /** For whom the reader has read and reminded: '' is the central service. */
  readonly speaksFor: readonly string[];
  readonly asked: ReportList & { readonly after?: string | undefined };
  /** Milliseconds since 1970. */
  readonly now: number;
}

interface Found {
  readonly id: Id;
  readonly slug: string;
  readonly title: string;
  readonly state: CardState;
  readonly silentDays: number;
  readonly silent: boolean;
  readonly questionSince: number | null;
  readonly entries: number;
  readonly pupils: number;
  readonly unread: number;
  readonly etwinningLabels: number;
  readonly applied: boolean;
  readonly grantedAt: number | null;
  readonly remindedAt: number | null;
  readonly total: number;
  readonly key: [number, string, string];
}

/** Nothing for a cursor that is none. */
export async function reportRows(
  db: Queryable,
  { countries, speaksFor, asked, now }: Listing,
  most = pageOfList,
): Promise<ReportRows> {
  const key = asked.after === undefined ? null : keyOf(asked.after, Key);
  if (key === undefined) return { rows: [], next: null, total: 0 };
  const values: unknown[] = [countries, now, speaksFor, most + 1];
  const put = (value: unknown) => `$${values.push(value)}`;
  const places = (await latinWords(db, asked.words ?? "")).map((word) => put(`%${likely(word)}%`));
  const conditions = [
    "p.activated_at is not null",
    ...(countries === null ? [] : [takesPartIn("$1")]),
    ...(asked.state === undefined ? [] : [`${state} = ${put(asked.state)}`]),
    ...(asked.silent === undefined ? [] : [isSilent]),
    ...(asked.waiting === undefined ? [] : ["q.since is not null"]),
    ...(asked.unread === undefined ? [] : [hasUnread]),
    ...(asked.label === undefined ? [] : [labelIs[asked.label]]),
    ...(asked.year === undefined ? [] : [inSchoolYear(put(Number(asked.year)))]),
    ...places.map((word) => `(p.find_words like ${word} or ${inProject.replaceAll("$word", word)})`),
  ];
  const from =
    key &&
    `(rank, waits, active_at, id) > (${put(key[0])}::int, ${place(put(key[1]))}, ${place(put(key[2]))}, ${put(key[3])})`;
  const { rows } = await db.query<Found>(
    `with q as (
       select e.project_id, min(e.question_since) as since from report_entries e
       where e.question_since is not null and e.removed_at is null
         and ($1::text[] is null or e.question_country = any($1)) group by 1
     ), found as (
       select c.project_id as id, q.since, coalesce(q.since, 'infinity') as waits, ${activeAt} as active_at,
         case when q.since is not null then 0 when ${isFinished} then 2 else 1 end as rank
       from report_cards c join projects p on p.id = c.project_id left join q on q.project_id = c.project_id
       where ${conditions.join("\n and ")}
     ), page as (
       select * from found ${from ? `where ${from}` : ""} order by rank, waits, active_at, id limit $4
     )
     select p.id, p.slug, p.title, ${state} as state, ${silentDays} as "silentDays", ${isSilent} as silent,
       page.since as "questionSince", c.service_entries as entries, c.service_pupils as pupils, ${unread} as unread,
       (select count(*)::int from awards w where w.project_id = p.id and w.kind = 'etwinningLabel'
         and w.revoked_at is null) as "etwinningLabels",
       ${isApplied} as applied, (${grantedAt}) as "grantedAt",
       (select max(r.at) from report_reminders r where r.project_id = p.id and r.country = any($3)) as "remindedAt",
       (select count(*)::int from found) as total,
       jsonb_build_array(page.rank, case when page.since is null then 'infinity' else ${exactly("page.since")} end,
         ${exactly("page.active_at")}) as key
     from page join projects p on p.id = page.id join report_cards c on c.project_id = page.id
     order by page.rank, page.waits, page.active_at, page.id`,
    values,
  );
  const page = rows.slice(0, most);
  const last = rows.length > most ? page.at(-1) : undefined;
  return {
    rows: await withSchools(db, page, countries, now),
    next: last ? cursorOf([...last.key, last.id]) : null,
    total: rows[0]?.total ?? 0,
  };
}

const at = "to_timestamp($2::float8 / 1000)";
const today = `(${at} at time zone 'utc')::date`;
const state = cardStateSql(today);
/** When something was last shared with the services: of what partners share among themselves they do not know. */
const activeAt = "coalesce(c.service_shared_at, c.opened_at)";
const silentDays = `greatest(0, floor(extract(epoch from ${at} - ${activeAt}) / 86400))::int`;
const isFinished = "coalesce(c.final_read_at >= c.final_at, false)";
const isSilent = `(p.state = 'active' and not ${isFinished} and ${silentDays} >= ${silentAfterDays})`;
const unread = `(select count(*)::int from report_entries e
  where e.project_id = c.project_id and e.state = 'shared' and e.readers = 'services' and e.removed_at is null
    and not exists (select from report_reviews r where r.entry_id = e.id and r.country = any($3) and r.at >= e.shared_at))`;

/** Of many cards at once: joined, and not looked for one by one. */
const hasUnread = `c.project_id in (select e.project_id from report_entries e
  left join report_reviews r on r.entry_id = e.id and r.country = any($3) and r.at >= e.shared_at
  where e.state = 'shared' and e.readers = 'services' and e.removed_at is null and r.entry_id is null)`;

export const takesPartIn = (countries: string): string => `exists (select from project_schools ps
  where ps.project_id = p.id and ps.country = any(${countries}) and (ps.founder or ps.service_state = 'approved'))`;

const isApplied = `exists (select from label_applications l where l.project_id = p.id and l.kind = 'qualityLabel'
  and l.state in ('submitted', 'inReview') and ($1::text[] is null or l.country = any($1)))`;
const grantedAt = `select max(w.issued_at) from awards w
  where w.project_id = p.id and w.kind = 'qualityLabel' and w.revoked_at is null`;
const labelIs: Readonly<Record<LabelFilter, string>> = {
  etwinning: `exists (select from awards w where w.project_id = p.id and w.kind = 'etwinningLabel' and w.revoked_at is null)`,
  applied: isApplied,
  granted: `exists (${grantedAt} having count(*) > 0)`,
  none: `not ${isApplied} and not exists (${grantedAt} having count(*) > 0)`,
};

/** Open at some time of it. */
const inSchoolYear = (year: string): string => `c.opened_at < make_timestamptz(${year}::int + 1, 9, 1, 0, 0, 0, 'UTC')
  and (p.closed_at is null or p.closed_at >= make_timestamptz(${year}::int, 9, 1, 0, 0, 0, 'UTC'))`;

const place = (value: string) =>
  `(case ${value}::text when 'infinity' then 'infinity'::timestamptz else ${value}::timestamp at time zone 'utc' end)`;

type Listed = ReportRow["ownSchools"][number];

/** Whose own, and whose partners: of a list of all countries every school is a partner. */
async function withSchools(
  db: Queryable,
  rows: readonly Found[],
  countries: readonly string[] | null,
  now: number,
): Promise<ReportRow[]> {
  const { rows: schools } = await db.query<Listed & { project: Id }>(
    `select ps.project_id as project, s.name, ps.country from project_schools ps join schools s on s.id = ps.school_id
     where ps.project_id = any($1) and (ps.founder or ps.service_state = 'approved')
     order by ps.founder desc, s.country, s.name, s.id`,
    [rows.map(({ id }) => id)],
  );
  const of = Map.groupBy(schools, ({ project }) => project);
  return rows.map(({ applied, grantedAt, total: _, key: __, ...row }): ReportRow => {
    const all = (of.get(row.id) ?? []).map(({ name, country }) => ({ name, country }));
    const isOwn = ({ country }: Listed) => countries?.includes(country) ?? false;
    return {
      ...row,
      ownSchools: all.filter(isOwn),
      partners: all.filter((school) => !isOwn(school)),
      qualityLabel: grantedAt !== null ? "granted" : applied ? "applied" : "none",
      grantedYear: grantedAt === null ? null : new Date(grantedAt).getUTCFullYear(),
      next: nextStep(row, now),
    };
  });
}

function nextStep(
  {
    questionSince,
    silent,
    remindedAt,
    unread: isNew,
  }: Pick<Found, "questionSince" | "silent" | "remindedAt" | "unread">,
  now: number,
): ReportRow["next"] {
  if (questionSince !== null) return "answer";
  if (isNew > 0) return "read";
  if (silent && (remindedAt === null || remindedAt <= now - remindAgainAfterDays * dayMs)) return "remind";
  return "open";
}
