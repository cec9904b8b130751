/** Items of a calendar as the database has them, and the moments and days they stand for. */
import { addDays } from "../../../domain/twinspace/calendarDays.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { CalendarKind, CalendarTime, ChangedField, WrittenTime } from "../../../protocol/twinspace/calendar.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { instantOf, localTimeIn } from "../../meetings/localTime.ts";

/** What somebody writes of an item. */
export interface ItemWords {
  readonly kind: CalendarKind;
  readonly title: string;
  readonly description: string;
  readonly place: string;
  readonly school: Id | null;
  readonly time: CalendarTime;
}

export interface ItemRow extends ItemWords {
  readonly id: Id;
  readonly project: Id;
  readonly series: Id | null;
  readonly version: number;
  readonly author: string;
  readonly madeAt: number;
  readonly changedBy: string | null;
  readonly changedAt: number;
  readonly fileUid: string | null;
  readonly fileVersion: number | null;
  readonly removedAt: number | null;
}

type Bare = Omit<ItemRow, "time"> & { wholeDays: boolean; startsAt: number; endsAt: number; timeZone: string };

const columns = `id, project_id as project, kind, title, description, place, school_id as school, whole_days as "wholeDays",
  starts_at as "startsAt", ends_at as "endsAt", time_zone as "timeZone", series_id as series, version, author,
  made_at as "madeAt", changed_by as "changedBy", changed_at as "changedAt", file_uid as "fileUid",
  file_version as "fileVersion", removed_at as "removedAt"`;

const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);
const midnightOf = (day: string): number => Date.parse(`${day}T00:00:00.000Z`);

function rowOf({ wholeDays, startsAt, endsAt, timeZone, ...rest }: Bare): ItemRow {
  const time: CalendarTime = wholeDays
    ? { shape: "days", first: dayOf(startsAt), last: addDays(dayOf(endsAt), -1) }
    : { shape: "hours", startsAt, endsAt, timeZone };
  return { ...rest, time };
}

/** The moments between which it is; whole days as if they were in UTC. */
export const spanOf = (time: CalendarTime): { from: number; to: number } =>
  time.shape === "hours"
    ? { from: time.startsAt, to: time.endsAt }
    : { from: midnightOf(time.first), to: midnightOf(addDays(time.last, 1)) };

/** From what was written to what it stands for. Of hours that come twice in autumn the first are meant. */
export function timeOf(written: WrittenTime): CalendarTime {
  if (written.shape === "days") return written;
  const { start, end, timeZone } = written;
  const startsAt = instantOf(start, timeZone);
  // Through the night in which clocks go forward an end may come out before its beginning.
  return { shape: "hours", startsAt, endsAt: Math.max(startsAt, instantOf(end, timeZone)), timeZone };
}

/** And back, as the clocks of its own zone show it. */
export function writtenOf(time: CalendarTime): WrittenTime {
  if (time.shape === "days") return { shape: "days", first: time.first, last: time.last };
  const { startsAt, endsAt, timeZone } = time;
  return { shape: "hours", start: localTimeIn(startsAt, timeZone), end: localTimeIn(endsAt, timeZone), timeZone };
}

export async function findItem(
  db: Queryable,
  project: Id,
  id: Id,
  { lock = false }: { lock?: boolean } = {},
): Promise<ItemRow | undefined> {
  const { rows } = await db.query<Bare>(
    `select ${columns} from calendar_items where project_id = $1 and id = $2 ${lock ? "for update" : ""}`,
    [project, id],
  );
  return rows[0] && rowOf(rows[0]);
}

/** Of the same series, not removed, beginning with this one or after it; locked. */
export async function followingOf(db: Queryable, item: ItemRow): Promise<ItemRow[]> {
  if (item.series === null) return [item];
  const { rows } = await db.query<Bare>(
    `select ${columns} from calendar_items
     where project_id = $1 and series_id = $2 and removed_at is null
       and (starts_at > to_timestamp($3::float8 / 1000) or id = $4)
     order by starts_at, id for update`,
    [item.project, item.series, spanOf(item.time).from, item.id],
  );
  return rows.map(rowOf);
}

/** Items that are, at least in part, between two moments. */
export async function itemsBetween(db: Queryable, project: Id, from: number, to: number): Promise<ItemRow[]> {
  const { rows } = await db.query<Bare>(
    `select ${columns} from calendar_items
     where project_id = $1 and removed_at is null and starts_at < to_timestamp($3::float8 / 1000)
       and ends_at >= to_timestamp($2::float8 / 1000)
     order by starts_at, id limit 2000`,
    [project, from, to],
  );
  return rows.map(rowOf);
}

export async function itemsById(db: Queryable, ids: readonly Id[]): Promise<ItemRow[]> {
  const { rows } = await db.query<Bare>(`select ${columns} from calendar_items where id = any($1)`, [ids]);
  return rows.map(rowOf);
}

export async function itemsOfFile(db: Queryable, project: Id, school: Id): Promise<ItemRow[]> {
  const { rows } = await db.query<Bare>(
    `select ${columns} from calendar_items where project_id = $1 and school_id = $2 and file_uid is not null`,
    [project, school],
  );
  return rows.map(rowOf);
}

/** Removed ones too: they can come back. */
export async function countItems(db: Queryable, project: Id): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    "select count(*) as count from calendar_items where project_id = $1",
    [project],
  );
  return rows[0]?.count ?? 0;
}

export interface NewRow extends ItemWords {
  readonly id: Id;
  readonly project: Id;
  readonly series: Id | null;
  readonly author: string;
  readonly fileUid: string | null;
}

export async function insertItem(db: Queryable, row: NewRow, now: number): Promise<void> {
  const { from, to } = spanOf(row.time);
  await db.query(
    `insert into calendar_items (id, project_id, kind, title, description, place, school_id, whole_days, starts_at, ends_at,
       time_zone, series_id, author, file_uid, file_version, made_at, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, to_timestamp($9::float8 / 1000), to_timestamp($10::float8 / 1000), $11, $12, $13,
       $14, case when $14::text is not null then 1 end, to_timestamp($15::float8 / 1000), to_timestamp($15::float8 / 1000))`,
    [
      ...[row.id, row.project, row.kind, row.title, row.description, row.place, row.school],
      ...[row.time.shape === "days", from, to, row.time.shape === "days" ? "UTC" : row.time.timeZone],
      ...[row.series, row.author, row.fileUid, now],
    ],
  );
}

/** As it is from now on, one version further. `byFile`: as a file has it. */
export async function updateItem(
  db: Queryable,
  row: ItemRow,
  words: ItemWords,
  author: string,
  now: number,
  { byFile = false }: { byFile?: boolean } = {},
): Promise<void> {
  const { from, to } = spanOf(words.time);
  await db.query(
    `update calendar_items set kind = $2, title = $3, description = $4, place = $5, school_id = $6, whole_days = $7,
       starts_at = to_timestamp($8::float8 / 1000), ends_at = to_timestamp($9::float8 / 1000), time_zone = $10,
       version = version + 1, changed_by = $11, changed_at = to_timestamp($12::float8 / 1000),
       file_version = case when $13 then version + 1 else file_version end, removed_at = null, removed_by = null
     where id = $1`,
    [
      ...[row.id, words.kind, words.title, words.description, words.place, words.school, words.time.shape === "days"],
      ...[from, to, words.time.shape === "days" ? "UTC" : words.time.timeZone, author, now, byFile],
    ],
  );
}

export async function setRemoved(
  db: Queryable,
  ids: readonly Id[],
  removed: boolean,
  author: string,
  now: number,
): Promise<void> {
  await db.query(
    `update calendar_items set version = version + 1, changed_by = $3, changed_at = to_timestamp($4::float8 / 1000),
       removed_at = case when $2 then to_timestamp($4::float8 / 1000) end, removed_by = case when $2 then $3 end
     where id = any($1)`,
    [ids, removed, author, now],
  );
}

/** What of it became something else. */
export function changedFields(before: ItemWords, after: ItemWords): ChangedField[] {
  const names = ["kind", "title", "description", "place", "school", "time"] as const;
  return names.flatMap((field) =>
    isSame(before[field], after[field]) ? [] : [{ field, before: before[field], after: after[field] }],
  );
}

function isSame(one: ItemWords[keyof ItemWords], other: ItemWords[keyof ItemWords]): boolean {
  if (one === null || other === null || typeof one === "string" || typeof other === "string") return one === other;
  if (one.shape === "days") return other.shape === "days" && one.first === other.first && one.last === other.last;
  if (other.shape === "days") return false;
  return one.startsAt === other.startsAt && one.endsAt === other.endsAt && one.timeZone === other.timeZone;
}
