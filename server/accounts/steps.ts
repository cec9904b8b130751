/** From a first step that was right (a password, a one-time link, single sign-on) to being signed in. */
import type { SignedIn } from "../../protocol/http/accounts.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Refused } from "../../protocol/refusals.ts";
import type { Pool, Queryable } from "../../storage/pool.ts";
import { RateLimit } from "../http/limits.ts";
import { type Context, type Cookies, isRefused, type RefusedFields } from "../http/route.ts";
import { type Account, findAccount, meOf } from "./accounts.ts";
import { type SecondFactorParts, takeCode } from "./secondFactor.ts";
import { beginSession, endSession } from "./sessions.ts";
import { linkArrival } from "./sso/arrivals.ts";
import { hashOfToken, newToken } from "./tokens.ts";

const minuteMs = 60_000;
export const challengeCookie = "twinlight-second";
const challengeMs = 10 * minuteMs;

/** `arrival`: whose single sign-on is linked once they are signed in. */
export async function passFirstStep(
  pool: Pool,
  { caller, cookies, origin }: Context,
  account: Account,
  arrival: Buffer | null = null,
): Promise<SignedIn | Refused> {
  if (account.hasSecondFactor) {
    await beginChallenge(pool, account.id, arrival, cookies);
    return { secondFactor: true };
  }
  if (arrival) {
    const refused = await linkArrival(pool, arrival, account, origin);
    if (refused) return refused;
  }
  if (caller) await endSession(pool, caller.session);
  await beginSession(pool, account.id, cookies);
  return { me: meOf(account) };
}

async function beginChallenge(db: Queryable, account: Id, arrival: Buffer | null, cookies: Cookies): Promise<void> {
  const token = newToken();
  await db.query("delete from sign_in_challenges where expires_at < now()");
  await db.query(
    `insert into sign_in_challenges (token_hash, account_id, arrival_hash, expires_at)
     values ($1, $2, $3, now() + $4 * interval '1 ms')`,
    [hashOfToken(token), account, arrival, challengeMs],
  );
  cookies.keep(challengeCookie, token, challengeMs);
}

interface Challenge {
  hash: Buffer;
  account: Id;
  arrival: Buffer | null;
}

/** Whose second step this browser is at, if anybody's. */
export async function findChallenge(db: Queryable, cookies: Cookies): Promise<Challenge | undefined> {
  const token = cookies.read(challengeCookie);
  if (!token) return undefined;
  const { rows } = await db.query<Challenge>(
    `select c.token_hash as hash, c.account_id as account, c.arrival_hash as arrival
     from sign_in_challenges c join accounts a on a.id = c.account_id
     where c.token_hash = $1 and c.expires_at > now() and a.ended_at is null`,
    [hashOfToken(token)],
  );
  return rows[0];
}

export async function forgetChallenge(db: Queryable, cookies: Cookies): Promise<void> {
  const token = cookies.read(challengeCookie);
  if (!token) return;
  await db.query("delete from sign_in_challenges where token_hash = $1", [hashOfToken(token)]);
  cookies.forget(challengeCookie);
}

/**
 * Codes that did not fit. Only who knows the password comes so far, so these may be few: from one network ten in half an
 * hour, from everywhere 30 in twelve hours, which leaves a chance of some one in five thousand a day. In memory: a restart forgives.
 */
export class CodeTries {
  readonly #here: RateLimit;
  readonly #anywhere: RateLimit;

  constructor(now: () => number = Date.now) {
    this.#here = new RateLimit({ times: 10, perMs: 30 * minuteMs }, now);
    this.#anywhere = new RateLimit({ times: 30, perMs: 720 * minuteMs }, now);
  }

  /** Counts a try before its code is looked at: tries at the same time are counted too. */
  begin(account: Id, network: string): boolean {
    const here = `${account} ${network}`;
    if (!this.#here.has(here) || !this.#anywhere.has(account)) return false;
    this.#here.take(here);
    this.#anywhere.take(account);
    return true;
  }

  /** The code fitted: it was no guess. */
  forgive(account: Id, network: string): void {
    this.#here.giveBack(`${account} ${network}`);
    this.#anywhere.giveBack(account);
  }
}

/** As `takeCode`, with its tries counted. */
export async function tryCode(
  parts: SecondFactorParts,
  tries: CodeTries,
  account: Id,
  code: string,
  network: string,
): Promise<"taken" | RefusedFields> {
  if (!tries.begin(account, network)) return { refused: "account.tooManyTries" };
  const taken = await takeCode(parts.pool, parts, account, code);
  if (taken === "taken") tries.forgive(account, network);
  return taken;
}

/** The second step: the code of whoever showed their password in this browser a moment ago. */
export async function passSecondStep(
  parts: SecondFactorParts,
  tries: CodeTries,
  { caller, cookies, network, origin }: Context,
  code: string,
): Promise<SignedIn | RefusedFields> {
  const { pool } = parts;
  const challenge = await findChallenge(pool, cookies);
  if (!challenge) return { refused: "factor.expired" };
  const taken = await tryCode(parts, tries, challenge.account, code, network);
  if (isRefused(taken)) return taken;
  const account = await findAccount(pool, challenge.account);
  if (!account || account.endedAt !== null) return { refused: "account.ended" };
  await forgetChallenge(pool, cookies);
  if (challenge.arrival) {
    const refused = await linkArrival(pool, challenge.arrival, account, origin);
    if (refused) return refused;
  }
  if (caller) await endSession(pool, caller.session);
  await beginSession(pool, account.id, cookies);
  return { me: meOf(account) };
}
