/** The operator's mailbox over http. */
import * as z from "zod";
import { LookInMailbox, Mailbox, MailboxCounts, MailLetter } from "../../protocol/http/mail.ts";
import { Id } from "../../protocol/ids.ts";
import type { Pool } from "../../storage/pool.ts";
import { type Route, route } from "../http/route.ts";
import { countMails, lookInMailbox, readMail, tryAgain } from "./mailbox.ts";

const limit = { times: 240, perMs: 60_000, per: "account" } as const;
const OneMail = z.strictObject({ mail: Id });

/** `sends`: whether a mail server is set. */
export function mailRoutes({ pool, sends }: { pool: Pool; sends: boolean }): Route[] {
  return [
    route({
      method: "get",
      path: "/api/operate/mail",
      summary: "The letters, the newest first",
      action: "operate.mail",
      limit,
      query: LookInMailbox,
      answer: Mailbox,
      handle: (_context, { query }) => lookInMailbox(pool, query),
    }),
    route({
      method: "get",
      path: "/api/operate/mail-counts",
      summary: "How many letters wait, were given up, came back; and whether any are sent",
      action: "operate.mail",
      limit,
      answer: MailboxCounts,
      handle: async () => ({ sends, ...(await countMails(pool)) }),
    }),
    route({
      method: "get",
      path: "/api/operate/mail/:mail",
      summary: "One letter, as it was written",
      action: "operate.mail",
      limit,
      params: OneMail,
      answer: MailLetter,
      handle: async (_context, { params }) => (await readMail(pool, params.mail)) ?? { refused: "request.notFound" },
    }),
    route({
      method: "post",
      path: "/api/operate/mail/:mail/again",
      summary: "Try to send a letter again",
      action: "operate.mail",
      limit,
      params: OneMail,
      answer: MailLetter,
      async handle(_context, { params }) {
        const before = await readMail(pool, params.mail);
        if (!before) return { refused: "request.notFound" };
        if (!(await tryAgain(pool, params.mail))) return { refused: "mail.underWay" };
        return (await readMail(pool, params.mail)) ?? { refused: "request.notFound" };
      },
    }),
  ];
}
