/** Who was sent to the provider and has not come back: one at a time for each browser, for ten minutes, used once. */
import type { Id } from "../../../protocol/ids.ts";
import type { Queryable } from "../../../storage/pool.ts";
import type { Cookies } from "../../http/route.ts";
import { hashOfToken, newToken } from "../tokens.ts";

const attemptCookie = "twinlight-sso";
const attemptMs = 600_000;

export interface Attempt {
  token: string;
  /** Who was signed in and wants to link, or null for who signs in. */
  account: Id | null;
  /** Where to go then: a path of ours. */
  to: string;
}

export async function beginAttempt(
  db: Queryable,
  cookies: Cookies,
  { account, to }: Omit<Attempt, "token">,
): Promise<string> {
  const token = newToken();
  await db.query("delete from sso_attempts where expires_at < now()");
  await db.query(
    `insert into sso_attempts (token_hash, account_id, return_to, expires_at)
     values ($1, $2, $3, now() + $4 * interval '1 ms')`,
    [hashOfToken(token), account, to, attemptMs],
  );
  cookies.keep(attemptCookie, token, attemptMs);
  return token;
}

/** Uses it up, so that an answer counts once. Undefined when this browser was not sent, or too long ago. */
export async function takeAttempt(db: Queryable, cookies: Cookies): Promise<Attempt | undefined> {
  const token = cookies.read(attemptCookie);
  if (!token) return undefined;
  cookies.forget(attemptCookie);
  const { rows } = await db.query<Omit<Attempt, "token"> & { isLive: boolean }>(
    `delete from sso_attempts where token_hash = $1
     returning account_id as account, return_to as "to", expires_at > now() as "isLive"`,
    [hashOfToken(token)],
  );
  const row = rows[0];
  return row?.isLive ? { token, account: row.account, to: row.to } : undefined;
}
