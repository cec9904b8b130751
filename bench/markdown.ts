/** The table of docs/benchmarks.md: goals beside results. `npm run bench -- --markdown` puts it there. */
import { readFile, writeFile } from "node:fs/promises";
import { cpus, release, totalmem } from "node:os";
import { goalOf } from "./goals.ts";
import type { Figure } from "./measure.ts";

const page = new URL("../docs/benchmarks.md", import.meta.url);
const begin = "<!-- results -->";
const end = "<!-- /results -->";

function markdownTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { name, value, unit, ratio, against, n, note } = figure;
    const goal = goalOf(figure);
    const reached = goal === undefined ? "" : goal.isReached(figure) ? "yes" : "**no**";
    const compared = against === null ? "" : ratio === null ? against : `${ratio} × ${against}`;
    return [`\`${name}\``, `${value} ${unit}`, compared, goal?.says ?? "", reached, String(n), note];
  });
  const head = ["figure", "result", "compared in the same run", "goal", "reached", "n", "note"];
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function machine(): string {
  const { model } = cpus()[0] ?? { model: "unknown processor" };
  const memoryGb = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} cores of ${model.trim()}, ${memoryGb} GB, Linux ${release()}, Node ${process.version}`;
}

/** Replaces what stands between the two marks of the page. @throws when the page has no such marks */
export async function writeResults(figures: readonly Figure[], minutes: number): Promise<void> {
  const text = await readFile(page, "utf8");
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/benchmarks.md has no place for results between ${begin} and ${end}`);
  const day = new Date().toISOString().slice(0, 10);
  const measured = `Measured on ${day} in ${minutes} minutes on ${machine()}.`;
  const results = `${begin}\n\n${measured}\n\n${markdownTable(figures)}\n\n`;
  await writeFile(page, text.slice(0, from) + results + text.slice(to));
}
