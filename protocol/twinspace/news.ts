/** What is new in a TwinSpace. */
import * as z from "zod";
import { LinkToken } from "../http/accounts.ts";
import { Cursor, SoughtWords } from "../http/paging.ts";
import { ProjectSlug } from "../http/projects.ts";
import { At } from "../ids.ts";
import { Person } from "./space.ts";

export const NewsKind = z.enum([
  "pageMade",
  "pageChanged",
  "materialAdded",
  "updatePosted",
  "threadStarted",
  "threadAnswered",
  "bulletinPosted",
  "calendarChanged",
  "meetingBooked",
  "meetingMoved",
  "replayReady",
  "memberJoined",
  "pagePublished",
  "commentWritten",
  "entryShared",
  "reportPublished",
  "reportPublicAsked",
]);
export type NewsKind = z.infer<typeof NewsKind>;

/** The widest circle that may know of it: `visitors` is everybody in the TwinSpace, `members` all but visitors. */
export const NewsReader = z.enum(["visitors", "members", "adults", "teachers"]);
export type NewsReader = z.infer<typeof NewsReader>;

/** One thing that is new, as its reader may see it now. */
export const NewsItem = z.strictObject({
  kind: NewsKind,
  person: Person,
  /** Empty where it has none, such as an update. */
  title: z.string(),
  /** Where it is found. */
  path: z.string(),
  at: At,
});
export type NewsItem = z.infer<typeof NewsItem>;

export const AskNews = z.strictObject({ after: Cursor.optional() });
/** The first steps, and which of them are done. */
export const Beginnings = z.strictObject({
  page: z.boolean(),
  pupils: z.boolean(),
  meeting: z.boolean(),
  calendar: z.boolean(),
  update: z.boolean(),
  /** Of the report card, by a teacher. */
  entry: z.boolean(),
});
export type Beginnings = z.infer<typeof Beginnings>;

/** Newest first. `since`: what came later is new to who asks; null on their first visit. `beginnings`: for teachers. */
export const SpaceNews = z.strictObject({
  news: z.array(NewsItem),
  since: At.nullable(),
  next: Cursor.nullable(),
  beginnings: Beginnings.nullable(),
});
export type SpaceNews = z.infer<typeof SpaceNews>;

/* What is found */

export const AskSearch = z.strictObject({ words: SoughtWords.default("") });
export const FoundKind = z.enum(["page", "material", "thread"]);
export type FoundKind = z.infer<typeof FoundKind>;
export const FoundThing = z.strictObject({
  kind: FoundKind,
  title: z.string(),
  /** Where the words stand, or empty. */
  words: z.string(),
  path: z.string(),
});
export type FoundThing = z.infer<typeof FoundThing>;
/** The best of each kind. */
export const SpaceSearch = z.strictObject({ found: z.array(FoundThing) });
export type SpaceSearch = z.infer<typeof SpaceSearch>;

/* The bell: news of all my TwinSpaces */

export const MyNewsItem = NewsItem.extend({ project: z.strictObject({ slug: ProjectSlug, title: z.string() }) });
export type MyNewsItem = z.infer<typeof MyNewsItem>;
/** To what I am invited and have not answered. */
export const WaitingInvitation = z.strictObject({
  project: z.strictObject({ slug: ProjectSlug, title: z.string() }),
  path: z.string(),
  at: At,
});
export type WaitingInvitation = z.infer<typeof WaitingInvitation>;
export const MyNews = z.strictObject({
  invitations: z.array(WaitingInvitation),
  news: z.array(MyNewsItem),
  /** What came later is new. */
  seenAt: At,
  next: Cursor.nullable(),
});
export type MyNews = z.infer<typeof MyNews>;

/** `news`: at most 50. `mail`: conversations with something unread. `mails`: has others to write to, or mail. */
export const NewsCounts = z.strictObject({ news: z.int(), mail: z.int(), mails: z.boolean() });
export type NewsCounts = z.infer<typeof NewsCounts>;

/* Letters */

/** What somebody chooses about together. */
export const NewsSubject = z.enum(["mail", "pages", "materials", "talk", "dates", "members", "report"]);
export type NewsSubject = z.infer<typeof NewsSubject>;
export const NewsChoice = z.enum(["atOnce", "daily", "never"]);
export type NewsChoice = z.infer<typeof NewsChoice>;
export const NewsChoices = z.record(NewsSubject, NewsChoice);
export type NewsChoices = z.infer<typeof NewsChoices>;
export const ChooseNews = z.strictObject({ subject: NewsSubject, choice: NewsChoice });
export type ChooseNews = z.infer<typeof ChooseNews>;
/** `subject`: only the letters about it; left out, all of them. */
export const StopNewsLetters = z.strictObject({ token: LinkToken, subject: NewsSubject.optional() });
export type StopNewsLetters = z.infer<typeof StopNewsLetters>;
