/** Writing letters: a row in the transaction of what it tells of, so that neither is there without the other. */
import type { Id } from "../../protocol/ids.ts";
import type { Queryable } from "../../storage/pool.ts";
import { newId } from "../ids.ts";
import { renderLetter } from "./render.ts";
import type { LetterKind, letters } from "./words/en.ts";
import type { FactsOf } from "./words/entry.ts";

export type { LetterKind };
export type LetterFacts = { [K in LetterKind]: FactsOf<(typeof letters)[K]["facts"]> };

/** A letter as it is asked for. Links are absolute; nothing in it may name a pupil. */
export type Letter = {
  [K in LetterKind]: {
    readonly to: string;
    readonly account?: Id | null;
    /** The reader's, as BCP 47; without words in it the letter is in English. */
    readonly language: string;
    readonly kind: K;
    readonly facts: LetterFacts[K];
  };
}[LetterKind];

/** What anybody can have sent to any address, without an account. */
const askedByAnybody: ReadonlySet<LetterKind> = new Set(["registration", "registrationKnown", "passwordLink"]);
/** Of those, to one address within an hour. What is over it is not written: nobody is flooded through this server. */
export const mostAnHour = 5;

/**
 * Writes a letter, to be sent once the caller's transaction is committed. Throws where the facts are not those of its
 * kind, which is a mistake in our code.
 */
export async function writeLetter(db: Queryable, letter: Letter): Promise<void> {
  if (askedByAnybody.has(letter.kind) && (await isFlooded(db, letter.to))) return;
  const { facts, language, subject, text, html } = renderLetter(letter);
  await db.query(
    `insert into mails (id, to_address, account_id, language, kind, facts, subject, text, html)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [newId(), letter.to, letter.account ?? null, language, letter.kind, facts, subject, text, html],
  );
}

async function isFlooded(db: Queryable, address: string): Promise<boolean> {
  // One at a time for each address, so that many at once are counted too.
  await db.query("select pg_advisory_xact_lock(hashtext('mail:' || $1))", [address]);
  const { rows } = await db.query<{ count: number }>(
    `select count(*) from mails
     where to_address = $1 and kind = any($2) and created_at > now() - interval '1 hour'`,
    [address, [...askedByAnybody]],
  );
  return (rows[0]?.count ?? 0) >= mostAnHour;
}
