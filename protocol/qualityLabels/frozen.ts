/**
 * The copy of what an application stands on, made when it is sent. Nothing in it changes afterwards: not when an entry, a page,
 * a file or the project does. It has no name of anybody who took part in it: authors are `account:<id>`, resolved when it is
 * shown, and of files only the key, so that what was erased from them is gone from here too.
 */
import * as z from "zod";
import { EntryCode } from "../http/lists.ts";
import { At, CountryCode, Id } from "../ids.ts";
import { EntryBody, EntryKind } from "../reports/entries.ts";
import { MeetingCounts } from "../reports/meetingCounts.ts";
import { Licence } from "../twinspace/materials.ts";
import { Author, Person } from "../twinspace/space.ts";
import { Gate } from "./gate.ts";

/** A criterion as it was: what it is called, what is asked, its steps from 0 and the least that a label needs. By language. */
export const Criterion = z.strictObject({
  code: EntryCode,
  labels: z.record(z.string(), z.string()),
  asks: z.record(z.string(), z.string()),
  descriptors: z.record(z.string(), z.array(z.string())),
  leastPoints: z.int().min(0).max(5),
});
export type Criterion = z.infer<typeof Criterion>;
export const FrozenRubric = z.strictObject({
  code: EntryCode,
  labels: z.record(z.string(), z.string()),
  /** The most points for a criterion. */
  steps: z.int().min(1).max(5),
  criteria: z.array(Criterion),
});
export type FrozenRubric = z.infer<typeof FrozenRubric>;

const school = z.strictObject({ id: Id, name: z.string(), town: z.string(), country: CountryCode });

export const FrozenProject = z.strictObject({
  id: Id,
  slug: z.string(),
  title: z.string(),
  summary: z.string(),
  aims: z.string(),
  workProcess: z.string(),
  expectedResults: z.string(),
  subjects: z.array(EntryCode),
  languages: z.array(z.string()),
  ageMin: z.int().nullable(),
  ageMax: z.int().nullable(),
  pupils: z.int().nullable(),
  startDay: z.string().nullable(),
  endDay: z.string().nullable(),
  schools: z.array(school),
});
export type FrozenProject = z.infer<typeof FrozenProject>;

/** What was counted in a meeting, and what it was called. */
export const FrozenMeeting = z.strictObject({ title: z.string(), counts: MeetingCounts });

export const FrozenEntry = z.strictObject({
  id: Id,
  kind: EntryKind,
  day: z.string(),
  sharedAt: At,
  author: Author.nullable(),
  school: Id.nullable(),
  version: z.int(),
  /** Without its question to a service, which is between those two. What it shows is below, as far as it was chosen. */
  body: EntryBody.omit({ question: true, evidence: true, plan: true }),
  plan: z.array(z.strictObject({ kind: z.enum(["aim", "result"]), words: z.string(), amount: z.int() })),
  meeting: FrozenMeeting.nullable(),
});
export type FrozenEntry = z.infer<typeof FrozenEntry>;

/** Of a copied file, below DATA_DIR/applications/<application>/. */
export const FileKey = z.string().regex(/^[A-Za-z0-9_-]{1,48}$/);

/** A page as its text was; pictures, films and files at their places in it. */
export const FrozenPage = z.strictObject({
  id: Id,
  title: z.string(),
  version: z.int(),
  parts: z.array(
    z.discriminatedUnion("of", [
      z.strictObject({ of: z.literal("text"), words: z.string() }),
      z.strictObject({ of: z.literal("file"), file: FileKey }),
    ]),
  ),
});
export type FrozenPage = z.infer<typeof FrozenPage>;

/** A moment of a replay in words and numbers; the replay itself is not copied. */
export const FrozenMoment = z.strictObject({
  meeting: Id,
  title: z.string(),
  day: z.string(),
  /** From the opening of the meeting. */
  atMs: z.int().min(0),
  words: z.string(),
  counts: MeetingCounts.nullable(),
});

/** One thing that is shown for a criterion. */
export const FrozenPiece = z.discriminatedUnion("of", [
  z.strictObject({ of: z.literal("entry"), entry: Id }),
  z.strictObject({ of: z.literal("page"), entry: Id, page: Id }),
  z.strictObject({ of: z.literal("file"), entry: Id, file: FileKey }),
  z.strictObject({ of: z.literal("moment"), entry: Id, moment: FrozenMoment }),
  z.strictObject({ of: z.literal("link"), entry: Id, link: z.string(), words: z.string() }),
]);
export type FrozenPiece = z.infer<typeof FrozenPiece>;

export const FrozenAnswer = z.strictObject({ criterion: EntryCode, text: z.string(), pieces: z.array(FrozenPiece) });

/** As it is kept. `format` changes when this does: old ones are read as they are. */
export const Frozen = z.strictObject({
  format: z.literal(1),
  project: FrozenProject,
  applicant: z.strictObject({ author: Author, school }),
  gate: Gate,
  /** In the order of the rubric, every criterion. */
  answers: z.array(FrozenAnswer),
  /** All that something was chosen of, the oldest first. */
  entries: z.array(FrozenEntry),
  pages: z.array(FrozenPage),
});
export type Frozen = z.infer<typeof Frozen>;

/* As it is shown: with people as they are now, and without what consent does not allow any more. */

/**
 * `keptBack`: it shows pupils, and not everybody on it may be shown in public now; `schools` may say more, never which child.
 * `erased`: somebody on it was erased, and it with them.
 */
export const ShownFile = z.strictObject({
  key: FileKey,
  state: z.enum(["shown", "keptBack", "erased"]),
  kind: z.enum(["image", "video", "sound", "file"]),
  /** Empty unless it is shown. */
  name: z.string(),
  type: z.string(),
  bytes: z.int(),
  alt: z.string(),
  caption: z.string(),
  credit: z.string(),
  licence: Licence,
  sizes: z.array(z.int()),
  /** Where the reader has it from; of smaller pictures `?size=320`. Null unless it is shown. */
  path: z.string().nullable(),
  /** Whom to ask about what is kept back. */
  schools: z.array(z.string()),
});
export type ShownFile = z.infer<typeof ShownFile>;

export const ShownFrozenEntry = FrozenEntry.omit({ author: true, school: true }).extend({
  /** Null: a meeting wrote it. An empty name: they are not here any more. */
  author: Person.nullable(),
});
export type ShownFrozenEntry = z.infer<typeof ShownFrozenEntry>;

export const FrozenShown = z.strictObject({
  project: FrozenProject,
  applicant: z.strictObject({ name: z.string(), school }),
  gate: Gate,
  answers: z.array(FrozenAnswer),
  entries: z.array(ShownFrozenEntry),
  pages: z.array(FrozenPage),
  files: z.array(ShownFile),
  rubric: FrozenRubric,
  attempt: z.int(),
  /** Null in a preview. */
  submittedAt: At.nullable(),
});
export type FrozenShown = z.infer<typeof FrozenShown>;
