/**
 * The desks of the support services over http: what waits for them, deciding it, taking a decision back. A national
 * service sees its own country, the central one sees all or one.
 */
import * as z from "zod";
import { mostAtOnce } from "../desk.ts";
import { At, CountryCode, Id } from "../ids.ts";
import { Cursor, SoughtWords } from "./paging.ts";

export const DeskKind = z.enum(["school", "person", "project"]);
export type DeskKind = z.infer<typeof DeskKind>;
/** What is counted as waiting; what is no DeskKind waits on a page of its own. */
export const WaitingKind = z.enum([...DeskKind.options, "question", "label"]);
export type WaitingKind = z.infer<typeof WaitingKind>;

/** `person` is a place at a school (a membership), `project` is one country's approval of a project. */
export const DeskRef = z.strictObject({ kind: DeskKind, id: Id, country: CountryCode });
export type DeskRef = z.infer<typeof DeskRef>;

/** Waiting: oldest first. Decided: newest first. */
export const Shelf = z.enum(["waiting", "decided"]);
export type Shelf = z.infer<typeof Shelf>;

export const Worklist = z.strictObject({
  shelf: Shelf.default("waiting"),
  kind: DeskKind.optional(),
  country: CountryCode.optional(),
  words: SoughtWords.optional(),
});
export type Worklist = z.output<typeof Worklist>;
export const WorklistPage = Worklist.extend({ after: Cursor.optional() });

export const DeskItem = z.strictObject({
  ...DeskRef.shape,
  title: z.string(),
  /** A school's town, a person's school, a project's other schools. */
  about: z.string(),
  /** Of its own machine: a school's, a membership's, a project's. For a decided project what this country said. */
  state: z.string(),
  /** Since when it is in this state. */
  since: At,
  /** Evidence was handed in and waits to be checked. */
  evidence: z.boolean(),
});
export type DeskItem = z.infer<typeof DeskItem>;

export const DeskItems = z.strictObject({
  items: z.array(DeskItem),
  /** Null when there are no more. */
  next: Cursor.nullable(),
});
export type DeskItems = z.infer<typeof DeskItems>;

/** `country`: only this one's. */
export const OfDesk = z.strictObject({ country: CountryCode.optional() });

export const Desk = z.strictObject({
  /** The countries served, by their codes; empty for who serves all. */
  countries: z.array(CountryCode),
  servesAll: z.boolean(),
  waiting: z.array(z.strictObject({ kind: WaitingKind, count: z.int(), oldest: At.nullable() })),
  /** The two approvals of one project have to come from two persons. */
  twoPersons: z.boolean(),
});
export type Desk = z.infer<typeof Desk>;

/* One thing, with everything that helps to decide it */

const Named = z.strictObject({ name: z.string(), email: z.string() });

export const DeskSchool = z.strictObject({
  ...{ name: z.string(), legalName: z.string(), region: z.string(), number: z.string(), address: z.string() },
  ...{ town: z.string(), postcode: z.string(), website: z.string(), type: z.string(), description: z.string() },
  languages: z.array(z.string()),
  subjects: z.array(z.string()),
  ...{ ageMin: z.int().nullable(), ageMax: z.int().nullable(), pupilCount: z.int().nullable(), available: z.boolean() },
  ...{ principalName: z.string(), principalEmail: z.string(), principalToldAt: At.nullable() },
  ...{ leadName: z.string(), leadEmail: z.string() },
  submittedBy: Named.nullable(),
  people: z.array(
    z.strictObject({ id: Id, ...Named.shape, staffRole: z.string(), lead: z.boolean(), state: z.string() }),
  ),
  /** Other schools of this country with this name in this town, or this number. */
  alike: z.array(z.strictObject({ id: Id, name: z.string(), town: z.string(), state: z.string() })),
});
export type DeskSchool = z.infer<typeof DeskSchool>;

export const DeskPerson = z.strictObject({
  ...Named.shape,
  emailConfirmedAt: At.nullable(),
  staffRole: z.string(),
  lead: z.boolean(),
  school: z.strictObject({ id: Id, name: z.string(), town: z.string(), state: z.string(), website: z.string() }),
  /** Other schools where they are, by name. */
  elsewhere: z.array(z.string()),
  /** `foreign`: the country has a service of its own, and only that one may look at it. */
  evidence: z.strictObject({ type: z.string(), bytes: z.int(), givenAt: At, foreign: z.boolean() }).nullable(),
});
export type DeskPerson = z.infer<typeof DeskPerson>;

export const DeskProject = z.strictObject({
  ...{ slug: z.string(), title: z.string(), summary: z.string(), description: z.string(), aims: z.string() },
  ...{ workProcess: z.string(), expectedResults: z.string() },
  ...{ pupilNumber: z.int().nullable(), ageMin: z.int().nullable(), ageMax: z.int().nullable() },
  ...{ languages: z.array(z.string()), subjects: z.array(z.string()), vocationalSubjects: z.array(z.string()) },
  ...{ competences: z.array(z.string()), tools: z.array(z.string()) },
  ...{ startDate: z.string().nullable(), endDate: z.string().nullable() },
  ...{ scope: z.string(), origin: z.string(), state: z.string(), version: z.int() },
  schools: z.array(
    z.strictObject({
      ...{ id: Id, name: z.string(), town: z.string(), country: CountryCode, founder: z.boolean() },
      ...{ schoolState: z.string(), service: z.string(), by: z.string().nullable(), note: z.string() },
    }),
  ),
  people: z.array(z.strictObject({ ...Named.shape, role: z.string(), state: z.string(), school: z.string() })),
});
export type DeskProject = z.infer<typeof DeskProject>;

export const DeskAct = z.enum(["accept", "refuse", "wantEvidence", "return", "suspend", "restore", "end"]);
export type DeskAct = z.infer<typeof DeskAct>;

export const DeskItemSeen = z.strictObject({
  item: DeskItem,
  /** Why it was refused or suspended, what evidence is wanted, with what note it was returned. */
  reason: z.string(),
  school: DeskSchool.nullable(),
  person: DeskPerson.nullable(),
  project: DeskProject.nullable(),
  /** What may be decided now. */
  offers: z.array(DeskAct),
  /** What was done and noted, newest first. `by` null: the account is gone, or it was the server. */
  acts: z.array(z.strictObject({ id: z.int(), at: At, by: z.string().nullable(), act: z.string(), note: z.string() })),
  /** Until when the last decision can be taken back; null when there is none to take back. */
  undoUntil: At.nullable(),
});
export type DeskItemSeen = z.infer<typeof DeskItemSeen>;

/* Deciding */

const lines = (least: number) =>
  z
    .string()
    .max(4000)
    .overwrite((words) =>
      words
        .replace(/\r\n?/g, "\n")
        .replace(/[^\P{Cc}\n\t]/gu, "")
        .replace(/\p{Cs}/gu, "\ufffd")
        .trim(),
    )
    .min(least)
    .max(1000);

/** What whoever it is about reads. */
export const Reason = lines(1);

export const Decision = z.discriminatedUnion("act", [
  z.strictObject({ act: z.literal("accept") }),
  z.strictObject({ act: z.literal("restore") }),
  z.strictObject({ act: z.enum(["refuse", "wantEvidence", "return", "suspend", "end"]), reason: Reason }),
]);
export type Decision = z.infer<typeof Decision>;

/** Several at once are accepted, all of them or none; everything else is decided one by one. */
export const Decide = z
  .strictObject({
    items: z.array(DeskRef).min(1).max(mostAtOnce),
    decision: Decision,
    /** Of the project's form that was read. */
    version: z.int().positive().optional(),
  })
  .refine(({ items, version }) => version === undefined || items.length === 1, { path: ["version"] })
  .refine(({ items, decision }) => items.length === 1 || decision.act === "accept", { path: ["items"] })
  .refine(({ items }) => new Set(items.map((item) => Object.values(item).join())).size === items.length, {
    path: ["items"],
  });
export type Decide = z.infer<typeof Decide>;
export const Decided = z.strictObject({ count: z.int(), undoUntil: At });
export type Decided = z.infer<typeof Decided>;

export const Undo = z.strictObject({ item: DeskRef });
/** Only the desk reads it. */
export const NoteDown = z.strictObject({ item: DeskRef, note: lines(1) });
export type NoteDown = z.infer<typeof NoteDown>;

/* Figures */

export const Figures = z.strictObject({
  /** The first of each month as `2026-11`, oldest first; what was new in it, and how many there were at its end. */
  months: z.array(
    z.strictObject({
      month: z.string(),
      schools: z.int(),
      people: z.int(),
      projects: z.int(),
      schoolsTotal: z.int(),
      peopleTotal: z.int(),
      projectsTotal: z.int(),
    }),
  ),
});
export type Figures = z.infer<typeof Figures>;
