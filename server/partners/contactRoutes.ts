/** Contacts over http. */

import type { Action } from "../../domain/permissions.ts";
import type { ContactAct } from "../../domain/registry/contacts.ts";
import { AskContact, ContactPage, Contacts, OneContact, Related } from "../../protocol/http/partners.ts";
import { isRefused, type Route, route } from "../http/route.ts";
import { actOnContact, askContact, listContacts } from "./contacts.ts";
import { reading, writing } from "./limits.ts";
import type { PartnerParts } from "./routes.ts";

const acts = [
  ["accept", "contact.ask", "Accept who asks to be in contact; both then see each other's e-mail address"],
  ["decline", "contact.end", "Decline who asks to be in contact"],
  ["end", "contact.end", "End a contact, or take back that I asked"],
  ["block", "contact.end", "Block somebody: nothing of theirs reaches me, and they are not told"],
  ["unblock", "contact.end", "Take a block back"],
] as const satisfies readonly (readonly [Exclude<ContactAct, "ask">, Action, string])[];

export function contactRoutes({ pool }: PartnerParts): Route[] {
  return [
    route({
      method: "get",
      path: "/api/contacts",
      summary: "My contacts: who asks me, mutual ones, whom I asked, whom I blocked; the newest first",
      action: "contact.read",
      limit: reading,
      query: ContactPage,
      answer: Contacts,
      handle: ({ caller }, { query }) => listContacts(pool, caller.id, query.list, query.after),
    }),
    route({
      method: "post",
      path: "/api/contacts",
      summary: "Ask somebody who is available to be in contact, with a note",
      action: "contact.ask",
      limit: writing,
      body: AskContact,
      answer: Related,
      async handle({ caller, origin }, { body }) {
        const relation = await askContact(pool, caller, body, origin);
        return isRefused(relation) ? relation : { relation };
      },
    }),
    ...acts.map(([act, action, summary]) =>
      route({
        method: "post",
        path: `/api/contacts/:account/${act}`,
        summary,
        action,
        limit: writing,
        params: OneContact,
        answer: Related,
        async handle({ caller, origin }, { params }) {
          const relation = await actOnContact(pool, caller, params.account, act, origin);
          return isRefused(relation) ? relation : { relation };
        },
      }),
    ),
  ];
}
