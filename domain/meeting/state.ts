/** What a meeting is at a moment: the fold over its log. Plain data, never changed in place. */
import type { LoggedEvent } from "../../protocol/events.ts";
import type { Id } from "../../protocol/ids.ts";
import type { MeetingSettings, Reaction, SeatKind, SeatRole, TurnWhy } from "../../protocol/meeting.ts";

/**
 * Where a seat is. `away`: the connection is lost and the grace time runs; `left`, `removed` and `turnedAway` stay
 * in the picture, so that their words and turns keep a name.
 */
export type Place = "lobby" | "room" | "away" | "left" | "removed" | "turnedAway";

export interface Seat {
  seat: Id;
  /** Stable for a person across arrivals; empty in what a browser sees. */
  identity: string;
  kind: SeatKind;
  vouched: boolean;
  school: Id | null;
  role: SeatRole;
  /** Content id. */
  name: Id;
  place: Place;
  /** Whether this seat has ever been in the room. Who has not is seen by chair and co-chair only. */
  admitted: boolean;
  /** When the connection was lost, while `away` or lost in the lobby. */
  lostAt: number | null;
  muted: boolean;
  microphone: boolean;
  camera: boolean;
  pupils: { pupil: Id; name: Id }[];
  /** Milliseconds of ended turns. */
  airtimeMs: number;
  turns: number;
}

export interface Hand {
  seat: Id;
  pupil: Id | null;
  at: number;
}

export interface Turn {
  turn: Id;
  seat: Id;
  pupil: Id | null;
  startedAt: number;
  endsAt: number | null;
  why: TurnWhy;
}

export interface Message {
  message: Id;
  seat: Id;
  at: number;
}

export interface ShownReaction {
  seat: Id;
  reaction: Reaction;
  at: number;
}

export interface Meeting {
  phase: "booked" | "open" | "ended";
  settings: MeetingSettings;
  openedAt: number | null;
  endedAt: number | null;
  frozen: { by: Id | null; at: number } | null;
  recording: "off" | "running" | "interrupted";
  seats: Record<Id, Seat>;
  /** In the order the server took them. */
  queue: Hand[];
  /** The turns that run now, oldest first. */
  turns: Turn[];
  share: { seat: Id; turn: Id } | null;
  /** School of who got the floor last, for alternating; null when there was none or it is unknown. */
  lastSchool: Id | null;
  chat: Message[];
  /** The newest `reactionsKept`. */
  reactions: ShownReaction[];
}

export const reactionsKept = 20;

export const defaultSettings: MeetingSettings = {
  next: "byQueue",
  capacity: 1,
  turnLimitMs: null,
  lobby: true,
  locked: false,
  recorded: false,
  maxSeats: 50,
  graceMs: 8_000,
};

/** A meeting before its first event. */
export function bookedMeeting(settings: MeetingSettings): Meeting {
  return {
    phase: "booked",
    settings,
    openedAt: null,
    endedAt: null,
    frozen: null,
    recording: "off",
    seats: {},
    queue: [],
    turns: [],
    share: null,
    lastSchool: null,
    chat: [],
    reactions: [],
  };
}

/** What `evolve` needs of a logged event; `seq` plays no part in it. */
export type Happened = Pick<LoggedEvent, "at" | "event">;

export const isHere = (seat: Seat): boolean => seat.place === "room" || seat.place === "away";
export const leads = (seat: Seat): boolean => seat.role === "chair" || seat.role === "coChair";

/**
 * What a seat may do just now: its role, except that a co-chair leads while there is no chair in the room, so that
 * somebody can always stop the meeting. A chair whose connection is lost for a moment still leads.
 */
export function actingRole(meeting: Meeting, seat: Seat): SeatRole {
  const stepsIn = seat.role === "coChair" && !seatsInRoom(meeting).some((other) => other.role === "chair");
  return stepsIn ? "chair" : seat.role;
}

/** Everybody in the room, also who is away for a moment. */
export function seatsInRoom(meeting: Meeting): Seat[] {
  return Object.values(meeting.seats).filter(isHere);
}

export function seatsInLobby(meeting: Meeting): Seat[] {
  return Object.values(meeting.seats).filter((seat) => seat.place === "lobby");
}

export function turnOf(meeting: Meeting, seat: Id): Turn | undefined {
  return meeting.turns.find((turn) => turn.seat === seat);
}

export function handOf(meeting: Meeting, seat: Id): Hand | undefined {
  return meeting.queue.find((hand) => hand.seat === seat);
}

/** 1 for who is first in the queue, undefined without a hand up. */
export function placeInQueue(meeting: Meeting, seat: Id): number | undefined {
  const index = meeting.queue.findIndex((hand) => hand.seat === seat);
  return index < 0 ? undefined : index + 1;
}
