/** Where entries of a calendar stand on somebody's own clock. Days are ISO dates, as domain/twinspace/calendarDays.ts has them. */
import { addDays, daysBetween, monthGrid, weekOf } from "../../domain/twinspace/calendarDays.ts";
import type { CalendarEntry, CalendarSchool, CalendarTime, WrittenTime } from "../../protocol/twinspace/calendar.ts";
import { localTimeIn } from "./zoned-time.ts";

export type CalendarView = "month" | "week" | "list";

export const dayIn = (at: number, zone: string): string => localTimeIn(at, zone).slice(0, 10);

/** On which days it is, on the clocks of `zone`. What ends at midnight is not on the day that begins then. */
export function daysOf(time: CalendarTime, zone: string): { first: string; last: string } {
  if (time.shape === "days") return { first: time.first, last: time.last };
  const first = dayIn(time.startsAt, zone);
  return { first, last: time.endsAt > time.startsAt ? dayIn(time.endsAt - 1, zone) : first };
}

/** What is on a day: whole days first, then by the hour. */
export function entriesOn(entries: readonly CalendarEntry[], day: string, zone: string): CalendarEntry[] {
  const on = entries.filter(({ time }) => {
    const { first, last } = daysOf(time, zone);
    return first <= day && day <= last;
  });
  const rank = ({ time }: CalendarEntry) => (time.shape === "days" ? 0 : time.startsAt);
  return on.sort((one, other) => rank(one) - rank(other));
}

/** Which days are asked for, to show a view of this day; `to` is not among them. */
export function daysShown(view: CalendarView, day: string, firstWeekday: number): { from: string; to: string } {
  const days = view === "month" ? monthGrid(day, firstWeekday).flat() : weekOf(day, firstWeekday);
  const [from = day] = days;
  return { from, to: addDays(days.at(-1) ?? day, 1) };
}

export interface OtherClock {
  readonly town: string;
  readonly zone: string;
}

/** Schools whose clocks show something else at that moment, one for each hour there. */
export function otherClocks(at: number, zone: string, schools: readonly CalendarSchool[]): OtherClock[] {
  const seen = new Set([localTimeIn(at, zone)]);
  return schools.flatMap(({ town, name, zone: there }) => {
    const local = localTimeIn(at, there);
    if (seen.has(local)) return [];
    seen.add(local);
    return [{ town: town || name, zone: there }];
  });
}

export interface PlacedEntry {
  readonly entry: CalendarEntry;
  /** Minutes of the day on the wall; `to` at least half an hour later, so that it can be read. */
  readonly from: number;
  readonly to: number;
  /** Which of how many beside each other. */
  readonly lane: number;
  readonly lanes: number;
}

/** Hours of a day, those at the same time beside each other. */
export function placedOn(entries: readonly CalendarEntry[], day: string, zone: string): PlacedEntry[] {
  const minuteOf = (at: number) => {
    const local = localTimeIn(at, zone);
    const away = daysBetween(day, local.slice(0, 10));
    return Math.min(1440, Math.max(0, away * 1440 + Number(local.slice(11, 13)) * 60 + Number(local.slice(14))));
  };
  const timed = entriesOn(entries, day, zone).flatMap((entry) => {
    if (entry.time.shape === "days") return [];
    const from = Math.min(1410, minuteOf(entry.time.startsAt));
    return [{ entry, from, to: Math.max(from + 30, minuteOf(entry.time.endsAt)) }];
  });
  const placed: PlacedEntry[] = [];
  for (const group of together(timed)) {
    const ends: number[] = [];
    const lanes = group.map(({ from, to }) => {
      const free = ends.findIndex((end) => end <= from);
      const lane = free === -1 ? ends.length : free;
      ends[lane] = to;
      return lane;
    });
    placed.push(...group.map((one, i) => ({ ...one, lane: lanes[i] ?? 0, lanes: ends.length })));
  }
  return placed;
}

/** In groups of those that touch each other. */
function together<T extends { from: number; to: number }>(timed: readonly T[]): T[][] {
  const groups: T[][] = [];
  let end = -1;
  for (const one of [...timed].sort((a, b) => a.from - b.from)) {
    if (one.from >= end) groups.push([]);
    groups.at(-1)?.push(one);
    end = Math.max(end, one.to);
  }
  return groups;
}

/** As a form writes it, on the clocks of the zone it was written in. */
export function writtenOf(time: CalendarTime): WrittenTime {
  if (time.shape === "days") return { shape: "days", first: time.first, last: time.last };
  const { startsAt, endsAt, timeZone } = time;
  return { shape: "hours", start: localTimeIn(startsAt, timeZone), end: localTimeIn(endsAt, timeZone), timeZone };
}

/** 1 for Monday to 7 for Sunday, as the reader's weeks begin. */
export function firstWeekdayOf(tag: string): number {
  const locale = new Intl.Locale(tag) as Intl.Locale & {
    getWeekInfo?: () => { firstDay: number };
    weekInfo?: { firstDay: number };
  }; // Newer than the types of Intl.
  return (locale.getWeekInfo?.() ?? locale.weekInfo)?.firstDay ?? 1;
}

/** The zone somebody reads in: their account's, a pupil's school's, else the browser's. */
export function readersZone(
  account: string | null,
  school: string | null,
  schools: readonly CalendarSchool[],
  own: string,
): string {
  return account ?? schools.find(({ id }) => id === school)?.zone ?? own;
}
