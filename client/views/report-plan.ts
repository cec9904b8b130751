/** The plan of a project while its lines are written, moved and taken away. Every function answers the lines as they then are. */
import { mostPlanItems, type Plan, type PlanItem, type WritePlan } from "../../protocol/reports/card.ts";

export type PlanLine = Pick<PlanItem, "kind" | "words" | "target" | "counted"> & {
  /** Of this line here, as long as it is written. */
  readonly key: string;
  /** Left out: the server does not have it yet. */
  readonly id?: string | undefined;
};

export const linesOfPlan = ({ items }: Pick<Plan, "items">): PlanLine[] =>
  items.map(({ id, kind, words, target, counted }) => ({ key: id, id, kind, words, target, counted }));

/** A line more, below the last of its kind. Nothing where there are as many as fit. */
export function withLine(lines: readonly PlanLine[], line: PlanLine): PlanLine[] {
  if (lines.length >= mostPlanItems) return [...lines];
  const last = lines.findLastIndex(({ kind }) => kind === line.kind);
  const at = last >= 0 ? last + 1 : line.kind === "aim" ? 0 : lines.length;
  return lines.toSpliced(at, 0, line);
}

export const changedLine = (lines: readonly PlanLine[], key: string, changed: Partial<PlanLine>): PlanLine[] =>
  lines.map((line) => (line.key === key ? { ...line, ...changed } : line));

export const withoutLine = (lines: readonly PlanLine[], key: string): PlanLine[] =>
  lines.filter((line) => line.key !== key);

/** Up (-1) or down (1) among the lines of its kind. */
export function movedLine(lines: readonly PlanLine[], key: string, by: -1 | 1): PlanLine[] {
  const at = lines.findIndex((line) => line.key === key);
  const line = lines[at];
  if (line === undefined) return [...lines];
  const others = [...lines.keys()].filter((place) => lines[place]?.kind === line.kind);
  const to = others[others.indexOf(at) + by];
  const other = to === undefined ? undefined : lines[to];
  if (to === undefined || other === undefined) return [...lines];
  return lines.with(at, other).with(to, line);
}

export const isWrittenLine = ({ words }: PlanLine): boolean => words.trim() !== "";

/** What is sent: lines without words are none. `base`: the ids that were there when it was begun. */
export const writtenPlan = (lines: readonly PlanLine[], base: readonly string[]): WritePlan => ({
  items: lines.filter(isWrittenLine).map(({ id, kind, words, target, counted }) => ({
    ...(id === undefined ? {} : { id }),
    ...{ kind, words, target, counted },
  })),
  base: [...base],
});

/** Mine upon theirs: what they added is added, what they took away comes back as a new line where it stands here still. */
export function uponTheirs(
  mine: readonly PlanLine[],
  base: readonly string[],
  theirs: readonly PlanLine[],
): PlanLine[] {
  const there = new Set(theirs.map(({ id }) => id));
  const kept = mine.map((line) => (line.id !== undefined && !there.has(line.id) ? { ...line, id: undefined } : line));
  const added = theirs.filter(({ id }) => id !== undefined && !base.includes(id));
  return added.reduce(withLine, kept);
}
