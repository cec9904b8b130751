/** Who of a meeting is to send and who is not any more: remembers whom it has told, and who spoke last. */
import { type Meeting, turnOf } from "../../domain/meeting/state.ts";
import type { Id } from "../../protocol/ids.ts";
import type { MediumKind } from "../../protocol/meeting.ts";
import { isInLine, toBeReady } from "./floor.ts";

/** How many who spoke last keep their paused producers: who answers one another need not be made ready again. */
const keptSpeakers = 3;

export class ReadyLine {
  /** Who was called and not dismissed since. */
  readonly #called = new Set<Id>();
  /** Who had the floor, the latest last. */
  #spoke: Id[] = [];

  /** Whom to tell that they get ready and whom that they stand down; each once. `reachable`: whose media have begun. */
  settle(meeting: Meeting, reachable: (seat: Id) => boolean): { call: Id[]; standDown: Id[] } {
    const speaking = new Set(meeting.turns.map(({ seat }) => seat));
    this.#spoke = [...this.#spoke.filter((seat) => !speaking.has(seat)), ...speaking];
    const call = toBeReady(meeting).filter((seat) => reachable(seat) && !this.#called.has(seat));
    const standDown = [...this.#called].filter((seat) => !isInLine(meeting, seat));
    for (const seat of call) this.#called.add(seat);
    for (const seat of standDown) this.#called.delete(seat);
    return { call, standDown: standDown.filter(reachable) };
  }

  /** Whether a seat keeps what it produced. A screen is kept no longer than the turn. */
  keeps(meeting: Meeting, seat: Id, medium: MediumKind): boolean {
    if (medium === "screen") return turnOf(meeting, seat) !== undefined;
    if (isInLine(meeting, seat)) return true;
    const former = this.#spoke.filter((one) => !turnOf(meeting, one));
    return former.slice(-keptSpeakers).includes(seat);
  }

  /** It begins anew, or may have missed what it was told: the next `settle` tells it again. */
  forget(seat: Id): void {
    this.#called.delete(seat);
  }

  forgetAll(): void {
    this.#called.clear();
  }
}
