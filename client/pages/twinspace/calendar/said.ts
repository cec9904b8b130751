/** Dates of a calendar in words, on the reader's clock with the other schools' beside it. */
import type { CalendarEntry, CalendarSchool, CalendarTime } from "../../../../protocol/twinspace/calendar.ts";
import { daysOf, otherClocks } from "../../../views/calendar.ts";
import { languageTag, t } from "../../../words/words.ts";
import { spanIn, timeIn } from "../../../words/zoned.ts";

const midnight = (day: string): number => Date.parse(`${day}T00:00:00.000Z`);
const said = (options: Intl.DateTimeFormatOptions) => (day: string) =>
  new Intl.DateTimeFormat(languageTag(), { ...options, timeZone: "UTC" }).format(midnight(day));

/** "Tuesday, 12 January 2027" */
export const dayInWords = said({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
/** "Tue 12 Jan" */
export const shortDay = said({ weekday: "short", day: "numeric", month: "short" });
export const monthInWords = said({ month: "long", year: "numeric" });
export const weekdayInWords = said({ weekday: "long" });
export const weekdayShort = said({ weekday: "short" });
export const dateOfDay = said({ day: "numeric" });
export const monthShort = said({ month: "short" });

/** "11 – 17 January 2027" */
export const daysSpan = (first: string, last: string): string =>
  new Intl.DateTimeFormat(languageTag(), {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  }).formatRange(midnight(first), midnight(last));

/** "15:00 – 16:00, in Oulu 17:00"; "all day", or its days where it takes several. */
export function hoursInWords(time: CalendarTime, zone: string, schools: readonly CalendarSchool[]): string {
  if (time.shape === "days") {
    return time.first === time.last ? t("calendar.allDay") : daysSpan(time.first, time.last);
  }
  const own = time.endsAt > time.startsAt ? spanIn(time.startsAt, time.endsAt, zone) : timeIn(time.startsAt, zone);
  const others = otherClocks(time.startsAt, zone, schools).map(({ town, zone: there }) =>
    t("calendar.inTown", { town, time: timeIn(time.startsAt, there) }),
  );
  return [own, ...others].join(", ");
}

/** With its days, for who reads it alone. */
export function whenInWords(time: CalendarTime, zone: string, schools: readonly CalendarSchool[]): string {
  const { first, last } = daysOf(time, zone);
  if (time.shape === "days") return first === last ? dayInWords(first) : daysSpan(first, last);
  return first === last
    ? `${dayInWords(first)}, ${hoursInWords(time, zone, schools)}`
    : hoursInWords(time, zone, schools);
}

export const kindOf = (entry: CalendarEntry) => (entry.source === "meeting" ? "meeting" : entry.kind);

/** "Holiday in Oulu", "Meeting". */
export function kindInWords(entry: CalendarEntry, schools: readonly CalendarSchool[]): string {
  if (entry.source === "item" && entry.kind === "holiday") {
    const school = schools.find(({ id }) => id === entry.school);
    return t("calendar.holidayOf", { place: school?.town || school?.name || "" });
  }
  return t(`calendar.kind.${kindOf(entry)}`);
}

/** Which of the patterns a school's holidays have: 1 to 4. */
export function patternOf(entry: CalendarEntry, schools: readonly CalendarSchool[]): number | undefined {
  if (entry.source !== "item" || entry.kind !== "holiday") return undefined;
  return (
    (Math.max(
      0,
      schools.findIndex(({ id }) => id === entry.school),
    ) %
      4) +
    1
  );
}
