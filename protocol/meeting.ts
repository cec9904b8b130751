/** The nouns of a meeting that commands, events and views share. */
import * as z from "zod";
import { Id } from "./ids.ts";

/** Who sits on a seat. Unknown counts as a pupil (DESIGN 1). */
export const SeatKind = z.enum(["adult", "pupil", "class"]);
export type SeatKind = z.infer<typeof SeatKind>;

/** What a seat may do. A watcher has no camera and no microphone. */
export const SeatRole = z.enum(["chair", "coChair", "participant", "watcher"]);
export type SeatRole = z.infer<typeof SeatRole>;

/** Who the floor goes to next. */
export const NextRule = z.enum(["byQueue", "byChair", "fair"]);
export type NextRule = z.infer<typeof NextRule>;

/** Turn length in milliseconds, or null for no limit. */
export const TurnLimitMs = z.int().min(30_000).max(600_000).nullable();

/** What the chair may change while the meeting runs, and the booking sets. */
export const FloorSettings = z.strictObject({
  next: NextRule,
  capacity: z.int().min(1).max(4),
  turnLimitMs: TurnLimitMs,
});
export type FloorSettings = z.infer<typeof FloorSettings>;

/** How a meeting was booked. `graceMs`: how long a vanished speaker keeps the floor. */
export const MeetingSettings = z.strictObject({
  ...FloorSettings.shape,
  lobby: z.boolean(),
  locked: z.boolean(),
  recorded: z.boolean(),
  /** Seats in the room at once. */
  maxSeats: z.int().min(2).max(1000),
  graceMs: z.int().min(0).max(600_000),
});
export type MeetingSettings = z.infer<typeof MeetingSettings>;

export const Reaction = z.enum(["applause", "heart", "laugh", "surprise", "thumbUp", "question"]);
export type Reaction = z.infer<typeof Reaction>;

/** Which medium a producer carries. Screen sound is not shared. */
export const MediumKind = z.enum(["microphone", "camera", "screen"]);
export type MediumKind = z.infer<typeof MediumKind>;

export const TurnEndReason = z.enum(["finished", "timeUp", "chairEnded", "left", "frozen", "meetingEnded"]);
export type TurnEndReason = z.infer<typeof TurnEndReason>;

/** Why somebody got the floor, told with the turn: by which rule, or by the chair's own hand. */
export const TurnWhy = z.enum(["byQueue", "givenByChair", "leastAirtime", "schoolsAlternate"]);
export type TurnWhy = z.infer<typeof TurnWhy>;

/** A pupil named behind a class seat: an alias, kept as content. */
export const ClassPupil = z.strictObject({ pupil: Id, name: Id });
