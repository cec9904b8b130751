import { useCallback, useEffect, useRef, useState } from "react";
import type { ScoresSaved } from "../../../protocol/qualityLabels/desk.ts";
import type { Score } from "../../../protocol/qualityLabels/review.ts";
import { saveScores } from "../../api/quality-label-desk.ts";
import { isRefused, type Refusal } from "../../api.ts";
import { type Given, givenOf, keepScores, keptScores, scoreOf } from "../../views/label-scores.ts";

/** How long after the last letter a remark is saved; points are at once. */
const afterTypingMs = 1_000;
const tryAgainMs = 4_000;

export interface Scores {
  given: Given;
  give: (criterion: string, points: number) => void;
  remark: (criterion: string, remark: string) => void;
  /** Saves what is not saved yet; true when all of it is. */
  flush: () => Promise<boolean>;
  state: "saved" | "unsaved" | "saving" | "offline" | "stopped";
  /** Why saving stopped for good. */
  refusal: Refusal | undefined;
}

/** Somebody's own points and remarks, which save themselves. `saved` is told what the server says then. */
export function useScores(
  account: string,
  application: string,
  first: readonly Score[],
  saved: (after: ScoresSaved) => void,
): Scores {
  const [kept] = useState(() => keptScores(localStorage, account, application));
  const latest = useRef<Given>({ ...givenOf(first), ...givenOf(kept) });
  const unsaved = useRef(new Set(kept.map(({ criterion }) => criterion)));
  const running = useRef<Promise<void> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const tell = useRef(saved);
  tell.current = saved;
  const [given, show] = useState(latest.current);
  const [state, setState] = useState<Scores["state"]>(kept.length > 0 ? "unsaved" : "saved");
  const [refusal, setRefusal] = useState<Refusal>();

  const keep = useCallback(() => {
    keepScores(
      localStorage,
      account,
      application,
      [...unsaved.current].map((criterion) => scoreOf(latest.current, criterion)),
    );
  }, [account, application]);

  const flush = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current);
    while (running.current !== null) await running.current;
    const criteria = [...unsaved.current];
    if (criteria.length === 0) return true;
    const work = async () => {
      setState("saving");
      unsaved.current.clear();
      const answer = await saveScores(
        application,
        criteria.map((criterion) => scoreOf(latest.current, criterion)),
      );
      if (isRefused(answer)) {
        for (const criterion of criteria) unsaved.current.add(criterion);
        keep();
        const passes =
          answer.refused === "offline" || answer.refused === "request.tooMany" || answer.refused === "command.failed";
        setState(passes ? "offline" : "stopped");
        if (passes) timer.current = setTimeout(() => void flush(), tryAgainMs);
        else setRefusal(answer);
        return;
      }
      keep();
      setRefusal(undefined);
      setState(unsaved.current.size === 0 ? "saved" : "unsaved");
      tell.current(answer.value);
    };
    running.current = work().finally(() => {
      running.current = null;
    });
    await running.current;
    return unsaved.current.size === 0;
  }, [application, keep]);

  const change = useCallback(
    (score: Score, afterMs: number) => {
      latest.current = { ...latest.current, [score.criterion]: score };
      unsaved.current.add(score.criterion);
      show(latest.current);
      setState("unsaved");
      keep();
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), afterMs);
    },
    [flush, keep],
  );

  useEffect(() => {
    if (unsaved.current.size > 0) void flush();
    const back = () => void flush();
    addEventListener("online", back);
    return () => {
      removeEventListener("online", back);
      clearTimeout(timer.current);
      if (unsaved.current.size > 0) void flush();
    };
  }, [flush]);

  return {
    ...{ given, flush, state, refusal },
    give: (criterion, points) => change({ ...scoreOf(latest.current, criterion), points }, 0),
    remark: (criterion, remark) => change({ ...scoreOf(latest.current, criterion), remark }, afterTypingMs),
  };
}
