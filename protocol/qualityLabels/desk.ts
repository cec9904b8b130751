/** The support services' desk for Quality Labels: what was sent, one application with its reviews, deciding it. */
import * as z from "zod";
import { LabelSchool } from "../http/labels.ts";
import { EntryCode } from "../http/lists.ts";
import { Cursor, SoughtWords } from "../http/paging.ts";
import { At, CountryCode, Id } from "../ids.ts";
import { ApplicationState } from "./applications.ts";
import { FileKey, FrozenShown } from "./frozen.ts";
import { Decision, Reviewed, Score } from "./review.ts";

/** Waiting and in review: the oldest first. Decided: the newest first. */
export const LabelShelf = z.enum(["waiting", "inReview", "decided"]);
export type LabelShelf = z.infer<typeof LabelShelf>;

export const LabelWorklist = z.strictObject({
  shelf: LabelShelf.default("waiting"),
  country: CountryCode.optional(),
  words: SoughtWords.optional(),
});
export type LabelWorklist = z.output<typeof LabelWorklist>;
export const LabelWorklistPage = LabelWorklist.extend({ after: Cursor.optional() });

/** Who works at it. `whole`: they have given points for every criterion. */
export const LabelReviewer = z.strictObject({ name: z.string(), own: z.boolean(), whole: z.boolean(), beganAt: At });
export type LabelReviewer = z.infer<typeof LabelReviewer>;

export const LabelItem = z.strictObject({
  id: Id,
  state: ApplicationState,
  attempt: z.int(),
  project: z.strictObject({ slug: z.string(), title: z.string() }),
  school: LabelSchool,
  /** Empty: they are not here any more. */
  applicant: z.string(),
  submittedAt: At,
  decidedAt: At.nullable(),
  /** Of one that was decided: what the reviews came to, out of `most`. */
  points: z.number().nullable(),
  most: z.int(),
  reviewers: z.array(LabelReviewer),
});
export type LabelItem = z.infer<typeof LabelItem>;

export const LabelItems = z.strictObject({
  items: z.array(LabelItem),
  /** How much is on each shelf, of what the reader may see and of the country asked for. */
  counts: z.strictObject({ waiting: z.int(), inReview: z.int() }),
  next: Cursor.nullable(),
});
export type LabelItems = z.infer<typeof LabelItems>;

/**
 * `review`: score and decide it. `conflict`: they are in the project or work at one of its schools. `otherService`: the
 * country's own service does. `over`: it is decided.
 */
export const MayReview = z.enum(["review", "conflict", "otherService", "over"]);
export type MayReview = z.infer<typeof MayReview>;

export const LabelTotal = z.strictObject({
  criterion: EntryCode,
  points: z.number().min(0).max(5).nullable(),
  leastPoints: z.int(),
  enough: z.boolean(),
});

export const LabelReviewView = z.strictObject({
  item: LabelItem,
  may: MayReview,
  copy: FrozenShown,
  /** My own, as far as I have given them. */
  mine: z.array(Score),
  /** What the others gave; null until I have given points for every criterion myself, or it is decided. */
  others: z.array(Reviewed).nullable(),
  /** What all whole reviews come to; null as `others` is. */
  totals: z.array(LabelTotal).nullable(),
  /** It was decided. `by` null: their account is gone. */
  decided: z
    .strictObject({
      decision: Decision,
      at: At,
      by: z.string().nullable(),
      feedback: z.string(),
      label: z.strictObject({ code: z.string(), revoked: z.boolean() }).nullable(),
    })
    .nullable(),
  /** What was written to the applicant with a decision that was taken back. */
  feedback: z.string(),
  /** Until when the decision can be taken back; null where there is none to take back. */
  undoUntil: At.nullable(),
});
export type LabelReviewView = z.infer<typeof LabelReviewView>;

/** What saving answers: enough to go on with, without the copy. */
export const ScoresSaved = LabelReviewView.pick({ mine: true, others: true, totals: true });
export type ScoresSaved = z.infer<typeof ScoresSaved>;

export const OneSentApplication = z.strictObject({ application: Id });
export const OneSentFile = z.strictObject({ application: Id, key: FileKey });
