import { useCallback, useEffect, useRef, useState } from "react";
import type { WritePublicReport, WrittenReport } from "../../../../protocol/reports/published.ts";
import { writePublicReport } from "../../../api/report-public.ts";
import { isRefused, type Refusal } from "../../../api.ts";

const afterTypingMs = 800;
const againAfterMs = 5_000;

type Words = Omit<WrittenReport, "version">;
export interface SavedWords {
  words: Words;
  change: (change: Partial<Words>) => void;
  state: "kept" | "keeping" | "notKept" | "untouched";
  refusal: Refusal | undefined;
  /** What somebody else has written meanwhile; nothing is saved until it is chosen between theirs and mine. */
  theirs: WrittenReport | undefined;
  take: (whose: "mine" | "theirs") => void;
  /** Everything that was typed is on the server; false where that did not work. */
  settle: () => Promise<boolean>;
}

/** The words above a public report, saved as they are typed; what could not be saved stays on this device. */
export function useSavedWords(slug: string, written: WrittenReport): SavedWords {
  const key = `report-public ${slug}`;
  const [words, show] = useState<Words>(() => ({ ...wordsOf(written), ...readKept(key) }));
  const [state, setState] = useState<SavedWords["state"]>("untouched");
  const [refusal, setRefusal] = useState<Refusal>();
  const [theirs, setTheirs] = useState<WrittenReport>();
  const latest = useRef(words);
  const saved = useRef(JSON.stringify(wordsOf(written)));
  const base = useRef(written.version);
  const blocked = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const running = useRef<Promise<void> | null>(null);

  const settle = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current);
    while (running.current !== null) await running.current;
    const mine = JSON.stringify(latest.current);
    if (mine === saved.current) return true;
    if (blocked.current) return false;
    setState("keeping");
    const work = async () => {
      const answer = await writePublicReport(slug, toSend(latest.current, base.current));
      if (!isRefused(answer)) {
        saved.current = mine;
        base.current = answer.value.version;
        if (mine === JSON.stringify(latest.current)) sessionStorage.removeItem(key);
        setRefusal(undefined);
        return setState("kept");
      }
      setState("notKept");
      if (answer.refused === "report.changedMeanwhile" && answer.current !== undefined) {
        blocked.current = true;
        return setTheirs(answer.current as WrittenReport); // As the route promises.
      }
      setRefusal(answer);
      if (answer.refused === "offline") timer.current = setTimeout(() => void settle(), againAfterMs);
    };
    running.current = work().finally(() => {
      running.current = null;
    });
    await running.current;
    return mine === saved.current;
  }, [slug, key]);

  // What this device kept from before is saved now.
  useEffect(() => {
    if (JSON.stringify(latest.current) !== saved.current) void settle();
    const going = () => void settle();
    addEventListener("pagehide", going);
    return () => {
      removeEventListener("pagehide", going);
      clearTimeout(timer.current);
    };
  }, [settle]);

  return {
    ...{ words, state, refusal, theirs, settle },
    change(change) {
      latest.current = { ...latest.current, ...change };
      show(latest.current);
      sessionStorage.setItem(key, JSON.stringify(latest.current));
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void settle(), afterTypingMs);
    },
    take(whose) {
      if (theirs === undefined) return;
      base.current = theirs.version;
      blocked.current = false;
      setTheirs(undefined);
      if (whose === "mine") return void settle();
      latest.current = wordsOf(theirs);
      saved.current = JSON.stringify(latest.current);
      sessionStorage.removeItem(key);
      show(latest.current);
      setState("kept");
    },
  };
}

const wordsOf = ({ line, intro, parts, listed }: WrittenReport): Words => ({ line, intro, parts, listed });

const toSend = ({ line, intro, parts, listed }: Words, base: number): WritePublicReport => ({
  ...{ line: line.trim(), intro: intro.trim(), parts, listed, base },
});

function readKept(key: string): Partial<Words> {
  const kept = sessionStorage.getItem(key);
  // Of our own writing; what another version wrote is taken field by field.
  const words = kept === null ? {} : (JSON.parse(kept) as Partial<Words>);
  return {
    ...(typeof words.line === "string" ? { line: words.line } : {}),
    ...(typeof words.intro === "string" ? { intro: words.intro } : {}),
  };
}
