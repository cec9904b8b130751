/** Points and remarks as somebody gives them, before they are drawn or sent. */
import type { Criterion, FrozenRubric } from "../../protocol/qualityLabels/frozen.ts";
import { SaveScores, type Score } from "../../protocol/qualityLabels/review.ts";
import type { DraftStore } from "./drafts.ts";

export type Given = Readonly<Record<string, Score>>;

export const givenOf = (scores: readonly Score[]): Given =>
  Object.fromEntries(scores.map((score) => [score.criterion, score]));

export const scoreOf = (given: Given, criterion: string): Score =>
  given[criterion] ?? { criterion, points: null, remark: "" };

export interface Standing {
  /** All points given so far. */
  points: number;
  most: number;
  scored: number;
  /** Those that were scored, and with less than they need. */
  tooFew: Criterion[];
}

export function standingOf(given: Given, { criteria, steps }: FrozenRubric): Standing {
  const points = criteria.map(({ code }) => given[code]?.points ?? null);
  return {
    points: points.reduce<number>((sum, one) => sum + (one ?? 0), 0),
    most: criteria.length * steps,
    scored: points.filter((one) => one !== null).length,
    tooFew: criteria.filter(({ leastPoints }, index) => (points[index] ?? leastPoints) < leastPoints),
  };
}

/** In the reader's language, else in English, else in any. */
export function inWords<T>(byLanguage: Readonly<Record<string, T>>, tag: string): T | undefined {
  return byLanguage[tag] ?? byLanguage[tag.split("-")[0] ?? tag] ?? byLanguage.en ?? Object.values(byLanguage)[0];
}

const keptUnder = (account: string, application: string) => `label-scores ${account} ${application}`;

/** What this browser has that the server does not: of a lost connection, or a page that was closed. */
export function keptScores(store: DraftStore, account: string, application: string): Score[] {
  try {
    const kept: unknown = JSON.parse(store.getItem(keptUnder(account, application)) ?? "null");
    const read = SaveScores.safeParse({ scores: kept });
    return read.success ? read.data.scores : [];
  } catch {
    return [];
  }
}

export function keepScores(store: DraftStore, account: string, application: string, scores: readonly Score[]): void {
  try {
    if (scores.length === 0) store.removeItem(keptUnder(account, application));
    else store.setItem(keptUnder(account, application), JSON.stringify(scores));
  } catch {
    // A private window keeps nothing: then only the server does.
  }
}
