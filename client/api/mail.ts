/** What pages ask about letters. */
import type { Mailbox, MailboxCounts, MailLetter, MailState } from "../../protocol/http/mail.ts";
import { ask } from "../api.ts";

const at = encodeURIComponent;

/** `after`: only those written before this one. */
export const mailbox = (state?: MailState, after?: string) => {
  const query = new URLSearchParams({ ...(state && { state }), ...(after && { after }) });
  return ask<Mailbox>("GET", `/api/operate/mail${query.size > 0 ? `?${query}` : ""}`);
};
export const mailCounts = () => ask<MailboxCounts>("GET", "/api/operate/mail-counts");
export const mailLetter = (mail: string) => ask<MailLetter>("GET", `/api/operate/mail/${at(mail)}`);
export const sendMailAgain = (mail: string) => ask<MailLetter>("POST", `/api/operate/mail/${at(mail)}/again`);

/** Answered the same whether or not there is such an account. */
export const askForPasswordLink = (email: string) => ask<void>("POST", "/api/password-link", { email });
