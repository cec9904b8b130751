/** Judging an application for a Quality Label: points and remarks of reviewers, and what the service decides. */
import * as z from "zod";
import { EntryCode } from "../http/lists.ts";
import { At, Id } from "../ids.ts";

const mostPoints = 5;
const written = (longest: number) =>
  z
    .string()
    .max(longest)
    .overwrite((text) =>
      text
        .replace(/\r\n?/g, "\n")
        .replace(/[^\P{Cc}\n\t]/gu, "")
        .replace(/\p{Cs}/gu, "\ufffd"),
    );
export const Remark = written(2_000);
export const Feedback = written(4_000);
export const Points = z.int().min(0).max(mostPoints);

/** Of one reviewer for one criterion. `points` null: nothing given yet, only a remark. */
export const Score = z.strictObject({ criterion: EntryCode, points: Points.nullable(), remark: Remark });
export type Score = z.infer<typeof Score>;
export const SaveScores = z.strictObject({
  scores: z
    .array(Score)
    .min(1)
    .max(30)
    .refine((all) => new Set(all.map(({ criterion }) => criterion)).size === all.length),
});
export type SaveScores = z.infer<typeof SaveScores>;

/** What one reviewer has given. */
export const Reviewed = z.strictObject({
  reviewer: Id,
  name: z.string(),
  own: z.boolean(),
  at: At,
  scores: z.array(Score),
});
export type Reviewed = z.infer<typeof Reviewed>;

export const Decision = z.enum(["granted", "notGranted"]);
export type Decision = z.infer<typeof Decision>;
/** Whoever is refused is told why. */
export const Decide = z
  .strictObject({ decision: Decision, feedback: Feedback })
  .refine(({ decision, feedback }) => decision === "granted" || feedback.trim() !== "", { path: ["feedback"] });
export type Decide = z.infer<typeof Decide>;
