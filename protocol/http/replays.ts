/** Watching a meeting again over http: everything the replay's page needs in one answer, its files, its film. */
import * as z from "zod";
import { MeetingEvent } from "../events.ts";
import { At, Id, MeetingCode } from "../ids.ts";
import { School } from "./accounts.ts";
import { MeetingProject } from "./meetings.ts";

/**
 * Who may watch besides the chair and the teachers of its project: nobody; whoever held a seat in the room; they and
 * everybody in its project who might have come; whoever has the link. The operator never.
 */
export const ReplayAudience = z.enum(["chair", "participants", "project", "link"]);
export type ReplayAudience = z.infer<typeof ReplayAudience>;

/** One recorded file. Milliseconds on the meeting's clock, which is 0 when the meeting opened. */
export const ReplayFile = z.strictObject({
  id: Id,
  turn: Id,
  seat: Id,
  kind: z.enum(["speaker", "screen"]),
  startMs: z.int(),
  /** Of a file still being written: about as long as it is by now. */
  lengthMs: z.int().nonnegative(),
  hasPicture: z.boolean(),
  hasSound: z.boolean(),
  /** `writing`: it still grows, and is asked for with `?bytes=`, so that it stays the same while it is read. */
  state: z.enum(["writing", "finished", "repaired"]),
  bytes: z.int().nonnegative(),
});
export type ReplayFile = z.infer<typeof ReplayFile>;

/** The film of all turns behind "Download". `none`: nobody asked for it yet, or there is nothing to join. */
export const ReplayFilm = z.strictObject({
  state: z.enum(["none", "queued", "working", "ready", "failed"]),
  percent: z.int().min(0).max(100),
  bytes: z.int().nonnegative().nullable(),
});
export type ReplayFilm = z.infer<typeof ReplayFilm>;

/** One line of the log as this viewer may see it. */
export const ReplayEvent = z.strictObject({ at: At, event: MeetingEvent });
export type ReplayEvent = z.infer<typeof ReplayEvent>;

export const Replay = z.strictObject({
  code: MeetingCode,
  title: z.string(),
  phase: z.enum(["booked", "open", "ended"]),
  /** The meeting's zero; null before it opened. */
  openedAt: At.nullable(),
  /** Where the meeting's clock stands: at its end, or now. */
  lengthMs: z.int().nonnegative(),
  /** `lead` also sees what happened in the lobby. */
  perspective: z.enum(["lead", "room"]),
  /** How many events of the log stand before the first of `log`: what `?after=` said, or 0. */
  from: z.int().nonnegative(),
  log: z.array(ReplayEvent),
  /** The words of the events in `log`, by content id. An erased one is missing. */
  contents: z.record(z.string(), z.string()),
  schools: z.array(School),
  files: z.array(ReplayFile),
  audience: ReplayAudience,
  /** The project it was booked for: its accepted teachers may watch whatever the audience. */
  project: MeetingProject.nullable(),
  /** May change who watches, and download. */
  leads: z.boolean(),
  /** Null for who may not download. */
  film: ReplayFilm.nullable(),
});
export type Replay = z.infer<typeof Replay>;

/** `after`: only the events behind the first so many, for who has those already. */
export const ReplayAfter = z.strictObject({
  after: z
    .string()
    .regex(/^\d{1,7}$/)
    .transform(Number)
    .optional(),
});

/** `bytes`: the file as if it ended there. `download`: to be saved (who leads the meeting). */
export const ReplayFilePart = z.strictObject({
  bytes: z
    .string()
    .regex(/^\d{1,14}$/)
    .transform(Number)
    .refine((bytes) => bytes > 0)
    .optional(),
  download: z.literal("1").optional(),
});
export type ReplayFilePart = z.infer<typeof ReplayFilePart>;

export const ChangeAudience = z.strictObject({ audience: ReplayAudience });
export type ChangeAudience = z.infer<typeof ChangeAudience>;

/** What a guest's tab was given with its seat; exchanged for a cookie that `<video>` sends by itself. */
export const AskForPass = z.strictObject({ resume: z.string().regex(/^[A-Za-z0-9_-]{32}$/) });
export type AskForPass = z.infer<typeof AskForPass>;
