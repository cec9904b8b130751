/** What becomes of a letter, as its row says: who takes it, when it is tried again, when nobody tries any more. */
import type { MailFault, MailState } from "../../protocol/http/mail.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Queryable } from "../../storage/pool.ts";
import type { Trouble } from "./faults.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** How long after the first try, the second, and so on it is tried again; in all a day. */
const retryAfterMs = [1, 4, 15, 40, 60, 120, 240, 480, 480].map((minutes) => minutes * minuteMs);

/** When to try again after so many tries that failed, in milliseconds; null when that was the last. */
export const waitAfter = (tries: number): number | null => retryAfterMs[tries - 1] ?? null;

/** What waited longer for a mail server to be set goes out no more: its links have expired and its news is old. */
export const oldestSentMs = 7 * dayMs;
/** Kept as a record that it went out, then forgotten. */
const forgottenAfterMs = 90 * dayMs;
/**
 * A letter on its way for longer was lost there with the process that had it, and is taken up again. Well above the time
 * that one letter may take.
 */
export const lostAfterMs = 5 * minuteMs;

/**
 * Takes letters that are due, the oldest first, and marks them as queued. To be called in the transaction that queues
 * them. Two that take at the same time take different ones.
 */
export async function takeDue(db: Queryable, most: number): Promise<Id[]> {
  const { rows } = await db.query<{ id: Id }>(
    `update mails set state = 'queued', next_try_at = now() + $2 * interval '1 ms'
     where id in (select id from mails where state in ('waiting', 'queued', 'sending') and next_try_at <= now()
                  order by next_try_at limit $1 for update skip locked)
     returning id`,
    [most, lostAfterMs],
  );
  return rows.map(({ id }) => id);
}

/** Gives up what waited too long without having been tried. */
export async function giveUpOld(db: Queryable): Promise<void> {
  await db.query(
    `update mails set state = 'failed', fault = 'tooOld', fault_reply = null
     where state = 'waiting' and tries = 0 and next_try_at < now() - $1 * interval '1 ms'`,
    [oldestSentMs],
  );
}

/** Forgets old letters, whatever became of them. */
export async function forgetOld(db: Queryable): Promise<void> {
  await db.query("delete from mails where created_at < now() - $1 * interval '1 ms'", [forgottenAfterMs]);
}

export interface TakenMail {
  id: Id;
  to: string;
  kind: string;
  language: string;
  subject: string;
  text: string;
  html: string;
  tries: number;
  createdAt: number;
}

/** Marks a queued letter as being sent, and counts the try. Undefined where somebody else has it by now. */
export async function beginSending(db: Queryable, id: Id): Promise<TakenMail | undefined> {
  const { rows } = await db.query<TakenMail>(
    `update mails set state = 'sending', tries = tries + 1, next_try_at = now() + $2 * interval '1 ms'
     where id = $1 and state = 'queued'
     returning id, to_address as to, kind, language, subject, text, html, tries, created_at as "createdAt"`,
    [id, lostAfterMs],
  );
  return rows[0];
}

/**
 * Notes that the mail server took it. What it was made of is not kept, nor the part of a link behind the `#`: that is a
 * secret, and in the right hands now.
 *
 * When the process dies after the server took the letter and before this, it is sent again, with the same Message-ID: a
 * letter may come twice, but none is lost.
 */
export async function noteSent(db: Queryable, id: Id, messageId: string): Promise<void> {
  await db.query(
    `update mails set state = 'sent', sent_at = now(), message_id = $2, facts = '{}', html = '',
       text = regexp_replace(text, '(https?://[^\\s#]+)#\\S+', '\\1#…', 'g'), fault = null, fault_reply = null
     where id = $1 and state = 'sending'`,
    [id, messageId],
  );
}

/** Notes why it was not taken, and when it is tried again. What state it is in then. */
export async function noteTrouble(db: Queryable, { id, tries }: TakenMail, trouble: Trouble): Promise<MailState> {
  const waitMs = trouble.isFinal ? null : waitAfter(tries);
  const state: MailState = trouble.isFinal ? "bounced" : waitMs === null ? "failed" : "waiting";
  await db.query(
    `update mails set state = $2, fault = $3, fault_reply = $4, next_try_at = now() + $5 * interval '1 ms'
     where id = $1 and state = 'sending'`,
    [id, state, trouble.fault satisfies MailFault, trouble.reply, waitMs ?? 0],
  );
  return state;
}

/** Puts a letter back as it was before it was tried: the process ends. */
export async function putBack(db: Queryable, id: Id): Promise<void> {
  await db.query(
    `update mails set state = 'waiting', tries = tries - 1, next_try_at = now() where id = $1 and state = 'sending'`,
    [id],
  );
}
