/** Reference lists: what may be chosen in forms. Rows, never code: an entry ends, it is not deleted. */

import type * as z from "zod";
import {
  type EntryCode,
  ListEntries,
  type ListEntry,
  type ListName,
  OfCountry,
  OneList,
} from "../../protocol/http/lists.ts";
import type { Queryable } from "../../storage/pool.ts";
import { type Route, route } from "../http/route.ts";

const isValidToday =
  "(valid_from is null or valid_from <= current_date) and (valid_until is null or valid_until > current_date)";

/** What may be chosen today, in the list's order. `country`: what belongs to it, or to no country in particular. */
export async function entriesOf(db: Queryable, list: ListName, country: string | null = null): Promise<ListEntry[]> {
  const { rows } = await db.query<ListEntry>(
    `select code, labels, facts from list_entries
     where list = $1 and ${isValidToday}
       and ($2::text is null or not facts ? 'country' or facts ->> 'country' = $2)
     order by sort, code`,
    [list, country],
  );
  return rows;
}

/**
 * Which of these codes may not be chosen today: unknown, not yet valid or ended. Nothing for none. For a form that was
 * filled in before an entry ended, hand in only the codes that are new.
 */
export async function unknownCodes(db: Queryable, list: ListName, codes: readonly string[]): Promise<string[]> {
  if (codes.length === 0) return [];
  const { rows } = await db.query<{ code: z.infer<typeof EntryCode> }>(
    `select code from list_entries where list = $1 and code = any($2) and ${isValidToday}`,
    [list, codes],
  );
  const known = new Set(rows.map(({ code }) => code));
  return [...new Set(codes)].filter((code) => !known.has(code));
}

export function listRoutes({ pool }: { readonly pool: Queryable }): Route[] {
  return [
    route({
      method: "get",
      path: "/api/lists/:list",
      summary: "What may be chosen today from a list: countries, subjects, languages, kinds of school",
      action: "list.read",
      limit: { times: 1200, perMs: 60_000, per: "network" },
      params: OneList,
      query: OfCountry,
      answer: ListEntries,
      handle: async (_context, { params, query }) => ({ entries: await entriesOf(pool, params.list, query.country) }),
    }),
  ];
}
