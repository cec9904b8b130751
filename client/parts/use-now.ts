import { useEffect, useState } from "react";

/**
 * The time, drawn anew every `everyMs` while `running`. `clock` is the server's clock as the page knows it; a part that ticks
 * does so by itself, so the page around it is not drawn again.
 */
export function useNow(clock: () => number, everyMs: number, running = true): number {
  const [now, setNow] = useState(clock);
  useEffect(() => {
    setNow(clock());
    if (!running) return;
    const timer = setInterval(() => setNow(clock()), everyMs);
    return () => clearInterval(timer);
  }, [clock, everyMs, running]);
  return now;
}
