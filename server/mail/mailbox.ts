/** The letters as the operator sees them: where there is no mail server, this is where they wait. */
import type { Mailbox, MailboxCounts, MailLetter, MailState, MailSummary } from "../../protocol/http/mail.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Queryable } from "../../storage/pool.ts";

const pageLength = 50;
/** Counting further would take longer and tell no more. */
const mostCounted = 1_000;

const columns = `id, to_address as to, subject, kind, state, tries, created_at as "createdAt", sent_at as "sentAt",
  case when state = 'waiting' then next_try_at end as "nextTryAt", fault, fault_reply as reply`;

/** The newest first, a page at a time; `after`: those written before that one. */
export async function lookInMailbox(
  db: Queryable,
  { state, after }: { state?: MailState | undefined; after?: Id | undefined },
): Promise<Mailbox> {
  const { rows } = await db.query<MailSummary>(
    `select ${columns} from mails
     where ($1::text is null or state = $1)
       and ($2::text is null or (created_at, id) < ((select created_at from mails where id = $2), $2))
     order by created_at desc, id desc limit $3`,
    [state ?? null, after ?? null, pageLength + 1],
  );
  const mails = rows.slice(0, pageLength);
  return { mails, next: rows.length > pageLength ? (mails.at(-1)?.id ?? null) : null };
}

export async function readMail(db: Queryable, id: Id): Promise<MailLetter | undefined> {
  const { rows } = await db.query<MailLetter>(`select ${columns}, text, language from mails where id = $1`, [id]);
  return rows[0];
}

/** Has a letter tried again, at once and from the beginning. False when it went out, or is just being sent. */
export async function tryAgain(db: Queryable, id: Id): Promise<boolean> {
  const { rowCount } = await db.query(
    `update mails set state = 'waiting', tries = 0, next_try_at = now()
     where id = $1 and state in ('waiting', 'failed', 'bounced')`,
    [id],
  );
  return rowCount === 1;
}

export async function countMails(db: Queryable): Promise<Omit<MailboxCounts, "sends">> {
  const counted = (state: MailState) =>
    `(select count(*) from (select from mails where state = '${state}' limit ${mostCounted}) s)`;
  const { rows } = await db.query<Omit<MailboxCounts, "sends">>(
    `select ${counted("waiting")} as waiting, ${counted("failed")} as failed, ${counted("bounced")} as bounced`,
  );
  return rows[0] ?? { waiting: 0, failed: 0, bounced: 0 };
}
