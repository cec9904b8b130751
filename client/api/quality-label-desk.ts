/** The desk for Quality Labels, and the labels that somebody holds. */
import type { ChooseForLabel, MyLabels } from "../../protocol/qualityLabels/awards.ts";
import type {
  LabelItem,
  LabelItems,
  LabelReviewView,
  LabelShelf,
  ScoresSaved,
} from "../../protocol/qualityLabels/desk.ts";
import type { Decide, Score } from "../../protocol/qualityLabels/review.ts";
import { type Answer, ask, isRefused } from "../api.ts";

const at = encodeURIComponent;
const one = (application: string) => `/api/desk/quality-labels/${at(application)}`;

export interface LabelFilter {
  readonly shelf: LabelShelf;
  readonly country: string;
}

const queryOf = ({ shelf, country }: LabelFilter, words: string, after: string | null): string => {
  const asked = { shelf, country, words: words.trim(), after: after ?? "" };
  return new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== "")).toString();
};

/** `counted` is told how much is on each shelf. */
export async function sentLabels(
  filter: LabelFilter,
  words: string,
  after: string | null,
  counted: (counts: LabelItems["counts"]) => void,
): Promise<Answer<{ rows: readonly LabelItem[]; next: string | null }>> {
  const answer = await ask<LabelItems>("GET", `/api/desk/quality-labels?${queryOf(filter, words, after)}`);
  if (isRefused(answer)) return answer;
  counted(answer.value.counts);
  return { value: { rows: answer.value.items, next: answer.value.next } };
}

/** An address, for an anchor. */
export const labelsFile = (filter: LabelFilter, words: string) =>
  `/api/desk/quality-labels.csv?${queryOf(filter, words, null)}`;

export const sentLabel = (application: string) => ask<LabelReviewView>("GET", one(application));
export const takeInReview = (application: string) => ask<LabelReviewView>("POST", `${one(application)}/review`);
export const saveScores = (application: string, scores: readonly Score[]) =>
  ask<ScoresSaved>("PUT", `${one(application)}/scores`, { scores });
export const decideLabel = (application: string, decision: Decide) =>
  ask<LabelReviewView>("POST", `${one(application)}/decision`, decision);
export const undoLabelDecision = (application: string) => ask<LabelReviewView>("POST", `${one(application)}/undo`);

export const myLabels = () => ask<MyLabels>("GET", "/api/me/labels");
export const chooseForLabel = (code: string, choice: ChooseForLabel) =>
  ask<MyLabels>("PATCH", `/api/me/labels/${at(code)}`, choice);
