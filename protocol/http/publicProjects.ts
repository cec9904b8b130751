/** What everybody may read of projects: the gallery and a project's card. Never a person. */
import * as z from "zod";
import { At, CountryCode } from "../ids.ts";
import { LabelSchool } from "./labels.ts";
import { EntryCode } from "./lists.ts";
import { Cursor } from "./paging.ts";
import { ProjectSlug } from "./projects.ts";

/**
 * `label`: the code of its eTwinning Label in the project, in groups, while that holds. `qualityLabels`: those of Quality Labels
 * that its teachers hold for this project and show.
 */
export const PublicSchool = z.strictObject({
  ...LabelSchool.shape,
  label: z.string().nullable(),
  qualityLabels: z.array(z.string()),
});
export type PublicSchool = z.infer<typeof PublicSchool>;

export const PublicProject = z.strictObject({
  slug: ProjectSlug,
  title: z.string(),
  summary: z.string(),
  state: z.enum(["active", "closed", "archived"]),
  /** When it was approved. */
  activatedAt: At.nullable(),
  schools: z.array(PublicSchool),
  /** Entries of the lists language and subject. */
  languages: z.array(z.string()),
  subjects: z.array(z.string()),
  ageMin: z.int().nullable(),
  ageMax: z.int().nullable(),
  /** It has the eTwinning Label. */
  labelled: z.boolean(),
  /** Everybody may read its report, at /projects/<slug>/report. */
  reported: z.boolean(),
});
export type PublicProject = z.infer<typeof PublicProject>;

/** Empty means any. `age`: projects for pupils of this age. */
export const FindPublicProjects = z.strictObject({
  country: CountryCode.optional(),
  language: EntryCode.optional(),
  subject: EntryCode.optional(),
  age: z
    .string()
    .regex(/^\d{1,2}$/)
    .transform(Number)
    .optional(),
  after: Cursor.optional(),
});
export type FindPublicProjects = z.input<typeof FindPublicProjects>;

export const PublicProjects = z.strictObject({ projects: z.array(PublicProject), next: Cursor.nullable() });
export type PublicProjects = z.infer<typeof PublicProjects>;

export const OnePublicProject = z.strictObject({ slug: ProjectSlug });
