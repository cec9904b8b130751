/** What is written to somebody one is not in contact with: counted, and compared with what was written to others. */
import { mayWriteFirst } from "../../domain/registry/firstWords.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Refused } from "../../protocol/refusals.ts";
import type { Queryable } from "../../storage/pool.ts";

/** Two texts that are this much alike are the same with another name in it. From 0 to 1, by their trigrams. */
const theSameFrom = 0.9;

/** Keeps it, or says why it may not be written. To be called in the transaction that delivers it. */
export async function keepFirstWords(db: Queryable, from: Id, to: Id, words: string): Promise<Refused | undefined> {
  // One at a time for each writer, so that many at once are counted too.
  await db.query("select pg_advisory_xact_lock(hashtext('firstWords:' || $1))", [from]);
  const { rows } = await db.query<{ today: number; same: number }>(
    `select count(*) filter (where f.at > now() - interval '1 day') as today,
       count(distinct f.to_account) filter (
         where f.to_account <> $3 and (f.words = said.words or similarity(f.words, said.words) > ${theSameFrom})) as same
     from (select search_latin(search_text($2)) as words) said
     join first_words f on f.from_account = $1 and f.at > now() - interval '30 days'`,
    [from, words, to],
  );
  const refused = mayWriteFirst(rows[0] ?? { today: 0, same: 0 });
  if (refused) return refused;
  await db.query(
    "insert into first_words (from_account, to_account, words) values ($1, $2, search_latin(search_text($3)))",
    [from, to, words],
  );
  return undefined;
}

/** What is older is compared with nothing any more. */
export async function forgetFirstWords(db: Queryable): Promise<void> {
  await db.query("delete from first_words where at < now() - interval '30 days'");
}
