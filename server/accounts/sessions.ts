/** Who is signed in: the cookie holds a random token, the database its SHA-256. */
import { nobody } from "../../domain/permissions.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Queryable } from "../../storage/pool.ts";
import type { Caller, Cookies } from "../http/route.ts";
import { actorColumn } from "./accounts.ts";
import { hashOfToken, newToken } from "./tokens.ts";

export const sessionCookie = "twinlight";
export const sessionMs = 14 * 24 * 3_600_000;

/** A school day: pupils share computers, and visitors look in. */
export const placeSessionMs = 10 * 3_600_000;

/** Begins a session and gives its token to the browser. */
export async function beginSession(db: Queryable, account: Id, cookies: Cookies): Promise<void> {
  await begin(db, { account }, sessionMs, cookies);
  await db.query("update accounts set seen_at = now() where id = $1", [account]);
}

/** The same for a pupil or a visitor; whoever was signed in in this browser is so no longer. */
export async function beginPlaceSession(
  db: Queryable,
  who: { pupil: Id } | { visitor: Id },
  cookies: Cookies,
): Promise<void> {
  await begin(db, who, placeSessionMs, cookies);
}

type Whose = { account: Id } | { pupil: Id } | { visitor: Id };

async function begin(db: Queryable, whose: Whose, lastsMs: number, cookies: Cookies): Promise<void> {
  const token = newToken();
  const [kind = "", id = ""] = Object.entries(whose)[0] ?? [];
  const before = cookies.read(sessionCookie);
  await db.query("delete from sessions where expires_at < now() or token_hash = $1", [
    before ? hashOfToken(before) : null,
  ]);
  await db.query(
    `insert into sessions (token_hash, account_id, pupil_id, visitor_id, expires_at)
     values ($1, case when $2 = 'account' then $3 end, case when $2 = 'pupil' then $3 end,
       case when $2 = 'visitor' then $3 end, now() + $4 * interval '1 ms')`,
    [hashOfToken(token), kind, id, lastsMs],
  );
  cookies.keep(sessionCookie, token, lastsMs);
}

export async function endSession(db: Queryable, session: Buffer): Promise<void> {
  await db.query("delete from sessions where token_hash = $1", [session]);
}

/** All of an account's, or all but one; whoever is still at the second step begins anew. */
export async function endSessions(db: Queryable, account: Id, but: Buffer | null = null): Promise<void> {
  await db.query("delete from sessions where account_id = $1 and ($2::bytea is null or token_hash <> $2)", [
    account,
    but,
  ]);
  await db.query("delete from sign_in_challenges where account_id = $1", [account]);
}

/**
 * The account of a session, or null: no session, an expired one, an ended account. Asked of the database every time, so
 * that a session which was ended is ended at once. `requireSecondFactor`: as server/accounts/identify.ts says.
 */
export async function accountOfSession(
  db: Queryable,
  hash: Buffer,
  requireSecondFactor: boolean,
): Promise<Caller | null> {
  const { rows } = await db.query<Caller & { isStale: boolean; hasSecondFactor: boolean }>(
    `select a.id, a.name, a.email, ${actorColumn} as actor, a.time_zone as "timeZone", a.language,
       s.token_hash as session, s.used_at < now() - interval '5 minutes' as "isStale",
       exists (select from second_factors f where f.account_id = a.id and f.confirmed_at is not null)
         as "hasSecondFactor"
     from sessions s join accounts a on a.id = s.account_id join standings t on t.account_id = a.id
     where s.token_hash = $1 and s.expires_at > now() and a.ended_at is null`,
    [hash],
  );
  const row = rows[0];
  if (!row) return null;
  if (row.isStale) await touch(db, hash);
  const { isStale: _stale, hasSecondFactor, ...caller } = row;
  const { operator, serves } = caller.actor;
  const owesSecondFactor = requireSecondFactor && !hasSecondFactor && (operator || serves.length > 0);
  return { ...caller, owesSecondFactor, actor: owesSecondFactor ? { ...nobody, account: caller.id } : caller.actor };
}

async function touch(db: Queryable, session: Buffer): Promise<void> {
  await db.query(
    `with used as (update sessions set used_at = now() where token_hash = $1 returning account_id)
     update accounts set seen_at = now() from used where id = used.account_id`,
    [session],
  );
}
