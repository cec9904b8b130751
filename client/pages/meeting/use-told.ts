import { useEffect, useRef, useState } from "react";
import type { Meeting } from "../../../domain/meeting/state.ts";
import type { Sight } from "../../views/room/sight.ts";
import { whatHappened } from "../../views/room/told.ts";

/** How long a sentence stays. */
const shownMs = 6_000;

/**
 * The status line's sentence: what just happened, for a while. `say` shows a sentence of the page's own; `finishing` is to be
 * called when I finish my turn myself, so that nobody tells me that it was ended.
 */
export function useTold(sight: Sight | null, clock: () => number) {
  const [sentence, setSentence] = useState("");
  const before = useRef<Meeting | null>(null);
  const finished = useRef(false);
  const latest = useRef(sight);
  latest.current = sight;
  const meeting = sight?.meeting ?? null;

  useEffect(() => {
    const was = before.current;
    before.current = meeting;
    if (was === null || latest.current === null || meeting === null || was === meeting) return;
    const told = whatHappened(was, latest.current, clock(), finished.current);
    const { me } = latest.current;
    if (!meeting.turns.some((turn) => turn.seat === me)) finished.current = false;
    if (told !== null) setSentence(told);
  }, [meeting, clock]);

  useEffect(() => {
    if (sentence === "") return;
    const timer = setTimeout(() => setSentence(""), shownMs);
    return () => clearTimeout(timer);
  }, [sentence]);

  return {
    sentence,
    say: setSentence,
    finishing: () => {
      finished.current = true;
    },
  };
}
