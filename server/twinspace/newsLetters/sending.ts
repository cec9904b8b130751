/** Every few minutes some process writes the letters about what is new that are due by then. */
import { type Boss, newsQueue, queueNews } from "../../../storage/jobs.ts";
import type { Pool } from "../../../storage/pool.ts";
import { eraseRemovedMail } from "../correspondence/reading.ts";
import { writeNewsLetters } from "./writing.ts";

const everyMs = 120_000;

export interface NewsLetters {
  stop(): Promise<void>;
}

/** `origin`: the address of this server, for the links in the letters. `now`: milliseconds since 1970. */
export async function startNewsLetters(parts: {
  readonly pool: Pool;
  readonly boss: Boss;
  readonly origin: string;
  readonly now: () => number;
  readonly fault: (cause: unknown) => void;
}): Promise<NewsLetters> {
  const { pool, boss, origin, now, fault } = parts;
  let looking: Promise<unknown> = Promise.resolve();
  const look = async () => {
    await writeNewsLetters(pool, origin, now());
    await eraseRemovedMail(pool, now());
  };
  await boss.work(newsQueue, { pollingIntervalSeconds: 30 }, async () => {
    const work = look();
    looking = work.catch(() => {});
    await work;
  });
  const ask = () => queueNews(boss).catch(fault);
  await ask();
  const timer = setInterval(ask, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await boss.offWork(newsQueue, { wait: false });
      await looking;
    },
  };
}
