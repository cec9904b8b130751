/** My second factor over http, and the second step of signing in. */
import { SignedIn } from "../../protocol/http/accounts.ts";
import {
  ConfirmSecondFactor,
  MySecondFactor,
  NewSecondFactor,
  type ProveOwner as Proof,
  ProveOwner,
  RecoveryCodes,
  SecondStep,
} from "../../protocol/http/secondFactor.ts";
import { type Caller, type Context, isRefused, type RefusedFields, type Route, route } from "../http/route.ts";
import { type Account, findAccount } from "./accounts.ts";
import { fitsPassword } from "./passwords.ts";
import {
  beginSecondFactor,
  confirmSecondFactor,
  mySecondFactor,
  renewRecoveryCodes,
  type SecondFactorParts,
  switchOff,
} from "./secondFactor.ts";
import { type CodeTries, passSecondStep, tryCode } from "./steps.ts";

const minuteMs = 60_000;
const mine = { times: 60, perMs: minuteMs, per: "account" } as const;
const guarded = { times: 20, perMs: 15 * minuteMs, per: "account" } as const;

export function secondFactorRoutes(parts: SecondFactorParts, tries: CodeTries): Route[] {
  return [secondStepRoute(parts, tries), ...settingUpRoutes(parts), ...ownerRoutes(parts, tries)];
}

function secondStepRoute(parts: SecondFactorParts, tries: CodeTries): Route {
  return route({
    method: "post",
    path: "/api/sign-in/second",
    summary: "The second step: a code of the app, or a recovery code",
    action: "session.begin",
    limit: { times: 240, perMs: minuteMs, per: "network" },
    body: SecondStep,
    answer: SignedIn,
    handle: (context, { body }) => passSecondStep(parts, tries, context, body.code),
  });
}

function settingUpRoutes(parts: SecondFactorParts): Route[] {
  const { pool } = parts;
  return [
    route({
      method: "get",
      path: "/api/me/second-factor",
      summary: "Whether I have a second factor, and how many recovery codes are left",
      action: "secondFactor.change",
      limit: mine,
      answer: MySecondFactor,
      handle: async ({ caller }) => mySecondFactor(pool, await mustFind(parts, caller)),
    }),
    route({
      method: "post",
      path: "/api/me/second-factor",
      summary: "A new secret for the app; nothing is asked for until a code of it was given back",
      action: "secondFactor.change",
      limit: guarded,
      answer: NewSecondFactor,
      handle: ({ caller }) => beginSecondFactor(parts, caller),
    }),
    route({
      method: "post",
      path: "/api/me/second-factor/confirm",
      summary: "Confirm it by a code of the app; the recovery codes are shown once",
      action: "secondFactor.change",
      limit: guarded,
      body: ConfirmSecondFactor,
      answer: RecoveryCodes,
      handle: async ({ caller, origin }, { body }) =>
        confirmSecondFactor(parts, await mustFind(parts, caller), body.code, origin),
    }),
  ];
}

function ownerRoutes(parts: SecondFactorParts, tries: CodeTries): Route[] {
  const { pool } = parts;
  return [
    route({
      method: "post",
      path: "/api/me/second-factor/off",
      summary: "Switch it off, by password and code",
      action: "secondFactor.change",
      limit: guarded,
      body: ProveOwner,
      answer: MySecondFactor,
      async handle(context, { body }) {
        const account = await proven(parts, tries, context, body);
        if (isRefused(account)) return account;
        await switchOff(pool, account, context.origin);
        return mySecondFactor(pool, account);
      },
    }),
    route({
      method: "post",
      path: "/api/me/second-factor/recovery-codes",
      summary: "New recovery codes, by password and code; those before stop working",
      action: "secondFactor.change",
      limit: guarded,
      body: ProveOwner,
      answer: RecoveryCodes,
      async handle(context, { body }) {
        const account = await proven(parts, tries, context, body);
        return isRefused(account) ? account : renewRecoveryCodes(parts, account, context.origin);
      },
    }),
  ];
}

/** Password and code, in this order: a wrong password uses no code up. */
async function proven(
  parts: SecondFactorParts,
  tries: CodeTries,
  { caller, network }: Context<Caller>,
  { password, code }: Proof,
): Promise<Account | RefusedFields> {
  const account = await mustFind(parts, caller);
  if (account.passwordHash !== null && !(await fitsPassword(account.passwordHash, password ?? ""))) {
    return { refused: "account.wrong", fields: ["password"] };
  }
  const taken = await tryCode(parts, tries, account.id, code, network);
  return taken === "taken" ? account : taken;
}

async function mustFind({ pool }: SecondFactorParts, { id }: Caller): Promise<Account> {
  const account = await findAccount(pool, id);
  if (!account) throw new Error("Who is signed in has no account");
  return account;
}
