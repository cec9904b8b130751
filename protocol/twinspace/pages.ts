/**
 * Pages of a TwinSpace: a tree of texts that several people write at once. A text is its steps (prosemirror-transform over
 * the schema of domain/text/schema.ts), numbered by the server; its version is how many there are.
 */
import * as z from "zod";
import { Cursor } from "../http/paging.ts";
import { At, Id, oneLine } from "../ids.ts";
import { Hidden } from "./hidden.ts";
import { mostStepsAtOnce } from "./pageLimits.ts";
import { OneSpace, Person } from "./space.ts";

export {
  deepestPage,
  longestText,
  mostSocketBytes,
  mostStepsAtOnce,
  mostStepsBytes,
  pagesPerProject,
} from "./pageLimits.ts";

export const PageTitle = oneLine(120);

/** Who sees it: `teachers` is the staffroom, `members` everybody but visitors. And who sees every page above it. */
export const PageView = z.enum(["teachers", "members", "visitors"]);
export type PageView = z.infer<typeof PageView>;
/** Who may write in it besides its author and the admins: `teachers` with experts, `members` with pupils. */
export const PageEdit = z.enum(["author", "teachers", "members"]);
export type PageEdit = z.infer<typeof PageEdit>;
/** A draft is seen by who may write in it, and by pupil admins. An archived one is read and not written in. */
export const PageState = z.enum(["draft", "shown", "archived"]);
export type PageState = z.infer<typeof PageState>;

export const OnePage = OneSpace.extend({ page: Id });
export const OnePageVersion = OnePage.extend({ version: z.coerce.number().int().nonnegative().max(2_000_000_000) });

/* Lists */

/** A page in the tree. */
export const PageLine = z.strictObject({
  id: Id,
  /** The page that it stands under: the nearest above it. Null at the top. */
  parent: Id.nullable(),
  /** Empty when it is hidden from who asks. */
  title: z.string(),
  view: PageView,
  edit: PageEdit,
  state: PageState,
  hidden: Hidden.nullable(),
  /** How many pages are right below it, of those that who asks may see. */
  subPages: z.int().nonnegative(),
  changedAt: At,
});
export type PageLine = z.infer<typeof PageLine>;

/** Without `parent`: all of them when they are few, otherwise those at the top. */
export const FindPages = z.strictObject({ parent: Id.optional(), after: Cursor.optional() });
/**
 * In the order in which they stand: those of one parent in their order; with `whole` every page that who asks may see, each
 * parent before its own. Without `whole` those below a page are asked for by its id. `after`: the list goes on there.
 */
export const PageList = z.strictObject({
  pages: z.array(PageLine),
  whole: z.boolean(),
  after: Cursor.nullable(),
  /** Whether who asks may make pages at the top. */
  mayMake: z.boolean(),
});
export type PageList = z.infer<typeof PageList>;

/* One page */

/** A document as ProseMirror's `toJSON` has it, of domain/text/schema.ts. */
export const TextJson = z.looseObject({ type: z.literal("doc") });
export type TextJson = z.infer<typeof TextJson>;

/** What who asks may do with it now. */
export const PageActs = z.strictObject({
  /** Its text and title. */
  write: z.boolean(),
  /** Who sees and who edits, shown or draft. */
  settings: z.boolean(),
  /** Move it, archive it. */
  arrange: z.boolean(),
  remove: z.boolean(),
  hide: z.boolean(),
  /** Make a page below it. */
  addSubPage: z.boolean(),
  /** Look at its history. */
  history: z.boolean(),
});
export type PageActs = z.infer<typeof PageActs>;

export const PageOpened = PageLine.extend({
  /** The pages above it, the topmost first. */
  above: z.array(z.strictObject({ id: Id, title: z.string() })),
  author: Person,
  madeAt: At,
  /** Who wrote last; null while nobody has. */
  changedBy: Person.nullable(),
  acts: PageActs,
  /** Which views who asks may choose; the others they would not see themselves. */
  views: z.array(PageView),
  /** The text, and its version. An empty one when the page is hidden from who asks. */
  doc: TextJson,
  version: z.int().nonnegative(),
});
export type PageOpened = z.infer<typeof PageOpened>;

export const MakePage = z.strictObject({
  title: PageTitle,
  parent: Id.nullable(),
  view: PageView,
  edit: PageEdit,
  state: PageState.exclude(["archived"]).default("draft"),
});
export type MakePage = z.input<typeof MakePage>;
export const MadePage = z.strictObject({ id: Id });
export type MadePage = z.infer<typeof MadePage>;

/**
 * Only what is given is changed. `titleWas`: the title that they had before their eyes; was it changed meanwhile the answer is
 * `page.titleChanged` with `current`, and nothing is changed.
 */
export const ChangePage = z.strictObject({
  title: PageTitle.optional(),
  titleWas: z.string().max(200).optional(),
  view: PageView.optional(),
  edit: PageEdit.optional(),
  state: PageState.exclude(["archived"]).optional(),
});
export type ChangePage = z.infer<typeof ChangePage>;

/** Under `parent` (null: at the top), in front of `before` there (null: the last one). */
export const PlacePage = z.strictObject({ parent: Id.nullable(), before: Id.nullable() });
export type PlacePage = z.infer<typeof PlacePage>;

/* Writing */

const pos = z.int().nonnegative().max(4_000_000);
const nodeJson = z.looseObject({ type: z.string().max(40) });
const sliceJson = z.strictObject({
  content: z.array(nodeJson).optional(),
  openStart: z.int().nonnegative().max(100).optional(),
  openEnd: z.int().nonnegative().max(100).optional(),
});
const markJson = z.strictObject({ type: z.string().max(40), attrs: z.record(z.string(), z.unknown()).optional() });

/** A step as prosemirror-transform's `toJSON` has it. Whether it fits the text is asked of the schema by the server. */
export const StepJson = z.discriminatedUnion("stepType", [
  z.strictObject({
    stepType: z.literal("replace"),
    from: pos,
    to: pos,
    slice: sliceJson.optional(),
    structure: z.boolean().optional(),
  }),
  z.strictObject({
    stepType: z.literal("replaceAround"),
    from: pos,
    to: pos,
    gapFrom: pos,
    gapTo: pos,
    insert: pos,
    slice: sliceJson.optional(),
    structure: z.boolean().optional(),
  }),
  z.strictObject({ stepType: z.literal("addMark"), mark: markJson, from: pos, to: pos }),
  z.strictObject({ stepType: z.literal("removeMark"), mark: markJson, from: pos, to: pos }),
  z.strictObject({
    stepType: z.literal("attr"),
    pos,
    attr: z.string().max(40),
    value: z.union([z.string(), z.number(), z.boolean(), z.null()]),
  }),
]);
export type StepJson = z.infer<typeof StepJson>;

/** prosemirror-collab's `clientID`: made by the browser for one editor on one page. After a reload only for steps that it made. */
export const ClientId = z.string().regex(/^[A-Za-z0-9_-]{8,40}$/);

/** `version`: the one that the first of the steps stands on. */
export const SendSteps = z.strictObject({
  version: z.int().nonnegative(),
  steps: z.array(StepJson).min(1).max(mostStepsAtOnce),
  clientId: ClientId,
});
export type SendSteps = z.infer<typeof SendSteps>;

export const NumberedStep = z.strictObject({ step: StepJson, clientId: ClientId });
export type NumberedStep = z.infer<typeof NumberedStep>;

/**
 * `taken`: they are kept; the text is at `version` now. Otherwise others were faster, and `steps` is what was missed since
 * `version` of the message: receive them (one's own among them are told by their client id: they were kept after all), rebase,
 * send again. With `more` there are more behind them. When `version` is less than one's own the text is another one than it
 * was (a backup came back): open the page anew.
 */
export const StepsAnswer = z.discriminatedUnion("taken", [
  z.strictObject({ taken: z.literal(true), version: z.int() }),
  z.strictObject({ taken: z.literal(false), version: z.int(), steps: z.array(NumberedStep), more: z.boolean() }),
]);
export type StepsAnswer = z.infer<typeof StepsAnswer>;

export const StepsAfter = z.strictObject({ after: z.coerce.number().int().nonnegative() });
/**
 * What came after a version, the oldest first; `version` is what the text is at now, and with `more` there are more. `anew`: what
 * was missed is too long ago for who may not look at the history, and nothing of it is told; open the page anew.
 */
export const MissedSteps = z.strictObject({
  version: z.int(),
  steps: z.array(NumberedStep),
  more: z.boolean(),
  anew: z.boolean().optional(),
});
export type MissedSteps = z.infer<typeof MissedSteps>;

/* History */

/** A stretch of writing by one person, or by several at once; or another title, or a version that was brought back. */
export const PageChange = z.strictObject({
  id: Id,
  kind: z.enum(["written", "titled", "restored"]),
  by: z.array(Person),
  beganAt: At,
  endedAt: At,
  /** The version that it led to: look at that one to see the page as it was then. */
  version: z.int().nonnegative(),
  /** Of `titled`: before and after. Of `restored`: the version that was brought back. */
  title: z.strictObject({ was: z.string(), is: z.string() }).nullable(),
  restored: z.int().nonnegative().nullable(),
});
export type PageChange = z.infer<typeof PageChange>;
export const FindChanges = z.strictObject({ after: Cursor.optional() });
/** The newest first. */
export const PageHistory = z.strictObject({ changes: z.array(PageChange), after: Cursor.nullable() });
export type PageHistory = z.infer<typeof PageHistory>;

export const PageVersion = z.strictObject({ version: z.int().nonnegative(), doc: TextJson });
export type PageVersion = z.infer<typeof PageVersion>;
/** The text is then as it was, by one more step; nothing is taken out of the history. */
export const RestoredPage = z.strictObject({ version: z.int().nonnegative() });
export type RestoredPage = z.infer<typeof RestoredPage>;

/* Removed */

export const RemovedPage = z.strictObject({ id: Id, title: z.string(), removedAt: At, removedBy: Person });
/** Those that who asks may bring back, the newest first. */
export const RemovedPages = z.strictObject({ pages: z.array(RemovedPage) });
export type RemovedPages = z.infer<typeof RemovedPages>;

/* Found by its words */

export const FoundPage = z.strictObject({ id: Id, title: z.string(), excerpt: z.string() });
export type FoundPage = z.infer<typeof FoundPage>;
