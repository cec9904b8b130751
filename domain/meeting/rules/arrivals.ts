/** Coming in: arrival, lobby, connection lost and found, leaving. */
import type { CommandOf, SystemCommandOf } from "../../../protocol/commands.ts";
import type { Id } from "../../../protocol/ids.ts";
import { type Decision, type Draft, refused } from "../draft.ts";
import { isHere, type Seat, seatsInLobby, seatsInRoom, turnOf } from "../state.ts";
import { clearSeat, endTurn, passFloorOn } from "./floor.ts";
import { set } from "./settings.ts";

/** How long an empty seat keeps its place in room and queue after the floor's grace time has passed. */
export const goneAfterMs = 60_000;

/**
 * Somebody opens the door; their seat is theirs once they connect. Who was in before comes back to their seat and
 * role; who was removed stays out; a chair is never kept out by lobby, lock or a full room.
 */
export function arrive(draft: Draft, command: SystemCommandOf<"seat.arrive">): Decision {
  const { meeting } = draft;
  const { type: _type, ...person } = command;
  const before = Object.values(meeting.seats).find((seat) => seat.identity === person.identity);
  if (before?.place === "removed") return refused("seat.removed");
  // Already in, from another tab or before a reload: the new connection will take the seat over.
  if (before && (isHere(before) || before.place === "lobby")) return draft.decided();

  const returns = before?.admitted === true;
  const known = { seat: before?.seat ?? person.seat, ...(returns ? asTheChairKnows(before) : undefined) };
  const kind = known.kind ?? person.kind;
  const role = roleOnArrival(draft, kind, person.role, returns ? before.role : undefined);
  const arrival = { ...person, ...known, role };
  const opensDoors = role === "chair" || role === "coChair";
  if (meeting.settings.locked && !opensDoors) return refused("meeting.locked");
  if (!opensDoors && seatsInRoom(meeting).length >= meeting.settings.maxSeats) return refused("meeting.full");
  if (meeting.settings.lobby && !opensDoors && !returns) {
    return draft.happens({ ...arrival, type: "lobby.knocked" }).decided();
  }
  return draft.happens({ ...arrival, type: "seat.taken" }).decided();
}

/** Kind and school as they were when last in the room, where the chair may have corrected what the link says. */
const asTheChairKnows = ({ kind, school, vouched }: Seat) => ({ kind, school, vouched });

/**
 * One chair leads. Who comes with a chair's link while another leads is co-chair; who handed the chair over, or was
 * made a participant, leads again only when nobody else does. Only adults lead.
 */
function roleOnArrival(draft: Draft, kind: Seat["kind"], asked: Seat["role"], returnsTo?: Seat["role"]): Seat["role"] {
  const role = returnsTo ?? asked;
  if (role === "watcher") return role;
  if (kind !== "adult") return "participant";
  if (asked !== "chair" && role !== "chair") return role;
  const somebodyLeads = seatsInRoom(draft.meeting).some((seat) => seat.role === "chair");
  if (!somebodyLeads) return "chair";
  return returnsTo === undefined || returnsTo === "chair" ? "coChair" : returnsTo;
}

export function connect(draft: Draft, id: Id): Decision {
  const seat = draft.meeting.seats[id];
  if (!seat || !(isHere(seat) || seat.place === "lobby")) return refused("seat.unknown");
  if (seat.lostAt === null) return draft.decided();
  draft.happens({ type: seat.place === "lobby" ? "lobby.connected" : "seat.connected", seat: id });
  return passFloorOn(draft).decided();
}

export function loseConnection(draft: Draft, id: Id): Decision {
  const seat = draft.meeting.seats[id];
  if (!seat || seat.lostAt !== null || !(isHere(seat) || seat.place === "lobby")) return refused("seat.unknown");
  const type = seat.place === "lobby" ? "lobby.connectionLost" : "seat.connectionLost";
  return draft.happens({ type, seat: id }).decided();
}

/** After the grace time a vanished speaker frees the floor; a hand keeps its place until `goneAfterMs` later. */
export function passGrace(draft: Draft, id: Id): Decision {
  const seat = draft.meeting.seats[id];
  if (!seat || seat.lostAt === null) return refused("seat.notAway");
  const { graceMs } = draft.meeting.settings;
  const awayMs = draft.given.now - seat.lostAt;
  if (seat.place === "lobby") {
    if (awayMs < graceMs) return refused("floor.notYet");
    return draft.happens({ type: "lobby.left", seat: id, why: "vanished" }).decided();
  }
  if (awayMs >= graceMs + goneAfterMs) {
    clearSeat(draft, id, "left", null);
    draft.happens({ type: "seat.left", seat: id, why: "vanished" });
    return passFloorOn(draft).decided();
  }
  const turn = turnOf(draft.meeting, id);
  if (!turn || awayMs < graceMs) return refused("floor.notYet");
  endTurn(draft, turn.turn, "left", null);
  return passFloorOn(draft).decided();
}

export function leave(draft: Draft, actor: Seat): Decision {
  if (actor.place === "lobby") return draft.happens({ type: "lobby.left", seat: actor.seat, why: "left" }).decided();
  clearSeat(draft, actor.seat, "left", actor.seat);
  draft.happens({ type: "seat.left", seat: actor.seat, why: "left" });
  return passFloorOn(draft).decided();
}

/** The server puts somebody out whose account or place is no more; whether they may come back their door decides. */
export function dismiss(draft: Draft, id: Id): Decision {
  const seat = draft.meeting.seats[id];
  if (!seat || !(isHere(seat) || seat.place === "lobby")) return refused("seat.unknown");
  return leave(draft, seat);
}

/** Chair or co-chair lets somebody in, with the kind and school they say it is. */
export function admit(draft: Draft, actor: Seat, command: CommandOf<"lobby.admit">): Decision {
  const waiting = draft.meeting.seats[command.seat];
  if (waiting?.place !== "lobby") return refused("lobby.notWaiting");
  if (seatsInRoom(draft.meeting).length >= draft.meeting.settings.maxSeats) return refused("meeting.full");
  const corrected = command.kind !== undefined || command.school !== undefined;
  letIn(draft, actor, {
    ...waiting,
    kind: command.kind ?? waiting.kind,
    school: command.school === undefined ? waiting.school : command.school,
    vouched: waiting.vouched || corrected,
  });
  return draft.decided();
}

export function admitAll(draft: Draft, actor: Seat): Decision {
  const free = draft.meeting.settings.maxSeats - seatsInRoom(draft.meeting).length;
  const waiting = seatsInLobby(draft.meeting);
  if (waiting.length > 0 && free <= 0) return refused("meeting.full");
  for (const seat of waiting.slice(0, free)) letIn(draft, actor, seat);
  return draft.decided();
}

function letIn(draft: Draft, actor: Seat, waiting: Seat): void {
  const { seat, identity, kind, vouched, school, role, name, lostAt } = waiting;
  draft.happens({ type: "lobby.admitted", seat, identity, kind, vouched, school, role, name, by: actor.seat });
  if (lostAt !== null) draft.happens({ type: "seat.connectionLost", seat });
}

export function turnAway(draft: Draft, actor: Seat, command: CommandOf<"lobby.turnAway">): Decision {
  if (draft.meeting.seats[command.seat]?.place !== "lobby") return refused("lobby.notWaiting");
  return draft.happens({ type: "lobby.turnedAway", seat: command.seat, by: actor.seat }).decided();
}

export function switchLobby(draft: Draft, actor: Seat, command: CommandOf<"lobby.switch">): Decision {
  return set(draft, actor.seat, { lobby: command.on }).decided();
}

/**
 * Stays removed by identity, also who slipped away just before; a guest who returns as somebody new meets the lobby,
 * which this switches on.
 */
export function remove(draft: Draft, actor: Seat, command: CommandOf<"seat.remove">): Decision {
  const target = draft.meeting.seats[command.seat];
  const slippedAway = target?.place === "left" && target.admitted;
  if (!target || !(isHere(target) || slippedAway)) return refused("seat.unknown");
  if (target.role === "chair" && !slippedAway) return refused("seat.isChair");
  clearSeat(draft, target.seat, "left", actor.seat);
  draft.happens({ type: "seat.removed", seat: target.seat, by: actor.seat });
  return passFloorOn(set(draft, actor.seat, { lobby: true })).decided();
}
