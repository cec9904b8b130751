/** Finding one's own school among those that are known here, a page at a time. */
import * as z from "zod";
import type { FindSchools, FoundSchools } from "../../protocol/http/registry.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Queryable } from "../../storage/pool.ts";
import { cursorOf, keyOf } from "../http/cursor.ts";
import type { RefusedFields } from "../http/route.ts";
import { cardColumns } from "./schoolRows.ts";

const pageLength = 20;
const mostWords = 8;

const Key = z.tuple([z.string().max(60), z.string()]);
/** As the index has it; search_text and search_latin leave nothing that `like` would read as a sign. */
const sortName = "left(s.find_words, 60)";

/** Schools that can be joined: validated, or sent and not looked at yet. By name. */
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
    "s.state in ('validated', 'submitted')",
    ...(country === undefined ? [] : [`s.country = ${place(country)}`]),
    ...wordsIn(words).map((word) => `s.find_words like '%' || search_latin(search_text(${place(word)})) || '%'`),
    ...(key === null ? [] : [`(${sortName}, s.id) > (${place(key[0])}, ${place(key[1])})`]),
  ];
  const { rows } = await db.query<FoundSchools["schools"][number] & { sortName: string }>(
    `select ${cardColumns}, ${sortName} as "sortName",
       (select m.state from memberships m
        where m.account_id = $1 and m.school_id = s.id and m.state not in ('refused', 'ended')) as mine
     from schools s where ${wanted.join(" and ")}
     order by ${country === undefined ? "" : "s.country, "}${sortName}, s.id limit ${pageLength + 1}`,
    values,
  );
  const shown = rows.slice(0, pageLength);
  const last = rows.length > pageLength ? shown.at(-1) : undefined;
  return {
    schools: shown.map(({ sortName: _, ...school }) => school),
    next: last ? cursorOf([last.sortName, last.id]) : null,
  };
}

const wordsIn = (text: string): string[] =>
  text
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, mostWords);
