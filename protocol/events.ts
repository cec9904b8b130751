/**
 * What happened in a meeting, as appended to its log and told to whoever may see it (domain/meeting/show.ts).
 * Ids, not words: `name`, `message` and `pupil.name` are ids of content rows kept beside the log.
 */
import * as z from "zod";
import { At, Id } from "./ids.ts";
import { ClassPupil, MeetingSettings, Reaction, SeatKind, SeatRole, TurnEndReason, TurnWhy } from "./meeting.ts";

const seat = Id;
/** Who did it: a seat, or null for the server itself (a clock, a rule). */
const by = Id.nullable();

/** A person as they come: to the lobby or straight into the room. `identity` never leaves the server. */
const arrival = {
  seat,
  identity: z.string().max(200),
  kind: SeatKind,
  vouched: z.boolean(),
  school: Id.nullable(),
  role: SeatRole,
  name: Id,
};

export const MeetingEvent = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("meeting.opened"), settings: MeetingSettings }),
  z.strictObject({ type: z.literal("meeting.settingsChanged"), by, ...MeetingSettings.partial().shape }),
  z.strictObject({ type: z.literal("meeting.frozen"), by }),
  z.strictObject({ type: z.literal("meeting.resumed"), by }),
  z.strictObject({ type: z.literal("meeting.ended"), by }),

  z.strictObject({ type: z.literal("lobby.knocked"), ...arrival }),
  z.strictObject({ type: z.literal("lobby.admitted"), ...arrival, by }),
  z.strictObject({ type: z.literal("lobby.turnedAway"), seat, by }),
  /** Who waits is seen by chair and co-chair only, so their coming and going has events of its own. */
  z.strictObject({ type: z.literal("lobby.connected"), seat }),
  z.strictObject({ type: z.literal("lobby.connectionLost"), seat }),
  z.strictObject({ type: z.literal("lobby.left"), seat, why: z.enum(["left", "vanished"]) }),

  /** Straight into the room, without the lobby. */
  z.strictObject({ type: z.literal("seat.taken"), ...arrival }),
  z.strictObject({ type: z.literal("seat.connected"), seat }),
  z.strictObject({ type: z.literal("seat.connectionLost"), seat }),
  /** `why`: left by themselves, or the grace time passed. */
  z.strictObject({ type: z.literal("seat.left"), seat, why: z.enum(["left", "vanished"]) }),
  z.strictObject({ type: z.literal("seat.removed"), seat, by }),
  z.strictObject({ type: z.literal("seat.muted"), seat, by }),
  z.strictObject({ type: z.literal("seat.unmuted"), seat, by }),
  z.strictObject({ type: z.literal("seat.roleChanged"), seat, role: SeatRole, by }),
  z.strictObject({ type: z.literal("seat.devicesSet"), seat, microphone: z.boolean(), camera: z.boolean() }),
  z.strictObject({ type: z.literal("seat.pupilsNamed"), seat, pupils: z.array(ClassPupil).max(40) }),

  z.strictObject({ type: z.literal("floor.handRaised"), seat, pupil: Id.nullable() }),
  z.strictObject({
    type: z.literal("floor.handLowered"),
    seat,
    by,
    why: z.enum(["lowered", "turnStarted", "muted", "left", "queueCleared"]),
  }),
  /** The whole queue in its new order. */
  z.strictObject({ type: z.literal("floor.queueOrdered"), seats: z.array(Id).max(1000), by }),
  z.strictObject({
    type: z.literal("floor.turnStarted"),
    turn: Id,
    seat,
    pupil: Id.nullable(),
    /** When the turn's time is up, or null without a limit. */
    endsAt: At.nullable(),
    why: TurnWhy,
  }),
  z.strictObject({ type: z.literal("floor.turnExtended"), turn: Id, endsAt: At, by }),
  z.strictObject({ type: z.literal("floor.turnEnded"), turn: Id, seat, why: TurnEndReason, by }),

  z.strictObject({ type: z.literal("share.started"), seat, turn: Id }),
  z.strictObject({ type: z.literal("share.ended"), seat, turn: Id }),

  z.strictObject({ type: z.literal("chat.messageSent"), seat, message: Id, length: z.int() }),
  z.strictObject({ type: z.literal("reaction.shown"), seat, reaction: Reaction }),

  z.strictObject({ type: z.literal("recording.started") }),
  z.strictObject({ type: z.literal("recording.interrupted") }),
  z.strictObject({ type: z.literal("recording.resumed") }),
]);
export type MeetingEvent = z.infer<typeof MeetingEvent>;
export type EventType = MeetingEvent["type"];
export type EventOf<T extends EventType> = Extract<MeetingEvent, { type: T }>;

/** One line of the log. `seq` counts from 1 without gaps and never leaves the server. */
export interface LoggedEvent {
  seq: number;
  /** Milliseconds since 1970. */
  at: number;
  event: MeetingEvent;
}
