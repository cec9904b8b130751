/** What support services say about a report card or one of its entries, and what the partners answer. */
import * as z from "zod";
import { Day } from "../http/projects.ts";
import { At, CountryCode, Id, writtenText } from "../ids.ts";

/** `answer`: to a question of the other side, or to one of their comments. */
export const CommentKind = z.enum(["praise", "advice", "question", "action", "answer"]);
export type CommentKind = z.infer<typeof CommentKind>;
export const CommentSide = z.enum(["service", "partner"]);

export const Comment = z.strictObject({
  id: Id,
  /** Null: about the card as a whole. */
  entry: Id.nullable(),
  answers: Id.nullable(),
  side: CommentSide,
  /** Of a service: whose; null is the central one. Of a partner: null. */
  country: CountryCode.nullable(),
  /** A teacher's name, or the service's. Empty when they are gone. */
  by: z.string(),
  kind: CommentKind,
  words: z.string(),
  /** `services`: only they read it. */
  readers: z.enum(["partners", "services"]),
  /** Of an action. */
  dueDay: z.string().nullable(),
  doneAt: At.nullable(),
  /** Of a question to the partners. */
  answeredAt: At.nullable(),
  at: At,
  /** It is the reader's own and can be taken back, for ten minutes. */
  mayRemove: z.boolean(),
});
export type Comment = z.infer<typeof Comment>;

export const CommentWords = writtenText(2000);

/** Of a service. `entry` left out: about the card. `dueDay` belongs to an action. */
export const WriteComment = z
  .strictObject({
    entry: Id.optional(),
    kind: CommentKind,
    words: CommentWords,
    readers: z.enum(["partners", "services"]).default("partners"),
    dueDay: Day.nullable().default(null),
    /** A comment of the partners, or none. */
    answers: Id.optional(),
    /** For which of the countries they serve; left out: the one that has a school in the project. */
    country: CountryCode.optional(),
  })
  .refine(({ kind, dueDay }) => dueDay === null || kind === "action", { path: ["dueDay"] });
export type WriteComment = z.input<typeof WriteComment>;

/** Of a partner: an answer to a comment. */
export const AnswerComment = z.strictObject({ words: CommentWords });
export type AnswerComment = z.infer<typeof AnswerComment>;
export const ActionDone = z.strictObject({ done: z.boolean() });
export type ActionDone = z.infer<typeof ActionDone>;

export const OneComment = z.strictObject({ comment: Comment });
export type OneComment = z.infer<typeof OneComment>;
