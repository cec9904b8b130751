/**
 * A calendar file of holidays, read. It comes from strangers, so nothing in it is trusted: it is cut into lines in one go,
 * only the few properties that are needed are kept, what zones it brings along is not looked at, and repetitions are worked
 * out within bounds (domain/twinspace/calendarRepeats.ts).
 */
import { createHash } from "node:crypto";
import ICAL from "ical.js";
import { longestDays } from "../../../domain/twinspace/calendar.ts";
import { addDays, dayOfLocal, daysBetween } from "../../../domain/twinspace/calendarDays.ts";
import { type Effort, type Repeats, repeatedDays } from "../../../domain/twinspace/calendarRepeats.ts";
import { startingOn } from "../../../domain/twinspace/calendarSeries.ts";
import { type CalendarTime, longestTitle, type WrittenTime } from "../../../protocol/twinspace/calendar.ts";
import { instantOf, localTimeIn } from "../../meetings/localTime.ts";
import { spanOf, timeOf, writtenOf } from "./rows.ts";
import { zoneNamed } from "./zoneNames.ts";

/** One date of a file. `uid`: a digest of the event's own, with the day where it repeats; the same for the same date again. */
export interface FileDate {
  readonly uid: string;
  readonly title: string;
  readonly time: CalendarTime;
}

export interface FileRead {
  readonly dates: readonly FileDate[];
  readonly leftOut: { readonly otherYears: number; readonly notUnderstood: number; readonly tooMany: number };
}

const mostLines = 60_000;
const longestLine = 4000;
const mostEvents = 2000;
const mostDates = 300;
const mostTimes = 100;
const mostSteps = 100_000;
const daysBack = 366;
const daysAhead = 3 * 366;

/**
 * Everything that is not too long ago or too far away. Undefined when it is no calendar at all. `zone`: of hours that name
 * none we know.
 */
export function readFile(bytes: Buffer, zone: string, today: string): FileRead | undefined {
  const events = eventsOf(textOf(bytes));
  if (events === undefined) return undefined;
  const window = { from: addDays(today, -daysBack), to: addDays(today, daysAhead), most: mostTimes };
  const effort: Effort = { left: mostSteps };
  const found = new Map<string, FileDate>();
  const leftOut = { otherYears: 0, notUnderstood: 0, tooMany: Math.max(0, events.length - mostEvents) };
  for (const lines of events.slice(0, mostEvents)) {
    const dates = datesOf(lines, zone, window, effort);
    if (dates === undefined) leftOut.notUnderstood += 1;
    else if (dates.length === 0) leftOut.otherYears += 1;
    else for (const { gone, ...date } of dates) gone ? found.delete(date.uid) : found.set(date.uid, date);
  }
  const dates = [...found.values()].sort((one, other) => spanOf(one.time).from - spanOf(other.time).from);
  leftOut.tooMany += Math.max(0, dates.length - mostDates);
  return { dates: dates.slice(0, mostDates), leftOut };
}

/** UTF-8, as it should be, or what older programs write. */
function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

const kept = /^(UID|SUMMARY|DTSTART|DTEND|DURATION|RRULE|RDATE|EXDATE|RECURRENCE-ID|STATUS)[;:]/i;

/** The lines of each event that matter. Alarms in it, zones, tasks and everything else are passed over. */
function eventsOf(text: string): string[][] | undefined {
  const events: string[][] = [];
  const inside: string[] = [];
  for (const line of unfolded(text)) {
    const [, verb = "", name = ""] = /^(BEGIN|END):\s*([A-Z-]{1,40})\s*$/i.exec(line) ?? [];
    if (verb.toUpperCase() === "BEGIN") {
      inside.push(name.toUpperCase());
      if (inside.length === 2 && inside[1] === "VEVENT") events.push([]);
    } else if (verb.toUpperCase() === "END") inside.pop();
    else if (inside.length === 0) return undefined;
    else if (inside.length === 2 && inside[1] === "VEVENT" && kept.test(line)) events.at(-1)?.push(line);
    if (inside[0] !== undefined && inside[0] !== "VCALENDAR") return undefined;
  }
  return events.length > 0 || /BEGIN:VCALENDAR/i.test(text.slice(0, 200)) ? events : undefined;
}

/** Lines joined where they were folded. Of a line that is too long only its beginning; of too many the first. */
function unfolded(text: string): string[] {
  const lines: string[] = [];
  for (const line of text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/, mostLines)) {
    const last = lines.length - 1;
    if (/^[ \t]/.test(line) && last >= 0) lines[last] = `${lines[last]}${line.slice(1)}`.slice(0, longestLine);
    else if (line.trim() !== "") lines.push(line.slice(0, longestLine));
  }
  return lines;
}

interface Window {
  readonly from: string;
  readonly to: string;
  readonly most: number;
}

type Found = FileDate & { readonly gone: boolean };

/** The dates of one event; undefined when it cannot be understood. */
function datesOf(lines: readonly string[], zone: string, window: Window, effort: Effort): Found[] | undefined {
  try {
    const event = new ICAL.Component(ICAL.parse(["BEGIN:VEVENT", ...lines, "END:VEVENT"].join("\r\n")) as unknown[]);
    return datesOfEvent(event, zone, window, effort);
  } catch {
    // The parser throws at whatever is no calendar; there is nothing else it could mean here.
    return undefined;
  }
}

function datesOfEvent(event: ICAL.Component, zone: string, window: Window, effort: Effort): Found[] | undefined {
  const title = titleOf(event.getFirstPropertyValue("summary"));
  const time = timeOfEvent(event, zone);
  if (title === undefined || time === undefined) return undefined;
  const gone = String(event.getFirstPropertyValue("status") ?? "").toUpperCase() === "CANCELLED";
  const uid = String(event.getFirstPropertyValue("uid") ?? `${title} ${firstOf(time)}`);
  const instance = event.getFirstProperty("recurrence-id");
  if (instance) {
    const day = dayOfProperty(instance, zone);
    return day === undefined ? undefined : within([{ uid: digest(uid, day), title, time: timeOf(time), gone }], window);
  }
  const days = repeated(event, firstOf(time), zone, window, effort);
  if (days === undefined) return undefined;
  if (days === "once") return within([{ uid: digest(uid, ""), title, time: timeOf(time), gone }], window);
  return days.map((day) => ({ uid: digest(uid, day), title, time: timeOf(startingOn(time, day)), gone }));
}

const digest = (uid: string, day: string): string =>
  createHash("sha256").update(`${uid}\0${day}`).digest("hex").slice(0, 32);

function within(dates: Found[], { from, to }: Window): Found[] {
  return dates.filter(({ time }) => {
    const written = writtenOf(time);
    const last = written.shape === "days" ? written.last : dayOfLocal(written.end);
    return last >= from && firstOf(written) < to;
  });
}

const firstOf = (time: WrittenTime): string => (time.shape === "days" ? time.first : dayOfLocal(time.start));

/** One line of what can be seen. */
function titleOf(value: unknown): string | undefined {
  const line = String(value ?? "")
    .replace(/[\p{Cc}\p{Cs}\p{Co}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  const cut = [...line]
    .slice(0, longestTitle)
    .join("")
    .slice(0, longestTitle)
    .replace(/\p{Cs}$/u, "")
    .trim();
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(cut) ? cut : undefined;
}

/** A local time in a zone, as a property has it; without hours where it is a day. */
interface Point {
  readonly day: string;
  readonly local: string | undefined;
  readonly zone: string;
}

function pointOf(property: ICAL.Property, value: unknown, zone: string): Point | undefined {
  if (!(value instanceof ICAL.Time)) return undefined;
  const { year, month, day, hour, minute, isDate } = value;
  const two = (n: number) => String(n).padStart(2, "0");
  const date = `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
  if (!/^(19|20)\d\d-/.test(date) || !new Date(`${date}T00:00:00Z`).toJSON()?.startsWith(date)) return undefined;
  if (isDate) return { day: date, local: undefined, zone };
  if (hour > 23 || minute > 59) return undefined;
  const isUtc = value.zone === ICAL.Timezone.utcTimezone;
  const local = `${date}T${two(hour)}:${two(minute)}`;
  const named = isUtc ? "UTC" : zoneNamed(String(property.getFirstParameter("tzid") ?? ""));
  // What is said in UTC is shown as the school's own clocks have it.
  if (isUtc) {
    const here = localTimeIn(instantOf(local, "UTC"), zone);
    return { day: dayOfLocal(here), local: here, zone };
  }
  return { day: date, local, zone: named ?? zone };
}

function dayOfProperty(property: ICAL.Property, zone: string): string | undefined {
  return pointOf(property, property.getFirstValue(), zone)?.day;
}

/** From its beginning to its end or as long as it says. Hours from midnight to midnight are whole days. */
function timeOfEvent(event: ICAL.Component, zone: string): WrittenTime | undefined {
  const begins = event.getFirstProperty("dtstart");
  const start = begins && pointOf(begins, begins.getFirstValue(), zone);
  if (!begins || !start) return undefined;
  const ends = event.getFirstProperty("dtend");
  const end = ends && pointOf(ends, ends.getFirstValue(), zone);
  if (ends && !end) return undefined;
  const minutes = minutesOf(event.getFirstPropertyValue("duration"));
  if (start.local === undefined) {
    const after = end ? end.day : addDays(start.day, Math.max(1, Math.round(minutes / 1440)));
    return wholeDays(start.day, addDays(after, -1));
  }
  const from = instantOf(start.local, start.zone);
  const to = end?.local === undefined ? from + minutes * 60_000 : instantOf(end.local, end.zone);
  const until = localTimeIn(to, start.zone);
  if (to < from || daysBetween(start.day, dayOfLocal(until)) > longestDays) return undefined;
  if (start.local.endsWith("T00:00") && until.endsWith("T00:00") && to > from) {
    return wholeDays(start.day, addDays(dayOfLocal(until), -1));
  }
  // A holiday is no moment: what has no end takes an hour.
  const last = to > from ? until : localTimeIn(from + 3_600_000, start.zone);
  return { shape: "hours", start: start.local, end: last, timeZone: start.zone };
}

function wholeDays(first: string, last: string): WrittenTime | undefined {
  // Some programs write the last day itself.
  const end = last < first ? first : last;
  return daysBetween(first, end) > longestDays ? undefined : { shape: "days", first, last: end };
}

function minutesOf(value: unknown): number {
  if (!(value instanceof ICAL.Duration)) return 0;
  const minutes = Math.floor(value.toSeconds() / 60);
  return Number.isFinite(minutes) && minutes > 0 && minutes <= longestDays * 1440 ? minutes : 0;
}

const frequencies = { DAILY: "day", WEEKLY: "week", MONTHLY: "month", YEARLY: "year" } as const;
const weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
const understoodParts = new Set(["BYDAY", "BYMONTHDAY", "BYMONTH"]);

/** The days it begins on; `once` when it does not repeat; undefined when it repeats in a way that is not understood. */
function repeated(
  event: ICAL.Component,
  first: string,
  zone: string,
  window: Window,
  effort: Effort,
): string[] | "once" | undefined {
  const rules = event.getAllProperties("rrule");
  if (event.getAllProperties("rdate").length > 0 || rules.length > 1) return undefined;
  const rule = rules[0]?.getFirstValue();
  if (rule === undefined || rule === null) return "once";
  const repeats = rule instanceof ICAL.Recur ? repeatsOf(rule) : undefined;
  if (!repeats) return undefined;
  const days = repeatedDays(first, repeats, window, effort);
  const without = new Set(
    event
      .getAllProperties("exdate")
      .flatMap((property) => property.getValues().map((value) => pointOf(property, value, zone)?.day)),
  );
  return days?.filter((day) => !without.has(day));
}

function repeatsOf(rule: ICAL.Recur): Repeats | undefined {
  const every = frequencies[rule.freq as keyof typeof frequencies];
  const parts: Readonly<Record<string, readonly (string | number)[] | undefined>> = rule.parts;
  if (!every || Object.keys(parts).some((part) => !understoodParts.has(part))) return undefined;
  const named = (parts.BYDAY ?? []).map((text) => /^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)$/.exec(String(text)));
  const byDay = named.flatMap((found) =>
    found ? [{ nth: Number(found[1] ?? 0), weekday: weekdays.indexOf(found[2] ?? "") + 1 }] : [],
  );
  const dates = (parts.BYMONTHDAY ?? []).map(Number);
  const months = (parts.BYMONTH ?? []).map(Number);
  const isOdd =
    byDay.length !== named.length ||
    (every === "day" && Object.keys(parts).length > 0) ||
    (every === "week" && (dates.length > 0 || months.length > 0 || byDay.some(({ nth }) => nth !== 0))) ||
    (every === "month" && months.length > 0) ||
    (every === "year" && byDay.length > 0 && months.length === 0) ||
    (byDay.length > 0 && dates.length > 0) ||
    dates.some((date) => date === 0 || Math.abs(date) > 31) ||
    months.some((month) => !(month >= 1 && month <= 12));
  const { interval, count } = rule;
  if (isOdd || !(interval >= 1 && interval <= 1000)) return undefined;
  const until = rule.until
    ? `${rule.until.year}-${String(rule.until.month).padStart(2, "0")}-${String(rule.until.day).padStart(2, "0")}`
    : null;
  return { every, interval, count: count ?? null, until, weekdays: byDay, dates, months };
}
