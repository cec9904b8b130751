/** Registering over http: an address, a school, a place there, evidence of it. Pupils never register. */
import * as z from "zod";
import { At, CountryCode, Id, LanguageTag, PersonName } from "../ids.ts";
import { leastAge, membershipStates, mostAge, schoolStates } from "../registry.ts";
import { Email, TimeZone } from "./accounts.ts";
import { EntryCode } from "./lists.ts";
import { Cursor, PageOfList } from "./paging.ts";

/* An address */

/** Answered the same whether the address has an account or not; the letter says which. */
export const Register = z.strictObject({
  ...{ name: PersonName, email: Email, language: LanguageTag, timeZone: TimeZone },
  /** Declared: works at a school and is no pupil. */
  isStaff: z.literal(true),
});
export type Register = z.infer<typeof Register>;
/** Who registers, once it is known that they are staff: by their word, or by their provider's. */
export type Registrant = Omit<Register, "isStaff">;

/* A school */

const seen = /^[^\p{Cc}\p{Cs}\p{Co}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u;

/** One line, which may be empty. */
const line = (max: number) => z.string().trim().max(max).regex(seen);
/** One line with a letter or a digit in it. */
const needed = (max: number) => line(max).regex(/[\p{L}\p{N}]/u);

/** Several lines, which may be empty. What nobody can see is left out. */
const text = (max: number) =>
  z
    .string()
    .max(2 * max)
    .overwrite((words) =>
      words
        .replace(/\r\n?/g, "\n")
        .replace(/[^\P{Cc}\n\t]/gu, "")
        .replace(/\p{Cs}/gu, "\ufffd")
        .trim(),
    )
    .max(max);

/** An address on the web, or nothing. "www.school.example" is taken as https. */
const Website = z
  .string()
  .trim()
  .max(200)
  .overwrite((address) => (address === "" || /^https?:\/\//i.test(address) ? address : `https://${address}`))
  .refine((address) => address === "" || isWebsite(address));

function isWebsite(address: string): boolean {
  if (/\s/.test(address) || !URL.canParse(address)) return false;
  const { protocol, hostname, username } = new URL(address);
  return (protocol === "https:" || protocol === "http:") && hostname.includes(".") && username === "";
}

const once = <T extends z.ZodType>(entry: T, least: number, most: number) =>
  z
    .array(entry)
    .min(least)
    .max(most)
    .refine((entries) => new Set(entries).size === entries.length);

const Age = z.int().min(leastAge).max(mostAge);

/** The form of a school, as its own people write it. Codes are entries of the reference lists. */
export const SchoolForm = z
  .strictObject({
    /** As in official papers; empty where it is the same as `name`. */
    legalName: line(200),
    /** As it stands on the building. */
    name: needed(120),
    country: CountryCode,
    /** Empty where the country has no regions, or none fits. */
    region: z.union([z.literal(""), EntryCode]),
    /** The number that the country gives its schools: one school's alone. */
    number: line(40).overwrite((number) => number.replace(/\s+/g, "").toUpperCase()),
    address: needed(200),
    town: needed(80),
    postcode: line(16),
    website: Website,
    type: EntryCode,
    /** Of teaching and of working with others; the first one is the school's own. */
    languages: once(EntryCode, 1, 20),
    subjects: once(EntryCode, 0, 80),
    ageMin: Age,
    ageMax: Age,
    pupilCount: z.int().min(1).max(50_000),
    /** Is told once by letter that the school is registered. */
    principalName: needed(80),
    principalEmail: Email,
    /** The safeguarding lead, where there is one already. */
    leadName: line(80),
    leadEmail: z.union([z.literal(""), Email]),
    description: text(2000),
    /** May be found by schools that look for a partner. */
    available: z.boolean(),
  })
  .refine(({ ageMin, ageMax }) => ageMin <= ageMax, { path: ["ageMax"] });
export type SchoolForm = z.infer<typeof SchoolForm>;

/** How somebody works there. */
export const Place = z.strictObject({
  staffRole: EntryCode,
  /** Is its safeguarding lead. */
  lead: z.boolean(),
});
export type Place = z.infer<typeof Place>;

export const RegisterSchool = z.strictObject({
  form: SchoolForm,
  place: Place,
  /** Declared to be true. */
  isTrue: z.literal(true),
});
export type RegisterSchool = z.infer<typeof RegisterSchool>;

/** `version`: what was changed. Another one by now refuses with `school.changedMeanwhile` and the school as it is. */
export const ChangeSchool = z.strictObject({ version: z.int().positive(), form: SchoolForm });
export type ChangeSchool = z.infer<typeof ChangeSchool>;

export const MembershipState = z.enum(membershipStates);
export const SchoolState = z.enum(schoolStates);

/** Somebody's own place at a school. */
export const MyPlace = z.strictObject({
  id: Id,
  state: MembershipState,
  /** Why it was refused, or what evidence is wanted. */
  reason: z.string(),
  staffRole: z.string(),
  lead: z.boolean(),
  stateAt: At,
  /** `kept`: it was handed in and is there until it is decided. */
  evidence: z.enum(["none", "kept", "deleted"]),
});
export type MyPlace = z.infer<typeof MyPlace>;

/** What everybody who is signed in may know of a school. */
export const SchoolCard = z.strictObject({
  id: Id,
  name: z.string(),
  legalName: z.string(),
  number: z.string(),
  town: z.string(),
  country: CountryCode,
  state: SchoolState,
});
export type SchoolCard = z.infer<typeof SchoolCard>;

export const Colleague = z.strictObject({ id: Id, name: z.string(), staffRole: z.string(), lead: z.boolean() });
export type Colleague = z.infer<typeof Colleague>;

export const OneSchool = z.strictObject({ school: Id });

/** A school as its people see it; whoever only asked to join sees its card and their own place. */
export const SchoolSeen = z.strictObject({
  school: SchoolCard,
  /** Why it was refused or suspended. */
  reason: z.string(),
  stateAt: At,
  version: z.int(),
  /** As it was sent: what was registered before the form grew may lack what is needed now. */
  form: z
    .strictObject({
      ...SchoolForm.shape,
      ...{ address: z.string(), town: z.string(), type: z.string(), languages: z.array(z.string()) },
      ...{ website: z.string(), principalName: z.string(), principalEmail: z.string(), leadEmail: z.string() },
      ...{ ageMin: Age.nullable(), ageMax: Age.nullable(), pupilCount: z.int().nullable() },
    })
    .nullable(),
  people: z.array(Colleague).nullable(),
  /** When the principal was told that the school is registered. */
  principalToldAt: At.nullable(),
  mine: MyPlace.nullable(),
  mayChange: z.boolean(),
});
export type SchoolSeen = z.infer<typeof SchoolSeen>;

export const MySchools = z.strictObject({
  schools: z.array(z.strictObject({ school: SchoolCard, reason: z.string(), place: MyPlace })),
});
export type MySchools = z.infer<typeof MySchools>;

/* Finding one's school */

/** Each of `words` stands in the name, the legal name, the town or the number, however accents and capitals are typed. */
export const FindSchools = PageOfList.extend({ country: CountryCode.optional() });
export type FindSchools = z.infer<typeof FindSchools>;

export const FoundSchools = z.strictObject({
  schools: z.array(SchoolCard.extend({ mine: MembershipState.nullable() })),
  /** Null when there are no more. */
  next: Cursor.nullable(),
});
export type FoundSchools = z.infer<typeof FoundSchools>;

/* A place there, and evidence of it */

export const OnePlace = z.strictObject({ membership: Id });
