/** Letters over http: the operator's mailbox, and who forgot the password. */
import * as z from "zod";
import { At, Id } from "../ids.ts";
import { Email } from "./accounts.ts";

/**
 * waiting: not tried yet, or again later; queued, sending: on its way; failed: nobody tries any more; bounced: the
 * reader's mail server refused it for good.
 */
export const MailState = z.enum(["waiting", "queued", "sending", "sent", "failed", "bounced"]);
export type MailState = z.infer<typeof MailState>;

/** Why a letter did not go out. The first ones are about the reader's address, the others about us or the moment. */
export const MailFault = z.enum([
  "address",
  "noMailbox",
  "noDomain",
  "mailboxFull",
  "tooLarge",
  "policy",
  "refused",
  "notNow",
  "unreachable",
  "hangs",
  "tls",
  "signIn",
  "sender",
  "tooOld",
  "broken",
]);
export type MailFault = z.infer<typeof MailFault>;

export const MailSummary = z.strictObject({
  id: Id,
  to: z.string(),
  subject: z.string(),
  kind: z.string(),
  state: MailState,
  tries: z.int(),
  createdAt: At,
  sentAt: At.nullable(),
  /** When it is tried again; null where nobody does by themselves. */
  nextTryAt: At.nullable(),
  fault: MailFault.nullable(),
  /** What the mail server answered, its number alone: "550 5.1.1". */
  reply: z.string().nullable(),
});
export type MailSummary = z.infer<typeof MailSummary>;

/** `text`: as it was written; of one that was sent, without the secrets in its links. */
export const MailLetter = MailSummary.extend({ text: z.string(), language: z.string() });
export type MailLetter = z.infer<typeof MailLetter>;

/** `after`: those that were written before this one. */
export const LookInMailbox = z.strictObject({ state: MailState.optional(), after: Id.optional() });

/** The newest first. `next`: after which one the list goes on, or null at its end. */
export const Mailbox = z.strictObject({ mails: z.array(MailSummary), next: Id.nullable() });
export type Mailbox = z.infer<typeof Mailbox>;

/** How many need somebody's eye; counted up to 1000. `sends`: whether a mail server is set. */
export const MailboxCounts = z.strictObject({
  sends: z.boolean(),
  waiting: z.int(),
  failed: z.int(),
  bounced: z.int(),
});
export type MailboxCounts = z.infer<typeof MailboxCounts>;

export const AskForPasswordLink = z.strictObject({ email: Email });
