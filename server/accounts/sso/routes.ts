/** Single sign-on over http: to the provider and back, what came of it, and which identities are mine. */
import * as z from "zod";
import { BeginSso, MyIdentities, SsoAddress, SsoArrival, SsoReturn } from "../../../protocol/http/sso.ts";
import { Id } from "../../../protocol/ids.ts";
import type { RefusalCode, Refused } from "../../../protocol/refusals.ts";
import { inTransaction, type Pool } from "../../../storage/pool.ts";
import { type Caller, type Context, isRefused, Redirect, RedirectAway, type Route, route } from "../../http/route.ts";
import { type Account, findAccount, findByEmail } from "../accounts.ts";
import { makeRegistrationLink } from "../invitations.ts";
import { passFirstStep } from "../steps.ts";
import { arrivalHash, findArrival, keepArrival } from "./arrivals.ts";
import { type Attempt, beginAttempt, takeAttempt } from "./attempts.ts";
import type { Comer } from "./claims.ts";
import { addIdentity, listIdentities, ownerOf, removeIdentity } from "./identities.ts";
import type { SsoProvider } from "./provider.ts";

const minuteMs = 60_000;
/** A whole school comes from one network, in the same minutes before the first lesson. */
const often = { times: 600, perMs: minuteMs, per: "network" } as const;
const mine = { times: 60, perMs: minuteMs, per: "account" } as const;
const OneIdentity = z.strictObject({ identity: Id });

export interface SsoParts {
  readonly pool: Pool;
  /** Undefined where none is set up. */
  readonly provider: SsoProvider | undefined;
}

const redirectUri = (origin: string) => `${origin}/api/sso/return`;

/** A whole page with the sentence for it: nobody is left with JSON in a window. */
const refusedPage = (code: RefusalCode) => new Redirect(`/sign-in?why=${code}`);

export function ssoRoutes(parts: SsoParts): Route[] {
  return [...comingRoutes(parts), ...identityRoutes(parts)];
}

function comingRoutes({ pool, provider }: SsoParts): Route[] {
  return [
    route({
      method: "get",
      path: "/api/sso/begin",
      summary: "To the identity provider, to sign in there",
      action: "session.begin",
      limit: often,
      query: BeginSso,
      async handle({ cookies, origin }, { query }) {
        if (!provider) return refusedPage("sso.none");
        const token = await beginAttempt(pool, cookies, { account: null, to: query.to ?? "/" });
        const address = await provider.addressFor(token, redirectUri(origin));
        return isRefused(address) ? refusedPage(address.refused) : new RedirectAway(address);
      },
    }),
    route({
      method: "get",
      path: "/api/sso/return",
      summary: "Back from the identity provider; goes on to a page of ours",
      action: "session.begin",
      limit: often,
      query: SsoReturn,
      async handle(context, { query }) {
        if (!provider) return refusedPage("sso.none");
        const attempt = await takeAttempt(pool, context.cookies);
        if (!attempt) return refusedPage("sso.expired");
        const comer = await provider.comer(attempt.token, redirectUri(context.origin), query);
        if (isRefused(comer)) return refusedPage(comer.refused);
        const to = await arrive(pool, context, attempt, comer);
        return isRefused(to) ? refusedPage(to.refused) : new Redirect(to);
      },
    }),
    route({
      method: "get",
      path: "/api/sso/arrival",
      summary: "Who came from the identity provider in this browser and has no account linked yet",
      action: "session.begin",
      limit: often,
      answer: SsoArrival,
      async handle({ cookies }) {
        const arrival = await findArrival(pool, arrivalHash(cookies));
        if (!provider || !arrival) return { refused: "sso.expired" };
        const { email, name, school, registers } = arrival;
        return { provider: provider.name, email, name, school, hasAccount: !registers };
      },
    }),
  ];
}

/** Where whoever came goes next: signed in, to the second step, to link an account or to register. */
async function arrive(pool: Pool, context: Context, attempt: Attempt, comer: Comer): Promise<`/${string}` | Refused> {
  if (!comer.isStaff) return { refused: "sso.notStaff" };
  if (attempt.account !== null) return link(pool, context, attempt.account, comer);
  const owner = await ownerOf(pool, comer);
  const account = owner === undefined ? undefined : await findAccount(pool, owner);
  if (account) return enter(pool, context, account, attempt.to);
  return welcome(pool, context, comer);
}

async function enter(pool: Pool, context: Context, account: Account, to: string): Promise<`/${string}` | Refused> {
  if (account.endedAt !== null) return { refused: "account.ended" };
  const signedIn = await passFirstStep(pool, context, account);
  if (isRefused(signedIn)) return signedIn;
  // OwnPath of protocol/http/sso.ts begins with a slash, and so does every `return_to`.
  return "secondFactor" in signedIn ? "/sign-in" : (to as `/${string}`);
}

/** Nobody knows them yet. Only an address that the provider has confirmed says who they are. */
async function welcome(pool: Pool, { cookies }: Context, comer: Comer): Promise<`/${string}` | Refused> {
  const { email, issuer, subject, name, school } = comer;
  if (email === null) return { refused: "sso.emailNotVerified" };
  const account = await findByEmail(pool, email);
  const isLive = account?.endedAt === null;
  // Whoever was invited and has not answered has nothing yet to show by that the account is theirs.
  if (isLive && account.passwordHash === null) return { refused: "sso.noPassword" };
  await keepArrival(pool, { issuer, subject, email, name, school, registers: !isLive }, cookies);
  if (isLive) return "/sign-in#link";
  // The provider has confirmed the address, so that no letter need do it: they go on where its link would lead.
  const { token } = await inTransaction(pool, (db) =>
    makeRegistrationLink(db, { name, email, language: "en", timeZone: "UTC" }),
  );
  return `/begin#k=${token}`;
}

/** From "My account": who is signed in here is the owner. Only in the browser where they asked for it. */
async function link(
  pool: Pool,
  { caller, origin }: Context,
  account: Id,
  comer: Comer,
): Promise<`/${string}` | Refused> {
  if (caller?.id !== account) return { refused: "sso.expired" };
  const { email, issuer, subject, school } = comer;
  if (email === null) return { refused: "sso.emailNotVerified" };
  const added = await inTransaction(pool, (db) => addIdentity(db, caller, { issuer, subject, email, school }, origin));
  return added ? "/account#sso" : { refused: "sso.linkedElsewhere" };
}

function identityRoutes({ pool, provider }: SsoParts): Route[] {
  return [
    route({
      method: "get",
      path: "/api/me/identities",
      summary: "Where else I can sign in to my account",
      action: "identity.change",
      limit: mine,
      answer: MyIdentities,
      handle: ({ caller }) => mineOf(caller),
    }),
    route({
      method: "post",
      path: "/api/me/identities",
      summary: "Begin to link my account with the identity provider: where the browser must go",
      action: "identity.change",
      limit: { times: 20, perMs: 15 * minuteMs, per: "account" },
      answer: SsoAddress,
      async handle({ caller, cookies, origin }) {
        if (!provider) return { refused: "sso.none" };
        const token = await beginAttempt(pool, cookies, { account: caller.id, to: "/account" });
        const address = await provider.addressFor(token, redirectUri(origin));
        return isRefused(address) ? address : { address: address.href };
      },
    }),
    route({
      method: "delete",
      path: "/api/me/identities/:identity",
      summary: "Sign in there no more; never the last way in",
      action: "identity.change",
      limit: mine,
      params: OneIdentity,
      answer: MyIdentities,
      async handle({ caller }, { params }) {
        const refused = await removeIdentity(pool, caller.id, params.identity);
        return refused ?? mineOf(caller);
      },
    }),
  ];

  async function mineOf({ id }: Pick<Caller, "id">): Promise<MyIdentities> {
    const known = provider && { issuer: provider.issuer(), name: provider.name };
    const identities = await listIdentities(pool, id, known);
    const isLinked = provider !== undefined && identities.some((identity) => identity.provider === provider.name);
    return { identities, linkable: provider === undefined || isLinked ? null : provider.name };
  }
}
