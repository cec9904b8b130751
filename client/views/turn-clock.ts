/** What the turn clock shows: counts down with a limit, up without one. */
import { clockLength, lengthInWords } from "../words/formats.ts";
import { t } from "../words/words.ts";
import type { TurnTimes } from "./floor-plate.ts";

export interface ShownClock {
  /** "1:12" */
  time: string;
  /** "left of 3 minutes", "speaking for" */
  words: string;
  /** 1 = full, 0 = empty; null without a limit. */
  share: number | null;
}

export function clockOf(turn: TurnTimes, now: number): ShownClock {
  if (turn.endsAt === null) {
    return {
      time: clockLength(Math.floor((now - turn.startedAt) / 1000) * 1000),
      words: t("clock.speakingFor"),
      share: null,
    };
  }
  const wholeMs = Math.max(1, turn.endsAt - turn.startedAt);
  const leftMs = Math.min(wholeMs, Math.max(0, turn.endsAt - now));
  return {
    time: clockLength(Math.ceil(leftMs / 1000) * 1000),
    words: leftMs === 0 ? t("clock.over") : t("clock.leftOf", { length: lengthInWords(wholeMs) }),
    share: leftMs / wholeMs,
  };
}
