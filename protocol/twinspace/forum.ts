/** The forum: discussions, which adults open; threads in them; answers. */
import * as z from "zod";
import { Cursor } from "../http/paging.ts";
import { At, Id } from "../ids.ts";
import { Said, SaidTitle, SaidWords } from "./said.ts";

export const Discussion = Said.extend({
  title: z.string(),
  lastAt: At,
  threads: z.int(),
});
export type Discussion = z.infer<typeof Discussion>;

export const Discussions = z.strictObject({
  discussions: z.array(Discussion),
  next: Cursor.nullable(),
  mayOpen: z.boolean(),
});
export type Discussions = z.infer<typeof Discussions>;

/** Of a discussion the words may be missing. */
export const WriteDiscussion = z.strictObject({ title: SaidTitle, words: z.union([z.literal(""), SaidWords]) });
export type WriteDiscussion = z.infer<typeof WriteDiscussion>;

export const Thread = Said.extend({
  title: z.string(),
  pinned: z.boolean(),
  locked: z.boolean(),
  lastAt: At,
  answers: z.int(),
  /** What the reader has not read of it yet, the thread itself included; at most 100. */
  fresh: z.int(),
});
export type Thread = z.infer<typeof Thread>;

export const DiscussionThreads = z.strictObject({
  discussion: Discussion,
  threads: z.array(Thread),
  next: Cursor.nullable(),
  mayStart: z.boolean(),
});
export type DiscussionThreads = z.infer<typeof DiscussionThreads>;

export const WriteThread = z.strictObject({ title: SaidTitle, words: SaidWords });
export type WriteThread = z.infer<typeof WriteThread>;

/** `before`: the answers before these. */
export const PostPage = z.strictObject({ before: Cursor.optional() });
export const ThreadPosts = z.strictObject({
  discussion: z.strictObject({ id: Id, title: z.string() }),
  thread: Thread,
  /** In the order they were written; the newest ones unless earlier ones were asked for. */
  posts: z.array(Said),
  earlier: Cursor.nullable(),
  mayReply: z.boolean(),
  /** Lock it, and keep it at the top. */
  mayKeep: z.boolean(),
});
export type ThreadPosts = z.infer<typeof ThreadPosts>;

export const KeepThread = z.strictObject({ locked: z.boolean(), pinned: z.boolean() });
export type KeepThread = z.infer<typeof KeepThread>;
/** The newest of it that was shown. */
export const ReadThread = z.strictObject({ upTo: At });

export const Made = z.strictObject({ id: Id });
export type Made = z.infer<typeof Made>;
