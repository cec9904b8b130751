/** What a project publishes: which pages are public, what keeps one back, how the public site looks. */
import * as z from "zod";
import { Cursor } from "../http/paging.ts";
import { At, Id, writtenText } from "../ids.ts";
import { OneSpace, Person } from "./space.ts";

export const PublishedState = z.enum(["asked", "public", "withdrawn", "refused"]);
export type PublishedState = z.infer<typeof PublishedState>;

/** Why a page cannot be public by its settings, or by those of a page above it. */
export const NotOpenWhy = z.enum(["removed", "hidden", "teachers", "draft"]);
export type NotOpenWhy = z.infer<typeof NotOpenWhy>;
/** Why a picture, film or sound keeps a page back. */
export const HeldWhy = z.enum(["unknown", "nobodyNamed", "consent", "hidden"]);
export type HeldWhy = z.infer<typeof HeldWhy>;

export const publicThemes = ["river", "meadow", "brick", "slate"] as const;
export const PublicTheme = z.enum(publicThemes);
export type PublicTheme = z.infer<typeof PublicTheme>;

export const longestTagline = 160;
export const ChangeSite = z.strictObject({
  theme: PublicTheme,
  /** Empty: none. */
  tagline: z.union([z.literal(""), writtenText(longestTagline).transform((text) => text.replace(/\s+/g, " "))]),
  /** Whether search engines may list it. */
  listed: z.boolean(),
});
export type ChangeSite = z.input<typeof ChangeSite>;

export const HeldMaterial = z.strictObject({
  id: Id,
  name: z.string(),
  why: HeldWhy,
  /** Whose consent is missing, by their alias. */
  people: z.array(Person),
});
export type HeldMaterial = z.infer<typeof HeldMaterial>;

/** Said before publishing; it keeps nothing back. `file`: everybody can save it. `leftOut`: hidden, removed or not here. */
export const PublishWarning = z.strictObject({
  id: Id,
  name: z.string(),
  about: z.enum(["licence", "file", "leftOut"]),
});
export type PublishWarning = z.infer<typeof PublishWarning>;

/** A page that was asked for, is public, or was. */
export const PublishingPage = z.strictObject({
  id: Id,
  /** As it is called now, and as it is called in public; null while it has not been published. */
  title: z.string(),
  publicTitle: z.string().nullable(),
  /** In its public address. */
  slug: z.string(),
  state: PublishedState,
  /** Since when it is so. */
  at: At,
  publishedAt: At.nullable(),
  /** Its text or title is another one by now. */
  changed: z.boolean(),
  /** The version of its text now: what would be published. */
  version: z.int().nonnegative(),
  askedBy: Person.nullable(),
  /** Why it was refused. */
  note: z.string(),
  notOpen: NotOpenWhy.nullable(),
  /** What keeps it from being shown, or from being published as it is now. */
  held: z.array(HeldMaterial),
  /** Of one whose state is public: whether it is to be read now. */
  served: z.boolean(),
  warnings: z.array(PublishWarning),
  /** A safeguarding lead took it down. */
  takenDown: z.strictObject({ reason: z.string(), at: At }).nullable(),
});
export type PublishingPage = z.infer<typeof PublishingPage>;

/** A page that nobody has asked for yet. */
export const PublishablePage = z.strictObject({
  id: Id,
  title: z.string(),
  version: z.int().nonnegative(),
  held: z.array(HeldMaterial),
  warnings: z.array(PublishWarning),
});
export type PublishablePage = z.infer<typeof PublishablePage>;

export const FindPublishing = z.strictObject({ after: Cursor.optional() });
export const Publishing = z.strictObject({
  /** Its public address: /p/<slug>. */
  slug: z.string(),
  site: z.strictObject({ theme: PublicTheme, tagline: z.string(), listed: z.boolean() }),
  /** How many pages are to be read in public now. */
  served: z.int().nonnegative(),
  mayDecide: z.boolean(),
  /** Those that wait first; on the first page of the answer only. */
  pages: z.array(PublishingPage),
  others: z.array(PublishablePage),
  next: Cursor.nullable(),
});
export type Publishing = z.infer<typeof Publishing>;

export const OnePublished = OneSpace.extend({ page: Id });
/** The version that was looked at: exactly that becomes public, whatever is being written meanwhile. */
export const PublishPage = z.strictObject({ version: z.int().nonnegative().max(2_000_000_000) });
export type PublishPage = z.infer<typeof PublishPage>;
export const RefusePage = z.strictObject({ reason: writtenText(500) });
export type RefusePage = z.infer<typeof RefusePage>;
export const PreviewVersion = z.strictObject({
  version: z.coerce.number().int().nonnegative().max(2_000_000_000).optional(),
  theme: PublicTheme.optional(),
});

/* For the safeguarding leads of its schools */

export const SchoolsPublicPage = z.strictObject({
  id: Id,
  title: z.string(),
  project: z.strictObject({ slug: z.string(), title: z.string() }),
  slug: z.string(),
  publishedAt: At,
  takenDown: z.strictObject({ reason: z.string(), at: At }).nullable(),
});
export type SchoolsPublicPage = z.infer<typeof SchoolsPublicPage>;
export const FindSchoolsPages = z.strictObject({ after: Cursor.optional() });
export const SchoolsPublicPages = z.strictObject({ pages: z.array(SchoolsPublicPage), next: Cursor.nullable() });
export type SchoolsPublicPages = z.infer<typeof SchoolsPublicPages>;
export const OnePublicPage = z.strictObject({ page: Id });
export const TakeDown = z.strictObject({ reason: writtenText(500) });

/* The public site. What is no address of ours is answered in words, so these take whatever comes. */

const Part = z.string().max(4000);
export const OneSite = z.strictObject({ slug: Part });
export const OneSitePage = OneSite.extend({ page: Part });
export const OneSiteFile = OneSite.extend({ material: Part });
export const AskSiteFile = z.strictObject({ size: z.enum(["320", "1280"]).optional() });
/** How many pages of a project everybody may read. */
export const PublicSiteSize = z.strictObject({ pages: z.int().nonnegative() });
export type PublicSiteSize = z.infer<typeof PublicSiteSize>;
