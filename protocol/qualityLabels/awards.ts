/** Quality Labels that were given: what everybody sees of them, and what their holders choose. */
import * as z from "zod";
import { LabelSchool } from "../http/labels.ts";
import { At } from "../ids.ts";

/** One that holds and that its holder shows. */
export const ShownQualityLabel = z.strictObject({
  /** In groups; it is checked at /labels/<code>. */
  code: z.string(),
  school: LabelSchool,
  /** Null: they did not agree to be named, or are gone. */
  holder: z.string().nullable(),
  issuedAt: At,
});
export type ShownQualityLabel = z.infer<typeof ShownQualityLabel>;

export const MyLabel = z.strictObject({
  code: z.string(),
  project: z.strictObject({ slug: z.string(), title: z.string() }),
  school: LabelSchool,
  issuedAt: At,
  revokedAt: At.nullable(),
  /** It is shown on the project's public pages. */
  shown: z.boolean(),
  /** With my name. */
  named: z.boolean(),
});
export type MyLabel = z.infer<typeof MyLabel>;

/** Newest first. */
export const MyLabels = z.strictObject({ labels: z.array(MyLabel) });
export type MyLabels = z.infer<typeof MyLabels>;

export const ChooseForLabel = z.strictObject({ shown: z.boolean().optional(), named: z.boolean().optional() });
export type ChooseForLabel = z.infer<typeof ChooseForLabel>;
