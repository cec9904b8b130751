/** What is said beside the floor: chat, reactions, a shared screen. */
import type { CommandOf } from "../../../protocol/commands.ts";
import { type Decision, type Draft, refused } from "../draft.ts";
import { type Seat, turnOf } from "../state.ts";

/** Somebody may write this many messages in `chatWindowMs`; the count is the log's, so a reconnect does not reset it. */
const chatBurst = 5;
const chatWindowMs = 8_000;

/** A message sent again under the same id is taken as said; seat and id together are unlike any other content id. */
export function sendMessage(draft: Draft, actor: Seat, command: CommandOf<"chat.sendMessage">): Decision {
  const id = `m-${actor.seat}-${command.id}`;
  const { chat } = draft.meeting;
  if (chat.some((said) => said.message === id)) return draft.decided();
  const since = draft.given.now - chatWindowMs;
  const recent = chat.slice(-200).filter((said) => said.seat === actor.seat && said.at > since);
  if (recent.length >= chatBurst) return refused("chat.tooFast");
  const message = draft.keeps("message", command.text, id);
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
