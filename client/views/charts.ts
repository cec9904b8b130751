/** What charts draw, worked out from plain numbers. No chart says anything that its table does not say. */

/** One of the things compared: mostly a school. */
export interface ChartPart {
  readonly key: string;
  readonly name: string;
  /** Its flag stands beside the name. */
  readonly country?: string | undefined;
  readonly value: number;
  /** From 1: colour and pattern, the ninth as the first; by its place when left out. Give it where parts may be missing, so that none changes its own. */
  readonly pattern?: number | undefined;
}

/** Eight can be told apart; a ninth begins anew. */
export const patterns = 8;
export const patternOf = ({ pattern }: Pick<ChartPart, "pattern">, place: number): number =>
  ((pattern === undefined ? place : pattern - 1) % patterns) + 1;

export const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** Something that was planned, and how much of it there is. */
export interface PlannedRow {
  readonly key: string;
  readonly name: string;
  readonly done: number;
  /** Null: it is not a thing to count. */
  readonly planned: number | null;
}

/** So many are still counted at a glance; more become a bar. */
export const mostPips = 10;

export type PipsShape =
  | { readonly is: "pips"; readonly full: number; readonly empty: number }
  /** `share` of the whole width, 0 to 1; the plan ends at 1. */
  | { readonly is: "bar"; readonly share: number }
  | { readonly is: "number" };

/** What was done beyond the plan is in the number alone: all pips are full then. */
export function pipsShape({ done, planned }: Pick<PlannedRow, "done" | "planned">): PipsShape {
  if (planned === null || planned < 1) return { is: "number" };
  if (planned > mostPips) return { is: "bar", share: Math.min(1, Math.max(0, done) / planned) };
  const full = Math.min(planned, Math.max(0, done));
  return { is: "pips", full, empty: planned - full };
}

/** A stretch of time (a month, mostly), and how much of each part there was in it: `values` in the order of the parts. */
export interface ChartColumn {
  readonly key: string;
  /** Short, below the column. */
  readonly name: string;
  /** In full, in the table. */
  readonly longName: string;
  readonly values: readonly number[];
}

/** At most eight parts: those with least are put together as the last one. The table keeps them apart. */
export function foldParts<Part extends { readonly name: string }>(
  parts: readonly Part[],
  columns: readonly ChartColumn[],
  others: Part,
): { parts: readonly Part[]; columns: readonly ChartColumn[] } {
  if (parts.length <= patterns) return { parts, columns };
  const total = (place: number) => sumOf(columns.map(({ values }) => values[place] ?? 0));
  const order = parts.map((_, place) => place).sort((a, b) => total(b) - total(a) || a - b);
  const kept = order.slice(0, patterns - 1).sort((a, b) => a - b);
  const folded = order.slice(patterns - 1);
  return {
    parts: [...kept.flatMap((place) => parts[place] ?? []), others],
    columns: columns.map((column) => ({
      ...column,
      values: [
        ...kept.map((place) => column.values[place] ?? 0),
        sumOf(folded.map((place) => column.values[place] ?? 0)),
      ],
    })),
  };
}
