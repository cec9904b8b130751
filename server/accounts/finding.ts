/** People and schools found by words, a page at a time: as fast with a hundred thousand of them as with ten. */
import * as z from "zod";
import type { OperatedSchool, OperatedSchools, People, School } from "../../protocol/http/accounts.ts";
import type { Queryable } from "../../storage/pool.ts";
import { cursorOf, keyOf } from "../http/cursor.ts";
import type { RefusedFields } from "../http/route.ts";
import { type Account, columnsOfAccount, fromAccounts, personOf } from "./accounts.ts";

const pageLength = 50;
/** So many are offered where one school is chosen; more words find the others. */
const mostOffered = 200;
/** More words than these are not looked at. */
const mostWords = 6;

export interface Sought {
  words?: string | undefined;
  after?: string | undefined;
}

const badCursor: RefusedFields = { refused: "request.malformed", fields: ["after"] };

const wordsIn = (text: string): string[] =>
  text
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, mostWords);

/** As `find_words` are written, anywhere in them. `$place` holds a word; signs that `like` knows are gone from it. */
const like = (place: number): string => `like '%' || btrim(search_latin(search_text($${place}))) || '%'`;

/** Shorter words fit nearly everybody, and no index knows them. */
const leastSought = 3;

const worksAt = "memberships m join schools w on w.id = m.school_id where m.state = 'active'";

/** Whom a word fits, by their names and schools' names. First those it fits, then the page: few are fitting. */
const amongFew = (place: number): string => `and a.id in (
  select id from accounts where find_words ${like(place)}
  union all
  select m.account_id from ${worksAt} and w.find_words ${like(place)})`;

/** The same, looked at in the list's own order until the page is full: many are fitting. */
const amongMany = (place: number): string => `and (a.find_words ${like(place)}
  or exists (select from ${worksAt} and m.account_id = a.id and w.find_words ${like(place)}))`;

const PersonKey = z.tuple([z.int(), z.string(), z.string()]);

/**
 * Everybody with an account: who was invited and has not answered first, who has ended last, otherwise by name. Each of
 * the words stands in the name or e-mail, or in the name or town of a school where they work.
 */
export async function listPeople(db: Queryable, { words = "", after }: Sought): Promise<People | RefusedFields> {
  const key = after === undefined ? null : keyOf(after, PersonKey);
  if (key === undefined) return badCursor;
  const sought = wordsIn(words);
  // Each word by itself: "ana aveiro" finds Ana by her name and by her school.
  const having = sought.map((word, i) => (word.length < leastSought ? amongMany(i + 4) : amongFew(i + 4)));
  const { rows } = await db.query<Account & { rank: number; sortName: string }>(
    `with page as materialized (
       select a.id, a.list_rank, left(a.find_words, 60) as sort_name from accounts a
       where ($1::int is null or (a.list_rank, left(a.find_words, 60), a.id) > ($1, $2, $3)) ${having.join(" ")}
       order by a.list_rank, left(a.find_words, 60), a.id limit ${pageLength + 1}
     )
     select ${columnsOfAccount}, page.list_rank as rank, page.sort_name as "sortName"
     from ${fromAccounts} join page on page.id = a.id
     order by page.list_rank, page.sort_name, page.id`,
    [...(key ?? [null, null, null]), ...sought],
  );
  const shown = rows.slice(0, pageLength);
  const last = rows.length > pageLength ? shown.at(-1) : undefined;
  return { people: shown.map(personOf), next: last ? cursorOf([last.rank, last.sortName, last.id]) : null };
}

const SchoolKey = z.tuple([z.string(), z.string()]);

/** Every school that is not closed, by name; each of the words stands in its name or town. */
export async function listOperatedSchools(
  db: Queryable,
  { words = "", after }: Sought,
): Promise<OperatedSchools | RefusedFields> {
  const key = after === undefined ? null : keyOf(after, SchoolKey);
  if (key === undefined) return badCursor;
  const sought = wordsIn(words);
  const { rows } = await db.query<OperatedSchool & { sortName: string }>(
    `select s.id, s.name, s.town, s.country, s.find_words as "sortName",
       (select count(*) from memberships m join accounts a on a.id = m.account_id
        where m.school_id = s.id and m.state = 'active' and a.ended_at is null) as accounts
     from schools s
     where s.state <> 'closed' and ($1::text is null or (s.find_words, s.id) > ($1, $2))
       ${sought.map((_, i) => `and s.find_words ${like(i + 3)}`).join(" ")}
     order by s.find_words, s.id limit ${pageLength + 1}`,
    [...(key ?? [null, null]), ...sought],
  );
  const shown = rows.slice(0, pageLength);
  const last = rows.length > pageLength ? shown.at(-1) : undefined;
  return {
    schools: shown.map(({ sortName: _, ...school }) => school),
    next: last ? cursorOf([last.sortName, last.id]) : null,
  };
}

/** Validated schools whose name or town has each of the words, at most 200. Without words the first ones there are. */
export async function listSchools(db: Queryable, words = ""): Promise<School[]> {
  const sought = wordsIn(words);
  const { rows } = await db.query<School>(
    `select s.id, s.name, s.town, s.country from schools s
     where s.state = 'validated' ${sought.map((_, i) => `and s.find_words ${like(i + 1)}`).join(" ")}
     order by s.country, s.find_words, s.id limit ${mostOffered}`,
    sought,
  );
  return rows;
}
