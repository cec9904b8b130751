/**
 * domain/reports/card.ts in SQL, for lists of thousands of cards: over `projects p` and `report_cards c`. A property test
 * holds both to the same.
 */
import type { CardFacts } from "../../domain/reports/card.ts";
import type { Queryable } from "../../storage/pool.ts";

const isOver = "p.state in ('closed', 'archived')";
const approvedDay = "(coalesce(p.activated_at, c.opened_at) at time zone 'UTC')::date";

// Approved after the day it was to begin: it began then.
const from = `greatest(${approvedDay}, p.start_date)`;
const to = `greatest(${from}, coalesce(p.end_date, ${from} + 365))`;

/** By when a final entry is wanted: a date. */
export const finalDueSql = `(${to})`;
/** By when an interim entry is wanted: a date, or null. */
export const interimDueSql = `(case when ${to} - ${from} >= 120 then ${from} + (${to} - ${from}) / 2 end)`;

/** @param today an expression of SQL that is a day in UTC, such as `$3::date`. Text, as CardState has it. */
export const cardStateSql = (today: string): string => `(case
  when c.final_at is not null and c.final_read_at >= c.final_at
    then case when ${isOver} then 'closed' else 'finalRead' end
  when c.final_at is not null then 'finalSent'
  when ${isOver} or ${today} >= ${finalDueSql} then 'finalDue'
  when c.interim_at is not null and c.interim_read_at >= c.interim_at then 'interimRead'
  when c.interim_at is not null then 'interimSent'
  when ${today} >= ${interimDueSql} then 'interimDue'
  else 'open' end)`;

/** Whole days since something was shared last, or since the card was opened. @param now an expression that is a timestamptz */
export const silentDaysSql = (now: string): string =>
  `greatest(0, floor(extract(epoch from ${now} - coalesce(c.last_shared_at, c.opened_at)) / 86400))::int`;

/** What the state is worked out from, to be selected; as CardFacts. */
export const cardFactsColumns = `p.start_date::text as "startDay", p.end_date::text as "endDay",
  ${approvedDay}::text as "approvedDay", ${isOver} as "isOver", c.interim_at as "interimAt",
  c.interim_read_at as "interimReadAt", c.final_at as "finalAt", c.final_read_at as "finalReadAt"`;

/** Undefined: it has no report card yet. */
export async function cardFacts(db: Queryable, project: string): Promise<CardFacts | undefined> {
  const { rows } = await db.query<CardFacts>(
    `select ${cardFactsColumns} from projects p join report_cards c on c.project_id = p.id where p.id = $1`,
    [project],
  );
  return rows[0];
}
