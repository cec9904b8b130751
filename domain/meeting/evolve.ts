/** What the meeting then is. Total: an event that does not fit (a seat never seen) changes nothing. */
import type { EventOf } from "../../protocol/events.ts";
import type { Id } from "../../protocol/ids.ts";
import { bookedMeeting, type Happened, type Meeting, reactionsKept, type Seat } from "./state.ts";

export function evolve(meeting: Meeting, { at, event }: Happened): Meeting {
  switch (event.type) {
    case "meeting.opened":
      return { ...meeting, phase: "open", openedAt: at, settings: event.settings };
    case "meeting.settingsChanged": {
      const { type: _type, by: _by, ...changed } = event;
      return { ...meeting, settings: { ...meeting.settings, ...withoutUndefined(changed) } };
    }
    case "meeting.frozen":
      return { ...meeting, frozen: { by: event.by, at } };
    case "meeting.resumed":
      return { ...meeting, frozen: null };
    case "meeting.ended":
      return { ...meeting, phase: "ended", endedAt: at, queue: [], share: null, frozen: null };

    case "lobby.knocked":
      return withSeat(meeting, arrived(meeting, event, { place: "lobby", admitted: false, lostAt: at }));
    case "lobby.admitted":
      return withSeat(meeting, arrived(meeting, event, { place: "room", admitted: true, lostAt: null }));
    case "seat.taken":
      return withSeat(meeting, arrived(meeting, event, { place: "away", admitted: true, lostAt: at }));
    case "lobby.turnedAway":
      return changeSeat(meeting, event.seat, { place: "turnedAway", lostAt: null });

    case "lobby.connected":
    case "seat.connected":
      return changeSeat(meeting, event.seat, (seat) => ({
        place: seat.place === "away" ? "room" : seat.place,
        lostAt: null,
      }));
    case "lobby.connectionLost":
    case "seat.connectionLost":
      return changeSeat(meeting, event.seat, (seat) => ({
        place: seat.place === "room" ? "away" : seat.place,
        lostAt: at,
      }));
    case "lobby.left":
    case "seat.left":
      return changeSeat(meeting, event.seat, { place: "left", lostAt: null });
    case "seat.removed":
      return changeSeat(meeting, event.seat, { place: "removed", lostAt: null });
    case "seat.muted":
      return changeSeat(meeting, event.seat, { muted: true });
    case "seat.unmuted":
      return changeSeat(meeting, event.seat, { muted: false });
    case "seat.roleChanged":
      return changeSeat(meeting, event.seat, { role: event.role });
    case "seat.devicesSet":
      return changeSeat(meeting, event.seat, { microphone: event.microphone, camera: event.camera });
    case "seat.pupilsNamed":
      return changeSeat(meeting, event.seat, { pupils: event.pupils });

    case "floor.handRaised":
      return { ...meeting, queue: [...meeting.queue, { seat: event.seat, pupil: event.pupil, at }] };
    case "floor.handLowered":
      return { ...meeting, queue: meeting.queue.filter((hand) => hand.seat !== event.seat) };
    case "floor.queueOrdered":
      return { ...meeting, queue: ordered(meeting, event.seats) };
    case "floor.turnStarted": {
      const { turn, seat, pupil, endsAt, why } = event;
      const turns = [...meeting.turns, { turn, seat, pupil, startedAt: at, endsAt, why }];
      return { ...meeting, turns, lastSchool: meeting.seats[seat]?.school ?? null };
    }
    case "floor.turnExtended":
      return {
        ...meeting,
        turns: meeting.turns.map((turn) => (turn.turn === event.turn ? { ...turn, endsAt: event.endsAt } : turn)),
      };
    case "floor.turnEnded":
      return turnEnded(meeting, event, at);

    case "share.started":
      return { ...meeting, share: { seat: event.seat, turn: event.turn } };
    case "share.ended":
      return { ...meeting, share: null };

    case "chat.messageSent":
      return { ...meeting, chat: [...meeting.chat, { message: event.message, seat: event.seat, at }] };
    case "reaction.shown":
      return {
        ...meeting,
        reactions: [...meeting.reactions, { seat: event.seat, reaction: event.reaction, at }].slice(-reactionsKept),
      };

    case "recording.started":
    case "recording.resumed":
      return { ...meeting, recording: "running" };
    case "recording.interrupted":
      return { ...meeting, recording: "interrupted" };
    default:
      return unknown(event, meeting);
  }
}

/** A newer server's event that this code does not know changes nothing; a forgotten case does not compile. */
function unknown(_event: never, meeting: Meeting): Meeting {
  return meeting;
}

export function fold(settings: Meeting["settings"], log: readonly Happened[]): Meeting {
  return log.reduce(evolve, bookedMeeting(settings));
}

/**
 * A seat on its arrival, which has yet to connect: until it does it counts as lost. Who returns keeps muted, devices,
 * airtime and pupils; who is new begins fresh. A knock is not seen by everybody, so an admission must not depend on it
 * (the law of `show`): it carries the whole arrival.
 */
function arrived(
  meeting: Meeting,
  event: EventOf<"lobby.knocked"> | EventOf<"lobby.admitted"> | EventOf<"seat.taken">,
  where: Pick<Seat, "place" | "admitted" | "lostAt">,
): Seat {
  const { seat, identity, kind, vouched, school, role, name } = event;
  const before = meeting.seats[seat];
  const person = { seat, identity, kind, vouched, school, role, name, ...where };
  if (before?.admitted) return { ...before, ...person };
  return { ...person, muted: false, microphone: false, camera: false, pupils: [], airtimeMs: 0, turns: 0 };
}

function withSeat(meeting: Meeting, seat: Seat): Meeting {
  return { ...meeting, seats: { ...meeting.seats, [seat.seat]: seat } };
}

function changeSeat(meeting: Meeting, id: Id, change: Partial<Seat> | ((seat: Seat) => Partial<Seat>)): Meeting {
  const seat = meeting.seats[id];
  if (!seat) return meeting;
  return withSeat(meeting, { ...seat, ...(typeof change === "function" ? change(seat) : change) });
}

function ordered(meeting: Meeting, seats: readonly Id[]): Meeting["queue"] {
  const place = new Map(seats.map((seat, index) => [seat, index]));
  const placeOf = (seat: Id) => place.get(seat) ?? seats.length;
  return [...meeting.queue].sort((a, b) => placeOf(a.seat) - placeOf(b.seat));
}

function turnEnded(meeting: Meeting, event: EventOf<"floor.turnEnded">, at: number): Meeting {
  const turn = meeting.turns.find((running) => running.turn === event.turn);
  if (!turn) return meeting;
  const ended = changeSeat(meeting, turn.seat, (seat) => ({
    airtimeMs: seat.airtimeMs + Math.max(0, at - turn.startedAt),
    turns: seat.turns + 1,
  }));
  return {
    ...ended,
    turns: meeting.turns.filter((running) => running.turn !== event.turn),
    share: meeting.share?.turn === event.turn ? null : meeting.share,
  };
}

/** zod's `partial` lets a field be present and undefined; such a field changes nothing. */
function withoutUndefined<T extends object>(changed: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(changed).filter(([, value]) => value !== undefined);
  // The filter above is what makes the type true; Object.fromEntries cannot express it.
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
