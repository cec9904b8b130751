/**
 * Projects over http, for who is in them and for the support services of their countries: the form that is saved field by
 * field, the yes of the founders, what the services say, and further partners. What everybody may read of a project is a
 * card of its own.
 */
import * as z from "zod";
import { At, CountryCode, Id } from "../ids.ts";
import { Email, School } from "./accounts.ts";
import { Cursor } from "./paging.ts";

export const ProjectStateName = z.enum([
  "draft",
  "awaitingPartner",
  "awaitingService",
  "returned",
  "active",
  "suspended",
  "closed",
  "archived",
  "declined",
  "refused",
  "withdrawn",
]);
export const ProjectScopeName = z.enum(["european", "national", "sameSchool"]);
export const ProjectOrigin = z.enum(["foundHere", "existingPartnership"]);
export const ServiceStateName = z.enum(["pending", "approved", "returned", "refused"]);
/** Experts and observers help in it, and need not work at a school. */
export const MemberRole = z.enum(["founder", "teacherAdmin", "teacher", "expert", "observer"]);
export const MemberState = z.enum(["invited", "accepted", "declined", "expired", "left"]);

/** The readable part of an address, or a project's id where it has none yet. */
export const ProjectSlug = z
  .string()
  .max(200)
  .regex(/^[\p{L}\p{M}\p{N}_-]+$/u);
export const OneProject = z.strictObject({ project: ProjectSlug });
export const OneMember = z.strictObject({ project: ProjectSlug, account: Id });

/** What is pasted along and nobody can see or keep is left out; the ends stay as typed, for somebody is still typing. */
const tidy = (text: string) =>
  text
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\n\t]/gu, "")
    .replace(/\p{Cs}/gu, "\ufffd");
const line = (longest: number) =>
  z
    .string()
    .max(longest)
    .overwrite((text) => tidy(text).replace(/\s+/g, " "));
const lines = (longest: number) => z.string().max(longest).overwrite(tidy);

/** An entry of one of the registry's lists. */
const Code = z.string().regex(/^[A-Za-z0-9._-]{1,60}$/);
const Codes = z
  .array(Code)
  .max(60)
  .refine((codes) => new Set(codes).size === codes.length);

/** A day, `2026-11-23`. */
export const Day = z
  .string()
  .regex(/^20\d{2}-\d{2}-\d{2}$/)
  .refine((text) => {
    const at = new Date(`${text}T00:00:00.000Z`);
    return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
  });

/** The version of the field that its author had before their eyes. */
const base = z.int().min(0);
const field = <F extends string, V extends z.ZodType>(name: F, value: V) =>
  z.strictObject({ field: z.literal(name), value, base });
const age = z.int().min(3).max(20).nullable();

export const FieldChange = z.discriminatedUnion("field", [
  field("title", line(120)),
  field("summary", line(400)),
  field("description", lines(4000)),
  field("aims", lines(3000)),
  field("workProcess", lines(4000)),
  field("expectedResults", lines(3000)),
  field("languages", Codes),
  field("subjects", Codes),
  field("vocationalSubjects", Codes),
  field("competences", Codes),
  field("tools", Codes),
  field("pupilNumber", z.int().min(1).max(100_000).nullable()),
  field("ageMin", age),
  field("ageMax", age),
  field("startDate", Day.nullable()),
  field("endDate", Day.nullable()),
]);
export type FieldChange = z.infer<typeof FieldChange>;

export const FieldName = z.enum([
  "title",
  "summary",
  "description",
  "aims",
  "workProcess",
  "expectedResults",
  "languages",
  "subjects",
  "vocationalSubjects",
  "competences",
  "tools",
  "pupilNumber",
  "ageMin",
  "ageMax",
  "startDate",
  "endDate",
]);
export type FieldName = z.infer<typeof FieldName>;
export const FieldValue = z.union([z.string(), z.number(), z.array(z.string()), z.null()]);

/** Each field once. */
export const ChangeForm = z.strictObject({
  changes: z
    .array(FieldChange)
    .min(1)
    .max(16)
    .refine((changes) => new Set(changes.map((change) => change.field)).size === changes.length),
});
export type ChangeForm = z.infer<typeof ChangeForm>;

export const SavedField = z.strictObject({ field: FieldName, version: z.int() });
/** What it was changed to meanwhile; what was sent is kept in the field's history. */
export const FieldConflict = z.strictObject({
  field: FieldName,
  theirs: FieldValue,
  version: z.int(),
  by: z.string(),
  at: At,
});
export type FieldConflict = z.infer<typeof FieldConflict>;
export const FormChanged = z.strictObject({
  saved: z.array(SavedField),
  conflicts: z.array(FieldConflict),
  /** The project's, after this. */
  version: z.int(),
  state: ProjectStateName,
});
export type FormChanged = z.infer<typeof FormChanged>;

export const ShownField = z.strictObject({
  value: FieldValue,
  version: z.int(),
  /** Who changed it last, and when; null while nobody has. */
  by: z.string().nullable(),
  at: At.nullable(),
});
export type ShownField = z.infer<typeof ShownField>;

/** The versions that a field had, newest first; `taken` false for one that was set aside. At most 100. */
export const FieldHistory = z.strictObject({
  versions: z.array(z.strictObject({ value: FieldValue, taken: z.boolean(), by: z.string(), at: At })),
});
export type FieldHistory = z.infer<typeof FieldHistory>;
export const OneField = z.strictObject({ project: ProjectSlug, field: FieldName });

/* One project */

/** The support service that a country's projects go to: its own, or the central one (`country` null). */
export const ServiceOfCountry = z.strictObject({ name: z.string(), country: CountryCode.nullable() });
export const ProjectSchool = z.strictObject({
  school: School,
  founder: z.boolean(),
  service: ServiceOfCountry,
  state: ServiceStateName,
  note: z.string(),
  at: At.nullable(),
  /** The code of its eTwinning Label. */
  label: z.string().nullable(),
});
export type ProjectSchool = z.infer<typeof ProjectSchool>;
export const ProjectMember = z.strictObject({
  account: Id,
  name: z.string(),
  /** Null for an expert or observer of no school. */
  school: Id.nullable(),
  role: MemberRole,
  state: MemberState,
  /** A founder's yes to the form as it is now. */
  agreed: z.boolean(),
  at: At,
});
export type ProjectMember = z.infer<typeof ProjectMember>;

/** What this reader may do with it now. */
export const ProjectActName = z.enum([
  "edit",
  "choosePartner",
  "join",
  "agree",
  "askChange",
  "decline",
  "withdraw",
  "decide",
  "invite",
  "changeRoles",
  "leave",
  "close",
  "reopen",
  "suspend",
  "lift",
]);
export type ProjectActName = z.infer<typeof ProjectActName>;

/** For whom it waits. A service's `country` null: the central one. */
export const Waiting = z.discriminatedUnion("for", [
  z.strictObject({ for: z.literal("founder"), account: Id, name: z.string() }),
  z.strictObject({ for: z.literal("service"), country: CountryCode.nullable() }),
]);
export type Waiting = z.infer<typeof Waiting>;

export const ProjectView = z.strictObject({
  id: Id,
  slug: ProjectSlug,
  state: ProjectStateName,
  version: z.int(),
  scope: ProjectScopeName,
  origin: ProjectOrigin,
  createdAt: At,
  stateAt: At,
  activatedAt: At.nullable(),
  closedAt: At.nullable(),
  note: z.strictObject({ text: z.string(), by: z.string() }).nullable(),
  form: z.record(FieldName, ShownField),
  schools: z.array(ProjectSchool),
  members: z.array(ProjectMember),
  waits: z.array(Waiting),
  /** The reader's own place in it: null for who reads it for a support service. */
  mine: z.strictObject({ account: Id, role: MemberRole, state: MemberState }).nullable(),
  /** Since when its TwinSpace and its report card are open; null before it was approved. */
  twinSpaceSince: At.nullable(),
  reportCardSince: At.nullable(),
  acts: z.array(ProjectActName),
});
export type ProjectView = z.infer<typeof ProjectView>;

/* My projects */

export const ProjectRow = z.strictObject({
  id: Id,
  slug: ProjectSlug,
  title: z.string(),
  state: ProjectStateName,
  scope: ProjectScopeName,
  stateAt: At,
  schools: z.array(School),
  waits: z.array(Waiting),
  role: MemberRole,
  member: MemberState,
  /** Whether it waits for the reader. */
  mine: z.boolean(),
});
export type ProjectRow = z.infer<typeof ProjectRow>;
export const MyProjects = z.strictObject({ projects: z.array(ProjectRow), next: Cursor.nullable() });
export type MyProjects = z.infer<typeof MyProjects>;
export const AfterProjects = z.strictObject({ after: Cursor.optional() });

/* What is done to it */

/** `school`: one of mine, validated. It cannot be changed later. */
export const StartProject = z.strictObject({ school: Id, origin: ProjectOrigin.default("foundHere") });
export type StartProject = z.input<typeof StartProject>;

/** Somebody among my contacts, or a colleague of another school by their e-mail. */
export const ChoosePerson = z.union([z.strictObject({ account: Id }), z.strictObject({ email: Email })]);
export type ChoosePerson = z.input<typeof ChoosePerson>;

/** People I may choose: contacts of mine who work at a validated school. */
export const PossiblePartners = z.strictObject({
  people: z.array(z.strictObject({ account: Id, name: z.string(), school: School })),
});
export type PossiblePartners = z.infer<typeof PossiblePartners>;

/** Founders stay founders. */
export const ChangeRole = z.strictObject({ role: MemberRole.exclude(["founder"]) });
export type ChangeRole = z.infer<typeof ChangeRole>;

/** With which of my schools I take part. */
export const JoinProject = z.strictObject({ school: Id.optional() });
export type JoinProject = z.infer<typeof JoinProject>;

/** The version of the project that the reader has before their eyes. */
export const AgreeToForm = z.strictObject({ version: z.int().min(1) });
export type AgreeToForm = z.infer<typeof AgreeToForm>;

const Note = z
  .string()
  .max(2000)
  .overwrite((text) => tidy(text).trim());
export const WithReason = z.strictObject({ note: Note.min(1) });
export type WithReason = z.infer<typeof WithReason>;
export const WithNote = z.strictObject({ note: Note.default("") });
export type WithNote = z.input<typeof WithNote>;
