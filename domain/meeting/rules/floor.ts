/** The floor: hands, the queue, turns. */
import type { CommandOf } from "../../../protocol/commands.ts";
import type { EventOf } from "../../../protocol/events.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { TurnEndReason, TurnWhy } from "../../../protocol/meeting.ts";
import { type Decision, type Draft, refused } from "../draft.ts";
import { chooseNext } from "../next.ts";
import { type Hand, handOf, type Seat, turnOf } from "../state.ts";
import { set } from "./settings.ts";

export function raiseHand(draft: Draft, actor: Seat, command: CommandOf<"floor.raiseHand">): Decision {
  const { seat } = actor;
  if (actor.muted) return refused("floor.muted");
  if (turnOf(draft.meeting, seat)) return refused("floor.speaking");
  if (handOf(draft.meeting, seat)) return refused("floor.handUp");
  const pupil = command.pupil ?? null;
  if (pupil && !actor.pupils.some((named) => named.pupil === pupil)) return refused("floor.noPupil");
  draft.happens({ type: "floor.handRaised", seat, pupil });
  return passFloorOn(draft).decided();
}

/** One's own hand; the chair may lower anybody's. */
export function lowerHand(draft: Draft, actor: Seat, command: CommandOf<"floor.lowerHand">): Decision {
  const seat = command.seat ?? actor.seat;
  if (seat !== actor.seat && actor.role !== "chair") return refused("command.notAllowed");
  if (!handOf(draft.meeting, seat)) return refused("floor.noHand");
  return draft.happens({ type: "floor.handLowered", seat, by: actor.seat, why: "lowered" }).decided();
}

export function finishTurn(draft: Draft, actor: Seat): Decision {
  const turn = turnOf(draft.meeting, actor.seat);
  if (!turn) return refused("floor.noTurn");
  endTurn(draft, turn.turn, "finished", actor.seat);
  return passFloorOn(draft).decided();
}

/** With every place on the floor taken, the longest turns make room: a chair who gives a turn means it. */
export function giveTurn(draft: Draft, actor: Seat, command: CommandOf<"floor.giveTurn">): Decision {
  const target = draft.meeting.seats[command.seat];
  if (target?.place !== "room") return refused("seat.unknown");
  if (target.role === "watcher") return refused("seat.watcher");
  if (target.muted) return refused("floor.seatMuted");
  if (turnOf(draft.meeting, target.seat)) return refused("floor.speaking");
  const { turns, settings } = draft.meeting;
  const tooMany = Math.max(0, turns.length + 1 - settings.capacity);
  for (const oldest of turns.slice(0, tooMany)) endTurn(draft, oldest.turn, "chairEnded", actor.seat);
  const hand = handOf(draft.meeting, target.seat) ?? { seat: target.seat, pupil: null, at: draft.given.now };
  startTurn(draft, hand, "givenByChair");
  return draft.decided();
}

/** The command names the turn and not the seat, so that a late click never ends the next one's turn. */
export function chairEndsTurn(draft: Draft, actor: Seat, command: CommandOf<"floor.endTurn">): Decision {
  if (!endTurn(draft, command.turn, "chairEnded", actor.seat)) return refused("floor.noTurn");
  return passFloorOn(draft).decided();
}

/** A turn whose end is no longer the one the chair saw has been extended by this click already. */
export function extendTurn(draft: Draft, actor: Seat, command: CommandOf<"floor.extendTurn">): Decision {
  const turn = draft.meeting.turns.find((running) => running.turn === command.turn);
  if (!turn) return refused("floor.noTurn");
  if (turn.endsAt === null) return refused("floor.noLimit");
  if (turn.endsAt !== command.endsAt) return draft.decided();
  const endsAt = turn.endsAt + command.byMs;
  return draft.happens({ type: "floor.turnExtended", turn: turn.turn, endsAt, by: actor.seat }).decided();
}

export function moveHand(draft: Draft, actor: Seat, command: CommandOf<"floor.moveHand">): Decision {
  const seats = draft.meeting.queue.map((hand) => hand.seat);
  if (!seats.includes(command.seat)) return refused("floor.noHand");
  const others = seats.filter((seat) => seat !== command.seat);
  const moved = others.toSpliced(command.toPlace - 1, 0, command.seat);
  return draft.happens({ type: "floor.queueOrdered", seats: moved, by: actor.seat }).decided();
}

export function clearQueue(draft: Draft, actor: Seat): Decision {
  for (const hand of draft.meeting.queue) {
    draft.happens({ type: "floor.handLowered", seat: hand.seat, by: actor.seat, why: "queueCleared" });
  }
  return draft.decided();
}

/** Turns that run keep the length they began with. */
export function changeSettings(draft: Draft, actor: Seat, command: CommandOf<"floor.changeSettings">): Decision {
  const { type: _type, ...changed } = command;
  return passFloorOn(set(draft, actor.seat, changed)).decided();
}

/** The clock says that a turn's time is up; too early or too late it changes nothing. */
export function passTime(draft: Draft, turnId: Id): Decision {
  const turn = draft.meeting.turns.find((running) => running.turn === turnId);
  if (!turn) return refused("floor.noTurn");
  if (turn.endsAt === null || draft.given.now < turn.endsAt) return refused("floor.notYet");
  endTurn(draft, turnId, "timeUp", null);
  return passFloorOn(draft).decided();
}

/** While the floor has room and goes on by itself, whoever is next gets it at once. */
export function passFloorOn(draft: Draft): Draft {
  const { settings } = draft.meeting;
  if (draft.meeting.phase !== "open" || draft.meeting.frozen || settings.next === "byChair") return draft;
  while (draft.meeting.turns.length < settings.capacity) {
    const choice = chooseNext(draft.meeting);
    if (!choice) break;
    startTurn(draft, choice.hand, choice.why);
  }
  return draft;
}

/** Ends a running turn and its share; false when there is no such turn. */
export function endTurn(draft: Draft, turnId: Id, why: TurnEndReason, by: EventOf<"floor.turnEnded">["by"]): boolean {
  const turn = draft.meeting.turns.find((running) => running.turn === turnId);
  if (!turn) return false;
  const { share } = draft.meeting;
  if (share?.turn === turnId) draft.happens({ type: "share.ended", seat: share.seat, turn: turnId });
  draft.happens({ type: "floor.turnEnded", turn: turnId, seat: turn.seat, why, by });
  return true;
}

/** Takes a seat off the floor and out of the queue, for whatever reason it can no longer speak. */
export function clearSeat(draft: Draft, seat: Id, why: "left" | "muted", by: Id | null): void {
  if (handOf(draft.meeting, seat)) draft.happens({ type: "floor.handLowered", seat, by, why });
  const turn = turnOf(draft.meeting, seat);
  if (turn) endTurn(draft, turn.turn, why === "left" ? "left" : "chairEnded", by);
}

function startTurn(draft: Draft, hand: Hand, why: TurnWhy): void {
  const { seat, pupil } = hand;
  if (handOf(draft.meeting, seat)) draft.happens({ type: "floor.handLowered", seat, by: null, why: "turnStarted" });
  const { turnLimitMs } = draft.meeting.settings;
  const endsAt = turnLimitMs === null ? null : draft.given.now + turnLimitMs;
  draft.happens({ type: "floor.turnStarted", turn: draft.given.newId(), seat, pupil, endsAt, why });
}
