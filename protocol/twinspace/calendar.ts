/**
 * The calendar of a TwinSpace over http. Days are ISO dates; hours are written as a wall clock shows them beside a zone, and
 * answered as moments.
 */
import * as z from "zod";
import { TimeZone } from "../http/accounts.ts";
import { LocalDateTime } from "../http/meetings.ts";
import { Cursor } from "../http/paging.ts";
import { At, CountryCode, Id, oneLine } from "../ids.ts";
import { OneSpace, Person } from "./space.ts";

export const CalendarKind = z.enum(["activity", "deadline", "holiday"]);
export type CalendarKind = z.infer<typeof CalendarKind>;

/** A day of this century, such as `2027-01-12`. */
export const Day = z
  .string()
  .regex(/^20\d{2}-\d{2}-\d{2}$/)
  .refine(isOnTheCalendar);

function isOnTheCalendar(day: string): boolean {
  const instant = new Date(`${day}T00:00:00.000Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(day);
}

/** Both days belong to it. */
export const WholeDays = z.strictObject({ shape: z.literal("days"), first: Day, last: Day });
export type WholeDays = z.infer<typeof WholeDays>;
const WrittenHours = z.strictObject({
  shape: z.literal("hours"),
  start: LocalDateTime,
  end: LocalDateTime,
  timeZone: TimeZone,
});
/** When something is, as somebody writes it. */
export const WrittenTime = z.discriminatedUnion("shape", [WholeDays, WrittenHours]);
export type WrittenTime = z.infer<typeof WrittenTime>;

const Hours = z.strictObject({ shape: z.literal("hours"), startsAt: At, endsAt: At, timeZone: z.string() });
/** When something is. `timeZone`: where it was written; everybody sees it on their own clock. */
export const CalendarTime = z.discriminatedUnion("shape", [WholeDays, Hours]);
export type CalendarTime = z.infer<typeof CalendarTime>;

export const longestTitle = 120;
export const longestDescription = 2000;
/** What is pasted along and nobody can see or keep is left out. */
const someText = (longest: number) =>
  z
    .string()
    .max(longest * 2)
    .overwrite((text) =>
      text
        .replace(/\r\n?/g, "\n")
        .replace(/[^\P{Cc}\n\t]/gu, "")
        .replace(/\p{Cs}/gu, "\ufffd")
        .trim(),
    )
    .max(longest);

const written = {
  kind: CalendarKind,
  title: oneLine(longestTitle),
  description: someText(longestDescription).default(""),
  place: z.union([z.literal(""), oneLine(longestTitle)]).default(""),
  /** Of a holiday: whose. */
  school: Id.nullable().default(null),
  time: WrittenTime,
};
/** `until`: the same every week, the last time on this day or before it. */
export const NewItem = z.strictObject({ ...written, until: Day.nullable().default(null) });
export type NewItem = z.input<typeof NewItem>;

/** `following`: this one and those of its series that come after it. */
export const SeriesScope = z.enum(["one", "following"]);
export type SeriesScope = z.infer<typeof SeriesScope>;

/** `base`: the version that was read before it was changed. */
export const ChangeItem = z.strictObject({ ...written, base: z.int().positive(), scope: SeriesScope.default("one") });
export type ChangeItem = z.input<typeof ChangeItem>;
/** Without `base`: whatever it is by now. It can be brought back. */
export const RemoveItem = z.strictObject({
  base: z.coerce.number().int().positive().optional(),
  scope: SeriesScope.default("one"),
});

export const CalendarItem = z.strictObject({
  source: z.literal("item"),
  id: Id,
  kind: CalendarKind,
  title: z.string(),
  description: z.string(),
  place: z.string(),
  school: Id.nullable(),
  time: CalendarTime,
  series: Id.nullable(),
  version: z.int(),
  by: Person,
  madeAt: At,
  /** Null: never changed. */
  changedBy: Person.nullable(),
  changedAt: At,
  /** I may change and remove it. */
  mine: z.boolean(),
  removed: z.boolean(),
});
export type CalendarItem = z.infer<typeof CalendarItem>;

/** A meeting of the project: when and what it is called, nothing that lets anybody in. */
export const CalendarMeeting = z.strictObject({
  source: z.literal("meeting"),
  id: Id,
  title: z.string(),
  time: Hours,
});
export type CalendarMeeting = z.infer<typeof CalendarMeeting>;
export const CalendarEntry = z.discriminatedUnion("source", [CalendarItem, CalendarMeeting]);
export type CalendarEntry = z.infer<typeof CalendarEntry>;

/** `said`: its teachers said which zone it is; otherwise it is worked out of its country or its founder's account. */
export const CalendarSchool = z.strictObject({
  id: Id,
  name: z.string(),
  town: z.string(),
  country: CountryCode,
  zone: z.string(),
  said: z.boolean(),
  /** I may say its zone and its holidays. */
  mine: z.boolean(),
});
export type CalendarSchool = z.infer<typeof CalendarSchool>;

export const longestLookDays = 100;
/** From one day (without it today) to before another (without it a month later), at most 100 days. */
export const LookAtDays = z.strictObject({ from: Day.optional(), to: Day.optional() });
export const CalendarDays = z.strictObject({
  entries: z.array(CalendarEntry),
  schools: z.array(CalendarSchool),
  /** I may add activities and deadlines. */
  mayAdd: z.boolean(),
  /** I may book a meeting. */
  mayBook: z.boolean(),
});
export type CalendarDays = z.infer<typeof CalendarDays>;

/** From this day on, without it from today. `back`: what was over before it, the newest first. */
export const LookAtList = z.strictObject({
  from: Day.optional(),
  back: z.stringbool().default(false),
  most: z.coerce.number().int().min(1).max(50).default(30),
  after: Cursor.optional(),
});
export const CalendarList = CalendarDays.extend({ next: Cursor.nullable() });
export type CalendarList = z.infer<typeof CalendarList>;

export const OneItem = OneSpace.extend({ item: Id });
/** `changed`: how many of a series; `kept`: how many of those kept something that was changed for them alone. */
export const ItemChanged = z.strictObject({ item: CalendarItem, changed: z.int(), kept: z.int() });
export type ItemChanged = z.infer<typeof ItemChanged>;
export const ItemsAdded = z.strictObject({ items: z.array(CalendarItem) });
export type ItemsAdded = z.infer<typeof ItemsAdded>;

export const ChangedFieldName = z.enum(["kind", "title", "description", "place", "school", "time"]);
export const ItemAct = z.enum(["added", "imported", "changed", "removed", "restored"]);
const FieldValue = z.union([z.string(), CalendarTime, z.null()]);
export const ChangedField = z.strictObject({ field: ChangedFieldName, before: FieldValue, after: FieldValue });
export type ChangedField = z.infer<typeof ChangedField>;
/** The newest first. */
export const ItemHistory = z.strictObject({
  changes: z.array(z.strictObject({ at: At, by: Person, act: ItemAct, fields: z.array(ChangedField) })),
});
export type ItemHistory = z.infer<typeof ItemHistory>;

/* Files */

export const largestFileBytes = 1024 * 1024;
/** Of one of my schools; without it the one I am here for. */
export const PreviewFile = z.strictObject({ school: Id.optional() });
/** `without`: the keys of those that were not chosen. */
export const ImportFile = z.strictObject({
  school: Id.optional(),
  without: z
    .string()
    .max(6000)
    .regex(/^[a-z0-9,]*$/)
    .default(""),
});
/**
 * `new`; `same`, as it is here already; `changed`, by the file; `edited`, here by hand since it came in; `removed`, here by
 * hand.
 */
export const FoundState = z.enum(["new", "same", "changed", "edited", "removed"]);
export type FoundState = z.infer<typeof FoundState>;
export const FoundHoliday = z.strictObject({
  key: z.string(),
  title: z.string(),
  time: CalendarTime,
  state: FoundState,
});
export type FoundHoliday = z.infer<typeof FoundHoliday>;
export const FileFound = z.strictObject({
  found: z.array(FoundHoliday),
  /** How many events were left out: too long ago or too far away, not understood, or more than fit. */
  leftOut: z.strictObject({ otherYears: z.int(), notUnderstood: z.int(), tooMany: z.int() }),
});
export type FileFound = z.infer<typeof FileFound>;
export const FileTaken = z.strictObject({ added: z.int(), changed: z.int() });
export type FileTaken = z.infer<typeof FileTaken>;

/* The feed */

/** `address` null: there is none. Whoever has it reads the dates, until it is taken back or their role here ends. */
export const CalendarFeed = z.strictObject({
  address: z.string().nullable(),
  madeAt: At.nullable(),
  usedAt: At.nullable(),
});
export type CalendarFeed = z.infer<typeof CalendarFeed>;
export const FeedKey = z.strictObject({ k: z.string().max(200) });

export const OneSchoolZone = OneSpace.extend({ school: Id });
/** Null: as it follows from its country. */
export const SayZone = z.strictObject({ timeZone: TimeZone.nullable() });
