/**
 * Who came from the identity provider and whom no account belongs to yet: kept for a while for this browser (a cookie, whose
 * hash is here), until they have shown that an account of this address is theirs, or have made one.
 */
import type { Id } from "../../../protocol/ids.ts";
import type { Refused } from "../../../protocol/refusals.ts";
import { inTransaction, type Pool, type Queryable } from "../../../storage/pool.ts";
import type { Cookies } from "../../http/route.ts";
import type { Account } from "../accounts.ts";
import { hashOfToken, newToken } from "../tokens.ts";
import { addIdentity, type Identified } from "./identities.ts";

export const arrivalCookie = "twinlight-arrival";
/** Long enough to fill in the form for a school. */
const arrivalMs = 3_600_000;

/** Somebody at a provider, with the address that it has confirmed. */
export interface Arrival extends Identified {
  /** In lower case, confirmed by the provider. */
  email: string;
  name: string;
  /** Nobody had an account of this address: whoever makes one in this browser is them. */
  registers: boolean;
}

export async function keepArrival(db: Queryable, arrival: Arrival, cookies: Cookies): Promise<void> {
  const token = newToken();
  const { issuer, subject, email, name, school, registers } = arrival;
  await db.query("delete from sso_arrivals where expires_at < now()");
  await db.query(
    `insert into sso_arrivals (token_hash, issuer, subject, email, name, school, registers, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, now() + $8 * interval '1 ms')`,
    [hashOfToken(token), issuer, subject, email, name, school, registers, arrivalMs],
  );
  cookies.keep(arrivalCookie, token, arrivalMs);
}

/** By what this browser's arrival is known, or null when nobody came. */
export function arrivalHash(cookies: Cookies): Buffer | null {
  const token = cookies.read(arrivalCookie);
  return token ? hashOfToken(token) : null;
}

export async function findArrival(db: Queryable, hash: Buffer | null): Promise<Arrival | undefined> {
  const { rows } = await db.query<Arrival>(
    "select issuer, subject, email, name, school, registers from sso_arrivals where token_hash = $1 and expires_at > now()",
    [hash],
  );
  return rows[0];
}

/**
 * Whoever came is this account's owner from now on, who has just shown it. Used up by that. Refused when it is too late, when
 * the account is not the one of the confirmed address, or when it was linked with another one meanwhile.
 */
export async function linkArrival(
  pool: Pool,
  hash: Buffer,
  account: Pick<Account, "id" | "email" | "name" | "language">,
  origin: string,
): Promise<Refused | undefined> {
  return inTransaction(pool, (db) => linkArrivalIn(db, hash, account, origin));
}

/** As `linkArrival`, in the caller's transaction. */
export async function linkArrivalIn(
  db: Queryable,
  hash: Buffer,
  account: { id: Id; email: string; name: string; language: string },
  origin: string,
): Promise<Refused | undefined> {
  const { rows } = await db.query<Arrival>(
    `delete from sso_arrivals where token_hash = $1 and email = $2 and expires_at > now()
     returning issuer, subject, email, name, school, registers`,
    [hash, account.email],
  );
  const arrival = rows[0];
  if (!arrival) return { refused: "sso.expired" };
  return (await addIdentity(db, account, arrival, origin)) ? undefined : { refused: "sso.linkedElsewhere" };
}
