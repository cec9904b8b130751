/** Accounts over http: who I am, signing in and out, one-time links. */
import {
  AnswerInvitation,
  ChangeMe,
  ChangePassword,
  FrontDoor,
  Invitation,
  LookAtInvitation,
  Me,
  Schools,
  SignedIn,
  SignIn,
} from "../../protocol/http/accounts.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Pool } from "../../storage/pool.ts";
import { type Context, isRefused, type RefusedFields, type Route, route } from "../http/route.ts";
import { type Account, changeAccount, findAccount, hasAnybody, meOf, setPassword } from "./accounts.ts";
import { keepAct } from "./acts.ts";
import { answerInvitation, lookAtInvitation } from "./invitations.ts";
import { operateRoutes } from "./operate.ts";
import { fitsPassword, hashPassword, isWeak, TooBusy } from "./passwords.ts";
import { listSchools } from "./schools.ts";
import { beginSession, endSession, endSessions } from "./sessions.ts";
import { SignInTries, signIn } from "./signIn.ts";

export interface AccountsParts {
  readonly pool: Pool;
  readonly demo: boolean;
  /** Told when an account was ended, so that its live seats end too. */
  ended?(account: Id): void;
  readonly tries?: SignInTries;
}

const minuteMs = 60_000;
/** Reading, by whole schools from one network. */
const often = { times: 1_200, perMs: minuteMs, per: "network" } as const;
/** What costs a password's check; failed tries have stricter limits of their own. */
const costly = { times: 240, perMs: minuteMs, per: "network" } as const;

export function accountRoutes(parts: AccountsParts): Route[] {
  const { pool, tries = new SignInTries() } = parts;
  return [...frontDoorRoutes(parts), ...signInRoutes(pool, tries), ...myRoutes(pool), ...linkRoutes(pool)].concat(
    operateRoutes(parts),
  );
}

function frontDoorRoutes({ pool, demo }: AccountsParts): Route[] {
  let begun = false;
  return [
    route({
      method: "get",
      path: "/api/me",
      summary: "Who I am, and what the front door should show",
      action: "door.look",
      limit: often,
      answer: FrontDoor,
      async handle({ caller }) {
        begun ||= await hasAnybody(pool);
        const account = caller ? await findAccount(pool, caller.id) : undefined;
        return { me: account ? meOf(account) : null, begun, demo };
      },
    }),
    route({
      method: "get",
      path: "/api/schools",
      summary: "The schools this server knows, to choose from",
      action: "school.list",
      limit: often,
      answer: Schools,
      handle: async () => ({ schools: await listSchools(pool) }),
    }),
  ];
}

function signInRoutes(pool: Pool, tries: SignInTries): Route[] {
  return [
    route({
      method: "post",
      path: "/api/sign-in",
      summary: "Sign in by e-mail and password",
      action: "session.begin",
      limit: costly,
      body: SignIn,
      answer: SignedIn,
      handle: ({ cookies, caller, network }, { body }) =>
        unlessBusy(async () => {
          const account = await signIn(pool, tries, body, network);
          if (isRefused(account)) return account;
          if (caller) await endSession(pool, caller.session);
          await beginSession(pool, account.id, cookies);
          return { me: meOf(account) };
        }),
    }),
    route({
      method: "post",
      path: "/api/sign-out",
      summary: "Sign out on this device",
      action: "session.end",
      limit: often,
      async handle({ caller, cookies }) {
        if (caller) await endSession(pool, caller.session);
        cookies.forget("twinlight");
        return undefined;
      },
    }),
    route({
      method: "post",
      path: "/api/sign-out-everywhere",
      summary: "Sign out on every device, this one too",
      action: "session.endAll",
      limit: often,
      async handle({ caller, cookies }) {
        await endSessions(pool, caller.id);
        await keepAct(pool, "signedOutEverywhere", caller.id, caller.id);
        cookies.forget("twinlight");
        return undefined;
      },
    }),
  ];
}

function myRoutes(pool: Pool): Route[] {
  return [
    route({
      method: "patch",
      path: "/api/me",
      summary: "Change my name, time zone or language",
      action: "account.change",
      limit: { times: 60, perMs: minuteMs, per: "account" },
      body: ChangeMe,
      answer: Me,
      async handle({ caller }, { body }) {
        await changeAccount(pool, caller.id, body);
        const account = await findAccount(pool, caller.id);
        return account ? meOf(account) : { refused: "account.signedOut" };
      },
    }),
    route({
      method: "post",
      path: "/api/me/password",
      summary: "Change my password; other devices are signed out",
      action: "account.change",
      limit: { times: 10, perMs: 15 * minuteMs, per: "account" },
      body: ChangePassword,
      handle: ({ caller }, { body }) =>
        unlessBusy(async (): Promise<RefusedFields | undefined> => {
          const account = await findAccount(pool, caller.id);
          if (!(await fitsPassword(account?.passwordHash ?? null, body.current))) {
            return { refused: "account.wrong", fields: ["current"] };
          }
          if (isWeak(body.password, caller)) return { refused: "account.weakPassword", fields: ["password"] };
          await setPassword(pool, caller.id, await hashPassword(body.password));
          await endSessions(pool, caller.id, caller.session);
          await keepAct(pool, "passwordChanged", caller.id, caller.id);
          return undefined;
        }),
    }),
  ];
}

function linkRoutes(pool: Pool): Route[] {
  return [
    route({
      method: "post",
      path: "/api/invitations/look",
      summary: "What a one-time link is for; it is not used up",
      action: "invitation.answer",
      limit: { times: 240, perMs: minuteMs, per: "network" },
      body: LookAtInvitation,
      answer: Invitation,
      handle: (_context, { body }) => lookAtInvitation(pool, body.token),
    }),
    route({
      method: "post",
      path: "/api/invitations/answer",
      summary: "Answer a one-time link by choosing a password, and be signed in",
      action: "invitation.answer",
      limit: costly,
      body: AnswerInvitation,
      answer: SignedIn,
      handle: (context, { body }) =>
        unlessBusy(async () => {
          const account = await answerInvitation(pool, body);
          return isRefused(account) ? account : signedIn(pool, context, account);
        }),
    }),
  ];
}

async function signedIn(pool: Pool, { caller, cookies }: Context, account: Account): Promise<SignedIn> {
  if (caller) await endSession(pool, caller.session);
  await beginSession(pool, account.id, cookies);
  return { me: meOf(account) };
}

async function unlessBusy<T>(work: () => Promise<T>): Promise<T | RefusedFields> {
  try {
    return await work();
  } catch (fault) {
    if (fault instanceof TooBusy) return { refused: "request.tooMany" };
    throw fault;
  }
}
