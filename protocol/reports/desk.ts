/**
 * Report cards as the support services find them: the worklist, one card to be read, marks of having read. A national
 * service finds projects with a school of its country, the central one all; both only what was shared with the services.
 */
import * as z from "zod";
import { mostAtOnce } from "../desk.ts";
import { DeskProject } from "../http/desk.ts";
import { Cursor, SoughtWords } from "../http/paging.ts";
import { ProjectSlug } from "../http/projects.ts";
import { At, CountryCode, Id } from "../ids.ts";
import { Card, CardState, Plan } from "./card.ts";
import { Comment } from "./comments.ts";
import { EntryView } from "./entries.ts";

export const OneReport = z.strictObject({ project: ProjectSlug });
export const OneReportEntry = z.strictObject({ project: ProjectSlug, entry: Id });
export const OneReportMaterial = z.strictObject({ project: ProjectSlug, entry: Id, material: Id });
export const AskMaterial = z.strictObject({ size: z.enum(["320", "1280"]).optional() });

const yes = z.literal("yes");
/** Of a Quality Label: of the reader's countries one is applied for, or the project has one. */
export const LabelFilter = z.enum(["none", "etwinning", "applied", "granted"]);
export type LabelFilter = z.infer<typeof LabelFilter>;

/** `year`: of the school year that begins in it on the first of September. */
export const ReportList = z.strictObject({
  state: CardState.optional(),
  silent: yes.optional(),
  waiting: yes.optional(),
  unread: yes.optional(),
  label: LabelFilter.optional(),
  country: CountryCode.optional(),
  year: z
    .string()
    .regex(/^20\d{2}$/)
    .optional(),
  words: SoughtWords.optional(),
});
export type ReportList = z.infer<typeof ReportList>;
export const ReportListPage = ReportList.extend({ after: Cursor.optional() });

const ListedSchool = z.strictObject({ name: z.string(), country: CountryCode });

/** What is to be done next about a card: answer a question, remind its teachers, read what is new, or nothing. */
export const NextStep = z.enum(["answer", "remind", "read", "open"]);
export type NextStep = z.infer<typeof NextStep>;

export const ReportRow = z.strictObject({
  ...{ id: Id, slug: ProjectSlug, title: z.string() },
  /** Of the countries that are asked for; the central service's list of all has none. */
  ownSchools: z.array(ListedSchool),
  partners: z.array(ListedSchool),
  state: CardState,
  silentDays: z.int(),
  /** Nothing was written for long, and the project is not over. */
  silent: z.boolean(),
  /** The oldest question that waits for these countries. */
  questionSince: At.nullable(),
  ...{ entries: z.int(), unread: z.int(), pupils: z.int() },
  /** How many schools have the eTwinning Label. */
  etwinningLabels: z.int(),
  qualityLabel: z.enum(["none", "applied", "granted"]),
  /** The year in which the newest one was granted. */
  grantedYear: z.int().nullable(),
  /** When this service reminded its teachers last. */
  remindedAt: At.nullable(),
  next: NextStep,
});
export type ReportRow = z.infer<typeof ReportRow>;

export const ReportRows = z.strictObject({ rows: z.array(ReportRow), next: Cursor.nullable(), total: z.int() });
export type ReportRows = z.infer<typeof ReportRows>;

/* One card, everything in one page */

export const DeskReport = z.strictObject({
  project: DeskProject.extend({ id: Id }),
  /** Of what was shared with the services alone. `drafts` is 0: they are not theirs to know of. */
  card: Card,
  plan: Plan,
  entries: z.array(EntryView),
  /** About the card as a whole. */
  comments: z.array(Comment),
  /** Countries the reader may speak for here; null is the central service. */
  speaksFor: z.array(CountryCode.nullable()),
  remindedAt: At.nullable(),
  mayRemind: z.boolean(),
});
export type DeskReport = z.infer<typeof DeskReport>;

/* Marks of having read */

const projects = z
  .array(Id)
  .min(1)
  .max(mostAtOnce)
  .refine((all) => new Set(all).size === all.length);
/** All that was shared of these cards, all of them or none. */
export const MarkCards = z.strictObject({ projects });
export type MarkCards = z.infer<typeof MarkCards>;
/** `undo` takes back what was just marked, for ten minutes. `count`: of entries. */
export const Marked = z.strictObject({ count: z.int(), undo: At.nullable(), undoUntil: At.nullable() });
export type Marked = z.infer<typeof Marked>;
export const UnmarkCards = z.strictObject({ projects, at: At });

/** Chosen silent ones; each at most once in two weeks. */
export const RemindProjects = z.strictObject({ projects });
/** `left`: those that were reminded lately, or are not silent. */
export const Reminded = z.strictObject({ reminded: z.int(), left: z.int() });
export type Reminded = z.infer<typeof Reminded>;
export const remindAgainAfterDays = 14;

/* Figures */

export const ReportFigures = z.strictObject({
  /** Newest school year first, then by country. A project counts in each of its countries. */
  rows: z.array(
    z.strictObject({
      year: z.int(),
      country: CountryCode,
      ...{ projects: z.int(), activeCards: z.int(), entries: z.int(), meetings: z.int(), pupils: z.int() },
      ...{ finals: z.int(), etwinningLabels: z.int(), qualityLabels: z.int() },
    }),
  ),
});
export type ReportFigures = z.infer<typeof ReportFigures>;
