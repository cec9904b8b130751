/** Accounts over http: who I am, signing in and out, one-time links. */
import {
  AnswerInvitation,
  ChangeMe,
  ChangePassword,
  ChooseSchool,
  FrontDoor,
  Invitation,
  LookAtInvitation,
  Me,
  type MyPlace,
  Schools,
  SignedIn,
  type SignedIn as SignedInAnswer,
  SignIn,
} from "../../protocol/http/accounts.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Pool } from "../../storage/pool.ts";
import type { Secrets } from "../../storage/secrets.ts";
import { type Cookies, isRefused, type PlaceCaller, type RefusedFields, type Route, route } from "../http/route.ts";
import { changeAccount, findAccount, hasAnybody, meOf, setPassword } from "./accounts.ts";
import { keepAct } from "./acts.ts";
import { listSchools } from "./finding.ts";
import { answerInvitation, lookAtInvitation } from "./invitations.ts";
import { leavingRoutes } from "./leaving.ts";
import { operateRoutes } from "./operate.ts";
import { fitsPassword, hashPassword, isWeak } from "./passwords.ts";
import { secondFactorRoutes } from "./secondFactorRoutes.ts";
import { endSession, endSessions } from "./sessions.ts";
import { SignInTries, signIn } from "./signIn.ts";
import { arrivalHash, findArrival } from "./sso/arrivals.ts";
import type { SsoProvider } from "./sso/provider.ts";
import { ssoRoutes } from "./sso/routes.ts";
import { CodeTries, findChallenge, forgetChallenge, passFirstStep } from "./steps.ts";
import { unlessBusy } from "./unlessBusy.ts";

export interface AccountsParts {
  readonly pool: Pool;
  readonly demo: boolean;
  /** Told when an account was ended, so that its live seats end too. */
  ended?(account: Id): void;
  readonly tries?: SignInTries;
  readonly codeTries?: CodeTries;
  readonly secrets: Secrets;
  /** Single sign-on, where it is set up. */
  readonly sso?: SsoProvider | undefined;
  /** The clock that one-time codes are looked at by. */
  now?(): number;
}

const minuteMs = 60_000;
/** Reading, by whole schools from one network. */
const often = { times: 1_200, perMs: minuteMs, per: "network" } as const;
/** What costs a password's check; failed tries have stricter limits of their own. */
const costly = { times: 240, perMs: minuteMs, per: "network" } as const;

export function accountRoutes(parts: AccountsParts): Route[] {
  const { pool, secrets, sso, tries = new SignInTries(), codeTries = new CodeTries(), now = Date.now } = parts;
  return [
    ...frontDoorRoutes(parts),
    ...leavingRoutes(parts),
    ...signInRoutes(pool, tries),
    ...secondFactorRoutes({ pool, secrets, now }, codeTries),
    ...ssoRoutes({ pool, provider: sso }),
    ...myRoutes(pool),
    ...linkRoutes(pool),
    ...operateRoutes(parts),
  ];
}

function frontDoorRoutes({ pool, demo, sso }: AccountsParts): Route[] {
  let begun = false;
  return [
    route({
      method: "get",
      path: "/api/me",
      summary: "Who I am, and what the front door should show",
      action: "door.look",
      limit: often,
      answer: FrontDoor,
      async handle({ caller, place, cookies }) {
        begun ||= await hasAnybody(pool);
        const account = caller ? await findAccount(pool, caller.id) : undefined;
        return {
          me: account ? meOf(account) : null,
          place: place && shownPlace(place),
          ...{ begun, demo },
          sso: sso?.name ?? null,
          secondStep: caller === null && (await findChallenge(pool, cookies)) !== undefined,
          owesSecondFactor: caller?.owesSecondFactor ?? false,
        };
      },
    }),
    route({
      method: "get",
      path: "/api/schools",
      summary: "Validated schools to choose from, by words of their name and town; at most 200",
      action: "school.list",
      limit: often,
      query: ChooseSchool,
      answer: Schools,
      handle: async (_context, { query }) => ({ schools: await listSchools(pool, query.words) }),
    }),
  ];
}

function shownPlace({ kind, name, picture, project: { slug, title } }: PlaceCaller): MyPlace {
  return { kind, name, picture, project: { slug, title } };
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
      handle: (context, { body }) =>
        unlessBusy(async (): Promise<SignedInAnswer | RefusedFields> => {
          const arrival = body.link ? arrivalHash(context.cookies) : null;
          if (body.link && !arrival) return { refused: "sso.expired" };
          const account = await signIn(pool, tries, body, context.network);
          return isRefused(account) ? account : passFirstStep(pool, context, account, arrival);
        }),
    }),
    route({
      method: "post",
      path: "/api/sign-out",
      summary: "Sign out on this device",
      action: "session.end",
      limit: often,
      async handle({ caller, place, cookies }) {
        const session = (caller ?? place)?.session;
        if (session) await endSession(pool, session);
        await forgetChallenge(pool, cookies);
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
          if (isRefused(account)) return account;
          return passFirstStep(
            pool,
            context,
            account,
            await arrivalOfWhoRegistered(pool, context.cookies, account.email),
          );
        }),
    }),
  ];
}

/** Who came by single sign-on, had no account and has made one now: from here on it is their way in. */
async function arrivalOfWhoRegistered(pool: Pool, cookies: Cookies, email: string): Promise<Buffer | null> {
  const hash = arrivalHash(cookies);
  const arrival = await findArrival(pool, hash);
  return arrival?.registers && arrival.email === email ? hash : null;
}
