/**
 * Booking over http. A link to take a seat by is `/m/<code>#k=<key>`: the key stands behind the `#`, so no server log
 * and no referrer has it. The guests' link is `/m/<code>` alone, for a code that was read aloud.
 */
import * as z from "zod";
import { At, Id, LanguageTag, MeetingCode } from "../ids.ts";
import { FloorSettings, SeatKind } from "../meeting.ts";
import { Invited, SpaceMeetingState } from "../twinspace/meetings.ts";
import { School, TimeZone } from "./accounts.ts";

/** One line, no control characters. */
const line = (maxLength: number) =>
  z
    .string()
    .trim()
    .max(maxLength)
    .regex(/^[^\p{Cc}\p{Cs}\p{Co}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u);

/** A date and a time as a clock on the wall shows them, such as `2026-11-23T18:30`; the zone stands beside it. */
export const LocalDateTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/)
  .refine(isOnTheCalendar);

/** False for the 31st of February and 25 o'clock. */
function isOnTheCalendar(text: string): boolean {
  const instant = new Date(`${text}:00.000Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}

/** The key of a link: 16 random bytes, or the meeting's own code for the guests' link. */
export const LinkKey = z.string().regex(/^[A-Za-z0-9_-]{3,40}$/);

export const LinkRole = z.enum(["chair", "participant", "watcher"]);
export type LinkRole = z.infer<typeof LinkRole>;

/**
 * `start`: `now`, or a local time in `timeZone`. A time that the clocks skip in spring counts as that much later; one
 * that comes twice in autumn is the first of both.
 */
export const BookMeeting = z.strictObject({
  title: line(120).min(1),
  start: z.union([z.literal("now"), LocalDateTime]),
  timeZone: TimeZone,
  lengthMinutes: z.int().min(5).max(480).default(60),
  language: LanguageTag.default("en"),
  /** Seats in the room at once; a class behind one projector is one. */
  maxSeats: z.int().min(2).max(500).default(50),
  floor: FloorSettings.default({ next: "byQueue", capacity: 1, turnLimitMs: null }),
  recorded: z.boolean().default(false),
  lobby: z.boolean().default(true),
  /** For who works at several: the one this meeting is of. Without it the project's, or the first one. */
  school: Id.optional(),
  /** One of the active projects that I found or administer; its accepted teachers may watch the replay. */
  project: Id.optional(),
  /** What it is for. */
  purpose: z.string().trim().max(600).optional(),
  /** Who of its TwinSpace may come; without it its teachers and pupils. Of no consequence without a project. */
  invited: Invited.optional(),
});
export type BookMeeting = z.input<typeof BookMeeting>;

/** A project as its meetings name it; its page is `/projects/<slug>`. */
export const MeetingProject = z.strictObject({ id: Id, slug: z.string(), title: z.string() });
export type MeetingProject = z.infer<typeof MeetingProject>;

/** A project that I may book for, and the school by which I am in it. */
export const BookableProject = MeetingProject.extend({ school: Id });
export type BookableProject = z.infer<typeof BookableProject>;
export const BookableProjects = z.strictObject({ projects: z.array(BookableProject) });
export type BookableProjects = z.infer<typeof BookableProjects>;

/** `school` null: none is vouched for. `kind` null: unknown, which counts as a pupil; watchers have none. */
export const MakeLink = z.strictObject({
  role: LinkRole.exclude(["chair"]).default("participant"),
  kind: SeatKind.nullable().default(null),
  school: Id.nullable().default(null),
  label: line(60).default(""),
  /** Null: until a day after the meeting's planned end. */
  expiresAt: At.nullable().default(null),
});
export type MakeLink = z.input<typeof MakeLink>;

export const MeetingLink = z.strictObject({
  id: Id,
  role: LinkRole,
  kind: SeatKind.nullable(),
  school: School.nullable(),
  label: z.string(),
  /** The whole address, to be copied. */
  link: z.url(),
  expiresAt: At.nullable(),
  revokedAt: At.nullable(),
});
export type MeetingLink = z.infer<typeof MeetingLink>;

export const BookedMeeting = z.strictObject({
  id: Id,
  code: MeetingCode,
  title: z.string(),
  language: z.string(),
  startsAt: At,
  lengthMinutes: z.int(),
  /** The zone it was booked in; everybody sees the time in their own. */
  timeZone: z.string(),
  maxSeats: z.int(),
  floor: FloorSettings,
  recorded: z.boolean(),
  lobby: z.boolean(),
  /** The school it was booked for. */
  school: School.nullable(),
  project: MeetingProject.nullable(),
  purpose: z.string(),
  /** `planned`: a school of its project has to say yes first. */
  state: SpaceMeetingState,
  phase: z.enum(["booked", "open", "ended"]),
  openedAt: At.nullable(),
  endedAt: At.nullable(),
});
export type BookedMeeting = z.infer<typeof BookedMeeting>;

/** `next`: running and coming ones, soonest first. `past`: newest first, at most 100. */
export const MyMeetings = z.strictObject({ next: z.array(BookedMeeting), past: z.array(BookedMeeting) });
export type MyMeetings = z.infer<typeof MyMeetings>;

/**
 * A meeting as the teachers of its project see it: no link to come in by. `mine`: I lead it. `replay`: its code, once it
 * can be watched again.
 */
export const ProjectMeeting = z.strictObject({
  id: Id,
  title: z.string(),
  startsAt: At,
  lengthMinutes: z.int(),
  chair: z.string(),
  school: School.nullable(),
  phase: z.enum(["booked", "open", "ended"]),
  recorded: z.boolean(),
  mine: z.boolean(),
  replay: MeetingCode.nullable(),
});
export type ProjectMeeting = z.infer<typeof ProjectMeeting>;

/** `next`: running first, then soonest first. `past`: newest first. At most 100 each. */
export const ProjectMeetings = z.strictObject({ next: z.array(ProjectMeeting), past: z.array(ProjectMeeting) });
export type ProjectMeetings = z.infer<typeof ProjectMeetings>;

export const MeetingWithLinks = z.strictObject({
  meeting: BookedMeeting,
  links: z.array(MeetingLink),
  /** Until when its move to a project can be taken back; null when there is nothing to take back. */
  moveBackUntil: At.nullable(),
});
export type MeetingWithLinks = z.infer<typeof MeetingWithLinks>;

export const MadeLink = z.strictObject({ link: MeetingLink });
export type MadeLink = z.infer<typeof MadeLink>;

/** To one of the projects that I found or administer. */
export const MoveToProject = z.strictObject({ project: Id });
export type MoveToProject = z.infer<typeof MoveToProject>;
