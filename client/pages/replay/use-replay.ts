import { useCallback, useEffect, useRef, useState } from "react";
import type { Replay, ReplayAudience, ReplayFilm } from "../../../protocol/http/replays.ts";
import { type Answer, isRefused, type Refusal, replay, replayPass } from "../../api.ts";
import { keptResume } from "../../views/guest-resume.ts";
import { grown, type WholeReplay } from "../../views/replay.ts";

export type AskedReplay =
  | { state: "asking" }
  | { state: "refused"; refusal: Refusal }
  | { state: "here"; replay: WholeReplay };

/**
 * The replay as far as it is known, asked for again while it grows: while the meeting runs, while files are still being
 * finished, while the film is being put together. No answer for a while changes nothing that is shown.
 */
export function useReplay(code: string): {
  asked: AskedReplay;
  again: () => void;
  change: (change: { audience: ReplayAudience } | { film: ReplayFilm }) => void;
} {
  const [asked, setAsked] = useState<AskedReplay>({ state: "asking" });
  const latest = useRef<WholeReplay | null>(null);

  const again = useCallback(async () => {
    const answer = await askFor(code, latest.current?.log.length ?? 0);
    if (!isRefused(answer)) {
      latest.current = grown(latest.current, answer.value);
      setAsked({ state: "here", replay: latest.current });
    } else if (latest.current === null || answer.refused === "replay.notAllowed") {
      latest.current = null;
      setAsked({ state: "refused", refusal: answer });
    }
  }, [code]);

  useEffect(() => void again(), [again]);

  const everyMs = asked.state === "here" ? askAgainMs(asked.replay) : null;
  useEffect(() => {
    if (everyMs === null) return;
    const timer = setInterval(() => void again(), everyMs);
    return () => clearInterval(timer);
  }, [again, everyMs]);

  const change = useCallback((changed: { audience: ReplayAudience } | { film: ReplayFilm }) => {
    if (latest.current === null) return;
    latest.current = { ...latest.current, ...changed };
    setAsked({ state: "here", replay: latest.current });
  }, []);
  return { asked, again: () => void again(), change };
}

/** A guest who held a seat in this tab shows it once; from then on the browser's own requests carry the pass. */
async function askFor(code: string, after: number): Promise<Answer<Replay>> {
  const answer = await replay(code, after);
  if (!isRefused(answer) || answer.refused !== "replay.notAllowed") return answer;
  const resume = keptResume(code);
  if (resume === undefined) return answer;
  const pass = await replayPass(code, resume);
  return isRefused(pass) ? answer : replay(code, after);
}

/** Null when nothing will change any more by itself. */
function askAgainMs({ phase, files, film }: WholeReplay): number | null {
  if (film?.state === "queued" || film?.state === "working") return 1_500;
  if (phase === "open") return 4_000;
  if (phase === "booked") return 10_000;
  return files.some(({ state }) => state === "writing") ? 2_000 : null;
}
