/** Every hour some process looks after the saved searches that nobody has looked after for a day. */
import { type Boss, queueSearches, searchQueue } from "../../storage/jobs.ts";
import type { Pool } from "../../storage/pool.ts";
import { writeToSearchers } from "./savedSearches.ts";

const hourMs = 3_600_000;

export interface SearchLetters {
  stop(): Promise<void>;
}

/** `origin`: the address of this server, for the links in the letters. */
export async function startSearchLetters(parts: {
  readonly pool: Pool;
  readonly boss: Boss;
  readonly origin: string;
  readonly fault: (cause: unknown) => void;
}): Promise<SearchLetters> {
  const { pool, boss, origin, fault } = parts;
  let looking: Promise<unknown> = Promise.resolve();
  await boss.work(searchQueue, { pollingIntervalSeconds: 60 }, async () => {
    const work = writeToSearchers(pool, origin);
    looking = work.catch(() => {});
    await work;
  });
  const ask = () => queueSearches(boss).catch(fault);
  await ask();
  const timer = setInterval(ask, hourMs);
  return {
    async stop() {
      clearInterval(timer);
      await boss.offWork(searchQueue, { wait: false });
      await looking;
    },
  };
}
