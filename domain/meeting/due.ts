/** What the clock will say next. The server keeps one timer, for the earliest; after a restart it asks again. */
import type { SystemCommand } from "../../protocol/commands.ts";
import { goneAfterMs } from "./rules/arrivals.ts";
import { type Meeting, type Seat, turnOf } from "./state.ts";

export interface Due {
  at: number;
  command: SystemCommand;
}

/** The earliest thing that time alone will bring about, or undefined. */
export function nextDue(meeting: Meeting): Due | undefined {
  if (meeting.phase !== "open") return undefined;
  const turns = meeting.turns.flatMap((turn): Due[] =>
    turn.endsAt === null ? [] : [{ at: turn.endsAt, command: { type: "floor.passTime", turn: turn.turn } }],
  );
  const seats = Object.values(meeting.seats).flatMap((seat): Due[] =>
    seat.lostAt === null
      ? []
      : [{ at: seat.lostAt + patienceMs(meeting, seat), command: { type: "seat.passGrace", seat: seat.seat } }],
  );
  return [...turns, ...seats].reduce<Due | undefined>(
    (first, due) => (!first || due.at < first.at ? due : first),
    undefined,
  );
}

function patienceMs(meeting: Meeting, seat: Seat): number {
  const { graceMs } = meeting.settings;
  return seat.place === "lobby" || turnOf(meeting, seat.seat) ? graceMs : graceMs + goneAfterMs;
}
