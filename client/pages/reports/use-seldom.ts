import { useCallback, useEffect, useRef } from "react";

/**
 * `act`, but at most once in that time: what is told several times meanwhile is done once at its end. Somebody who types tells
 * of every save, and each telling would ask for the whole card again.
 */
export function useSeldom(act: () => void, everyMs: number): () => void {
  const newest = useRef(act);
  useEffect(() => {
    newest.current = act;
  });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      newest.current();
    }, everyMs);
  }, [everyMs]);
}
