/** What stands in a calendar: between two days, or as a list that goes on page by page. */
import * as z from "zod";
import { may } from "../../../domain/permissions.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { CalendarDays, CalendarEntry, CalendarList, LookAtList } from "../../../protocol/twinspace/calendar.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { cursorOf, keyOf } from "../../http/cursor.ts";
import { isAdmin, type Space } from "../insider.ts";
import { type ItemRow, itemsBetween, itemsById, spanOf } from "./rows.ts";
import { type MeetingSpan, meetingColumns, meetingsBetween, shownItems, shownMeeting, whichMeetings } from "./shown.ts";
import { schoolsOf } from "./zones.ts";

/** Clocks are at most so far from UTC: what is on a day somewhere is within this of the same day in UTC. */
const farthestClockMs = 14 * 3_600_000;

const midnightOf = (day: string): number => Date.parse(`${day}T00:00:00.000Z`);

/** Everything that is on one of these days on anybody's clock. */
export async function calendarDays(db: Queryable, space: Space, from: string, to: string): Promise<CalendarDays> {
  const [first, last] = [midnightOf(from) - farthestClockMs, midnightOf(to) + farthestClockMs];
  const items = await itemsBetween(db, space.project.id, first, last);
  const meetings = await meetingsBetween(db, space, first, last);
  return { entries: await entriesOf(db, space, items, meetings), ...(await around(db, space)) };
}

async function around(db: Queryable, space: Space): Promise<Omit<CalendarDays, "entries">> {
  const { project, me } = space;
  const isOpen = project.state === "active";
  const mayAdd = isOpen && mayWriteAs(me.role);
  return { schools: await schoolsOf(db, space), mayAdd, mayBook: isOpen && isAdmin(me) };
}

/** By the table: its row names roles only. */
const mayWriteAs = (role: Space["me"]["role"]): boolean => may("calendar.write", { ...nobodyInParticular }, { role });
const nobodyInParticular = {
  ...{ account: "any", schools: [], serves: [], ambassador: false, operator: false },
  place: null,
};

async function entriesOf(
  db: Queryable,
  space: Space,
  items: readonly ItemRow[],
  meetings: readonly MeetingSpan[],
): Promise<CalendarEntry[]> {
  const entries = [...(await shownItems(db, space, items)), ...meetings.map(shownMeeting)];
  return entries.sort((one, other) => spanOf(one.time).from - spanOf(other.time).from || (one.id < other.id ? -1 : 1));
}

const Key = z.tuple([z.number(), z.string()]);

interface Place {
  readonly id: Id;
  readonly source: "item" | "meeting";
  readonly startsAt: number;
}

/** What is on that day or later, the soonest first; or what was over before it, the latest first. */
export async function calendarList(
  db: Queryable,
  space: Space,
  { from, back, most, after }: z.output<typeof LookAtList> & { from: string },
): Promise<CalendarList | { refused: "request.malformed"; fields: string[] }> {
  const key = after === undefined ? undefined : keyOf(after, Key);
  if (after !== undefined && key === undefined) return { refused: "request.malformed", fields: ["after"] };
  const edge = midnightOf(from) - (back ? 0 : farthestClockMs);
  const [side, order, beyond] = back ? ["<=", "desc", "<"] : [">", "asc", ">"];
  const goesOn = key === undefined ? "" : `where (starts_at, id) ${beyond} (to_timestamp($4::float8 / 1000), $5)`;
  const { rows } = await db.query<Place>(
    `select id, source, starts_at as "startsAt" from (
       select id, 'item' as source, starts_at from calendar_items
         where project_id = $1 and removed_at is null and ends_at ${side} to_timestamp($2::float8 / 1000)
       union all
       select m.id, 'meeting', m.starts_at from meetings m
         where m.project_id = $1 and ${whichMeetings(space.me)}
           and m.starts_at + make_interval(mins => m.length_minutes) ${side} to_timestamp($2::float8 / 1000)
     ) as all_of_it ${goesOn} order by starts_at ${order}, id ${order} limit $3`,
    [space.project.id, edge, most + 1, ...(key ?? [])],
  );
  const page = rows.slice(0, most);
  const last = rows.length > most ? page.at(-1) : undefined;
  const entries = await entriesAt(db, space, page);
  return {
    entries: back ? entries.reverse() : entries,
    next: last ? cursorOf([last.startsAt, last.id]) : null,
    ...(await around(db, space)),
  };
}

async function entriesAt(db: Queryable, space: Space, places: readonly Place[]): Promise<CalendarEntry[]> {
  const of = (source: Place["source"]) => places.filter((place) => place.source === source).map(({ id }) => id);
  const items = await itemsById(db, of("item"));
  const meetings = await db.query<MeetingSpan>(`select ${meetingColumns} from meetings m where m.id = any($1)`, [
    of("meeting"),
  ]);
  return entriesOf(db, space, items, meetings.rows);
}
