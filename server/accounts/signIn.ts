/** Signing in, and how often it may be tried. */
import type { SignIn } from "../../protocol/http/accounts.ts";
import type { Refused } from "../../protocol/refusals.ts";
import type { Pool } from "../../storage/pool.ts";
import { RateLimit } from "../http/limits.ts";
import { type Account, findByEmail } from "./accounts.ts";
import { fitsPassword } from "./passwords.ts";

const minuteMs = 60_000;

/**
 * Tries that failed. One address from one network: few. One address from anywhere: more, so that somebody far away
 * cannot lock a teacher out with ten clicks. One network: many, for a whole school comes from one. In memory: a restart
 * forgives.
 */
export class SignInTries {
  readonly #accountHere: RateLimit;
  readonly #account: RateLimit;
  readonly #network: RateLimit;

  constructor(now: () => number = Date.now) {
    this.#accountHere = new RateLimit({ times: 10, perMs: 15 * minuteMs }, now);
    this.#account = new RateLimit({ times: 100, perMs: 60 * minuteMs }, now);
    this.#network = new RateLimit({ times: 300, perMs: 15 * minuteMs }, now);
  }

  /** Counts a try before its password is looked at: tries at the same time are counted too. */
  begin(email: string, network: string): boolean {
    const counters = this.#counters(email, network);
    if (!counters.every(([limit, key]) => limit.has(key))) return false;
    for (const [limit, key] of counters) limit.take(key);
    return true;
  }

  /** The password fitted: it was no guess. */
  forgive(email: string, network: string): void {
    for (const [limit, key] of this.#counters(email, network)) limit.giveBack(key);
  }

  #counters(email: string, network: string): [RateLimit, string][] {
    return [
      [this.#accountHere, `${email} ${network}`],
      [this.#account, email],
      [this.#network, network],
    ];
  }
}

/** Whose e-mail and password these are. The refusal does not tell which of the two is wrong, nor does the time. */
export async function signIn(
  pool: Pool,
  tries: SignInTries,
  { email, password }: SignIn,
  network: string,
): Promise<Account | Refused> {
  if (!tries.begin(email, network)) return { refused: "account.tooManyTries" };
  const account = await findByEmail(pool, email);
  const fits = await fitsPassword(account?.passwordHash ?? null, password);
  if (!account || !fits) return { refused: "account.wrong" };
  tries.forgive(email, network);
  return account.endedAt === null ? account : { refused: "account.ended" };
}
