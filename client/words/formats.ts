/** Dates, times, lengths, places and lists in the reader's language and time zone. Moments are milliseconds since 1970. */
import { languageTag } from "./words.ts";

type When = number | Date;

/** "10:23" */
export const clockTime = (at: When): string =>
  new Intl.DateTimeFormat(languageTag(), { timeStyle: "short" }).format(at);

/** "12 March 2027" */
export const longDate = (at: When): string => new Intl.DateTimeFormat(languageTag(), { dateStyle: "long" }).format(at);

/** "Fri, 12 Mar" */
export const shortDate = (at: When): string =>
  new Intl.DateTimeFormat(languageTag(), { weekday: "short", day: "numeric", month: "short" }).format(at);

/** "12 March 2027 at 10:00" */
export const dateAndTime = (at: When): string =>
  new Intl.DateTimeFormat(languageTag(), { dateStyle: "long", timeStyle: "short" }).format(at);

/** "10:00 – 11:00", with the day when they differ. */
export const timeSpan = (from: When, to: When): string =>
  new Intl.DateTimeFormat(languageTag(), { timeStyle: "short" }).formatRange(from, to);

/** "today", "tomorrow", else "12 March 2027". `now` decides what today is. */
export function dayName(at: When, now: When): string {
  const day = (moment: When) => new Date(moment).setHours(0, 0, 0, 0);
  const days = Math.round((day(at) - day(now)) / 86_400_000);
  if (Math.abs(days) > 1) return longDate(at);
  return new Intl.RelativeTimeFormat(languageTag(), { numeric: "auto" }).format(days, "day");
}

/** "1:12", "1:02:45": minutes and seconds as on a clock. Never below 0:00. */
export function clockLength(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const two = (n: number) => String(n).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

const unit = (n: number, name: "second" | "minute" | "hour" | "day", display: "long" | "short" = "long") =>
  new Intl.NumberFormat(languageTag(), { style: "unit", unit: name, unitDisplay: display }).format(n);

/** "3 minutes", "1 minute 30 seconds", "45 seconds", "1 hour 5 minutes": a length in words. */
export function lengthInWords(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const parts: string[] = [];
  if (hours > 0) parts.push(unit(hours, "hour"));
  if (minutes > 0) parts.push(unit(minutes, "minute"));
  if ((seconds % 60 > 0 && hours === 0) || parts.length === 0) parts.push(unit(seconds % 60, "second"));
  return parts.join(" ");
}

/** "24 min", "3 hr": about how long, in few letters. */
export function aboutLength(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  return minutes < 100 ? unit(minutes, "minute", "short") : unit(Math.round(minutes / 60), "hour", "short");
}

/** How long somebody spoke: "34 secs" below a minute, which "0 min" would make nothing of, else as `aboutLength`. */
export function spokenLength(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? unit(seconds, "second", "short") : aboutLength(ms);
}

/** "Portugal" for "PT"; the code itself when Intl does not know it. */
export function countryName(code: string): string {
  try {
    return new Intl.DisplayNames(languageTag(), { type: "region" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** "Finnish" for "fi"; the tag itself when Intl does not know it. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames(languageTag(), { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** "Aino K. and Rui P." */
export const listOf = (names: readonly string[]): string =>
  new Intl.ListFormat(languageTag(), { type: "conjunction" }).format(names);

/** "12.4 MB" */
export function sizeInWords(bytes: number): string {
  const [n, name] =
    bytes < 1_000_000
      ? [bytes / 1000, "kilobyte"]
      : bytes < 1e9
        ? [bytes / 1e6, "megabyte"]
        : [bytes / 1e9, "gigabyte"];
  return new Intl.NumberFormat(languageTag(), {
    style: "unit",
    unit: name,
    maximumFractionDigits: n < 10 ? 1 : 0,
  }).format(n);
}
