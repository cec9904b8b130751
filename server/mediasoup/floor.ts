/** What the floor means for media: who may make a producer, whose run, who is made ready. */
import { upNext } from "../../domain/meeting/next.ts";
import { handOf, isHere, type Meeting, turnOf } from "../../domain/meeting/state.ts";
import type { Id } from "../../protocol/ids.ts";
import type { MediumKind } from "../../protocol/meeting.ts";
import type { RefusalCode } from "../../protocol/refusals.ts";

/** Why this seat may have nothing to do with media, or undefined. Waiting in the lobby, one may do nothing else. */
export function mayNotTakePart(meeting: Meeting, seat: Id): RefusalCode | undefined {
  if (meeting.phase === "ended") return "meeting.ended";
  if (meeting.phase === "booked") return "meeting.notOpen";
  const place = meeting.seats[seat];
  if (!place) return "seat.unknown";
  if (place.place === "removed") return "seat.removed";
  return isHere(place) ? undefined : "seat.notInRoom";
}

/** Why this seat may not make a producer of this medium, or undefined. A producer is not yet the right to be heard. */
export function mayNotProduce(meeting: Meeting, seat: Id, medium: MediumKind): RefusalCode | undefined {
  const person = meeting.seats[seat];
  if (person?.role === "watcher") return "seat.watcher";
  if (meeting.frozen) return "meeting.frozen";
  if (turnOf(meeting, seat)) return undefined;
  if (medium === "screen") return "share.noFloor";
  if (person?.muted) return "floor.muted";
  return handOf(meeting, seat) ? undefined : "media.noFloor";
}

/** Whether this medium is forwarded to anybody: the one rule that `settle` keeps. */
export function isForwarded(meeting: Meeting, seat: Id, medium: MediumKind): boolean {
  if (meeting.phase !== "open" || meeting.frozen) return false;
  if (mayNotTakePart(meeting, seat) || !turnOf(meeting, seat)) return false;
  return medium !== "screen" || meeting.share?.seat === seat;
}

/**
 * Who is made ready: who speaks, and who comes next. One more than can be next at once, so that a passed-over or very
 * short turn finds the one after it ready too. Only who has something to send.
 */
export function toBeReady(meeting: Meeting): Id[] {
  if (meeting.phase !== "open" || meeting.frozen) return [];
  const { settings } = meeting;
  const oneMore = { ...meeting, settings: { ...settings, capacity: settings.capacity + 1 } };
  const seats = [...meeting.turns, ...upNext(oneMore)].map(({ seat }) => seat);
  return [...new Set(seats)].filter((seat) => {
    const person = meeting.seats[seat];
    return person && (person.microphone || person.camera);
  });
}

/** Whether the seat may keep what it produced: it speaks or waits for its turn. */
export const isInLine = (meeting: Meeting, seat: Id): boolean =>
  Boolean(turnOf(meeting, seat) ?? handOf(meeting, seat));
