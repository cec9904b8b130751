/**
 * The public version of a report card: copies of chosen entries. What of an entry may be public is what has a place in
 * `EntryCopy`: never questions, difficulties, safeguarding, comments, or the name of anybody.
 */
import * as z from "zod";
import { Cursor } from "../http/paging.ts";
import { At, CountryCode, Id, writtenText } from "../ids.ts";
import { HeldWhy } from "../twinspace/publishing.ts";
import { OneSpace, Person } from "../twinspace/space.ts";
import { EntryKind, PupilCount, TeacherCount } from "./entries.ts";

const count = z.int().min(0);
const SpokenCount = z.strictObject({
  school: Id.nullable(),
  adults: count,
  pupils: count,
  turns: count,
  spokeMs: count,
});

/** Of a meeting: numbers alone. */
export const MeetingCopy = z.strictObject({
  lengthMs: count,
  adults: count,
  pupils: count,
  classes: count,
  turns: count,
  schools: z.array(SpokenCount),
});
export type MeetingCopy = z.infer<typeof MeetingCopy>;

/** What is kept of an entry when it is published. Schools by their ids: they are named as they are called when it is read. */
export const EntryCopy = z.strictObject({
  kind: EntryKind,
  title: z.string(),
  day: z.string(),
  fromDay: z.string().nullable(),
  toDay: z.string().nullable(),
  /** Its author's; null where a meeting wrote it. */
  school: Id.nullable(),
  done: z.string(),
  learned: z.string(),
  /** Lines of the plan that it brought forward, in their words of then, and by how many. */
  results: z.array(z.strictObject({ words: z.string(), amount: count })),
  shownWhere: z.string(),
  shownLink: z.string(),
  audience: z.string(),
  /** Links among what it has to show. */
  links: z.array(z.strictObject({ link: z.string(), words: z.string() })),
  /** Pages of the TwinSpace. Shown are those that are public themselves, as they are called there. */
  pages: z.array(z.strictObject({ id: Id, title: z.string() })),
  pupils: z.array(PupilCount),
  teachers: z.array(TeacherCount),
  meeting: MeetingCopy.nullable(),
});
export type EntryCopy = z.infer<typeof EntryCopy>;
export type CopyField = keyof EntryCopy | "materials";

/** What may stand above the entries: languages, subjects and ages; the charts; Quality Labels that their holders show. */
export const reportParts = ["facts", "glance", "labels"] as const;
export const ReportPart = z.enum(reportParts);
export type ReportPart = z.infer<typeof ReportPart>;

export const longestLine = 160;
export const longestIntro = 2000;
/** A long report card is chosen from: that is what a public version is for. */
export const mostPublicEntries = 200;

const tidyLine = z.union([z.literal(""), writtenText(longestLine).transform((text) => text.replace(/\s+/g, " "))]);
/** Saved as it is typed; public with the next press of "Publish". `listed` at once. */
export const WritePublicReport = z.strictObject({
  line: tidyLine,
  intro: z.union([z.literal(""), writtenText(longestIntro)]),
  parts: z.array(ReportPart).max(reportParts.length),
  listed: z.boolean(),
  /** The version that its author had before their eyes. */
  base: z.int().min(0).max(2_000_000_000),
});
export type WritePublicReport = z.input<typeof WritePublicReport>;

/** As it is by now: also what is answered where somebody else has written meanwhile. */
export const WrittenReport = z.strictObject({
  line: z.string(),
  intro: z.string(),
  parts: z.array(ReportPart),
  listed: z.boolean(),
  version: z.int().min(0),
});
export type WrittenReport = z.infer<typeof WrittenReport>;

/* What its teachers see: GET /api/spaces/:project/report/public */

/** A picture, film or sound that shows pupils without their consent: whose school is to be asked, never which child. */
export const HeldEvidence = z.strictObject({
  id: Id,
  name: z.string(),
  why: HeldWhy,
  schools: z.array(z.string()),
  /** By alias, to teachers of their own school. */
  people: z.array(Person),
});
export type HeldEvidence = z.infer<typeof HeldEvidence>;

/** A field that is another one by now, in words. */
export const CopyChange = z.strictObject({ field: z.string(), was: z.string(), is: z.string() });
export type CopyChange = z.infer<typeof CopyChange>;

export const PublishableEntry = z.strictObject({
  id: Id,
  kind: EntryKind,
  title: z.string(),
  day: z.string(),
  /** Null where a meeting wrote it. */
  school: z.strictObject({ name: z.string(), country: CountryCode }).nullable(),
  /** Of the entry now: what would be published. */
  version: z.int(),
  /** Null: it was never published. `gone`: the entry was removed or taken back, so its copy is not shown. */
  state: z.enum(["public", "withdrawn", "gone"]).nullable(),
  publishedAt: At.nullable(),
  /** What differs from what is public. */
  changes: z.array(CopyChange),
  /** What is not shown of the public copy, or would keep the entry from being published as it is now. */
  held: z.array(HeldEvidence),
  /** Pictures and files that it would show. */
  materials: z.int(),
});
export type PublishableEntry = z.infer<typeof PublishableEntry>;

export const ReadCount = z.strictObject({ day: z.string(), html: count, feed: count, pdf: count });
export type ReadCount = z.infer<typeof ReadCount>;

export const PublicReportView = z.strictObject({
  slug: z.string(),
  state: z.enum(["hidden", "public"]),
  /** Absolute, and as a QR code: row by row, `1` is dark. */
  address: z.string(),
  qr: z.array(z.string()),
  /** Whether a stranger finds it now: public, not taken down, with an entry or words to show. */
  served: z.boolean(),
  mayDecide: z.boolean(),
  written: WrittenReport,
  /** The words or the parts above the entries are other ones than those that are public. */
  wordsChanged: z.boolean(),
  publishedAt: At.nullable(),
  askedBy: Person.nullable(),
  takenDown: z.strictObject({ reason: z.string(), at: At }).nullable(),
  /** Those that were published, in their order; on the first page of the answer only. */
  entries: z.array(PublishableEntry),
  /** The other shared ones, the newest day first. */
  others: z.array(PublishableEntry),
  next: Cursor.nullable(),
  reads: z.strictObject({
    /** Days on which it was read, of the last 30, the newest last. */
    days: z.array(ReadCount),
    all: z.strictObject({ html: count, feed: count, pdf: count }),
  }),
});
export type PublicReportView = z.infer<typeof PublicReportView>;

export const AskPublicReport = z.strictObject({ after: Cursor.optional() });
export const OnePublicEntry = OneSpace.extend({ entry: Id });
/** `version`: what was looked at. `leaveOut`: pictures and files of it that are not to be shown. */
export const PublishReport = z.strictObject({
  entries: z
    .array(
      z.strictObject({
        id: Id,
        version: z.int().min(0).max(2_000_000_000),
        leaveOut: z.array(Id).max(30).default([]),
      }),
    )
    .max(mostPublicEntries)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length),
  /** Publish although a text seems to name a pupil (`entry.namesPupil`). */
  sure: z.boolean().default(false),
});
export type PublishReport = z.input<typeof PublishReport>;
/** All that are published, in their new order. */
export const OrderPublic = z.strictObject({ entries: z.array(Id).max(mostPublicEntries) });
/** Which entries are looked at before they are published, in this order; those that are public come with them. */
export const PreviewReport = z.strictObject({
  entries: z
    .string()
    .max(12_000)
    .regex(/^[A-Za-z0-9_,-]*$/)
    .optional(),
});

/* For the safeguarding leads of its schools */

export const SchoolsPublicReport = z.strictObject({
  project: z.strictObject({ id: Id, slug: z.string(), title: z.string() }),
  publishedAt: At,
  takenDown: z.strictObject({ reason: z.string(), at: At }).nullable(),
});
export type SchoolsPublicReport = z.infer<typeof SchoolsPublicReport>;
export const SchoolsPublicReports = z.strictObject({
  reports: z.array(SchoolsPublicReport),
  next: Cursor.nullable(),
});
export type SchoolsPublicReports = z.infer<typeof SchoolsPublicReports>;
export const FindSchoolsReports = z.strictObject({ after: Cursor.optional() });
export const OneSchoolsReport = z.strictObject({ project: Id });

/* What everybody reads: /projects/:slug/report.json, documented in docs/public-report.md */

const PlacedSchool = z.strictObject({ name: z.string(), town: z.string(), country: CountryCode });
/** `school` null: not known. */
const schoolName = z.string().nullable();
export const PublicFile = z.strictObject({
  id: Id,
  address: z.string(),
  kind: z.enum(["image", "video", "sound", "file"]),
  name: z.string(),
  /** What a picture shows, in words. */
  alt: z.string(),
});
export type PublicFile = z.infer<typeof PublicFile>;

export const PublicEntry = z.strictObject({
  ...EntryCopy.omit({ school: true, pages: true, pupils: true, teachers: true, meeting: true }).shape,
  id: Id,
  publishedAt: At,
  school: schoolName,
  pupils: z.array(z.strictObject({ ...PupilCount.shape, school: schoolName })),
  teachers: z.array(z.strictObject({ ...TeacherCount.shape, school: schoolName })),
  meeting: z
    .strictObject({
      ...MeetingCopy.shape,
      schools: z.array(z.strictObject({ ...SpokenCount.shape, school: schoolName })),
    })
    .nullable(),
  /** Public pages of the project that tell more. */
  pages: z.array(z.strictObject({ title: z.string(), address: z.string() })),
  files: z.array(PublicFile),
});
export type PublicEntry = z.infer<typeof PublicEntry>;

export const PublicReport = z.strictObject({
  /** Its address for people, absolute. */
  address: z.string(),
  project: z.strictObject({
    title: z.string(),
    summary: z.string(),
    state: z.enum(["active", "closed", "archived"]),
    schools: z.array(PlacedSchool),
    languages: z.array(z.string()),
    subjects: z.array(z.string()),
    ageMin: z.int().nullable(),
    ageMax: z.int().nullable(),
  }),
  line: z.string(),
  intro: z.string(),
  publishedAt: At,
  changedAt: At,
  /** Quality Labels that hold and that are shown. */
  labels: z.array(z.strictObject({ code: z.string(), school: z.string(), issuedAt: At })),
  entries: z.array(PublicEntry),
});
export type PublicReport = z.infer<typeof PublicReport>;
