/**
 * Entries of a report card: dated pieces of a project's running account, written by its teachers, or by a meeting when it
 * ends. A draft is seen by every teacher of the project; what is shared with the services is read by those of its countries.
 */
import * as z from "zod";
import { EntryCode } from "../http/lists.ts";
import { Cursor } from "../http/paging.ts";
import { Day } from "../http/projects.ts";
import { At, CountryCode, Id } from "../ids.ts";
import { Person } from "../twinspace/space.ts";
import { Comment } from "./comments.ts";
import { MeetingCounts } from "./meetingCounts.ts";

export const EntryKind = z.enum([
  "activity",
  "meeting",
  "milestone",
  "difficulty",
  "change",
  "result",
  "dissemination",
  "question",
  "interim",
  "final",
]);
export type EntryKind = z.infer<typeof EntryKind>;
/** What a teacher begins; a meeting writes its own. */
export const WrittenKind = EntryKind.exclude(["meeting"]);
export type WrittenKind = z.infer<typeof WrittenKind>;

export const EntryState = z.enum(["draft", "shared"]);
export type EntryState = z.infer<typeof EntryState>;
/** Who reads it once it is shared: the teachers of the project, or its support services too. */
export const EntryReaders = z.enum(["partners", "services"]);
export type EntryReaders = z.infer<typeof EntryReaders>;

const tidy = (text: string) =>
  text
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\n\t]/gu, "")
    .replace(/\p{Cs}/gu, "\ufffd");
const lines = (longest: number) => z.string().max(longest).overwrite(tidy);
const line = (longest: number) =>
  z
    .string()
    .max(longest)
    .overwrite((text) => tidy(text).replace(/\s+/g, " "));
const codes = z
  .array(EntryCode)
  .max(60)
  .refine((all) => new Set(all).size === all.length);
/** Empty while it is typed; only addresses of the web otherwise. */
const webAddress = line(500).refine((text) => text === "" || /^https?:\/\/\S+$/.test(text));

/** Something to show for it. `moment`: of a replay; `atMs` from the opening of the meeting. */
export const Evidence = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("material"), id: Id }),
  z.strictObject({ kind: z.literal("page"), id: Id }),
  z.strictObject({ kind: z.literal("moment"), meeting: Id, atMs: z.int().min(0).max(86_400_000), words: line(200) }),
  z.strictObject({ kind: z.literal("link"), link: webAddress.min(1), words: line(200) }),
]);
export type Evidence = z.infer<typeof Evidence>;
export const mostEvidence = 30;

/** How many pupils of one school took part, of these ages. Numbers only. */
export const PupilCount = z.strictObject({
  school: Id,
  ageMin: z.int().min(3).max(20).nullable(),
  ageMax: z.int().min(3).max(20).nullable(),
  count: z.int().min(0).max(100_000),
});
export type PupilCount = z.infer<typeof PupilCount>;
export const TeacherCount = z.strictObject({ school: Id, count: z.int().min(0).max(1_000) });

/** Which line of the plan it brought forward, and by how many. */
export const PlanTouched = z.strictObject({ item: Id, amount: z.int().min(0).max(1_000) });
export type PlanTouched = z.infer<typeof PlanTouched>;

/** What somebody fills in. Which of it a kind asks for: domain/reports/fields.ts. Empty is "not said". */
export const EntryBody = z.strictObject({
  title: line(120),
  fromDay: Day.nullable(),
  toDay: Day.nullable(),
  done: lines(4000),
  pupils: z.array(PupilCount).max(60),
  teachers: z.array(TeacherCount).max(30),
  communication: lines(2000),
  collaboration: lines(2000),
  curriculum: lines(2000),
  subjects: codes,
  tools: codes,
  learned: lines(3000),
  difficulties: lines(3000),
  /** To the support service. Once shared with it, it waits for an answer. */
  question: lines(2000),
  /** Whether consents were looked at before anything was shown, and how many incidents there were. */
  consentsChecked: z.boolean().nullable(),
  incidents: z.int().min(0).max(1_000).nullable(),
  safeguarding: lines(2000),
  shownWhere: lines(500),
  shownLink: webAddress,
  audience: line(200),
  nextSteps: lines(2000),
  nextDay: Day.nullable(),
  plan: z.array(PlanTouched).max(60),
  /** Entries of the list `criterion`. */
  criteria: codes,
  evidence: z.array(Evidence).max(mostEvidence),
});
export type EntryBody = z.infer<typeof EntryBody>;
export type EntryField = keyof EntryBody;
export const EntryFieldName = EntryBody.keyof();

export const emptyBody: EntryBody = {
  ...{ title: "", fromDay: null, toDay: null, done: "", pupils: [], teachers: [], communication: "" },
  ...{ collaboration: "", curriculum: "", subjects: [], tools: [], learned: "", difficulties: "", question: "" },
  ...{ consentsChecked: null, incidents: null, safeguarding: "", shownWhere: "", shownLink: "", audience: "" },
  ...{ nextSteps: "", nextDay: null, plan: [], criteria: [], evidence: [] },
};

/**
 * A piece of evidence as far as the reader may see it. `path`: where it is opened; null: it is not there any more, or not
 * theirs to see. `image`, of a picture: `src` takes `?size=` one of its sizes.
 */
export const ShownEvidence = z.strictObject({
  evidence: Evidence,
  title: z.string(),
  path: z.string().nullable(),
  image: z.strictObject({ src: z.string(), alt: z.string(), sizes: z.array(z.int()) }).nullable(),
  /** It shows pupils and may not be shown outside of the TwinSpace: the schools to ask. Then `path` and `image` are null. */
  heldBack: z.strictObject({ schools: z.array(z.string()) }).nullable(),
});
export type ShownEvidence = z.infer<typeof ShownEvidence>;

export const EntryView = z.strictObject({
  id: Id,
  kind: EntryKind,
  state: EntryState,
  readers: EntryReaders,
  /** Null: the meeting wrote it. To a support service teachers are named, as everywhere in the project's form. */
  author: Person.nullable(),
  body: EntryBody,
  version: z.int(),
  /** The last day of its period, or the one on which it was made. */
  day: z.string(),
  madeAt: At,
  sharedAt: At.nullable(),
  changedAt: At,
  /** Of a meeting's own entry. `replay`: where the reader watches it; null when they may not. */
  meeting: z.strictObject({ counts: MeetingCounts, title: z.string(), replay: z.string().nullable() }).nullable(),
  calendarItem: z.strictObject({ id: Id, title: z.string() }).nullable(),
  evidence: z.array(ShownEvidence),
  /** The question waits: since when, and for whose service (null: the central one). */
  waits: z.strictObject({ since: At, country: CountryCode.nullable() }).nullable(),
  comments: z.array(Comment),
  /** Which services have marked it as read; `country` null: the central one. */
  readBy: z.array(z.strictObject({ country: CountryCode.nullable(), at: At })),
  mayWrite: z.boolean(),
  mayRemove: z.boolean(),
});
export type EntryView = z.infer<typeof EntryView>;

/* What is asked and sent, below /api/spaces/:project/report */

export const AskEntries = z.strictObject({ kind: EntryKind.optional(), after: Cursor.optional() });
export const Entries = z.strictObject({ entries: z.array(EntryView), next: Cursor.nullable() });
export type Entries = z.infer<typeof Entries>;

/** `interim` and `final` come filled in from the others. `calendarItem`: whose date it tells of. */
export const BeginEntry = z.strictObject({ kind: WrittenKind, calendarItem: Id.optional() });
export type BeginEntry = z.infer<typeof BeginEntry>;

/**
 * `base`: the entry's version that its author had before their eyes. Saves of several fields at once. `sure`: keep it in an
 * entry that is shared already, although a text seems to name a pupil (`entry.namesPupil`); of a draft nothing is asked.
 */
export const SaveEntry = z.strictObject({
  base: z.int().min(0).max(2_000_000_000),
  changes: EntryBody.partial(),
  sure: z.boolean().default(false),
});
export type SaveEntry = z.input<typeof SaveEntry>;
/** What somebody else has put there meanwhile: the field is left as theirs until it is saved on this version. */
export const EntryConflict = z.strictObject({ field: EntryFieldName, by: z.string() });
export const EntrySaved = z.strictObject({ entry: EntryView, conflicts: z.array(EntryConflict) });
export type EntrySaved = z.infer<typeof EntrySaved>;

/** `sure`: share it although a text seems to name a pupil (`entry.namesPupil`). */
export const ShareEntry = z.strictObject({ readers: EntryReaders, sure: z.boolean().default(false) });
export type ShareEntry = z.input<typeof ShareEntry>;
