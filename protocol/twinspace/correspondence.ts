/** Mail between adult members of projects: one mailbox for all of somebody's TwinSpaces. What the server writes is a letter. */
import * as z from "zod";
import { Cursor } from "../http/paging.ts";
import { ProjectSlug } from "../http/projects.ts";
import { At, Id, oneLine, writtenText } from "../ids.ts";

export const mostRecipients = 20;

/** `here`: still an adult member of the project. Their account's name, also after they left it. */
export const Correspondent = z.strictObject({ account: Id, name: z.string(), school: z.string(), here: z.boolean() });
export type Correspondent = z.infer<typeof Correspondent>;

export const MailBox = z.enum(["open", "archived"]);
export type MailBox = z.infer<typeof MailBox>;
export const AskConversations = z.strictObject({ box: MailBox.default("open"), after: Cursor.optional() });

export const ConversationRow = z.strictObject({
  id: Id,
  subject: z.string(),
  project: z.strictObject({ slug: ProjectSlug, title: z.string() }),
  /** The others in it. */
  people: z.array(Correspondent),
  lastAt: At,
  /** How the newest message begins, and whose it is; empty: their account is gone. */
  begins: z.string(),
  from: z.string(),
  unread: z.int(),
});
export type ConversationRow = z.infer<typeof ConversationRow>;
export const Conversations = z.strictObject({ conversations: z.array(ConversationRow), next: Cursor.nullable() });
export type Conversations = z.infer<typeof Conversations>;

export const OneConversation = z.strictObject({ conversation: Id });
export const AskConversation = z.strictObject({ after: Cursor.optional() });
export const MailMessage = z.strictObject({
  id: Id,
  /** Null: their account is gone. */
  from: Id.nullable(),
  name: z.string(),
  mine: z.boolean(),
  words: z.string(),
  at: At,
  unread: z.boolean(),
});
export type MailMessage = z.infer<typeof MailMessage>;
/** The newest message first; `next` leads to older ones. */
export const ConversationView = z.strictObject({
  id: Id,
  subject: z.string(),
  project: z.strictObject({ slug: ProjectSlug, title: z.string() }),
  people: z.array(Correspondent),
  archived: z.boolean(),
  /** May answer: the project is active, and both they and somebody else are still in it. */
  open: z.boolean(),
  messages: z.array(MailMessage),
  next: Cursor.nullable(),
});
export type ConversationView = z.infer<typeof ConversationView>;

/** To whom I may write, by project. */
export const PossibleRecipients = z.strictObject({
  projects: z.array(
    z.strictObject({
      project: z.strictObject({ id: Id, slug: ProjectSlug, title: z.string() }),
      people: z.array(z.strictObject({ account: Id, name: z.string(), school: z.string() })),
    }),
  ),
});
export type PossibleRecipients = z.infer<typeof PossibleRecipients>;

export const WriteMail = z.strictObject({
  project: Id,
  to: z.array(Id).min(1).max(mostRecipients),
  subject: oneLine(120),
  words: writtenText(10_000),
});
export type WriteMail = z.infer<typeof WriteMail>;
export const AnswerMail = z.strictObject({ words: writtenText(10_000) });
export const MailBegun = z.strictObject({ conversation: Id });
export type MailBegun = z.infer<typeof MailBegun>;
export const MoveMail = z.strictObject({ box: MailBox });
