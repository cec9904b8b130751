/** The central service edits the lists: entries are added, translated, and end; none is ever deleted. */
import * as z from "zod";
import {
  AddEntry,
  ChangeEntry,
  EditedEntries,
  EditedEntry,
  EntriesPage,
  type ListName,
  OneEntry,
  OneList,
  readFacts,
} from "../../protocol/http/lists.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Pool, Queryable } from "../../storage/pool.ts";
import { cursorOf, keyOf } from "../http/cursor.ts";
import { type RefusedFields, type Route, route } from "../http/route.ts";
import { unknownCodes } from "./lists.ts";

const limit = { times: 240, perMs: 60_000, per: "account" } as const;
const entriesAtOnce = 100;

export function listEditRoutes({ pool }: { readonly pool: Pool }): Route[] {
  return [
    route({
      method: "get",
      path: "/api/desk/lists/:list",
      summary: "A list with everything in it, also what has ended",
      action: "list.change",
      limit,
      params: OneList,
      query: EntriesPage,
      answer: EditedEntries,
      handle: (_context, { params, query }) => pageOf(pool, params.list, query.words ?? "", query.after),
    }),
    route({
      method: "post",
      path: "/api/desk/lists/:list",
      summary: "Add an entry to a list",
      action: "list.change",
      limit,
      params: OneList,
      body: AddEntry,
      answer: EditedEntry,
      handle: ({ caller }, { params, body }) => addEntry(pool, caller.id, params.list, body),
    }),
    route({
      method: "put",
      path: "/api/desk/lists/:list/:code",
      summary: "Translate an entry, change what it says, end it from a day on or let it begin again",
      action: "list.change",
      limit,
      params: OneEntry,
      body: ChangeEntry,
      answer: EditedEntry,
      handle: ({ caller }, { params, body }) => changeEntry(pool, caller.id, params.list, params.code, body),
    }),
  ];
}

const columns = `code, labels, facts, sort, valid_from::text as "validFrom", valid_until::text as "validUntil"`;
const Key = z.tuple([z.int(), z.string().max(60)]);

async function pageOf(db: Queryable, list: ListName, words: string, after: string | undefined): Promise<EditedEntries> {
  const key = after === undefined ? null : keyOf(after, Key);
  if (key === undefined) return { entries: [], next: null };
  const { rows } = await db.query<EditedEntry>(
    `select ${columns} from list_entries
     where list = $1 and ($2 = '' or position(search_text($2) in search_text(code || ' ' || labels::text)) > 0)
       and ($3::int is null or (sort, code) > ($3, $4::text))
     order by sort, code limit $5`,
    [list, words.trim(), key?.[0] ?? null, key?.[1] ?? null, entriesAtOnce + 1],
  );
  const entries = rows.slice(0, entriesAtOnce);
  const last = entries.at(-1);
  return { entries, next: rows.length > entriesAtOnce && last ? cursorOf([last.sort, last.code]) : null };
}

async function addEntry(
  pool: Pool,
  by: Id,
  list: ListName,
  { code, labels, sort, validFrom, facts }: z.output<typeof AddEntry>,
): Promise<EditedEntry | RefusedFields> {
  const wrong = (isNameOfItsOwn(list, code) ? undefined : "code") ?? (await misfit(pool, list, facts));
  if (wrong) return { refused: "request.malformed", fields: [wrong] };
  const { rows } = await pool.query<EditedEntry>(
    `insert into list_entries (list, code, labels, sort, valid_from, facts, changed_by) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict do nothing returning ${columns}`,
    [list, code, labels, sort, validFrom, facts, by],
  );
  return rows[0] ?? { refused: "list.codeTaken", fields: ["code"] };
}

async function changeEntry(
  pool: Pool,
  by: Id,
  list: ListName,
  code: string,
  { labels, sort, validFrom, validUntil, facts }: ChangeEntry,
): Promise<EditedEntry | RefusedFields> {
  const wrong = await misfit(pool, list, facts);
  if (wrong) return { refused: "request.malformed", fields: [wrong] };
  const { rows } = await pool.query<EditedEntry>(
    `update list_entries set labels = $3, sort = $4, valid_from = $5, valid_until = $6, facts = $7, changed_by = $8,
       changed_at = now()
     where list = $1 and code = $2 returning ${columns}`,
    [list, code, labels, sort, validFrom, validUntil, facts, by],
  );
  return rows[0] ?? { refused: "request.notFound" };
}

/** Codes of countries and languages are those of ISO 3166 and BCP 47: their names come from there. */
function isNameOfItsOwn(list: ListName, code: string): boolean {
  if (list === "country") return /^[A-Z]{2}$/.test(code);
  if (list === "language") return /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(code);
  return true;
}

/** The field that does not fit, or undefined. */
async function misfit(db: Queryable, list: ListName, facts: unknown): Promise<string | undefined> {
  const read = readFacts(list, facts);
  if (!read) return "facts";
  const refersTo = { region: "country", criterion: "rubric" } as const;
  const other = list === "region" || list === "criterion" ? refersTo[list] : undefined;
  if (other && (await isUnknown(db, other, String(read[other])))) return `facts.${other}`;
  return undefined;
}

/** A rubric that has ended still has its criteria; a country has to be there today. */
async function isUnknown(db: Queryable, list: "country" | "rubric", code: string): Promise<boolean> {
  if (list === "country") return (await unknownCodes(db, "country", [code])).length > 0;
  const { rows } = await db.query("select from list_entries where list = $1 and code = $2", [list, code]);
  return rows.length === 0;
}
