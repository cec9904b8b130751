/** A new entry: an empty draft, or one that is filled in from what is known already. */
import { isWritable } from "../../domain/reports/entry.ts";
import type { Id } from "../../protocol/ids.ts";
import { type BeginEntry, type EntryBody, emptyBody } from "../../protocol/reports/entries.ts";
import type { Queryable } from "../../storage/pool.ts";
import type { RefusedFields } from "../http/route.ts";
import { newId } from "../ids.ts";
import { localTimeIn } from "../meetings/localTime.ts";
import { findItem, type ItemRow } from "../twinspace/calendar/rows.ts";
import type { Space } from "../twinspace/insider.ts";
import { lockCard } from "./cards.ts";
import { prefilled } from "./prefill.ts";
import { type EntryRow, entryRows } from "./rows.ts";
import { dayOf, entryDay, sameEntry } from "./writing.ts";

const mostEntries = 2_000;

/** Of a date of the calendar there is one entry: whoever begins it again finds that. */
export async function beginEntry(
  db: Queryable,
  { project, me }: Space,
  { kind, calendarItem }: BeginEntry,
  now: number,
): Promise<EntryRow | RefusedFields> {
  if (!isWritable(kind, project, now)) return { refused: "space.readOnly" };
  await lockCard(db, project.id);
  if (calendarItem !== undefined) {
    const [there] = await entryRows(db, project.id, { calendarItem, limit: 1 });
    if (there) return there;
  }
  const item = calendarItem === undefined ? null : await findItem(db, project.id, calendarItem);
  if (item === undefined || item?.removedAt || item?.kind === "holiday") return { refused: "calendar.unknown" };
  if ((await countEntries(db, project.id)) >= mostEntries) return { refused: "entry.tooMany" };
  const body: EntryBody = {
    ...emptyBody,
    ...(kind === "interim" || kind === "final" ? await prefilled(db, project, kind, now) : {}),
    ...(item ? bodyOf(item) : {}),
  };
  const id = newId();
  await db.query(
    `insert into report_entries (id, project_id, kind, author, school_id, body, calendar_item, day, made_at, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, to_timestamp($9::float8 / 1000), to_timestamp($9::float8 / 1000))`,
    [id, project.id, kind, me.author, me.school, body, calendarItem ?? null, entryDay(body, dayOf(now)), now],
  );
  return sameEntry(db, { project: project.id, id });
}

/** What the calendar says of it; hours as the clocks showed them where they were written. */
function bodyOf({ title, time }: ItemRow): Pick<EntryBody, "title" | "fromDay" | "toDay"> {
  if (time.shape === "days") return { title, fromDay: time.first, toDay: time.last };
  const day = (at: number) => localTimeIn(at, time.timeZone).slice(0, 10);
  return { title, fromDay: day(time.startsAt), toDay: day(time.endsAt) };
}

/** Removed ones too: they can come back. */
async function countEntries(db: Queryable, project: Id): Promise<number> {
  const { rows } = await db.query<{ count: number }>("select count(*) from report_entries where project_id = $1", [
    project,
  ]);
  return rows[0]?.count ?? 0;
}
