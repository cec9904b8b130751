import type {
  Conversations,
  ConversationView,
  MailBegun,
  MailBox,
  PossibleRecipients,
  WriteMail,
} from "../../protocol/twinspace/correspondence.ts";
import { ask, query } from "../api.ts";

const one = (conversation: string) => `/api/correspondence/${encodeURIComponent(conversation)}`;

export const conversations = (box: MailBox, after: string | null) =>
  ask<Conversations>("GET", `/api/correspondence${query({ box, after })}`);
export const conversation = (id: string, after: string | null) =>
  ask<ConversationView>("GET", `${one(id)}${query({ after })}`);
export const possibleRecipients = () => ask<PossibleRecipients>("GET", "/api/recipients");
export const writeMail = (body: WriteMail) => ask<MailBegun>("POST", "/api/correspondence", body);
export const answerMail = (id: string, words: string) => ask<void>("POST", `${one(id)}/messages`, { words });
export const mailRead = (id: string) => ask<void>("POST", `${one(id)}/read`);
export const moveMail = (id: string, box: MailBox) => ask<void>("POST", `${one(id)}/box`, { box });
export const removeMail = (id: string) => ask<void>("DELETE", one(id));
