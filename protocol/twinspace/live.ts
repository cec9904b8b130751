/**
 * The line of a TwinSpace (socket.io, namespace `/space`): what is told at once to whoever has it open. Of most things only
 * that something changed, never what; they ask for it over http. Of a page that they have open, its steps and who is there.
 * Everything works without it, more slowly.
 */
import * as z from "zod";
import { Id } from "../ids.ts";
import { NumberedStep, SendSteps } from "./pages.ts";
import { Person } from "./space.ts";

export const LiveNews = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("chat") }),
  /** A page was changed in its title, settings or place, made, removed; not by its steps. */
  z.strictObject({ type: z.literal("page"), page: Id }),
  z.strictObject({ type: z.literal("news") }),
  z.strictObject({ type: z.literal("calendar") }),
  /** The report card or one of its entries; told to teachers. */
  z.strictObject({ type: z.literal("report") }),
  /** Who is in it, or as what. Whoever is no longer is sent away by it. */
  z.strictObject({ type: z.literal("members") }),
]);
export type LiveNews = z.infer<typeof LiveNews>;

/** What a browser says when it connects; who it is stands in its cookie. */
export const SpaceAuth = z.strictObject({ project: z.string().max(120) });

/* What a browser sends; each is acknowledged, `signal` with nothing. A refusal is `{ refused, message }`. */

/** `open`: I have this page open; answered with PagePresence, and from then on told its steps and who is there. */
export const OpenPage = z.strictObject({ page: Id });
/** `close`: I have it open no longer. */
export const ClosePage = OpenPage;
/** `steps`: as over http, answered with StepsAnswer. Only messages of less than mostSocketBytes. */
export const SendPageSteps = SendSteps.extend({ page: Id });
export type SendPageSteps = z.infer<typeof SendPageSteps>;

/** Where somebody is in the text, in positions of that version of it. Null: nowhere. */
export const TextSelection = z
  .strictObject({ version: z.int().nonnegative(), anchor: z.int().nonnegative(), head: z.int().nonnegative() })
  .nullable();
export type TextSelection = z.infer<typeof TextSelection>;
/** `signal`: my selection. Shown to who has the page open, and kept nowhere. */
export const SaySelection = z.strictObject({ page: Id, selection: TextSelection });

/* What a browser is told. */

/** Somebody who has a page open. `key` is their line's own: somebody with two windows is there twice. */
export const PagePerson = z.strictObject({
  key: Id,
  person: Person,
  /** Whether they may write in it, or only read. */
  writes: z.boolean(),
  selection: TextSelection,
});
export type PagePerson = z.infer<typeof PagePerson>;
/** `presence`: who has it open now; `me` is one's own key. `version`: what the text is at. */
export const PagePresence = z.strictObject({
  page: Id,
  me: Id,
  version: z.int().nonnegative(),
  people: z.array(PagePerson),
});
export type PagePresence = z.infer<typeof PagePresence>;
/** `signal`: where one of them is now. */
export const ToldSelection = z.strictObject({ page: Id, key: Id, selection: TextSelection });
export type ToldSelection = z.infer<typeof ToldSelection>;
/**
 * `steps`: the text went on from `from` to `version`. Without `steps` they are too large to be told: ask for them over http.
 * One's own are told too; with prosemirror-collab they are confirmed by that, or ignored when they were already.
 */
export const ToldSteps = z.strictObject({
  page: Id,
  from: z.int().nonnegative(),
  version: z.int().nonnegative(),
  steps: z.array(NumberedStep).nullable(),
});
export type ToldSteps = z.infer<typeof ToldSteps>;
/** `end`: the line is closed for this reason: `{ refused, message }`. It is not to be opened again by itself. */
