/** Entries of a report card as the database has them. */
import type { FieldVersions } from "../../domain/reports/saving.ts";
import type { Id } from "../../protocol/ids.ts";
import {
  type EntryBody,
  type EntryKind,
  type EntryReaders,
  type EntryState,
  emptyBody,
} from "../../protocol/reports/entries.ts";
import type { MeetingCounts } from "../../protocol/reports/meetingCounts.ts";
import type { Queryable } from "../../storage/pool.ts";

export interface EntryRow {
  readonly id: Id;
  readonly project: Id;
  readonly kind: EntryKind;
  readonly state: EntryState;
  readonly readers: EntryReaders;
  /** `account:<id>`; null: the meeting wrote it. */
  readonly author: string | null;
  readonly school: Id | null;
  /** Whole: what was never filled in is empty. */
  readonly body: EntryBody;
  readonly version: number;
  readonly fieldVersions: FieldVersions;
  readonly meeting: Id | null;
  readonly counts: MeetingCounts | null;
  readonly calendarItem: Id | null;
  /** `2026-11-24`. */
  readonly day: string;
  readonly madeAt: number;
  readonly sharedAt: number | null;
  readonly changedAt: number;
  readonly questionSince: number | null;
  readonly questionCountry: string | null;
  readonly removedAt: number | null;
}

const columns = `id, project_id as project, kind, state, readers, author, school_id as school, body, version,
  field_versions as "fieldVersions", meeting_id as meeting, counts, calendar_item as "calendarItem", day::text as day,
  made_at as "madeAt", shared_at as "sharedAt", changed_at as "changedAt", question_since as "questionSince",
  question_country as "questionCountry", removed_at as "removedAt"`;

export interface EntriesAsked {
  readonly ids?: readonly Id[];
  readonly kinds?: readonly EntryKind[];
  /** Those that tell of this date of the calendar. */
  readonly calendarItem?: Id;
  /** `services`: only what support services may read. `shared`: with whomever. Otherwise drafts too. */
  readonly only?: "shared" | "services";
  /** Only behind this one, in the order of the answer. */
  readonly after?: readonly [day: string, madeAt: number, id: Id] | undefined;
  readonly limit?: number;
}

/** Newest day first, and of one day what was begun last; never those that were removed. */
export async function entryRows(
  db: Queryable,
  project: Id,
  { ids, kinds, calendarItem, only, after, limit }: EntriesAsked = {},
): Promise<EntryRow[]> {
  const { rows } = await db.query<EntryRow>(
    `select ${columns} from report_entries
     where project_id = $1 and removed_at is null
       and ($2::text[] is null or id = any($2)) and ($3::text[] is null or kind = any($3))
       and ($4::text is null or state = 'shared' and ($4 = 'shared' or readers = 'services'))
       and ($5::date is null or (day, made_at, id) < ($5, to_timestamp($6::float8 / 1000), $7))
       and ($8::text is null or calendar_item = $8)
     order by day desc, made_at desc, id desc limit $9`,
    [
      ...[project, ids ?? null, kinds ?? null, only ?? null, after?.[0] ?? null, after?.[1] ?? 0, after?.[2] ?? ""],
      ...[calendarItem ?? null, limit ?? null],
    ],
  );
  return rows.map(wholeRow);
}

/** One of them, removed ones too where it is asked for. `lock`: nobody else changes it until the transaction ends. */
export async function findEntry(
  db: Queryable,
  project: Id,
  id: Id,
  { lock = false, removed = false }: { lock?: boolean; removed?: boolean } = {},
): Promise<EntryRow | undefined> {
  const { rows } = await db.query<EntryRow>(
    `select ${columns} from report_entries
     where project_id = $1 and id = $2 and ($3 or removed_at is null) ${lock ? "for update" : ""}`,
    [project, id, removed],
  );
  return rows[0] && wholeRow(rows[0]);
}

const wholeRow = (row: EntryRow): EntryRow => ({ ...row, body: { ...emptyBody, ...row.body } });
