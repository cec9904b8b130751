/** Something worrying, told in confidence: by anybody in a TwinSpace, to the safeguarding leads of their own school. */
import * as z from "zod";
import { Cursor } from "../http/paging.ts";
import { At, CountryCode, Id, writtenText } from "../ids.ts";
import { Thing, ThingKind } from "./hidden.ts";
import { Author, Person } from "./space.ts";

/** A thing, a message of the mail between members, or a person: then by who they are as an author. */
export const ConcernAbout = z.union([
  Thing,
  z.strictObject({ kind: z.literal("mail"), id: Id }),
  z.strictObject({ kind: z.literal("person"), id: Author }),
]);
export type ConcernAbout = z.infer<typeof ConcernAbout>;

export const concernCategories = ["unkind", "contact", "content", "worry", "other"] as const;
export const ConcernCategory = z.enum(concernCategories);
export type ConcernCategory = z.infer<typeof ConcernCategory>;

/** Words may be missing: that it was told at all is what matters. */
export const RaiseConcern = z.strictObject({
  about: ConcernAbout,
  category: ConcernCategory,
  words: z.union([z.literal(""), writtenText(2000)]),
});
export type RaiseConcern = z.infer<typeof RaiseConcern>;

/** As it stands in an address. */
export const AskConcernReaders = z.strictObject({
  kind: z.enum([...ThingKind.options, "mail", "person"]),
  id: z.string().max(60),
});

/** Who would read it, told to whoever is about to raise one. */
export const ConcernReaders = z.strictObject({
  /** False: the school has no safeguarding lead; these stand in. */
  lead: z.boolean(),
  school: z.string(),
  /** None: nobody of the project's schools can read it now. */
  names: z.array(z.string()),
});
export type ConcernReaders = z.infer<typeof ConcernReaders>;

/** How what it is about read at that moment, and whose it was. */
export const ConcernEvidence = z.strictObject({
  title: z.string(),
  words: z.string(),
  author: z.string(),
  name: z.string(),
  /** Of an answer: in which thread. */
  thread: Id.nullable(),
  /** How its author had it read before, the newest first. */
  earlier: z.array(z.string()).optional(),
});
export type ConcernEvidence = z.infer<typeof ConcernEvidence>;

export const Concern = z.strictObject({
  id: Id,
  at: At,
  /** `mine`: whoever reads this is in it, and so can go there. */
  project: z.strictObject({ slug: z.string(), title: z.string(), mine: z.boolean() }).nullable(),
  school: z.strictObject({ id: Id, name: z.string(), country: CountryCode }),
  about: z.strictObject({ kind: z.enum([...ThingKind.options, "mail", "person"]), id: z.string() }),
  reporter: Person,
  category: ConcernCategory,
  words: z.string(),
  evidence: ConcernEvidence,
});
export type Concern = z.infer<typeof Concern>;

export const ConcernPage = z.strictObject({ after: Cursor.optional() });
export const Concerns = z.strictObject({ concerns: z.array(Concern), next: Cursor.nullable() });
export type Concerns = z.infer<typeof Concerns>;
