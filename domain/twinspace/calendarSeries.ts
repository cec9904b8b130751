/** What is repeated every week: each time on the same weekday and hour of the zone it was written in. */
import type { WrittenTime } from "../../protocol/twinspace/calendar.ts";
import { addDays, addMinutes, dayOfLocal, daysBetween } from "./calendarDays.ts";

/** A school year and its holidays. */
export const longestSeries = 60;

export const firstDayOf = (time: WrittenTime): string => (time.shape === "days" ? time.first : dayOfLocal(time.start));
export const lastDayOf = (time: WrittenTime): string => (time.shape === "days" ? time.last : dayOfLocal(time.end));

const dayMinutes = 24 * 60;

/** The same hours, or as many days, beginning on another day. */
export function startingOn(time: WrittenTime, day: string): WrittenTime {
  const away = daysBetween(firstDayOf(time), day);
  if (time.shape === "days") return { ...time, first: addDays(time.first, away), last: addDays(time.last, away) };
  const moved = (local: string) => addMinutes(local, away * dayMinutes);
  return { ...time, start: moved(time.start), end: moved(time.end) };
}

/** Every week, beginning with `time` itself, as long as it begins on `until` or before; at most `longestSeries` times. */
export function weekly(time: WrittenTime, until: string): WrittenTime[] {
  const first = firstDayOf(time);
  const times = Math.min(longestSeries, Math.max(0, Math.floor(daysBetween(first, until) / 7)) + 1);
  return Array.from({ length: times }, (_, week) => startingOn(time, addDays(first, 7 * week)));
}

/** More often than a series may be. */
export const isTooOften = (time: WrittenTime, until: string): boolean =>
  Math.floor(daysBetween(firstDayOf(time), until) / 7) + 1 > longestSeries;

export function isSameTime(one: WrittenTime, other: WrittenTime): boolean {
  if (one.shape === "days") return other.shape === "days" && one.first === other.first && one.last === other.last;
  return (
    other.shape === "hours" && one.start === other.start && one.end === other.end && one.timeZone === other.timeZone
  );
}

/**
 * What a change of one item makes of another one's time in its series: moved as far, to the same hours. One that had been
 * moved by itself keeps its own time: `undefined`.
 */
export function movedAlong(before: WrittenTime, after: WrittenTime, other: WrittenTime): WrittenTime | undefined {
  if (!isSameTime(startingOn(before, firstDayOf(other)), other)) return undefined;
  const away = daysBetween(firstDayOf(before), firstDayOf(after));
  return startingOn(after, addDays(firstDayOf(other), away));
}
