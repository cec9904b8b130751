import type { TurnTimes } from "../views/floor-plate.ts";
import { clockOf } from "../views/turn-clock.ts";
import { t } from "../words/words.ts";
import { useNow } from "./use-now.ts";
import "./turn-clock.css";

/** Ring, time and words. A timer is not read aloud by itself; the plate says 60 and 20 seconds. */
export function TurnClock({
  turn,
  clock,
  look = "plate",
}: {
  turn: TurnTimes;
  /** The server's clock. */
  clock: () => number;
  look?: "plate" | "inline";
}) {
  const shown = clockOf(turn, useNow(clock, 500));
  return (
    <div className={`turn-clock turn-clock--${look}`} role="timer" aria-label={t("clock.name")}>
      <svg viewBox="0 0 44 44" aria-hidden="true" focusable="false">
        <circle className="turn-clock__rim" cx="22" cy="22" r="17" />
        <circle
          className="turn-clock__left"
          cx="22"
          cy="22"
          r="17"
          pathLength="100"
          strokeDasharray={`${((shown.share ?? 1) * 100).toFixed(1)} 100`}
          transform="rotate(-90 22 22)"
        />
        <circle className="turn-clock__line" cx="22" cy="22" r="21" />
        <circle className="turn-clock__line" cx="22" cy="22" r="13" />
      </svg>
      <p>
        <strong>{shown.time}</strong> <span>{shown.words}</span>
      </p>
    </div>
  );
}
