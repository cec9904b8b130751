/** The course of the meeting as a whole: opening, locking, freezing, ending, and whether it is being recorded. */
import type { CommandOf } from "../../../protocol/commands.ts";
import { type Decision, type Draft, refused } from "../draft.ts";
import type { Seat } from "../state.ts";
import { endTurn, passFloorOn } from "./floor.ts";
import { set } from "./settings.ts";

export function open(draft: Draft): Decision {
  if (draft.meeting.phase !== "booked") return draft.decided();
  return draft.happens({ type: "meeting.opened", settings: draft.meeting.settings }).decided();
}

export function lock(draft: Draft, actor: Seat, command: CommandOf<"meeting.lock">): Decision {
  return set(draft, actor.seat, { locked: command.on }).decided();
}

/** The panic button. Hands keep their places; who was speaking has to be given the floor again. */
export function freeze(draft: Draft, actor: Seat): Decision {
  if (draft.meeting.frozen) return draft.decided();
  draft.happens({ type: "meeting.frozen", by: actor.seat });
  for (const turn of draft.meeting.turns) endTurn(draft, turn.turn, "frozen", actor.seat);
  return draft.decided();
}

export function resume(draft: Draft, actor: Seat): Decision {
  if (!draft.meeting.frozen) return refused("meeting.notFrozen");
  draft.happens({ type: "meeting.resumed", by: actor.seat });
  return passFloorOn(draft).decided();
}

/** `by` is null when the server ends it: nobody came back. */
export function end(draft: Draft, by: Seat | null): Decision {
  const who = by?.seat ?? null;
  for (const turn of draft.meeting.turns) endTurn(draft, turn.turn, "meetingEnded", who);
  return draft.happens({ type: "meeting.ended", by: who }).decided();
}

export function beginRecording(draft: Draft): Decision {
  if (!draft.meeting.settings.recorded) return refused("recording.none");
  if (draft.meeting.recording === "running") return refused("recording.already");
  const type = draft.meeting.recording === "off" ? "recording.started" : "recording.resumed";
  return draft.happens({ type }).decided();
}

export function interruptRecording(draft: Draft): Decision {
  if (draft.meeting.recording !== "running") return refused("recording.none");
  return draft.happens({ type: "recording.interrupted" }).decided();
}
