/** A worklist as a file for a spreadsheet. */
import { Readable } from "node:stream";
import type { DeskItem, Worklist } from "../../../protocol/http/desk.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { worklist } from "./worklist.ts";

const rowsAtOnce = 500;
const dayMs = 86_400_000;
const head = ["kind", "country", "title", "about", "state", "since", "days", "evidence"];

/** All of it, row by row as it is read. `now` is what ages are counted to, in milliseconds since 1970. */
export function worklistFile(
  db: Queryable,
  countries: readonly string[] | null,
  asked: Worklist,
  now: number,
): Readable {
  async function* lines() {
    // With the mark by which spreadsheets know that it is UTF-8.
    yield `\ufeff${line(head)}`;
    let after: string | undefined;
    do {
      const page = await worklist(db, countries, { ...asked, after }, rowsAtOnce);
      yield page.items.map((item) => line(cellsOf(item, now))).join("");
      after = page.next ?? undefined;
    } while (after !== undefined);
  }
  return Readable.from(lines());
}

function cellsOf({ kind, country, title, about, state, since, evidence }: DeskItem, now: number): string[] {
  const days = String(Math.max(0, Math.floor((now - since) / dayMs)));
  return [kind, country, title, about, state, new Date(since).toISOString(), days, evidence ? "yes" : "no"];
}

export const line = (cells: readonly string[]): string => `${cells.map(cell).join(",")}\r\n`;

/**
 * In quotes. What a spreadsheet would take for a formula (also behind spaces, and in the wide forms of East Asia) gets an
 * apostrophe before it: people choose their schools' names themselves.
 */
export function cell(text: string): string {
  const isFormula = /^[\s\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20|%]/u.test(text) || /^[\t\r\n]/.test(text);
  return `"${(isFormula ? `'${text}` : text).replaceAll('"', '""')}"`;
}
