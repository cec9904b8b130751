/** Days and times in a zone that the reader chose (their account's), in the reader's language. Moments are ms since 1970. */
import { localTimeIn } from "../views/zoned-time.ts";
import { languageTag } from "./words.ts";

const dayMs = 86_400_000;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** "10:00 – 11:00", with the days when they differ. */
export const spanIn = (from: number, to: number, zone: string): string =>
  new Intl.DateTimeFormat(languageTag(), { hour: "2-digit", minute: "2-digit", timeZone: zone }).formatRange(from, to);

/** "10:00" */
export const timeIn = (at: number, zone: string): string =>
  new Intl.DateTimeFormat(languageTag(), { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(at);

/** "23 November 2026 at 10:00" */
export const dateTimeIn = (at: number, zone: string): string =>
  new Intl.DateTimeFormat(languageTag(), { dateStyle: "long", timeStyle: "short", timeZone: zone }).format(at);

/** "Monday, 23 November 2026, 10:00 – 11:00": for who reads it somewhere else, at any time. */
export const fullSpanIn = (from: number, to: number, zone: string): string =>
  new Intl.DateTimeFormat(languageTag(), {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: zone,
    timeZoneName: "short",
  }).formatRange(from, to);

/** "today", "tomorrow", "yesterday", else "Monday, 23 November", with the year when it is another one. */
export function dayIn(at: number, zone: string, now: number): string {
  const dayOf = (moment: number) => Date.parse(localTimeIn(moment, zone).slice(0, 10));
  const days = Math.round((dayOf(at) - dayOf(now)) / dayMs);
  if (Math.abs(days) <= 1) {
    return new Intl.RelativeTimeFormat(languageTag(), { numeric: "auto" }).format(days, "day");
  }
  const isThisYear = localTimeIn(at, zone).slice(0, 4) === localTimeIn(now, zone).slice(0, 4);
  return new Intl.DateTimeFormat(languageTag(), {
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(isThisYear ? {} : { year: "numeric" }),
    timeZone: zone,
  }).format(at);
}

/** A day for a calendar's leaf: "23" and "Nov". */
export function leafIn(at: number, zone: string): { day: string; month: string } {
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(languageTag(), { ...options, timeZone: zone }).format(at);
  return { day: part({ day: "numeric" }), month: part({ month: "short" }) };
}

/** "in 25 minutes", "in 5 hours", "2 days ago". */
export function fromNow(at: number, now: number): string {
  const away = at - now;
  const far = Math.abs(away);
  const format = new Intl.RelativeTimeFormat(languageTag(), { numeric: "auto" });
  if (far < 100 * minuteMs) return format.format(Math.round(away / minuteMs), "minute");
  if (far < 36 * hourMs) return format.format(Math.round(away / hourMs), "hour");
  return format.format(Math.round(away / dayMs), "day");
}
