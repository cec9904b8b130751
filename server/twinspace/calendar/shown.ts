/** Items and meetings of a calendar as somebody in the TwinSpace sees them. */
import { mayChange } from "../../../domain/twinspace/calendar.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { CalendarItem, CalendarMeeting } from "../../../protocol/twinspace/calendar.ts";
import type { Person } from "../../../protocol/twinspace/space.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { type Insider, isTeacher, type Space } from "../insider.ts";
import { peopleOf } from "../names.ts";
import type { ItemRow } from "./rows.ts";

export async function shownItems(
  db: Queryable,
  { project, me }: Space,
  rows: readonly ItemRow[],
): Promise<CalendarItem[]> {
  const people = await peopleOf(
    db,
    project.id,
    rows.flatMap(({ author, changedBy }) => (changedBy === null ? [author] : [author, changedBy])),
  );
  const personOf = (author: string): Person => people.get(author) ?? nobodyKnown(author);
  return rows.map((row) => {
    const { id, kind, title, description, place, school, time, series, version, madeAt, changedAt } = row;
    return {
      source: "item",
      ...{ id, kind, title, description, place, school, time, series, version, madeAt, changedAt },
      by: personOf(row.author),
      changedBy: row.changedBy === null ? null : personOf(row.changedBy),
      mine: project.state === "active" && mayChange(me, row),
      removed: row.removedAt !== null,
    };
  });
}

/** Every author that is asked for has a row; this is for one that was no author of anything. */
export const nobodyKnown = (author: string): Person => ({
  author,
  kind: "adult",
  name: "",
  picture: null,
  school: null,
});

export interface MeetingSpan {
  readonly id: Id;
  readonly title: string;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly timeZone: string;
}

/** A meeting for some of the members only is not told to all: its list is its teachers' (as its news is). */
export const whichMeetings = (me: Pick<Insider, "role">): string =>
  isTeacher(me) ? "true" : "(m.invited is null or coalesce((m.invited->>'everybody')::boolean, false))";

export const meetingColumns = `m.id, m.title, m.starts_at as "startsAt",
  m.starts_at + make_interval(mins => m.length_minutes) as "endsAt", m.time_zone as "timeZone"`;

export async function meetingsBetween(
  db: Queryable,
  { project, me }: Space,
  from: number,
  to: number,
): Promise<MeetingSpan[]> {
  const { rows } = await db.query<MeetingSpan>(
    `select ${meetingColumns} from meetings m
     where m.project_id = $1 and m.starts_at < to_timestamp($3::float8 / 1000)
       and m.starts_at >= to_timestamp($2::float8 / 1000) - interval '1 day' and ${whichMeetings(me)}
     order by m.starts_at, m.id limit 500`,
    [project.id, from, to],
  );
  return rows.filter(({ endsAt }) => endsAt >= from);
}

export const shownMeeting = ({ id, title, ...hours }: MeetingSpan): CalendarMeeting => ({
  source: "meeting",
  ...{ id, title },
  time: { shape: "hours", ...hours },
});
