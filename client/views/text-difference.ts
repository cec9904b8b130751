/** What was added to a text and what was taken away, line by line, and within a line that was changed, word by word. */
import type { TextNode } from "../../domain/text/schema.ts";

export interface DifferencePart {
  readonly is: "same" | "added" | "removed";
  readonly text: string;
}
export interface DifferenceLine {
  readonly is: "same" | "added" | "removed" | "changed";
  readonly parts: readonly DifferencePart[];
}

/** More pairs than this are not compared one by one: everything then counts as new. */
const mostPairs = 4_000_000;
/** A changed line is looked for among so many that were added. */
const looksAmong = 6;
/** Lines that have so many of their words in common are the same line, changed. */
const alikeFrom = 0.4;

/** The lines of a text, as they are read: a paragraph, a heading, an entry of a list each. What is no text has `nameOf` it. */
export function linesOf(node: TextNode, nameOf: (node: TextNode) => string): string[] {
  const inside = node.content ?? [];
  if (inside.some(isInline)) return [inside.map((each) => textIn(each, nameOf)).join("")];
  if (inside.length > 0) return inside.flatMap((each) => linesOf(each, nameOf));
  const name = nameOf(node);
  return name === "" ? [] : [name];
}

const isInline = ({ type }: TextNode): boolean => type === "text" || type === "hardBreak";
const textIn = (node: TextNode, nameOf: (node: TextNode) => string): string =>
  node.text ?? (node.type === "hardBreak" ? " " : nameOf(node));

/** From the lines of one version to those of another. */
export function difference(before: readonly string[], after: readonly string[]): DifferenceLine[] {
  return joinChanged(compared(before, after).map(({ is, text }) => ({ is, parts: [{ is, text }] })));
}

/** Only what changed, each with so many lines around it; `null` stands for lines left out. */
export function withoutSame(lines: readonly DifferenceLine[], around: number): (DifferenceLine | null)[] {
  const near = lines.map((_, at) =>
    lines.slice(Math.max(0, at - around), at + around + 1).some(({ is }) => is !== "same"),
  );
  const kept: (DifferenceLine | null)[] = [];
  lines.forEach((line, at) => {
    if (near[at]) kept.push(line);
    else if (kept.at(-1) !== null || kept.length === 0) kept.push(null);
  });
  return kept;
}

/** The longest common order of two lists; what is removed stands before what is added in its place. */
function compared(before: readonly string[], after: readonly string[]): DifferencePart[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  ) {
    end += 1;
  }
  return [
    ...same(before.slice(0, start)),
    ...middle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...same(before.slice(before.length - end)),
  ];
}

const same = (texts: readonly string[]): DifferencePart[] => texts.map((text) => ({ is: "same", text }));
const removed = (texts: readonly string[]): DifferencePart[] => texts.map((text) => ({ is: "removed", text }));
const added = (texts: readonly string[]): DifferencePart[] => texts.map((text) => ({ is: "added", text }));

function middle(before: readonly string[], after: readonly string[]): DifferencePart[] {
  if (before.length === 0 || after.length === 0 || before.length * after.length > mostPairs) {
    return [...removed(before), ...added(after)];
  }
  const width = after.length + 1;
  // longest[i * width + j]: how much the rests from i and j have in common.
  const longest = new Uint32Array((before.length + 1) * width);
  const at = (i: number, j: number): number => longest[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      longest[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const parts: DifferencePart[] = [];
  let [i, j] = [0, 0];
  while (i < before.length && j < after.length) {
    if (before[i] === after[j]) {
      parts.push(...same(before.slice(i, i + 1)));
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) {
      parts.push(...removed(before.slice(i, i + 1)));
      i += 1;
    } else {
      parts.push(...added(after.slice(j, j + 1)));
      j += 1;
    }
  }
  return [...parts, ...removed(before.slice(i)), ...added(after.slice(j))];
}

/** A run of removed lines followed by added ones: those that are alike, in their order, are one changed line. */
function joinChanged(lines: readonly DifferenceLine[]): DifferenceLine[] {
  const joined: DifferenceLine[] = [];
  let at = 0;
  while (at < lines.length) {
    const gone = runFrom(lines, at, "removed");
    const come = runFrom(lines, at + gone.length, "added");
    if (gone.length > 0 && come.length > 0) joined.push(...paired(gone, come));
    else joined.push(...lines.slice(at, at + Math.max(1, gone.length + come.length)));
    at += Math.max(1, gone.length + come.length);
  }
  return joined;
}

function runFrom(lines: readonly DifferenceLine[], from: number, is: DifferenceLine["is"]): DifferenceLine[] {
  const rest = lines.slice(from);
  const length = rest.findIndex((line) => line.is !== is);
  return length === -1 ? rest : rest.slice(0, length);
}

function paired(gone: readonly DifferenceLine[], come: readonly DifferenceLine[]): DifferenceLine[] {
  const result: DifferenceLine[] = [];
  let next = 0;
  for (const old of gone) {
    const rest = come.slice(next, next + looksAmong);
    const words = rest.map((fresh) => byWord(textOf(old), textOf(fresh)));
    const found = words.findIndex((parts) => likeness(parts) >= alikeFrom);
    const parts = words[found];
    if (parts === undefined) {
      result.push(old);
      continue;
    }
    result.push(...rest.slice(0, found), { is: "changed", parts });
    next += found + 1;
  }
  return [...result, ...come.slice(next)];
}

const textOf = ({ parts }: DifferenceLine): string => parts.map(({ text }) => text).join("");

function byWord(before: string, after: string): DifferencePart[] {
  const parts: DifferencePart[] = [];
  for (const part of compared(wordsOf(before), wordsOf(after))) {
    const last = parts.at(-1);
    if (last?.is === part.is) parts[parts.length - 1] = { is: part.is, text: last.text + part.text };
    else parts.push(part);
  }
  return parts;
}

/** Words, and what stands between them. */
const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}]+|\s+|[^\p{L}\p{N}\s]+/gu) ?? [];

/** From 0, nothing in common, to 1. */
function likeness(parts: readonly DifferencePart[]): number {
  const letters = (is: DifferencePart["is"]) =>
    parts.filter((part) => part.is === is).reduce((sum, { text }) => sum + text.replace(/\s/g, "").length, 0);
  const all = 2 * letters("same") + letters("added") + letters("removed");
  return all === 0 ? 1 : (2 * letters("same")) / all;
}
