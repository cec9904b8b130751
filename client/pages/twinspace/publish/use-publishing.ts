import { useCallback, useEffect, useRef, useState } from "react";
import type { PublishablePage, Publishing } from "../../../../protocol/twinspace/publishing.ts";
import { type Answer, isRefused, type Refusal } from "../../../api.ts";

/** What is published, and the other pages as far as they were asked for. Asked again when the window is come back to. */
export function usePublishing(ask: (after: string | null) => Promise<Answer<Publishing>>): {
  whole: Publishing | undefined;
  others: readonly PublishablePage[];
  refusal: Refusal | undefined;
  again: () => void;
  /** Undefined where there is no more. */
  more: (() => void) | undefined;
} {
  const [whole, setWhole] = useState<Publishing>();
  const [others, setOthers] = useState<readonly PublishablePage[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Refusal>();
  const latest = useRef(0);
  const asking = useRef(ask);
  asking.current = ask;

  const load = useCallback(async (after: string | null) => {
    latest.current += 1;
    const mine = latest.current;
    const answer = await asking.current(after);
    if (mine !== latest.current) return;
    if (isRefused(answer)) return setRefusal(answer);
    setRefusal(undefined);
    setNext(answer.value.next);
    if (after === null) setWhole(answer.value);
    setOthers((before) => (after === null ? answer.value.others : [...before, ...answer.value.others]));
  }, []);
  const again = useCallback(() => void load(null), [load]);

  useEffect(() => {
    again();
    addEventListener("focus", again);
    return () => {
      latest.current += 1;
      removeEventListener("focus", again);
    };
  }, [again]);
  return { whole, others, refusal, again, more: next === null ? undefined : () => void load(next) };
}
