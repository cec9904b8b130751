/** Seats in the room: muting, roles, devices, the pupils behind a class. */
import type { CommandOf } from "../../../protocol/commands.ts";
import { type Decision, type Draft, refused } from "../draft.ts";
import { isHere, type Seat } from "../state.ts";
import { clearSeat, passFloorOn } from "./floor.ts";

/** Ends their turn, lowers their hand, keeps them from the floor until unmuted. */
export function mute(draft: Draft, actor: Seat, command: CommandOf<"seat.mute">): Decision {
  const target = draft.meeting.seats[command.seat];
  if (!target || !isHere(target)) return refused("seat.unknown");
  if (target.role === "chair") return refused("seat.isChair");
  if (target.muted) return draft.decided();
  clearSeat(draft, target.seat, "muted", actor.seat);
  draft.happens({ type: "seat.muted", seat: target.seat, by: actor.seat });
  return passFloorOn(draft).decided();
}

export function unmute(draft: Draft, actor: Seat, command: CommandOf<"seat.unmute">): Decision {
  const target = draft.meeting.seats[command.seat];
  if (!target || !isHere(target)) return refused("seat.unknown");
  if (!target.muted) return refused("seat.notMuted");
  return draft.happens({ type: "seat.unmuted", seat: target.seat, by: actor.seat }).decided();
}

/** The old chair stays as co-chair. A muted person who is handed the chair is unmuted by it. */
export function handOverChair(draft: Draft, actor: Seat, command: CommandOf<"seat.handOverChair">): Decision {
  const target = leaderToBe(draft, command.seat);
  if ("refused" in target) return target;
  if (target.seat === actor.seat) return draft.decided();
  if (target.muted) draft.happens({ type: "seat.unmuted", seat: target.seat, by: actor.seat });
  draft.happens({ type: "seat.roleChanged", seat: target.seat, role: "chair", by: actor.seat });
  return draft.happens({ type: "seat.roleChanged", seat: actor.seat, role: "coChair", by: actor.seat }).decided();
}

export function makeCoChair(draft: Draft, actor: Seat, command: CommandOf<"seat.makeCoChair">): Decision {
  const target = leaderToBe(draft, command.seat);
  if ("refused" in target) return target;
  if (target.role === "chair") return refused("seat.isChair");
  const role = command.on ? "coChair" : "participant";
  if (target.role === role) return draft.decided();
  return draft.happens({ type: "seat.roleChanged", seat: target.seat, role, by: actor.seat }).decided();
}

/** Only an adult leads; a guest whose kind nobody vouched for counts as a pupil. */
function leaderToBe(draft: Draft, id: string) {
  const target = draft.meeting.seats[id];
  if (!target || !isHere(target)) return refused("seat.unknown");
  if (target.kind !== "adult") return refused("seat.notAdult");
  if (target.role === "watcher") return refused("seat.watcher");
  return target;
}

export function setDevices(draft: Draft, actor: Seat, command: CommandOf<"seat.setDevices">): Decision {
  const { microphone, camera } = command;
  if (actor.microphone === microphone && actor.camera === camera) return draft.decided();
  return draft.happens({ type: "seat.devicesSet", seat: actor.seat, microphone, camera }).decided();
}

export function namePupils(draft: Draft, actor: Seat, command: CommandOf<"seat.namePupils">): Decision {
  if (actor.kind !== "class") return refused("seat.notClass");
  const pupils = command.names.map((words) => ({
    pupil: draft.given.newId(),
    name: draft.keeps("pupilName", words),
  }));
  return draft.happens({ type: "seat.pupilsNamed", seat: actor.seat, pupils }).decided();
}
