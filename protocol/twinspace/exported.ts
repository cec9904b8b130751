/**
 * A project as it leaves: `project.json` of an export, and what an import takes. Published as docs/export-format.md. What is
 * hidden has nothing but that it is so; what was removed is not there.
 */
import * as z from "zod";
import { At, CountryCode } from "../ids.ts";
import { count, Day, Key, line, list, words } from "./exportedParts.ts";
import { ExportedComment, ExportedEntry, ExportedPlanLine } from "./exportedReport.ts";
import { Licence, MaterialKind, Shows, WebLink } from "./materials.ts";
import { PageEdit, PageState, PageView } from "./pages.ts";
import { SpaceRoleName } from "./space.ts";

/** Where in the zip something lies. */
const Entry = z.string().regex(/^(?:files|texts)\/[^/\\\p{Cc}]{1,200}$/u);

export const ExportedPerson = z.strictObject({
  id: Key,
  kind: z.enum(["adult", "pupil", "visitor"]),
  /** A pupil's alias. Empty: they are not there any more. */
  name: line(200),
  role: SpaceRoleName.nullable(),
  school: line(200).nullable(),
});
export type ExportedPerson = z.infer<typeof ExportedPerson>;

export const ExportedFolder = z.strictObject({ id: Key, parent: Key.nullable(), name: line(80) });
export type ExportedFolder = z.infer<typeof ExportedFolder>;

const said = { author: Key, at: At, hidden: z.boolean() };

export const ExportedMaterial = z.strictObject({
  id: Key,
  folder: Key.nullable(),
  kind: MaterialKind,
  name: line(200),
  type: line(200),
  bytes: z.int().nonnegative(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  file: Entry.nullable(),
  link: WebLink.nullable(),
  licence: Licence,
  credit: words(400),
  alt: words(1000),
  decorative: z.boolean(),
  shows: Shows,
  description: words(4000),
  ...said,
});
export type ExportedMaterial = z.infer<typeof ExportedMaterial>;

/** In an order in which every page comes behind the one it belongs to. `text`: a document of ProseMirror, in a file of its own. */
export const ExportedPage = z.strictObject({
  id: Key,
  parent: Key.nullable(),
  title: line(120),
  view: PageView,
  edit: PageEdit,
  state: PageState,
  text: Entry.nullable(),
  changedAt: At,
  ...said,
});
export type ExportedPage = z.infer<typeof ExportedPage>;

export const ExportedDate = z.strictObject({
  kind: z.enum(["activity", "deadline", "holiday"]),
  title: line(120),
  description: words(2000),
  place: line(120),
  /** Of a holiday: whose. */
  school: line(200).nullable(),
  /** Then it begins at midnight UTC of the first day and ends at that of the day after the last. */
  wholeDays: z.boolean(),
  startsAt: At,
  endsAt: At,
  timeZone: line(60),
  /** The same for all that repeat one another. */
  series: Key.nullable(),
});
export type ExportedDate = z.infer<typeof ExportedDate>;

export const ExportedDiscussion = z.strictObject({ id: Key, title: line(120), words: words(4000), ...said });
export const ExportedThread = z.strictObject({
  ...{ id: Key, discussion: Key, title: line(120), words: words(4000) },
  ...{ pinned: z.boolean(), locked: z.boolean(), ...said },
});
export const ExportedPost = z.strictObject({ thread: Key, words: words(4000), ...said });
export const ExportedUpdate = z.strictObject({
  ...{ words: words(4000), materials: list(Key, 50), pinned: z.boolean(), waiting: z.boolean(), ...said },
});
export const ExportedNote = z.strictObject({ words: words(4000), ...said });
export type ExportedDiscussion = z.infer<typeof ExportedDiscussion>;
export type ExportedThread = z.infer<typeof ExportedThread>;
export type ExportedPost = z.infer<typeof ExportedPost>;
export type ExportedUpdate = z.infer<typeof ExportedUpdate>;
export type ExportedNote = z.infer<typeof ExportedNote>;

/** One that took place. Nobody's name, nothing that was said. */
export const ExportedMeeting = z.strictObject({
  title: line(200),
  startsAt: At,
  lengthMinutes: count,
  adults: count,
  pupils: count,
  classes: count,
});
export type ExportedMeeting = z.infer<typeof ExportedMeeting>;

const codes = list(line(60), 200);
const number = count.nullable();
const day = Day.nullable();

export const ExportedForm = z.strictObject({
  ...{ title: line(120), summary: words(400), description: words(4000), aims: words(3000) },
  ...{ workProcess: words(4000), expectedResults: words(3000) },
  ...{ languages: codes, subjects: codes, vocationalSubjects: codes, competences: codes, tools: codes },
  ...{ pupilNumber: number, ageMin: number, ageMax: number, startDate: day, endDate: day },
});

export const Exported = z.strictObject({
  format: z.literal("twinlight-project"),
  version: z.literal(1),
  exportedAt: At,
  state: line(40),
  form: ExportedForm,
  schools: list(
    z.strictObject({ name: line(200), town: line(200), country: CountryCode, founder: z.boolean() }),
    1_000,
  ),
  folders: list(ExportedFolder, 20_000),
  materials: list(ExportedMaterial, 60_000),
  pages: list(ExportedPage, 20_000),
  calendar: list(ExportedDate, 50_000),
  discussions: list(ExportedDiscussion, 10_000),
  threads: list(ExportedThread, 50_000),
  posts: list(ExportedPost, 200_000),
  updates: list(ExportedUpdate, 50_000),
  /** The teachers' own corner. */
  bulletin: list(ExportedNote, 50_000),
  /** Of the last ninety days. */
  chat: list(ExportedNote, 200_000),
  meetings: list(ExportedMeeting, 10_000),
  /** The report card; files that were written before there was any have none of it. */
  reportPlan: list(ExportedPlanLine, 1_000).default([]),
  reportEntries: list(ExportedEntry, 10_000).default([]),
  reportComments: list(ExportedComment, 50_000).default([]),
  /** Who is in it now, and who else made something in it. */
  people: list(ExportedPerson, 50_000),
});
export type Exported = z.infer<typeof Exported>;
