/** How it stands between my seat and the floor: chooses the floor plate's state. */
import { upNext } from "../../../domain/meeting/next.ts";
import { placeInQueue, turnOf } from "../../../domain/meeting/state.ts";
import { listOf } from "../../words/formats.ts";
import type { FloorSituation, Readiness } from "../floor-plate.ts";
import { chairName, leadsNow, mySeat, namesOfTurns, type Sight, speakerName } from "./sight.ts";

/** `live`: told everything; anything else draws the plate as offline. */
export function situationOf(sight: Sight, live: boolean, ready: Readiness): FloorSituation {
  const { meeting, me } = sight;
  const seat = mySeat(sight);
  const place = placeInQueue(meeting, me);
  if (!live || seat === undefined) return { is: "offline", place };
  const chair = chairName(sight);
  const leads = leadsNow(sight);
  if (meeting.frozen) return { is: "frozen", chair, byMe: meeting.frozen.by === me };
  if (seat.role === "watcher") return { is: "watching" };

  const turn = turnOf(meeting, me);
  if (turn !== undefined) return { is: "speaking", turn };
  if (seat.muted) return { is: "muted", chair };

  const chairGives = meeting.settings.next === "byChair" && !leads ? chair : undefined;
  if (place !== undefined) return waiting(sight, place, chairGives, ready);

  const { turns, queue } = meeting;
  if (turns.length === 0) {
    const given = meeting.settings.next === "byChair" && leads && queue.length > 0 ? queue.length : undefined;
    return { is: "free", chairGives, handsToGive: given };
  }
  const speakers = listOf(namesOfTurns(sight, turns));
  if (!leads) return { is: "listening", speakers, handsUp: queue.length };
  const next = upNext(meeting)[0] ?? queue[0];
  const nextSeat = next === undefined ? undefined : meeting.seats[next.seat];
  return {
    is: "leading",
    speakers,
    several: turns.length > 1,
    next: next === undefined ? undefined : speakerName(sight, next.seat, next.pupil),
    nextReady: nextSeat?.camera === true && nextSeat.place === "room",
  };
}

/** By `fair` the place in the queue does not say who is next, so the rule is asked. */
function waiting(sight: Sight, place: number, chairGives: string | undefined, ready: Readiness): FloorSituation {
  const { meeting, me } = sight;
  const isNext = meeting.settings.next === "fair" ? upNext(meeting).some((hand) => hand.seat === me) : place === 1;
  if (isNext) return { is: "next", ready, chairGives };
  const before = meeting.settings.next === "byQueue" ? meeting.queue[place - 2] : undefined;
  return {
    is: "waiting",
    place,
    before: before === undefined ? undefined : speakerName(sight, before.seat, before.pupil),
    chairGives,
    ready,
  };
}
