/** Searches that somebody keeps, and the letters that say when somebody new fits: at most one a day for each. */
import type { Actor } from "../../domain/permissions.ts";
import type { ChangeSearch, SavedSearch, SaveSearch } from "../../protocol/http/partners.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Refused } from "../../protocol/refusals.ts";
import { inTransaction, type Pool, type Queryable } from "../../storage/pool.ts";
import { newToken } from "../accounts/tokens.ts";
import { newId } from "../ids.ts";
import { writeLetter } from "../mail/letters.ts";
import { forgetFirstWords } from "./firstWords.ts";
import { countFitting, type Seeker } from "./search.ts";

const mostSaved = 10;
const mostCounted = 100;

type SearchRow = Omit<SavedSearch, "fresh"> & { lastSeen: number };

export async function listSearches(db: Queryable, seeker: Seeker): Promise<SavedSearch[]> {
  const { rows } = await db.query<SearchRow>(
    `select id, name, query, letters, last_seen as "lastSeen" from saved_searches where account = $1
     order by created_at desc, id limit ${mostSaved}`,
    [seeker.id],
  );
  const searches: SavedSearch[] = [];
  for (const { lastSeen, ...search } of rows) {
    const fresh = await countFitting(db, seeker, search.query, { since: lastSeen, most: mostCounted });
    searches.push({ ...search, fresh });
  }
  return searches;
}

export async function saveSearch(
  db: Queryable,
  account: Id,
  { name, query }: SaveSearch,
): Promise<Refused | undefined> {
  const { rowCount } = await db.query(
    `insert into saved_searches (id, account, name, query, stop_token)
     select $1, $2, $3, $4, $5 where (select count(*) from saved_searches where account = $2) < ${mostSaved}`,
    [newId(), account, name, query, newToken()],
  );
  return rowCount === 1 ? undefined : { refused: "search.tooMany" };
}

/** False when there is no such search of theirs. */
export async function changeSearch(
  db: Queryable,
  account: Id,
  search: Id,
  { letters, seen }: ChangeSearch,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update saved_searches set letters = coalesce($3, letters),
       last_seen = case when $4 then now() else last_seen end,
       looked_at = case when $3 and not letters then now() else looked_at end
     where id = $1 and account = $2`,
    [search, account, letters ?? null, seen ?? false],
  );
  return rowCount === 1;
}

export async function deleteSearch(db: Queryable, account: Id, search: Id): Promise<boolean> {
  const { rowCount } = await db.query("delete from saved_searches where id = $1 and account = $2", [search, account]);
  return rowCount === 1;
}

/** Ends the letters of the search whose link this is; its name, or undefined when there is none (any more). */
export async function stopLetters(db: Queryable, token: string): Promise<string | undefined> {
  const { rows } = await db.query<{ name: string }>(
    "update saved_searches set letters = false where stop_token = $1 returning name",
    [token],
  );
  return rows[0]?.name;
}

/** Looks after every search that is due; answers how many letters were written. Several processes may do it at once. */
export async function writeToSearchers(pool: Pool, origin: string): Promise<number> {
  await forgetFirstWords(pool);
  let written = 0;
  for (;;) {
    const looked = await inTransaction(pool, (db) => lookAtOne(db, origin));
    if (looked === undefined) return written;
    if (looked) written += 1;
  }
}

interface DueSearch {
  id: Id;
  name: string;
  query: SavedSearch["query"];
  stopToken: string;
  lookedAt: number;
  account: Id;
  to: string;
  person: string;
  language: string;
  schools: Actor["schools"];
}

/** True when it wrote a letter; undefined when no search is due. */
async function lookAtOne(db: Queryable, origin: string): Promise<boolean | undefined> {
  const { rows } = await db.query<DueSearch>(
    `select q.id, q.name, q.query, q.stop_token as "stopToken", q.looked_at as "lookedAt", a.id as account,
       a.email as "to", a.name as person, a.language, t.schools
     from saved_searches q join accounts a on a.id = q.account join standings t on t.account_id = a.id
     where q.letters and q.looked_at < now() - interval '1 day'
     order by q.looked_at limit 1 for update of q skip locked`,
  );
  const [due] = rows;
  if (!due) return undefined;
  await db.query("update saved_searches set looked_at = now() where id = $1", [due.id]);
  const seeker = { id: due.account, schools: due.schools.map(({ id }) => id) };
  // Who works at no validated school (any more) may not search.
  if (seeker.schools.length === 0) return false;
  const count = await countFitting(db, seeker, due.query, { since: due.lookedAt, most: mostCounted });
  if (count === 0) return false;
  const { account, to, language } = due;
  const facts = {
    ...{ name: due.person, search: due.name, count },
    link: `${origin}/partners?${searchInAddress(due.query)}`,
    stopLink: `${origin}/partners/stop#k=${due.stopToken}`,
  };
  await writeLetter(db, { account, to, language, kind: "savedSearch", facts });
  return true;
}

function searchInAddress(query: SavedSearch["query"]): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  return new URLSearchParams(Object.fromEntries(given.map(([name, value]) => [name, String(value)]))).toString();
}
