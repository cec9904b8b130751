/** What reviews of an application come to: points by criterion, and whether they are enough for the label. */
import type { Criterion } from "../../protocol/qualityLabels/frozen.ts";
import type { Score } from "../../protocol/qualityLabels/review.ts";

type Asked = Pick<Criterion, "code" | "leastPoints">;
type Given = readonly Pick<Score, "criterion" | "points">[];

export interface Total {
  readonly criterion: string;
  /** The average of the whole reviews; null while there is none. */
  readonly points: number | null;
  readonly leastPoints: number;
  readonly enough: boolean;
}

/** It gives points for every criterion. */
export function isWhole(scores: Given, criteria: readonly Asked[]): boolean {
  const given = new Set(scores.filter(({ points }) => points !== null).map(({ criterion }) => criterion));
  return criteria.length > 0 && criteria.every(({ code }) => given.has(code));
}

/** By the whole reviews alone: what somebody has only begun counts for nothing yet. */
export function totalsOf(reviews: readonly Given[], criteria: readonly Asked[]): Total[] {
  const whole = reviews.filter((scores) => isWhole(scores, criteria));
  return criteria.map(({ code, leastPoints }) => {
    const given = whole.flatMap((scores) => scores.find(({ criterion }) => criterion === code)?.points ?? []);
    const points = given.length === 0 ? null : given.reduce((sum, one) => sum + one, 0) / given.length;
    return { criterion: code, points, leastPoints, enough: points !== null && points >= leastPoints };
  });
}

/** What stands in the way of granting it; undefined when it may be granted. */
export function whyNotGranted(
  reviews: readonly Given[],
  criteria: readonly Asked[],
): "label.noWholeReview" | "label.belowLeast" | undefined {
  const totals = totalsOf(reviews, criteria);
  if (totals.length === 0 || totals.some(({ points }) => points === null)) return "label.noWholeReview";
  return totals.every(({ enough }) => enough) ? undefined : "label.belowLeast";
}

/** All points together; null while there is no whole review. */
export function sumOf(totals: readonly Total[]): number | null {
  let sum = 0;
  for (const { points } of totals) {
    if (points === null) return null;
    sum += points;
  }
  return totals.length === 0 ? null : sum;
}
