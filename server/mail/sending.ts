/** Sends letters in this process: those that are due are queued, and taken from the queue a few at a time. */
import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import type { MailSettings } from "../../config/settings.ts";
import type { Id } from "../../protocol/ids.ts";
import { type Boss, type MailJob, mailQueue, queueMails } from "../../storage/jobs.ts";
import { inTransaction, type Pool } from "../../storage/pool.ts";
import { beginSending, forgetOld, giveUpOld, noteSent, noteTrouble, putBack, takeDue } from "./outbox.ts";
import { openPost, type Patience, type Post } from "./post.ts";

export interface SendingParts {
  readonly pool: Pool;
  readonly boss: Boss;
  readonly log: Logger;
  /** Without it nothing is sent, and the letters wait in the mailbox. */
  readonly mail: MailSettings | undefined;
  readonly patience?: Patience;
}

export interface Sending {
  /** Gives up the connections; what was not taken is sent by the next process. */
  stop(): Promise<void>;
}

/** A letter's row is seen so soon after the commit that wrote it. */
const lookEveryMs = 1_000;
const sweepEveryMs = 10 * 60_000;
/** So many are queued at a time, and so many connections are open at once. */
const mostQueued = 50;
const mostAtOnce = 5;
/** What does not let go by then is left; its row brings it back. */
const endWithinMs = 2_500;

export async function startSending({ pool, boss, log, mail, patience }: SendingParts): Promise<Sending> {
  const ending = new AbortController();
  const running = new Set<Promise<void>>();
  const timers: NodeJS.Timeout[] = [];

  const follow = (work: Promise<void>): Promise<void> => {
    const followed = work.finally(() => running.delete(followed));
    running.add(followed);
    return followed;
  };
  /** Now and every so often, never twice at the same time. */
  const repeat = (everyMs: number, failed: string, work: () => Promise<void>): Promise<void> => {
    let busy: Promise<void> | undefined;
    const again = () => {
      busy ??= follow(work())
        .catch((err) => log.error({ err }, failed))
        .finally(() => {
          busy = undefined;
        });
      return busy;
    };
    timers.push(setInterval(again, everyMs));
    return again();
  };

  await repeat(sweepEveryMs, "Old letters could not be forgotten", () => forgetOld(pool));
  if (mail) {
    const post = openPost(mail, patience);
    await giveUpOld(pool);
    await boss.work<MailJob>(
      mailQueue,
      { batchSize: mostAtOnce, burstWhenBatchFull: true, notifyPollingIntervalSeconds: 2, pollingIntervalSeconds: 1 },
      async (jobs) => {
        const parts = { pool, log, post, signal: ending.signal };
        // One that fails by our own fault leaves the others alone; its row brings it back.
        const each = jobs.map(({ data }) =>
          follow(send(parts, data.mail)).catch((err) =>
            log.error({ err, mail: data.mail }, "A letter was not handled"),
          ),
        );
        await Promise.all(each);
      },
    );
    await repeat(lookEveryMs, "Letters could not be queued", () => queueDue(pool, boss));
  }
  return {
    async stop() {
      for (const timer of timers) clearInterval(timer);
      ending.abort();
      await Promise.race([Promise.allSettled(running), wait(endWithinMs, undefined, { ref: false })]);
      if (mail) await boss.offWork(mailQueue, { wait: false });
    },
  };
}

/** Queued and marked in one transaction: a letter is never marked without its job, nor queued twice. */
async function queueDue(pool: Pool, boss: Boss): Promise<void> {
  await inTransaction(pool, async (db) => {
    const due = await takeDue(db, mostQueued);
    if (due.length > 0) await queueMails(boss, db, due);
  });
}

async function send(
  { pool, log, post, signal }: { pool: Pool; log: Logger; post: Post; signal: AbortSignal },
  id: Id,
): Promise<void> {
  if (signal.aborted) return;
  const mail = await beginSending(pool, id);
  if (!mail) return;
  const messageId = post.messageIdOf(id);
  const trouble = await post.deliver({ ...mail, messageId, writtenAt: mail.createdAt }, signal);
  if (!trouble) {
    await noteSent(pool, id, messageId);
    log.info({ mail: id, kind: mail.kind }, "A letter was sent");
  } else if (signal.aborted && trouble.fault === "hangs") {
    await putBack(pool, id);
  } else {
    const state = await noteTrouble(pool, mail, trouble);
    // Nothing of the letter, nor of the server's sentence, which may repeat it.
    const { fault, reply } = trouble;
    log.warn({ mail: id, kind: mail.kind, fault, reply, state }, "A letter was not taken");
  }
}
