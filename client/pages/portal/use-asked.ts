import { useCallback, useEffect, useRef, useState } from "react";
import { type Answer, isRefused, type Refusal } from "../../api.ts";

export type Asked<T> = { state: "asking" } | { state: "refused"; refusal: Refusal } | { state: "here"; value: T };

/**
 * What a page needs from the server before it can be drawn, asked once. `change` puts in what is known to be new; `again` asks
 * anew and keeps what is shown until the answer is there.
 */
export function useAsked<T>(ask: () => Promise<Answer<T>>): {
  asked: Asked<T>;
  again: () => void;
  change: (changed: (value: T) => T) => void;
} {
  const [asked, setAsked] = useState<Asked<T>>({ state: "asking" });
  const latest = useRef(0);
  const asking = useRef(ask);
  asking.current = ask;

  const again = useCallback(() => {
    latest.current += 1;
    const mine = latest.current;
    asking.current().then((answer) => {
      if (mine !== latest.current) return;
      setAsked(isRefused(answer) ? { state: "refused", refusal: answer } : { state: "here", value: answer.value });
    });
  }, []);

  useEffect(() => {
    again();
    return () => {
      latest.current += 1;
    };
  }, [again]);

  const change = useCallback((changed: (value: T) => T) => {
    setAsked((before) => (before.state === "here" ? { state: "here", value: changed(before.value) } : before));
  }, []);
  return { asked, again, change };
}
