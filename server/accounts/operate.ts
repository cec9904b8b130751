/** What the operator does with people and schools. Each act is kept. */
import * as z from "zod";
import {
  Invite,
  NewSchool,
  OneTimeLink,
  OperatedSchools,
  People,
  Person,
  School,
} from "../../protocol/http/accounts.ts";
import { PageOfList } from "../../protocol/http/paging.ts";
import { Id } from "../../protocol/ids.ts";
import type { Refused } from "../../protocol/refusals.ts";
import { inTransaction, type Pool } from "../../storage/pool.ts";
import { isRefused, type Route, route } from "../http/route.ts";
import { type Account, endAccount, findAccount, lockOperators, personOf } from "./accounts.ts";
import { keepAct } from "./acts.ts";
import { listOperatedSchools, listPeople } from "./finding.ts";
import { invite, linkOfToken, type MadeLink, renewLink } from "./invitations.ts";
import type { AccountsParts } from "./routes.ts";
import { schoolOfName } from "./schools.ts";
import { takeAway } from "./secondFactor.ts";
import { endSessions } from "./sessions.ts";

const limit = { times: 240, perMs: 60_000, per: "account" } as const;
const OnePerson = z.strictObject({ person: Id });

export function operateRoutes({ pool, ended }: AccountsParts): Route[] {
  return [
    route({
      method: "get",
      path: "/api/operate/people",
      summary: "Everybody with an account, a page at a time; by words of their name, e-mail or school",
      action: "operate.people",
      limit,
      query: PageOfList,
      answer: People,
      handle: (_context, { query }) => listPeople(pool, query),
    }),
    route({
      method: "post",
      path: "/api/operate/people",
      summary: "Invite somebody; the link is shown once, to be handed over",
      action: "operate.people",
      limit,
      body: Invite,
      answer: OneTimeLink,
      async handle({ caller, origin }, { body }) {
        const invited = await invite(pool, caller.id, body, origin);
        return isRefused(invited) ? invited : shownLink(origin, invited);
      },
    }),
    route({
      method: "post",
      path: "/api/operate/people/:person/link",
      summary: "Reset a password, or invite again: a new one-time link, and the old password stops working",
      action: "operate.people",
      limit,
      params: OnePerson,
      answer: OneTimeLink,
      async handle({ caller, origin }, { params }) {
        // Who resets their own password and loses the link would have locked themselves out.
        if (params.person === caller.id) return { refused: "account.notAllowed" };
        const renewed = await renewLink(pool, caller.id, params.person, origin);
        return isRefused(renewed) ? renewed : shownLink(origin, renewed);
      },
    }),
    route({
      method: "post",
      path: "/api/operate/people/:person/second-factor/take-away",
      summary: "Take a lost second factor away: the password alone signs in again, and the person is told",
      action: "operate.people",
      limit,
      params: OnePerson,
      answer: Person,
      async handle({ caller, origin }, { params }) {
        const account = await findAccount(pool, params.person);
        // One's own is switched off by who can show a code of it.
        if (params.person === caller.id) return { refused: "account.notAllowed" };
        if (!account || account.endedAt !== null) return { refused: "request.notFound" };
        if (!(await takeAway(pool, caller.id, account, origin))) return { refused: "factor.none" };
        return personOf({ ...account, hasSecondFactor: false });
      },
    }),
    route({
      method: "post",
      path: "/api/operate/people/:person/end",
      summary: "End an account: signed out everywhere at once, and for good",
      action: "operate.people",
      limit,
      params: OnePerson,
      answer: Person,
      async handle({ caller }, { params }) {
        const account = await end(pool, caller.id, params.person);
        if (isRefused(account)) return account;
        ended?.(account.id);
        return personOf(account);
      },
    }),
    route({
      method: "get",
      path: "/api/operate/schools",
      summary: "Every school, a page at a time, with how many accounts it has; by words of its name or town",
      action: "operate.schools",
      limit,
      query: PageOfList,
      answer: OperatedSchools,
      handle: (_context, { query }) => listOperatedSchools(pool, query),
    }),
    route({
      method: "post",
      path: "/api/operate/schools",
      summary: "Add a school, or find it again by name and town",
      action: "operate.schools",
      limit,
      body: NewSchool,
      answer: School,
      handle: ({ caller }, { body }) =>
        inTransaction(pool, async (db) => {
          await keepAct(db, "schoolAdded", caller.id, null);
          return schoolOfName(db, body);
        }),
    }),
  ];
}

function shownLink(origin: string, { account, link }: { account: Account; link: MadeLink }): OneTimeLink {
  return { person: personOf(account), link: linkOfToken(origin, link.token), expiresAt: link.expiresAt };
}

/** There is always an operator left who can sign in. */
async function end(pool: Pool, by: Id, id: Id): Promise<Account | Refused> {
  return inTransaction(pool, async (db) => {
    const operators = await lockOperators(db);
    if (operators.includes(id) && operators.length === 1) return { refused: "account.notAllowed" };
    if (!(await endAccount(db, id))) return { refused: "request.notFound" };
    await endSessions(db, id);
    await keepAct(db, "ended", by, id);
    const account = await findAccount(db, id);
    return account ?? { refused: "request.notFound" };
  });
}
