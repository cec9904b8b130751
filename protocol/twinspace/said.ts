/** What everything that people say in a TwinSpace has in common: updates, threads, answers, chat messages, notes. */
import * as z from "zod";
import { Cursor } from "../http/paging.ts";
import { At, Id, oneLine, writtenText } from "../ids.ts";
import { Hidden, Thing } from "./hidden.ts";
import { OneSpace, Person } from "./space.ts";

export const mostLetters = 4000;
export const SaidWords = writtenText(mostLetters);
export const SaidTitle = oneLine(120);

/** One thing in a TwinSpace, by its id in the address. */
export const OneThing = OneSpace.extend({ thing: Id });

export const Said = z.strictObject({
  id: Id,
  at: At,
  author: Person,
  /** Plain text. Empty where it is hidden from the reader. */
  words: z.string(),
  hidden: Hidden.nullable(),
  /** When its author changed it last. */
  editedAt: At.nullable(),
  /** What the reader may do with it. */
  mayEdit: z.boolean(),
  mayRemove: z.boolean(),
});
export type Said = z.infer<typeof Said>;

export const WriteWords = z.strictObject({ words: SaidWords });
export type WriteWords = z.infer<typeof WriteWords>;

/** `after`: the page behind this one. */
export const SaidPage = z.strictObject({ after: Cursor.optional() });

/** How something read before, the newest first; for teachers. */
export const AskEarlier = Thing;
export const EarlierWords = z.strictObject({
  earlier: z.array(z.strictObject({ title: z.string().nullable(), words: z.string(), until: At })),
});
export type EarlierWords = z.infer<typeof EarlierWords>;
