import { useCallback, useEffect, useRef, useState } from "react";
import { type Answer, isRefused, type Refusal } from "../../api.ts";

/** Somebody types: what stands for a moment is asked for. */
const pauseMs = 220;

export interface Pages<Row> {
  /** Undefined until the first answer is there. */
  rows: readonly Row[] | undefined;
  hasMore: boolean;
  /** The next page is being asked for. */
  busy: boolean;
  refusal: Refusal | undefined;
  more: () => void;
  again: () => void;
  change: (changed: (rows: readonly Row[]) => readonly Row[]) => void;
}

/**
 * A list that comes in pages, found by words. Other words begin it anew, and what was shown stays until the answer is here. An
 * answer to older words is thrown away.
 */
export function usePages<Row>(
  words: string,
  ask: (words: string, after: string | null) => Promise<Answer<{ rows: readonly Row[]; next: string | null }>>,
): Pages<Row> {
  const [rows, setRows] = useState<readonly Row[]>();
  const [next, setNext] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const latest = useRef(0);
  const asking = useRef(ask);
  asking.current = ask;

  const load = useCallback(async (sought: string, after: string | null) => {
    latest.current += 1;
    const mine = latest.current;
    setBusy(true);
    const answer = await asking.current(sought, after);
    if (mine !== latest.current) return;
    setBusy(false);
    if (isRefused(answer)) return setRefusal(answer);
    setRefusal(undefined);
    setNext(answer.value.next);
    setRows((before) => (after === null ? answer.value.rows : [...(before ?? []), ...answer.value.rows]));
  }, []);

  const isFirst = useRef(true);
  useEffect(() => {
    const timer = setTimeout(() => void load(words, null), isFirst.current ? 0 : pauseMs);
    isFirst.current = false;
    return () => clearTimeout(timer);
  }, [words, load]);
  useEffect(
    () => () => {
      latest.current += 1;
    },
    [],
  );

  const again = useCallback(() => void load(words, null), [load, words]);
  const change = useCallback((changed: (rows: readonly Row[]) => readonly Row[]) => {
    setRows((before) => (before === undefined ? before : changed(before)));
  }, []);
  return {
    rows,
    hasMore: next !== null,
    busy,
    refusal,
    more: () => {
      if (next !== null && !busy) void load(words, next);
    },
    again,
    change,
  };
}
