/**
 * Accounts over http: who I am, signing in and out, one-time links, and what the operator does with people and
 * schools. Requests are strict; answers are listed field by field, so that nothing else can leave the server.
 *
 * A one-time link is `/begin#k=<token>`: the token stands behind the `#`, so no server log and no referrer has it.
 */
import * as z from "zod";
import { At, CountryCode, Id, LanguageTag, oneLine, PersonName } from "../ids.ts";
import { Cursor, SoughtWords } from "./paging.ts";

/** What somebody may do on this server. The operator runs it and sees no child's data. */
export const AccountRole = z.enum(["teacher", "lead", "support", "ambassador", "operator"]);
export type AccountRole = z.infer<typeof AccountRole>;

/** Kept in lower case. A host without a dot is allowed: a school's own mail server may have one. */
export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .regex(/^[^\s@,;<>"()]{1,64}@[^\s@,;<>"()]{1,189}$/);

export const leastPasswordLength = 10;
/** What is tried at signing in; whether a new one is good enough the server says (`account.weakPassword`). */
export const Password = z.string().min(1).max(200);

/** An IANA time zone this runtime knows, such as `Europe/Lisbon`. */
export const TimeZone = z
  .string()
  .max(64)
  .regex(/^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/)
  .refine(isTimeZone);

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The token of a one-time link: 32 random bytes. */
export const LinkToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/* Schools */

export const SchoolName = oneLine(120);
export const NewSchool = z.strictObject({ name: SchoolName, town: oneLine(80), country: CountryCode });
export type NewSchool = z.infer<typeof NewSchool>;

export const School = z.strictObject({ id: Id, name: z.string(), town: z.string(), country: CountryCode });
export type School = z.infer<typeof School>;
export const Schools = z.strictObject({ schools: z.array(School) });
export type Schools = z.infer<typeof Schools>;
export const ChooseSchool = z.strictObject({ words: SoughtWords.optional() });

/** A school that somebody works at. While it is suspended nobody of it begins anything new. */
export const OwnSchool = School.extend({ state: z.enum(["validated", "suspended"]) });
export type OwnSchool = z.infer<typeof OwnSchool>;

/* Me */

export const Me = z.strictObject({
  id: Id,
  name: z.string(),
  email: z.string(),
  /** What they are first of all. */
  role: AccountRole,
  /** Everything they are, as domain/permissions.ts names it. */
  standings: z.array(z.string()),
  /** The first of the schools they work at. */
  school: School.nullable(),
  /** Every school they work at, the first one first. */
  schools: z.array(OwnSchool),
  /** For a support service: the country it serves; null serves all. */
  country: CountryCode.nullable(),
  /** May book meetings. */
  books: z.boolean(),
  timeZone: z.string(),
  language: z.string(),
  /** `advised`: none is set up, and what they may do calls for one. */
  secondFactor: z.enum(["on", "advised", "off"]),
});
export type Me = z.infer<typeof Me>;

/** Who has no account but a place in one TwinSpace: a pupil by their alias, or a visitor. */
export const MyPlace = z.strictObject({
  kind: z.enum(["pupil", "visitor"]),
  name: z.string(),
  /** The picture beside a pupil's alias. */
  picture: z.string().nullable(),
  project: z.strictObject({ slug: z.string(), title: z.string() }),
});
export type MyPlace = z.infer<typeof MyPlace>;

export const FrontDoor = z.strictObject({
  /** Null for who is signed out, or has a place instead. */
  me: Me.nullable(),
  place: MyPlace.nullable(),
  /** False while nobody has an account: then the front door says how the operator begins. */
  begun: z.boolean(),
  demo: z.boolean(),
  /** What the button for single sign-on says, or null where there is none. */
  sso: z.string().nullable(),
  /** The password was right and the second factor is waited for, in this browser. */
  secondStep: z.boolean(),
  /** Signed in, and can do nothing but set up a second factor. */
  owesSecondFactor: z.boolean(),
});
export type FrontDoor = z.infer<typeof FrontDoor>;

/** `link`: whoever came from single sign-on in this browser is this account's owner, who confirms it by signing in. */
export const SignIn = z.strictObject({ email: Email, password: Password, link: z.boolean().optional() });
export type SignIn = z.infer<typeof SignIn>;
/** Signed in; or the first step was right and a second is asked for, at `/api/sign-in/second`. */
export const SignedIn = z.union([z.strictObject({ me: Me }), z.strictObject({ secondFactor: z.literal(true) })]);
export type SignedIn = z.infer<typeof SignedIn>;

export const ChangePassword = z.strictObject({ current: Password, password: Password });
export type ChangePassword = z.infer<typeof ChangePassword>;

export const ChangeMe = z.strictObject({
  name: PersonName.optional(),
  timeZone: TimeZone.optional(),
  language: LanguageTag.optional(),
});
export type ChangeMe = z.infer<typeof ChangeMe>;

/* One-time links */

export const LookAtInvitation = z.strictObject({ token: LinkToken });
export const Invitation = z.strictObject({
  purpose: z.enum(["firstOperator", "invitation", "password", "registration"]),
  /** Empty for the first operator, who names themselves. */
  name: z.string(),
  email: z.string(),
  role: AccountRole,
  school: School.nullable(),
  expiresAt: At,
});
export type Invitation = z.infer<typeof Invitation>;

/** `name` may correct the invitation's. The first operator needs `name` and `email`; others may not give an `email`. */
export const AnswerInvitation = z.strictObject({
  token: LinkToken,
  password: Password,
  name: PersonName.optional(),
  email: Email.optional(),
  timeZone: TimeZone.optional(),
});
export type AnswerInvitation = z.infer<typeof AnswerInvitation>;

/* The operator */

export const PersonState = z.enum(["invited", "active", "ended"]);
export const Person = z.strictObject({
  id: Id,
  name: z.string(),
  email: z.string(),
  role: AccountRole,
  school: School.nullable(),
  country: CountryCode.nullable(),
  state: PersonState,
  /** Whether they have a second factor, which the operator can take away when it is lost. */
  secondFactor: z.boolean(),
  createdAt: At,
  /** When they were last here, null for never. */
  seenAt: At.nullable(),
});
export type Person = z.infer<typeof Person>;
/** `next`: where the list goes on, or null at its end. */
export const People = z.strictObject({ people: z.array(Person), next: Cursor.nullable() });
export type People = z.infer<typeof People>;

/** `accounts`: how many people work there who have one. */
export const OperatedSchool = School.extend({ accounts: z.int() });
export type OperatedSchool = z.infer<typeof OperatedSchool>;
export const OperatedSchools = z.strictObject({ schools: z.array(OperatedSchool), next: Cursor.nullable() });
export type OperatedSchools = z.infer<typeof OperatedSchools>;

/** `school`: the id of one there is, a new one, or null for who has none. Teachers and leads need one. */
export const Invite = z.strictObject({
  name: PersonName,
  email: Email,
  role: AccountRole,
  school: z.union([z.strictObject({ id: Id }), NewSchool]).nullable(),
  country: CountryCode.nullable().optional(),
});
export type Invite = z.infer<typeof Invite>;

/** Shown once, to be handed over: only the token's hash is kept. */
export const OneTimeLink = z.strictObject({ person: Person, link: z.url(), expiresAt: At });
export type OneTimeLink = z.infer<typeof OneTimeLink>;
