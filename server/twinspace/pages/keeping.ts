/** What is done again and again for pages: texts that nobody writes any more are settled, lines of who may not are ended. */
import type { Logger } from "pino";
import type { Pool } from "../../../storage/pool.ts";
import type { SpaceLines } from "../lines.ts";
import { settleTexts } from "./texts.ts";

const settleEveryMs = 5_000;
const recheckEveryMs = 30_000;

export interface Keeping {
  readonly pool: Pool;
  readonly now: () => number;
  readonly lines: SpaceLines;
  readonly log: Logger;
}

/** Each goes on when the one before has come to its end, however long that took. */
export function keepPages({ pool, now, lines, log }: Keeping): { stop(): Promise<void> } {
  const settling = repeat(
    settleEveryMs,
    () => settleTexts(pool, now()),
    (err) => log.error({ err }, "Texts of pages could not be settled"),
  );
  const looking = repeat(
    recheckEveryMs,
    () => lines.recheck(),
    (err) => log.error({ err }, "Lines of TwinSpaces could not be looked through"),
  );
  return {
    async stop() {
      await Promise.all([settling.stop(), looking.stop()]);
    },
  };
}

function repeat(everyMs: number, act: () => Promise<unknown>, fault: (err: unknown) => void) {
  let underWay: Promise<unknown> = Promise.resolve();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const next = () => {
    if (stopped) return;
    timer = setTimeout(() => {
      underWay = act().catch(fault).finally(next);
    }, everyMs);
  };
  next();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await underWay;
    },
  };
}
