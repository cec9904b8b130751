import { useCallback, useEffect, useRef, useState } from "react";
import type { Meeting } from "../../../domain/meeting/state.ts";
import type { Sight } from "../../views/room/sight.ts";
import { type Told, whatHappened } from "../../views/room/told.ts";

/** How long a sentence stays. */
const shownMs = 6_000;
/** For so long a heavier sentence is not pushed aside by a lighter one. */
const heldMs = 2_500;

/**
 * The status line's sentence: what just happened, for a while. `say` shows an answer to my own act at once; `finishing` is to be
 * called when I finish my turn or lower my hand, so that nobody tells me that it was done to me.
 */
export function useTold(sight: Sight | null, clock: () => number) {
  const [sentence, setSentence] = useState("");
  const before = useRef<Meeting | null>(null);
  const finished = useRef(false);
  const shown = useRef<{ weight: Told["weight"]; at: number }>({ weight: 0, at: 0 });
  const latest = useRef(sight);
  latest.current = sight;
  const meeting = sight?.meeting ?? null;

  const show = useCallback((words: string, weight: Told["weight"]) => {
    const now = performance.now();
    if (weight < shown.current.weight && now - shown.current.at < heldMs) return;
    shown.current = { weight, at: now };
    setSentence(words);
  }, []);

  useEffect(() => {
    const was = before.current;
    before.current = meeting;
    if (was === null || latest.current === null || meeting === null || was === meeting) return;
    const told = whatHappened(was, latest.current, clock(), finished.current);
    const { me } = latest.current;
    if (![...meeting.turns, ...meeting.queue].some(({ seat }) => seat === me)) finished.current = false;
    if (told !== null) show(told.words, told.weight);
  }, [meeting, clock, show]);

  useEffect(() => {
    if (sentence === "") return;
    const timer = setTimeout(() => setSentence(""), shownMs);
    return () => clearTimeout(timer);
  }, [sentence]);

  return {
    sentence,
    say: useCallback((words: string) => show(words, 3), [show]),
    finishing: () => {
      finished.current = true;
    },
  };
}
