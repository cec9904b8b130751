/** Who the floor goes to: the rule of the meeting, as a pure choice from the queue. */
import type { TurnWhy } from "../../protocol/meeting.ts";
import type { Hand, Meeting } from "./state.ts";

export interface Choice {
  hand: Hand;
  why: TurnWhy;
}

/**
 * Who would get the floor now, or undefined when nobody can. Who is away for a moment keeps their place and is
 * passed over; who is muted has no hand up.
 */
export function chooseNext(meeting: Meeting): Choice | undefined {
  const ready = meeting.queue.filter((hand) => meeting.seats[hand.seat]?.place === "room");
  return meeting.settings.next === "fair" ? fairest(meeting, ready) : first(ready);
}

/**
 * Who is made ready before the floor is free: at most `settings.capacity` of them, in the order they will be taken.
 * With `byChair` it is the head of the queue too, for that is whom a chair most often takes.
 */
export function upNext(meeting: Meeting): Hand[] {
  if (meeting.phase !== "open" || meeting.frozen) return [];
  const chosen: Hand[] = [];
  let rest = meeting;
  while (chosen.length < meeting.settings.capacity) {
    const choice = chooseNext(rest);
    if (!choice) break;
    chosen.push(choice.hand);
    const school = meeting.seats[choice.hand.seat]?.school ?? null;
    rest = { ...rest, queue: rest.queue.filter((hand) => hand !== choice.hand), lastSchool: school };
  }
  return chosen;
}

function first(ready: readonly Hand[]): Choice | undefined {
  const hand = ready[0];
  return hand && { hand, why: "byQueue" };
}

/** Least airtime first, the earlier hand among equals; a school that did not speak last goes before one that did. */
function fairest(meeting: Meeting, ready: readonly Hand[]): Choice | undefined {
  const airtime = (hand: Hand) => meeting.seats[hand.seat]?.airtimeMs ?? 0;
  const least = (hands: readonly Hand[]) =>
    hands.reduce<Hand | undefined>((best, hand) => (!best || airtime(hand) < airtime(best) ? hand : best), undefined);
  const schoolSpokeLast = (hand: Hand) => {
    const school = meeting.seats[hand.seat]?.school ?? null;
    return school !== null && school === meeting.lastSchool;
  };
  const overall = least(ready);
  if (!overall) return undefined;
  const hand = least(ready.filter((candidate) => !schoolSpokeLast(candidate))) ?? overall;
  return { hand, why: hand === overall ? "leastAirtime" : "schoolsAlternate" };
}
