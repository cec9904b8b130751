/**
 * A button whose meaning can change under a finger must not do what nobody meant. A press is dropped when the button changed
 * between finger down and finger up, or less than `guardMs` before the finger came down.
 */
export const guardMs = 300;

export interface SteadyPress {
  /** The button now means something else. `at` in milliseconds of a clock that only goes forward. */
  changed(at: number): void;
  down(at: number): void;
  /** True when this press is to be obeyed. */
  up(at: number): boolean;
}

/** Follows one button from now on; its first meaning is no change. */
export function steadyPress(): SteadyPress {
  let changedAt = Number.NEGATIVE_INFINITY;
  let downAt: number | null = null;
  return {
    changed(at) {
      changedAt = at;
    },
    down(at) {
      downAt = at;
    },
    up(at) {
      // A press by keyboard or by a screen reader has no finger down: it begins and ends at once.
      const began = downAt ?? at;
      downAt = null;
      return began - changedAt >= guardMs;
    },
  };
}
