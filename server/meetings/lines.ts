/** The lines to browsers that hold a seat now, by meeting and seat; the newest line of a seat counts. */
import type { Id } from "../../protocol/ids.ts";
import type { Line } from "../socketio/channel.ts";

export class Lines {
  readonly #meetings = new Map<Id, Map<Id, Line>>();

  came(meeting: Id, seat: Id, line: Line): void {
    const lines = this.#meetings.get(meeting) ?? new Map<Id, Line>();
    this.#meetings.set(meeting, lines.set(seat, line));
  }

  /** False when a newer line has taken the seat already. */
  gone(meeting: Id, seat: Id, line: Line): boolean {
    const lines = this.#meetings.get(meeting);
    if (lines?.get(seat) !== line) return false;
    lines.delete(seat);
    if (lines.size === 0) this.#meetings.delete(meeting);
    return true;
  }

  of(meeting: Id, seat: Id): Line | undefined {
    return this.#meetings.get(meeting)?.get(seat);
  }

  all(meeting: Id): ReadonlyMap<Id, Line> {
    return this.#meetings.get(meeting) ?? new Map();
  }
}
