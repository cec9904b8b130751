/**
 * A button whose meaning can change under a finger must not do what nobody meant. A press is dropped when the button changed
 * between finger down and finger up, and when it comes less than `guardMs` after a change by a finger or a key that was already
 * on its way. A mouse that has moved since the change, and presses once, has seen what it presses.
 */
export const guardMs = 300;

export interface SteadyPress {
  /** The button now means something else. Times are milliseconds of a clock that only goes forward. */
  changed(at: number): void;
  /** A mouse moved over it. */
  moved(at: number): void;
  down(at: number, by: "mouse" | "finger"): void;
  /** True when this press is to be obeyed. `clicks`: 2 for the second of a double click; 0 for a key. */
  up(at: number, clicks: number): boolean;
}

/** Follows one button from now on; its first meaning is no change. */
export function steadyPress(): SteadyPress {
  let changedAt = Number.NEGATIVE_INFINITY;
  let movedAt = Number.NEGATIVE_INFINITY;
  let held: { at: number; by: "mouse" | "finger" } | null = null;
  return {
    changed(at) {
      changedAt = at;
    },
    moved(at) {
      movedAt = at;
    },
    down(at, by) {
      held = { at, by };
    },
    up(at, clicks) {
      // A press by keyboard or by a screen reader has no finger down: it begins and ends at once.
      const began = held ?? { at, by: "finger" };
      held = null;
      const sinceMs = began.at - changedAt;
      if (sinceMs >= guardMs) return true;
      return sinceMs >= 0 && began.by === "mouse" && movedAt > changedAt && clicks === 1;
    },
  };
}
