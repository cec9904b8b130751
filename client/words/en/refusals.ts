/**
 * A sentence for every refusal. The protocol's own English is the start; where a name can be said, it is said better here.
 * `{chair}` is filled with the chair's name, or "The chair".
 */
import { type RefusalCode, refusals } from "../../../protocol/refusals.ts";

type FromProtocol = { readonly [C in RefusalCode as `refusal.${C}`]: string };

const fromProtocol = Object.fromEntries(
  Object.entries(refusals).map(([code, sentence]) => [`refusal.${code}`, sentence]),
) as FromProtocol; // Object.fromEntries forgets its keys; they are the ones mapped just above.

export const refusalWords = {
  ...fromProtocol,
  "refusal.command.notAllowed": "Only {chair} can do this.",
  "refusal.meeting.locked": "This meeting is locked. {chair} can open it again.",
  "refusal.meeting.frozen": "Everything has stopped. {chair} will go on in a moment.",
  "refusal.seat.removed": "{chair} removed you from this meeting.",
  "refusal.floor.muted": "You cannot speak now. {chair} muted you. You can still write in the chat.",
  "refusal.unknown": "This was not done. Do it again, or reload the page.",
  "refusal.offline": "There is no connection to the server. What you wrote is kept; do it again.",
} as const;
