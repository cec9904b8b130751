import type {
  AskContact,
  ChangeSearch,
  ContactList,
  Contacts,
  LettersStopped,
  NewNotice,
  Notice,
  NoticePage,
  NoticeReplies,
  Notices,
  PartnerProfile,
  PartnerQuery,
  Partners,
  Related,
  ReplyToNotice,
  SavedSearches,
  SaveSearch,
} from "../../protocol/http/partners.ts";
import { ask, query } from "../api.ts";

const at = encodeURIComponent;
const typed = (given: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );

export const findPartners = (wanted: PartnerQuery, after: string | null) =>
  ask<Partners>("GET", `/api/partners${query({ ...typed(wanted), after })}`);
export const myPartnerProfile = () => ask<PartnerProfile>("GET", "/api/me/partner");
export const changePartnerProfile = (body: PartnerProfile) => ask<PartnerProfile>("PUT", "/api/me/partner", body);

export const mySearches = () => ask<SavedSearches>("GET", "/api/partner-searches");
export const saveSearch = (body: SaveSearch) => ask<SavedSearches>("POST", "/api/partner-searches", body);
export const changeSearch = (id: string, body: ChangeSearch) =>
  ask<void>("PATCH", `/api/partner-searches/${at(id)}`, body);
/** As the page goes away to what it found: the browser sends it even so, and nobody hears the answer. */
export function seeSearchGoing(id: string): void {
  const headers = { "content-type": "application/json; charset=utf-8" };
  const body = JSON.stringify({ seen: true });
  fetch(`/api/partner-searches/${at(id)}`, { method: "PATCH", keepalive: true, headers, body }).catch(() => {});
}
export const deleteSearch = (id: string) => ask<void>("DELETE", `/api/partner-searches/${at(id)}`);
export const stopLetters = (token: string) => ask<LettersStopped>("POST", "/api/partner-searches/stop", { token });

export type ContactAct = "accept" | "decline" | "end" | "block" | "unblock";
export const contacts = (list: ContactList, after: string | null) =>
  ask<Contacts>("GET", `/api/contacts${query({ list, after })}`);
export const askContact = (body: AskContact) => ask<Related>("POST", "/api/contacts", body);
export const actOnContact = (account: string, act: ContactAct) =>
  ask<Related>("POST", `/api/contacts/${at(account)}/${act}`);

export const notices = (wanted: NoticePage, after: string | null) =>
  ask<Notices>("GET", `/api/notices${query({ ...typed(wanted), after })}`);
export const oneNotice = (id: string) => ask<{ notice: Notice }>("GET", `/api/notices/${at(id)}`);
export const writeNotice = (body: NewNotice) => ask<{ notice: Notice }>("POST", "/api/notices", body);
export const editNotice = (id: string, body: NewNotice) =>
  ask<{ notice: Notice }>("PUT", `/api/notices/${at(id)}`, body);
export const renewNotice = (id: string, days: 30 | 60 | 90) =>
  ask<{ notice: Notice }>("POST", `/api/notices/${at(id)}/renew`, { days });
export const closeNotice = (id: string) => ask<void>("POST", `/api/notices/${at(id)}/close`);
export const replyToNotice = (id: string, body: ReplyToNotice) =>
  ask<void>("POST", `/api/notices/${at(id)}/replies`, body);
export const repliesTo = (id: string, after: string | null) =>
  ask<NoticeReplies>("GET", `/api/notices/${at(id)}/replies${query({ after })}`);
