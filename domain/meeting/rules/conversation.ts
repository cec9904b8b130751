/** What is said beside the floor: chat, reactions, a shared screen. */
import type { CommandOf } from "../../../protocol/commands.ts";
import { type Decision, type Draft, refused } from "../draft.ts";
import { type Seat, turnOf } from "../state.ts";

export function sendMessage(draft: Draft, actor: Seat, command: CommandOf<"chat.sendMessage">): Decision {
  const message = draft.keeps("message", command.text);
  const { length } = command.text;
  return draft.happens({ type: "chat.messageSent", seat: actor.seat, message, length }).decided();
}

export function showReaction(draft: Draft, actor: Seat, command: CommandOf<"reaction.show">): Decision {
  return draft.happens({ type: "reaction.shown", seat: actor.seat, reaction: command.reaction }).decided();
}

/** One screen at a time, by who has the floor; it ends with the turn. */
export function startShare(draft: Draft, actor: Seat): Decision {
  const turn = turnOf(draft.meeting, actor.seat);
  if (!turn) return refused("share.noFloor");
  if (draft.meeting.share) return refused("share.already");
  return draft.happens({ type: "share.started", seat: actor.seat, turn: turn.turn }).decided();
}

/** Who shares stops it; so may the chair. */
export function stopShare(draft: Draft, actor: Seat): Decision {
  const { share } = draft.meeting;
  if (!share) return refused("share.none");
  if (share.seat !== actor.seat && actor.role !== "chair") return refused("command.notAllowed");
  return draft.happens({ type: "share.ended", seat: share.seat, turn: share.turn }).decided();
}
