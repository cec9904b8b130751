/**
 * The dates of a TwinSpace for somebody's own calendar program: what, when and of which kind. Nobody's name stands in it but
 * where a title has it, no code of a meeting, and no link: such calendars are shared, kept and sent on.
 */
import ical, { ICalCalendarMethod } from "ical-generator";
import { addDays } from "../../../domain/twinspace/calendarDays.ts";
import type { CalendarTime } from "../../../protocol/twinspace/calendar.ts";
import type { Queryable } from "../../../storage/pool.ts";
import type { Space } from "../insider.ts";
import { type ItemRow, itemsBetween } from "./rows.ts";
import { meetingsBetween } from "./shown.ts";

const dayMs = 86_400_000;
const backMs = 366 * dayMs;
const aheadMs = 3 * 366 * dayMs;

interface FeedEvent {
  readonly id: string;
  readonly title: string;
  readonly kind: ItemRow["kind"] | "meeting";
  readonly time: CalendarTime;
  readonly sequence: number;
  readonly changedAt: number;
}

/** The same bytes as long as nothing changes, so that who has them is told so. */
export async function feedOf(db: Queryable, space: Space, now: number): Promise<string> {
  // Moved on once a day and not with every second.
  const today = Math.floor(now / dayMs) * dayMs;
  const [from, to] = [today - backMs, today + aheadMs];
  const items = await itemsBetween(db, space.project.id, from, to);
  const meetings = await meetingsBetween(db, space, from, to);
  const events: FeedEvent[] = [
    ...items.map(({ id, title, kind, time, version, changedAt }) => ({
      ...{ id, title, kind, time, changedAt },
      sequence: version - 1,
    })),
    ...meetings.map(({ id, title, startsAt, endsAt, timeZone }) => ({
      ...{ id, title },
      kind: "meeting" as const,
      time: { shape: "hours" as const, startsAt, endsAt, timeZone },
      // A meeting has no versions of its own; its hour stands for them, so that a moved one is a newer one.
      ...{ sequence: 0, changedAt: Math.min(startsAt, today) },
    })),
  ];
  return fileOf(space.project.title, events);
}

function fileOf(name: string, events: readonly FeedEvent[]): string {
  const calendar = ical({
    name: withoutLinks(name),
    prodId: { company: "Twinlight", product: "TwinSpace", language: "EN" },
    method: ICalCalendarMethod.PUBLISH,
    // How often a program should look again, in seconds.
    ttl: 3600,
  });
  for (const { id, title, kind, time, sequence, changedAt } of events) {
    const at = new Date(changedAt);
    calendar.createEvent({
      id: `${id}@twinlight`,
      summary: withoutLinks(title),
      ...spanOf(time),
      stamp: at,
      lastModified: at,
      sequence,
      categories: [{ name: kind.toUpperCase() }],
    });
  }
  return calendar.toString();
}

/** Hours in UTC: every program shows them on its owner's clock, and no table of zones need be trusted. */
function spanOf(time: CalendarTime) {
  if (time.shape === "hours") return { start: new Date(time.startsAt), end: new Date(time.endsAt) };
  const midnight = (day: string) => new Date(`${day}T00:00:00.000Z`);
  return { start: midnight(time.first), end: midnight(addDays(time.last, 1)), allDay: true, timezone: "UTC" };
}

/** A title may hold the link of a meeting. */
const withoutLinks = (text: string): string =>
  text
    .replace(/\b(?:[a-z][a-z0-9+.-]*:\/\/|www\.)\S+/gi, "…")
    .replace(/\S*\/[mr]\/\S+/gi, "…")
    .trim() || "…";
