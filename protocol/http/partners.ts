/**
 * Finding a partner over http: the search among schools, what staff say of themselves, contacts by mutual consent, notices
 * and saved searches. Answers name staff who said that they are available, and nobody else; an e-mail address is in none of
 * them but in that of a contact whom both sides agreed to.
 */
import * as z from "zod";
import { At, CountryCode, Id, MessageText } from "../ids.ts";
import { School } from "./accounts.ts";
import { EntryCode } from "./lists.ts";
import { Cursor, SoughtWords } from "./paging.ts";

export const leastAge = 3;
export const mostAge = 20;
const Age = z.int().min(leastAge).max(mostAge);
/** As it stands in an address. */
const TypedAge = z.coerce.number().pipe(Age);
/** One line, no control characters. */
const line = (mostLength: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(mostLength)
    .regex(/^[^\p{Cc}\p{Cs}\p{Co}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u);
const Codes = z.array(EntryCode).max(20);
const Ages = z.strictObject({ min: Age, max: Age }).refine(({ min, max }) => min <= max);

/* The search */

const filters = {
  words: SoughtWords.optional(),
  country: CountryCode.optional(),
  region: EntryCode.optional(),
  subject: EntryCode.optional(),
  language: EntryCode.optional(),
  /** Only schools where somebody is available now. */
  available: z.literal("1").optional(),
};

/** What is looked for; all of it has to fit. Ages fit where they overlap. */
export const PartnerQuery = z.strictObject({ ...filters, ageFrom: TypedAge.optional(), ageTo: TypedAge.optional() });
export type PartnerQuery = z.infer<typeof PartnerQuery>;
export type PartnerFilter = keyof PartnerQuery;
export const PartnerPage = PartnerQuery.extend({ after: Cursor.optional() });

/**
 * What somebody is to me: `none`, I `asked` them, they ask me (`asksMe`), they `declined`, `mutual`, or I `blocked` them.
 * Who is blocked is never told.
 */
export const Relation = z.enum(["none", "asked", "asksMe", "declined", "mutual", "blocked"]);
export type Relation = z.infer<typeof Relation>;

export const PartnerPerson = z.strictObject({
  id: Id,
  name: z.string(),
  bio: z.string(),
  languages: z.array(z.string()),
  subjects: z.array(z.string()),
  /** None: any. */
  wantedCountries: z.array(CountryCode),
  relation: Relation,
});
export type PartnerPerson = z.infer<typeof PartnerPerson>;

export const Partner = z.strictObject({
  school: School,
  region: z.string(),
  type: z.string(),
  /** Null where the school says nothing of it. */
  ages: z.strictObject({ min: z.int(), max: z.int() }).nullable(),
  languages: z.array(z.string()),
  subjects: z.array(z.string()),
  description: z.string(),
  website: z.string(),
  pupils: z.int().nullable(),
  /** Those who are available, at most five. */
  people: z.array(PartnerPerson),
  /** How many are available in all. */
  peopleCount: z.int(),
});
export type Partner = z.infer<typeof Partner>;

const filterNames = Object.keys(PartnerQuery.shape) as [PartnerFilter, ...PartnerFilter[]]; // the keys' own type is forgotten
export const Partners = z.strictObject({
  partners: z.array(Partner),
  next: Cursor.nullable(),
  /** Words that nothing here is called by, and as what they were read: a typing error perhaps. */
  readAs: z.array(z.strictObject({ word: z.string(), as: z.array(z.string()) })),
  /** When nothing fits: each of these left out would find something. */
  loosen: z.array(z.enum(filterNames)),
});
export type Partners = z.infer<typeof Partners>;

/* Of oneself */

export const PartnerProfile = z.strictObject({
  /** Without it nobody finds me. */
  available: z.boolean(),
  bio: z.union([z.literal(""), MessageText.max(1000)]),
  languages: Codes,
  subjects: Codes,
  wantedCountries: z.array(CountryCode).max(60),
});
export type PartnerProfile = z.infer<typeof PartnerProfile>;

/* Contacts */

/** What one writes to somebody for the first time. */
export const FirstWords = MessageText.min(20).max(1000);
export const AskContact = z.strictObject({ to: Id, note: FirstWords });
export type AskContact = z.infer<typeof AskContact>;
export const Related = z.strictObject({ relation: Relation });
export type Related = z.infer<typeof Related>;
export const OneContact = z.strictObject({ account: Id });

export const ContactList = z.enum(["asksMe", "mutual", "asked", "blocked"]);
export type ContactList = z.infer<typeof ContactList>;
export const ContactPage = z.strictObject({ list: ContactList.default("mutual"), after: Cursor.optional() });

export const Contact = z.strictObject({
  account: Id,
  name: z.string(),
  /** Null for who works nowhere now. */
  school: School.nullable(),
  relation: Relation,
  /** What was written when it was asked for. */
  note: z.string(),
  at: At,
  /** Null until both sides agreed. */
  email: z.string().nullable(),
});
export type Contact = z.infer<typeof Contact>;
export const Contacts = z.strictObject({ contacts: z.array(Contact), next: Cursor.nullable() });
export type Contacts = z.infer<typeof Contacts>;

/* Notices */

export const NoticeKind = z.enum(["looking", "offer"]);
export type NoticeKind = z.infer<typeof NoticeKind>;
export const noticeDays = [30, 60, 90] as const;

export const WriteNotice = z.strictObject({
  kind: NoticeKind,
  title: line(120),
  body: MessageText.min(40).max(2000),
  ages: Ages,
  subjects: Codes,
  languages: Codes.min(1),
  /** None: any. */
  countriesWanted: z.array(CountryCode).max(60),
  startWanted: z.iso.date().nullable(),
  /** For how many days it stands there from now on. */
  days: z.union(noticeDays.map((days) => z.literal(days))),
});
export type WriteNotice = z.infer<typeof WriteNotice>;
/** As whose: for who works at several schools. */
export const NewNotice = WriteNotice.extend({ school: Id.optional() });
export type NewNotice = z.infer<typeof NewNotice>;
export const RenewNotice = WriteNotice.pick({ days: true });
export const OneNotice = z.strictObject({ notice: Id });

export const NoticeState = z.enum(["open", "expired", "closed"]);
export type NoticeState = z.infer<typeof NoticeState>;
export const Notice = z.strictObject({
  id: Id,
  kind: NoticeKind,
  title: z.string(),
  body: z.string(),
  author: z.strictObject({ id: Id, name: z.string() }),
  school: School,
  ages: z.strictObject({ min: z.int(), max: z.int() }),
  subjects: z.array(z.string()),
  languages: z.array(z.string()),
  countriesWanted: z.array(CountryCode),
  startWanted: z.string().nullable(),
  state: NoticeState,
  renewedAt: At,
  expiresAt: At,
  mine: z.boolean(),
  /** I have replied to it. */
  replied: z.boolean(),
  /** How many replies it has; 0 to everybody but its author. */
  replies: z.int(),
});
export type Notice = z.infer<typeof Notice>;
export const OneNoticeShown = z.strictObject({ notice: Notice });

/** `mine`: my own, closed and expired ones too. */
export const NoticePage = z.strictObject({
  kind: NoticeKind.optional(),
  country: CountryCode.optional(),
  subject: EntryCode.optional(),
  language: EntryCode.optional(),
  age: TypedAge.optional(),
  mine: z.literal("1").optional(),
  after: Cursor.optional(),
});
export type NoticePage = z.infer<typeof NoticePage>;
export const Notices = z.strictObject({ notices: z.array(Notice), next: Cursor.nullable() });
export type Notices = z.infer<typeof Notices>;

export const ReplyToNotice = z.strictObject({ words: FirstWords });
export type ReplyToNotice = z.infer<typeof ReplyToNotice>;
export const NoticeReply = z.strictObject({
  from: Id,
  name: z.string(),
  school: School.nullable(),
  words: z.string(),
  at: At,
  relation: Relation,
});
export type NoticeReply = z.infer<typeof NoticeReply>;
export const NoticeReplies = z.strictObject({ replies: z.array(NoticeReply), next: Cursor.nullable() });
export type NoticeReplies = z.infer<typeof NoticeReplies>;
export const ReplyPage = z.strictObject({ after: Cursor.optional() });

/* Saved searches */

const KeptQuery = z.strictObject({ ...filters, ageFrom: Age.optional(), ageTo: Age.optional() });
export const SaveSearch = z.strictObject({ name: line(80), query: KeptQuery });
export type SaveSearch = z.infer<typeof SaveSearch>;
export const SavedSearch = z.strictObject({
  id: Id,
  name: z.string(),
  query: KeptQuery,
  letters: z.boolean(),
  /** How many fit that did not when it was last looked at; 100 stands for that and more. */
  fresh: z.int(),
});
export type SavedSearch = z.infer<typeof SavedSearch>;
export const SavedSearches = z.strictObject({ searches: z.array(SavedSearch) });
export type SavedSearches = z.infer<typeof SavedSearches>;
export const OneSearch = z.strictObject({ search: Id });
/** `letters`: whether they are wanted. `seen`: what fits now is no longer new. */
export const ChangeSearch = z.strictObject({ letters: z.boolean().optional(), seen: z.literal(true).optional() });
export type ChangeSearch = z.infer<typeof ChangeSearch>;
/** From the link in a letter, where it stands behind the `#`. */
export const StopLetters = z.strictObject({ token: z.string().regex(/^[A-Za-z0-9_-]{43}$/) });
export const LettersStopped = z.strictObject({ name: z.string() });
export type LettersStopped = z.infer<typeof LettersStopped>;
