/** Chat messages are kept for 90 days; what a concern points at for as long as that needs it. */
import type { Logger } from "pino";
import type { Pool } from "../../../storage/pool.ts";
import { atParam } from "./said.ts";

const dayMs = 86_400_000;
export const chatKeptMs = 90 * dayMs;
/** At once, so that no long lock is held. */
const mostAtOnce = 5000;

/** Erases the messages that are older. How many. */
export async function sweepChat(pool: Pool, now: number): Promise<number> {
  let erased = 0;
  for (;;) {
    const { rowCount } = await pool.query(
      `delete from chat_messages where id in (
         select m.id from chat_messages m where m.at < ${atParam(1)}
           and not exists (select from held_things h where h.kind = 'message' and h.id = m.id)
         limit ${mostAtOnce})`,
      [now - chatKeptMs],
    );
    erased += rowCount ?? 0;
    if ((rowCount ?? 0) < mostAtOnce) return erased;
  }
}

const sweepEveryMs = 3_600_000;

/** Sweeps every hour until it is stopped, so that a server that is begun anew each morning sweeps too. */
export function keepSweepingChat(pool: Pool, log: Logger): { stop(): void } {
  const timer = setInterval(() => {
    sweepChat(pool, Date.now()).catch((err) => log.error({ err }, "Old chat messages could not be erased"));
  }, sweepEveryMs);
  return { stop: () => clearInterval(timer) };
}
