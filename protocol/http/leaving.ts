/** Ending one's own account, and what stands in its way. */
import * as z from "zod";
import "../ids.ts";
import { ProjectSlug } from "./projects.ts";

/** What has to be handed over first. */
export const BeforeLeaving = z.strictObject({
  lastOperator: z.boolean(),
  /** Active projects that would be left without a founder. */
  projects: z.array(z.strictObject({ slug: ProjectSlug, title: z.string() })),
  /** False for who signs in elsewhere and has no password here. */
  hasPassword: z.boolean(),
});
export type BeforeLeaving = z.infer<typeof BeforeLeaving>;

export const EndMyAccount = z.strictObject({ password: z.string().max(1_000) });
export type EndMyAccount = z.infer<typeof EndMyAccount>;
