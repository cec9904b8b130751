/** Entries of report cards, written by SQL: how they are written by teachers is tried elsewhere. */
import { type EntryBody, type EntryKind, emptyBody } from "../../protocol/reports/entries.ts";
import type { MeetingCounts } from "../../protocol/reports/meetingCounts.ts";
import { newId } from "../../server/ids.ts";
import { refreshCard } from "../../server/reports/cards.ts";
import type { Pool } from "../../storage/pool.ts";

export interface GivenEntry {
  readonly project: string;
  readonly author: string | null;
  readonly school?: string | null;
  readonly kind?: EntryKind;
  readonly state?: "draft" | "shared";
  readonly readers?: "partners" | "services";
  readonly body?: Partial<EntryBody>;
  readonly counts?: MeetingCounts | null;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Of whose service it waits for an answer. */
  readonly asks?: string | null;
  readonly removed?: boolean;
}

/** Answers its id. */
export async function givenEntry(pool: Pool, given: GivenEntry): Promise<string> {
  const { project, author, school = null, kind = "activity", state = "shared", readers = "services" } = given;
  const { body = {}, counts = null, at, asks = null, removed = false } = given;
  const id = newId();
  await pool.query(
    `insert into report_entries (id, project_id, kind, state, readers, author, school_id, body, counts, day, made_at,
       shared_at, changed_at, question_since, question_country, removed_at, removed_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, (to_timestamp($10::float8 / 1000) at time zone 'utc')::date,
       to_timestamp($10::float8 / 1000), case when $4 = 'shared' then to_timestamp($10::float8 / 1000) end,
       to_timestamp($10::float8 / 1000), case when $11::text is not null then to_timestamp($10::float8 / 1000) end, $11,
       case when $12 then to_timestamp($10::float8 / 1000) end, case when $12 then $6 end)`,
    [
      ...[id, project, kind, state, readers, author === null ? null : `account:${author}`, school],
      ...[{ ...emptyBody, ...body }, counts, at, asks, removed],
    ],
  );
  await refreshCard(pool, project);
  return id;
}

/** A card for a project that is there; opened then. */
export async function openCard(pool: Pool, project: string, at: number): Promise<void> {
  await pool.query(
    `insert into report_cards (project_id, opened_at) values ($1, to_timestamp($2::float8 / 1000))
     on conflict (project_id) do update set opened_at = excluded.opened_at`,
    [project, at],
  );
}
