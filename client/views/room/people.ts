/** The lists of the room: people with what may be done about them, the queue, the lobby, the chat. */
import { permissions } from "../../../domain/meeting/permissions.ts";
import {
  actingRole,
  type Meeting,
  placeInQueue,
  type Seat,
  seatsInLobby,
  seatsInRoom,
  turnOf,
} from "../../../domain/meeting/state.ts";
import type { CommandType } from "../../../protocol/commands.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { ShownMessage } from "../../parts/chat.tsx";
import type { ShownKnock } from "../../parts/lobby-list.tsx";
import type { ShownSeat } from "../../parts/people.tsx";
import type { ShownHand } from "../../parts/queue.tsx";
import { clockLength } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import { leadsNow, mySeat, nameOf, personOf, type Sight } from "./sight.ts";

/** True when I may ask for this, by my role as it is now. The server decides by itself; this only spares a button that would be refused. */
export function may(sight: Sight, command: CommandType): boolean {
  const seat = mySeat(sight);
  return seat !== undefined && permissions[command].roles.includes(actingRole(sight.meeting, seat));
}

export type SeatAct =
  | "giveTurn"
  | "endTurn"
  | "lowerHand"
  | "mute"
  | "unmute"
  | "makeCoChair"
  | "endCoChair"
  | "handOver"
  | "remove";

/** What I may do about a seat, in the order of the menu. */
export function actsFor(sight: Sight, id: Id): SeatAct[] {
  const { meeting, me } = sight;
  const seat = meeting.seats[id];
  if (seat === undefined || !leadsNow(sight)) return [];
  const speaks = turnOf(meeting, id) !== undefined;
  const handUp = placeInQueue(meeting, id) !== undefined;
  const acts: SeatAct[] = [];
  if (seat.role !== "watcher" && seat.place === "room" && !seat.muted && !speaks && !meeting.frozen)
    acts.push("giveTurn");
  if (speaks) acts.push("endTurn");
  if (handUp) acts.push("lowerHand");
  if (id === me) return acts;
  if (seat.role !== "watcher") acts.push(seat.muted ? "unmute" : "mute");
  if (seat.kind === "adult" && seat.role === "participant") acts.push("makeCoChair");
  if (seat.role === "coChair") acts.push("endCoChair");
  if (seat.kind === "adult" && seat.role !== "watcher" && seat.place === "room") acts.push("handOver");
  acts.push("remove");
  return acts;
}

/** Everybody in the room: who speaks, then the queue, then the others by name. `now` is the server's clock. */
export function seatsShown(sight: Sight, now: number): (Omit<ShownSeat, "acts"> & { may: SeatAct[] })[] {
  const { meeting } = sight;
  const order = (seat: Seat) => {
    const turn = meeting.turns.findIndex((running) => running.seat === seat.seat);
    if (turn >= 0) return turn - 1000;
    return placeInQueue(meeting, seat.seat) ?? 10_000;
  };
  const detailed = may(sight, "lobby.admit");
  return seatsInRoom(meeting)
    .map((seat) => ({ seat, at: order(seat), name: nameOf(sight, seat.seat) }))
    .sort((a, b) => a.at - b.at || a.name.localeCompare(b.name))
    .map(({ seat }) => {
      const turn = turnOf(meeting, seat.seat);
      return {
        person: personOf(sight, seat.seat, turn?.pupil ?? null),
        state: stateWords(sight, seat, now, detailed),
        speaking: turn !== undefined,
        place: placeInQueue(meeting, seat.seat),
        chair: seat.role === "chair",
        coChair: seat.role === "coChair",
        away: seat.place === "away",
        muted: seat.muted,
        reaction: freshReaction(meeting, seat.seat, now),
        may: actsFor(sight, seat.seat),
      };
    });
}

/** One word for pupils; who leads also reads how long. */
function stateWords({ meeting }: Sight, seat: Seat, now: number, detailed: boolean): string {
  if (seat.place === "away") return t("people.away");
  const turn = turnOf(meeting, seat.seat);
  if (turn !== undefined) {
    return detailed ? t("people.speakingFor", { time: clockLength(now - turn.startedAt) }) : t("people.speaking");
  }
  const hand = meeting.queue.find((raised) => raised.seat === seat.seat);
  if (hand !== undefined) {
    const place = placeInQueue(meeting, seat.seat) ?? 0;
    return detailed
      ? t("people.waiting", { place: t("queue.place", { place }), time: clockLength(now - hand.at) })
      : t("people.handUp");
  }
  if (seat.muted) return t("people.muted");
  if (seat.role === "chair" || seat.role === "coChair") return t(`role.${seat.role}`);
  if (seat.role === "watcher") return t("people.watching");
  return detailed && seat.turns === 0 ? t("people.notSpoken") : t("people.listening");
}

/** How long a reaction stays beside a face. */
export const reactionShownMs = 6_000;

function freshReaction(meeting: Meeting, seat: Id, now: number) {
  const shown = meeting.reactions.findLast((one) => one.seat === seat);
  return shown !== undefined && now - shown.at < reactionShownMs ? shown.reaction : undefined;
}

/** "8 here, 2 schools" */
export function peopleSummary({ meeting }: Sight): string {
  const seats = seatsInRoom(meeting);
  const schools = new Set(seats.flatMap((seat) => (seat.school === null ? [] : [seat.school]))).size;
  const people = t("room.here", { count: seats.length });
  return schools === 0 ? people : t("people.count", { people, schools: t("room.schools", { count: schools }) });
}

/** "8 here" */
export const hereWords = ({ meeting }: Sight): string => t("room.here", { count: seatsInRoom(meeting).length });

/** "2 adults here" */
export const adultsWords = ({ meeting }: Sight): string =>
  t("room.staff", { count: seatsInRoom(meeting).filter((seat) => seat.kind === "adult").length });

export function handsShown(sight: Sight): ShownHand[] {
  return sight.meeting.queue.map((hand, i) => ({
    place: i + 1,
    person: personOf(sight, hand.seat, hand.pupil),
    comingBack: sight.meeting.seats[hand.seat]?.place === "away",
  }));
}

/** Who waits and is there; who lost the connection while waiting comes back into the list by themselves. */
export function knocksShown(sight: Sight): (ShownKnock & { seat: Seat })[] {
  return seatsInLobby(sight.meeting)
    .filter((seat) => seat.lostAt === null)
    .map((seat) => {
      const person = personOf(sight, seat.seat, null, true);
      const kind = seat.vouched ? t(`kind.${seat.kind}`) : t("kind.unknown");
      const { school } = person;
      return { seat, person, from: school === undefined ? kind : t("kind.of", { kind, school }) };
    });
}

export function messagesShown(sight: Sight): ShownMessage[] {
  return sight.meeting.chat.map(({ message, seat, at }) => ({
    id: message,
    person: personOf(sight, seat),
    at,
    text: sight.contents[message],
  }));
}
