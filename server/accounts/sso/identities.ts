/** Which account somebody at an identity provider owns. */
import type { Identity } from "../../../protocol/http/sso.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { Refused } from "../../../protocol/refusals.ts";
import { inTransaction, type Pool, type Queryable } from "../../../storage/pool.ts";
import { newId } from "../../ids.ts";
import { writeLetter } from "../../mail/letters.ts";
import { keepAct } from "../acts.ts";

/** Somebody at a provider: `subject` is theirs for good, whatever else about them changes. */
export interface Identified {
  readonly issuer: string;
  readonly subject: string;
  readonly email: string;
  /** As the provider writes it; may be empty. */
  readonly school: string;
}

/** Whose account it is; it was used just now. */
export async function ownerOf(
  db: Queryable,
  { issuer, subject }: Pick<Identified, "issuer" | "subject">,
): Promise<Id | undefined> {
  const { rows } = await db.query<{ account: Id }>(
    `update identities set last_used_at = now() where issuer = $1 and subject = $2 returning account_id as account`,
    [issuer, subject],
  );
  return rows[0]?.account;
}

/** To be called in a transaction. The owner is written to. False when it is another account's. */
export async function addIdentity(
  db: Queryable,
  account: { id: Id; email: string; name: string; language: string },
  { issuer, subject, email, school }: Identified,
  origin: string,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into identities (id, account_id, issuer, subject, email, school, last_used_at)
     values ($1, $2, $3, $4, $5, $6, now())
     on conflict (issuer, subject) do nothing`,
    [newId(), account.id, issuer, subject, email, school],
  );
  if (rowCount !== 1) return (await ownerOf(db, { issuer, subject })) === account.id;
  await keepAct(db, "identityLinked", account.id, account.id);
  const facts = { name: account.name, provider: new URL(issuer).host, link: `${origin}/account` };
  await writeLetter(db, {
    ...{ to: account.email, account: account.id, language: account.language },
    kind: "identityLinked",
    facts,
  });
  return true;
}

/** `name`: what the provider of this `issuer` is called here; others are shown by their address. */
export async function listIdentities(
  db: Queryable,
  account: Id,
  known: { issuer: string; name: string } | undefined,
): Promise<Identity[]> {
  const { rows } = await db.query<Omit<Identity, "provider"> & { issuer: string }>(
    `select id, issuer, email, school, linked_at as "linkedAt", last_used_at as "lastUsedAt"
     from identities where account_id = $1 order by linked_at, id`,
    [account],
  );
  return rows.map(({ issuer, ...identity }) => ({
    ...identity,
    provider: issuer === known?.issuer ? known.name : new URL(issuer).host,
  }));
}

/** Never the last way in: without a password there must be another one left. */
export async function removeIdentity(pool: Pool, account: Id, identity: Id): Promise<Refused | undefined> {
  return inTransaction(pool, async (db): Promise<Refused | undefined> => {
    // Of two that are removed at the same time the second waits, and then sees that the first is gone.
    await db.query("select from accounts where id = $1 for update", [account]);
    const { rows } = await db.query<{ hasPassword: boolean; others: number; isTheirs: boolean }>(
      `select password_hash is not null as "hasPassword",
         (select count(*) from identities where account_id = a.id and id <> $2) as others,
         exists (select from identities where account_id = a.id and id = $2) as "isTheirs"
       from accounts a where id = $1`,
      [account, identity],
    );
    const row = rows[0];
    if (!row?.isTheirs) return { refused: "request.notFound" };
    if (!row.hasPassword && row.others === 0) return { refused: "sso.lastWayIn" };
    await db.query("delete from identities where id = $1", [identity]);
    await keepAct(db, "identityUnlinked", account, account);
    return undefined;
  });
}
