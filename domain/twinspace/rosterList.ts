/**
 * A list of pupils as teachers paste it: a name on each line, or name, alias and year with semicolons or, as spreadsheets
 * copy them, with tabs between them.
 */
import { longestAlias, longestRosterName, longestYear, pupilsAtOnce } from "../../protocol/twinspace/pupilLimits.ts";

export interface RosterLine {
  /** Counted from 1, as the teacher sees it. */
  readonly line: number;
  readonly name: string;
  /** Empty where none was written. */
  readonly alias: string;
  readonly year: string;
}

export interface RosterProblem {
  readonly line: number;
  readonly wrong: "name" | "alias" | "year" | "tooManyParts";
}

export interface RosterList {
  readonly lines: readonly RosterLine[];
  readonly problems: readonly RosterProblem[];
  /** More names than are made at a time. */
  readonly tooMany: boolean;
}

export function readRoster(pasted: string): RosterList {
  const lines: RosterLine[] = [];
  const problems: RosterProblem[] = [];
  for (const [index, text] of pasted.split(/\r\n?|[\n\u2028\u2029]/).entries()) {
    const line = index + 1;
    const parts = partsOf(text);
    const [name = "", alias = "", year = ""] = parts;
    if (parts.every((part) => part === "")) continue;
    const wrong = wrongIn(parts);
    if (wrong) problems.push({ line, wrong });
    else lines.push({ line, name, alias, year });
  }
  return { lines, problems, tooMany: lines.length > pupilsAtOnce };
}

/** One separator for a line: a tab where there is one, for a name in a spreadsheet may have a semicolon in it. */
function partsOf(text: string): string[] {
  const parts = text.split(text.includes("\t") ? "\t" : ";").map(bare);
  while (parts.length > 1 && parts.at(-1) === "") parts.pop();
  return parts;
}

/** Without what nobody sees, and the quotation marks that spreadsheets put around a cell. */
function bare(part: string): string {
  const seen = part
    .replace(/[\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "")
    .replace(/\p{Cc}|\s+/gu, " ")
    .replace(/ +/g, " ")
    .trim();
  const quoted = /^"(.*)"$/.exec(seen)?.[1];
  return quoted === undefined ? seen : quoted.replace(/""/g, '"').trim();
}

/** What the schemas of protocol/twinspace/pupils.ts take, without loading them into a page. */
const isLine = (text: string, longest: number): boolean =>
  text.length <= longest && /[\p{L}\p{N}\p{P}\p{S}]/u.test(text) && !/[\p{Cc}\p{Cs}\p{Co}]/u.test(text);

function wrongIn([name = "", alias = "", year = "", ...more]: readonly string[]): RosterProblem["wrong"] | undefined {
  if (!isLine(name, longestRosterName)) return "name";
  if (alias !== "" && !isLine(alias, longestAlias)) return "alias";
  if (year !== "" && !isLine(year, longestYear)) return "year";
  return more.length > 0 ? "tooManyParts" : undefined;
}
