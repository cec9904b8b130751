/**
 * What a seat may ask of its meeting. Who acts is never in the message: it comes from the connection.
 * Every command is strict: an unknown field is refused with `command.malformed`.
 */
import * as z from "zod";
import { At, Id, MessageText, PersonName } from "./ids.ts";
import { FloorSettings, Reaction, SeatKind } from "./meeting.ts";

const seat = Id;

export const Command = z.discriminatedUnion("type", [
  /* The floor: everybody in the room but watchers. `pupil` names who of a class seat wants to speak. */
  z.strictObject({ type: z.literal("floor.raiseHand"), pupil: Id.optional() }),
  z.strictObject({ type: z.literal("floor.lowerHand"), seat: seat.optional() }),
  z.strictObject({ type: z.literal("floor.finishTurn") }),

  /* The floor: the chair. */
  z.strictObject({ type: z.literal("floor.giveTurn"), seat }),
  z.strictObject({ type: z.literal("floor.endTurn"), turn: Id }),
  /* `endsAt` is the end the chair saw, so that a click sent again after a lost answer extends once. */
  z.strictObject({ type: z.literal("floor.extendTurn"), turn: Id, endsAt: At, byMs: z.int().min(10_000).max(600_000) }),
  z.strictObject({ type: z.literal("floor.moveHand"), seat, toPlace: z.int().min(1).max(1000) }),
  z.strictObject({ type: z.literal("floor.clearQueue") }),
  z.strictObject({ type: z.literal("floor.changeSettings"), ...FloorSettings.partial().shape }),

  /* The lobby: chair and co-chair. `kind` and `school` correct what the link said. */
  z.strictObject({
    type: z.literal("lobby.admit"),
    seat,
    kind: SeatKind.optional(),
    school: Id.nullable().optional(),
  }),
  z.strictObject({ type: z.literal("lobby.turnAway"), seat }),
  z.strictObject({ type: z.literal("lobby.admitAll") }),
  z.strictObject({ type: z.literal("lobby.switch"), on: z.boolean() }),

  /* Seats. `leave` is everybody's, also in the lobby; the rest is the chair's. */
  z.strictObject({ type: z.literal("seat.leave") }),
  z.strictObject({ type: z.literal("seat.mute"), seat }),
  z.strictObject({ type: z.literal("seat.unmute"), seat }),
  z.strictObject({ type: z.literal("seat.remove"), seat }),
  z.strictObject({ type: z.literal("seat.handOverChair"), seat }),
  z.strictObject({ type: z.literal("seat.makeCoChair"), seat, on: z.boolean() }),
  z.strictObject({ type: z.literal("seat.setDevices"), microphone: z.boolean(), camera: z.boolean() }),
  /* A class seat names the pupils who take turns from it. */
  z.strictObject({ type: z.literal("seat.namePupils"), names: z.array(PersonName).max(40) }),

  /* The screen: who has the floor. */
  z.strictObject({ type: z.literal("share.start") }),
  z.strictObject({ type: z.literal("share.stop") }),

  /* Chat and reactions. */
  /* `id` is the sender's own, so that a message sent again after a lost answer stands there once. */
  z.strictObject({
    type: z.literal("chat.sendMessage"),
    id: z.string().regex(/^[A-Za-z0-9_-]{8,20}$/),
    text: MessageText,
  }),
  z.strictObject({ type: z.literal("reaction.show"), reaction: Reaction }),

  /* The meeting: the chair. */
  z.strictObject({ type: z.literal("meeting.lock"), on: z.boolean() }),
  z.strictObject({ type: z.literal("meeting.freeze") }),
  z.strictObject({ type: z.literal("meeting.resume") }),
  z.strictObject({ type: z.literal("meeting.end") }),
]);
export type Command = z.infer<typeof Command>;
export type CommandType = Command["type"];
export type CommandOf<T extends CommandType> = Extract<Command, { type: T }>;

/**
 * What only the server itself says to a meeting: arrivals, connections, clocks. Never read from the wire.
 * Ids and content ids are made by the shell before `decide` is asked.
 */
export type SystemCommand =
  | { type: "meeting.open" }
  | {
      type: "seat.arrive";
      seat: Id;
      /** Stable for a person across arrivals: `account:<id>`, `guest:<key>` or `link:<id>:<key>`; never shown. */
      identity: string;
      kind: SeatKind;
      /** True when account or link vouches for kind and school; otherwise the chair is told it is unknown. */
      vouched: boolean;
      school: Id | null;
      role: "chair" | "coChair" | "participant" | "watcher";
      /** Content id of the name. */
      name: Id;
    }
  | { type: "seat.connect"; seat: Id }
  | { type: "seat.loseConnection"; seat: Id }
  | { type: "seat.passGrace"; seat: Id }
  /** Whose account or place has ended is out at once, without a grace time. */
  | { type: "seat.dismiss"; seat: Id }
  | { type: "floor.passTime"; turn: Id }
  /** Begins it, or goes on after an interruption. */
  | { type: "recording.begin" }
  | { type: "recording.interrupt" }
  | { type: "meeting.close" };
export type SystemCommandOf<T extends SystemCommand["type"]> = Extract<SystemCommand, { type: T }>;
