/** The table of docs/benchmarks.md: goals beside results. `npm run bench -- --markdown` puts it there. */
import { readFile, writeFile } from "node:fs/promises";
import { cpus, release, totalmem } from "node:os";
import { goalOf } from "./goals.ts";
import type { Figure } from "./measure.ts";

const page = new URL("../docs/benchmarks.md", import.meta.url);
const begin = "<!-- results -->";
const end = "<!-- /results -->";

const head = ["figure", "result", "compared in the same run", "goal", "reached", "n", "measured", "note"];
const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;

function rowOf(figure: Figure, day: string): string {
  const { name, value, unit, ratio, against, n, note } = figure;
  const goal = goalOf(figure);
  const reached = goal === undefined ? "" : goal.isReached(figure) ? "yes" : "**no**";
  const compared = against === null ? "" : ratio === null ? against : `${ratio} × ${against}`;
  return row([`\`${name}\``, `${value} ${unit}`, compared, goal?.says ?? "", reached, String(n), day, note]);
}

/** The rows that are there, by figure. */
function rowsIn(table: string): Map<string, string> {
  const rows = table.split("\n").flatMap((line): [string, string][] => {
    const [, name] = /^\| `([^`]+)`/.exec(line) ?? [];
    return name === undefined ? [] : [[name, line]];
  });
  return new Map(rows);
}

function machine(): string {
  const { model } = cpus()[0] ?? { model: "unknown processor" };
  const memoryGb = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} cores of ${model.trim()}, ${memoryGb} GB, Linux ${release()}, Node ${process.version}`;
}

/**
 * Puts the figures into the page's table; rows of what was not measured now stay as they are.
 *
 * @throws when the page has no marks to write between
 */
export async function writeResults(figures: readonly Figure[], minutes: number): Promise<void> {
  const text = await readFile(page, "utf8");
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/benchmarks.md has no place for results between ${begin} and ${end}`);
  const day = new Date().toISOString().slice(0, 10);
  const rows = rowsIn(text.slice(from, to));
  for (const figure of figures) rows.set(figure.name, rowOf(figure, day));
  const measured = `The last run took ${minutes} minutes on ${machine()}.`;
  const table = [row(head), row(head.map(() => "---")), ...rows.values()].join("\n");
  const results = `${begin}\n\n${measured}\n\n${table}\n\n`;
  await writeFile(page, text.slice(0, from) + results + text.slice(to));
}
