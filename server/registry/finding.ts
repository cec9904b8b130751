/** Finding one's own school among those that are known here, a page at a time. */
import * as z from "zod";
import type { FindSchools, FoundSchools } from "../../protocol/http/registry.ts";
import { Id } from "../../protocol/ids.ts";
import type { Queryable } from "../../storage/pool.ts";
import { cursorOf, keyOf } from "../http/cursor.ts";
import type { RefusedFields } from "../http/route.ts";
import { cardColumns } from "./schoolRows.ts";

const pageLength = 20;
const mostWords = 8;

const Key = z.tuple([Id]);

/**
 * Schools that can be joined: validated, or sent and not looked at yet. By name. A page begins behind the last school of the
 * one before.
 */
export async function findSchools(
  db: Queryable,
  account: Id,
  { words = "", country, after }: FindSchools,
): Promise<FoundSchools | RefusedFields> {
  const key = after === undefined ? null : keyOf(after, Key);
  if (key === undefined) return { refused: "request.malformed", fields: ["after"] };
  const values: unknown[] = [account];
  const place = (value: unknown) => `$${values.push(value)}`;
  // Only what is asked for stands in the query, so that each is planned for what it is.
  const wanted = [
    "f.state in ('validated', 'submitted')",
    ...(country === undefined ? [] : [`f.country = ${place(country)}`]),
    ...wordsIn(words).map((word) => `f.find_words like '%' || search_latin(search_text(${place(word)})) || '%'`),
    ...(key === null ? [] : [behind(place(key[0]))]),
  ];
  const { rows } = await db.query<FoundSchools["schools"][number]>(
    `with page as materialized (
       select f.id, f.find_words from schools f where ${wanted.join(" and ")}
       order by ${country === undefined ? "" : "f.country, "}f.find_words, f.id limit ${pageLength + 1}
     )
     select ${cardColumns},
       (select m.state from memberships m
        where m.account_id = $1 and m.school_id = s.id and m.state not in ('refused', 'ended')) as mine
     from page join schools s on s.id = page.id order by page.find_words, page.id`,
    values,
  );
  const schools = rows.slice(0, pageLength);
  const last = rows.length > pageLength ? schools.at(-1) : undefined;
  return { schools, next: last ? cursorOf([last.id]) : null };
}

const behind = (school: string): string =>
  `(f.find_words, f.id) > ((select k.find_words from schools k where k.id = ${school}), ${school})`;

const wordsIn = (text: string): string[] =>
  text
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, mostWords);
