/** What moves all the time: passed on to whoever is in the room, kept nowhere but the newest still of each seat. */
import { isHere, type Meeting, turnOf } from "../../domain/meeting/state.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Refused } from "../../protocol/refusals.ts";
import { leastStillGapMs, maxStillBytes, maxStillPx, type Signal, type ToldSignal } from "../../protocol/signals.ts";
import type { Lines } from "./lines.ts";
import { pictureSize } from "./still.ts";

/** A still sent a little early because of the network's jitter is still taken. */
const stillJitterMs = 500;

interface KeptStill {
  signal: ToldSignal;
  at: number;
}

export class SignalRelay {
  readonly #lines: Lines;
  readonly #now: () => number;
  readonly #stills = new Map<Id, Map<Id, KeptStill>>();

  constructor(lines: Lines, now: () => number) {
    this.#lines = lines;
    this.#now = now;
  }

  /** The newest stills, for who has just come into the room. */
  showStills(meeting: Id, seat: Id): void {
    const line = this.#lines.of(meeting, seat);
    for (const [owner, still] of this.#stills.get(meeting) ?? []) if (owner !== seat) line?.signal(still.signal);
  }

  /** A seat's still goes with its owner, a meeting's with the meeting. */
  forget(meeting: Id, seat?: Id): void {
    if (seat === undefined) this.#stills.delete(meeting);
    else this.#stills.get(meeting)?.delete(seat);
  }

  /** From who is in the room to everybody else in it, or refused. While frozen no picture moves. */
  take(meetingId: Id, seat: Id, signal: Signal, meeting: Meeting): { ok: true } | Refused {
    const from = meeting.seats[seat];
    if (!from || !isHere(from)) return { refused: "seat.notInRoom" };
    if (meeting.phase === "ended") return { refused: "meeting.ended" };
    if (meeting.frozen) return { refused: "meeting.frozen" };
    if (signal.type === "level" && !turnOf(meeting, seat)) return { refused: "media.noFloor" };
    const told: ToldSignal = { ...signal, seat };
    if (signal.type === "still") {
      const no = from.role === "watcher" ? "seat.watcher" : this.#keepStill(meetingId, seat, signal.image, told);
      if (no) return { refused: no };
    }
    for (const [id, line] of this.#lines.all(meetingId)) {
      const listener = meeting.seats[id];
      if (id !== seat && listener && isHere(listener)) line.signal(told);
    }
    return { ok: true };
  }

  /** Keeps it, or says why not: by content a JPEG or WebP, small enough, not too soon after the last. */
  #keepStill(meeting: Id, seat: Id, image: Uint8Array | null, signal: ToldSignal) {
    const stills = this.#stills.get(meeting) ?? new Map<Id, KeptStill>();
    this.#stills.set(meeting, stills);
    if (image === null) {
      stills.delete(seat);
      return undefined;
    }
    const at = this.#now();
    const last = stills.get(seat)?.at ?? Number.NEGATIVE_INFINITY;
    if (at - last < leastStillGapMs - stillJitterMs) return "command.tooMany";
    const size = image.byteLength <= maxStillBytes ? pictureSize(image) : undefined;
    if (!size || size.width > maxStillPx || size.height > maxStillPx) return "media.tooLarge";
    stills.set(seat, { signal, at });
    return undefined;
  }
}
