/** What a benchmark says: one line of JSON a figure on stdout, and a table for people on stderr. */

export interface Figure {
  /** `group.thing.p95`. */
  name: string;
  value: number;
  unit: string;
  /** `value` divided by what it is compared with, measured in the same run. */
  ratio: number | null;
  against: string | null;
  /** Samples. */
  n: number;
  note: string;
}

export interface Group {
  name: string;
  run(say: (figure: Figure) => void): Promise<void>;
}

/** `BENCH_QUICK=1`: a look at whether everything works, in a fraction of the time. Such figures mean little. */
export const quick = process.env.BENCH_QUICK === "1";

/** By linear interpolation between the neighbours; `share` from 0 to 1. Throws on no samples. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  if (low === undefined || high === undefined) throw new Error("There are no samples");
  return low + (high - low) * (at - Math.floor(at));
}

export const median = (samples: readonly number[]): number => percentile(samples, 0.5);

/** The given percentiles of the samples as figures, against the same percentiles of another series where there is one. */
export function percentiles(
  name: string,
  samples: readonly number[],
  options: { shares?: readonly number[]; against?: { name: string; samples: readonly number[] }; note?: string } = {},
): Figure[] {
  const { shares = [0.5, 0.95], against, note = "" } = options;
  return shares.map((share) => {
    const value = percentile(samples, share);
    const other = against && percentile(against.samples, share);
    return {
      name: `${name}.p${Math.round(share * 100)}`,
      value: round(value),
      unit: "ms",
      ratio: other ? round(value / other) : null,
      against: against ? `${against.name} ${round(other ?? 0)} ms` : null,
      n: samples.length,
      note,
    };
  });
}

export const round = (value: number, digits = 3): number => Number(value.toPrecision(digits));

export function table(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, value, unit, ratio, against, n, note }) =>
    [name, `${value} ${unit}`, ratio === null ? "" : `${ratio} x ${against}`, `n ${n}`, note].map(String),
  );
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
