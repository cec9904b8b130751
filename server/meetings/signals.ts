/** What moves all the time: passed on to whoever is in the room, kept nowhere but the newest still of each seat. */
import { isHere, type Meeting, turnOf } from "../../domain/meeting/state.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Refused } from "../../protocol/refusals.ts";
import { leastStillGapMs, maxStillBytes, maxStillPx, type Signal, type ToldSignal } from "../../protocol/signals.ts";
import type { Line } from "../socketio/channel.ts";
import { pictureSize } from "./still.ts";

interface Listening {
  lines: Map<Id, Line>;
  stills: Map<Id, { signal: ToldSignal; at: number }>;
}

type Taken = { ok: true } | Refused;

/** A still sent a little early because of the network's jitter is still taken. */
const stillJitterMs = 500;

export class SignalRelay {
  readonly #meetings = new Map<Id, Listening>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  came(meeting: Id, seat: Id, line: Line): void {
    this.#of(meeting).lines.set(seat, line);
  }

  /** The newest stills, for who has just come into the room. */
  showStills(meeting: Id, seat: Id): void {
    const { lines, stills } = this.#of(meeting);
    for (const [owner, still] of stills) if (owner !== seat) lines.get(seat)?.signal(still.signal);
  }

  gone(meeting: Id, seat: Id, line: Line): void {
    const listening = this.#meetings.get(meeting);
    if (listening?.lines.get(seat) !== line) return;
    listening.lines.delete(seat);
    listening.stills.delete(seat);
    if (listening.lines.size === 0) this.#meetings.delete(meeting);
  }

  /** From who is in the room to everybody else in it, or refused. While frozen no picture moves. */
  take(meetingId: Id, seat: Id, signal: Signal, meeting: Meeting): Taken {
    const from = meeting.seats[seat];
    if (!from || !isHere(from)) return { refused: "seat.notInRoom" };
    if (meeting.frozen) return { refused: "meeting.frozen" };
    if (signal.type === "level" && !turnOf(meeting, seat)) return { refused: "media.noFloor" };
    const listening = this.#of(meetingId);
    const told: ToldSignal = { ...signal, seat };
    if (signal.type === "still") {
      const no = this.#keepStill(listening, seat, signal.image, told, from.role === "watcher");
      if (no) return no;
    }
    for (const [id, line] of listening.lines) {
      const listener = meeting.seats[id];
      if (id !== seat && listener && isHere(listener)) line.signal(told);
    }
    return { ok: true };
  }

  #keepStill(listening: Listening, seat: Id, image: Uint8Array | null, signal: ToldSignal, watches: boolean) {
    if (image === null) {
      listening.stills.delete(seat);
      return undefined;
    }
    if (watches) return { refused: "seat.watcher" } as const;
    const at = this.#now();
    const last = listening.stills.get(seat)?.at ?? Number.NEGATIVE_INFINITY;
    if (at - last < leastStillGapMs - stillJitterMs) return { refused: "command.tooMany" } as const;
    const size = image.byteLength <= maxStillBytes ? pictureSize(image) : undefined;
    if (!size || size.width > maxStillPx || size.height > maxStillPx) return { refused: "media.tooLarge" } as const;
    listening.stills.set(seat, { signal, at });
    return undefined;
  }

  #of(meeting: Id): Listening {
    let listening = this.#meetings.get(meeting);
    if (!listening) {
      listening = { lines: new Map(), stills: new Map() };
      this.#meetings.set(meeting, listening);
    }
    return listening;
  }
}
