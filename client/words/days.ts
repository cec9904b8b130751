/** Days as forms keep them (`2026-11-23`), in the reader's language. A day has no time and no zone. */
import { languageTag } from "./words.ts";

const at = (day: string): number => Date.parse(`${day}T00:00:00.000Z`);
const format = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(languageTag(), { ...options, timeZone: "UTC" });

/** "12 March 2027" */
export const dayInWords = (day: string): string => format({ dateStyle: "long" }).format(at(day));

/** "12 March", with the year when it is another one than that of `today`. */
export const dayOfYear = (day: string, today: string): string =>
  format({
    day: "numeric",
    month: "long",
    ...(day.slice(0, 4) === today.slice(0, 4) ? {} : { year: "numeric" }),
  }).format(at(day));

/** "3 – 12 March 2027", or the one day. */
export const daysInWords = (from: string, to: string): string =>
  from === to ? dayInWords(from) : format({ dateStyle: "long" }).formatRange(at(from), at(to));

/** For a calendar's leaf: "23" and "Nov". */
export const leafOfDay = (day: string): { day: string; month: string } => ({
  day: format({ day: "numeric" }).format(at(day)),
  month: format({ month: "short" }).format(at(day)),
});

/** "March 2027" for all days of that month. */
export const monthOfDay = (day: string): string => format({ month: "long", year: "numeric" }).format(at(day));

/** The day that it is here at that moment. */
export function dayHere(moment: number): string {
  const date = new Date(moment);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
