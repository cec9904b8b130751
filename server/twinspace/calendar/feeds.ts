/** The secret addresses of calendars: one for each person and TwinSpace, as long as they have a role there. */
import { may } from "../../../domain/permissions.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { CalendarFeed } from "../../../protocol/twinspace/calendar.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { type Secrets, UnreadableSecret } from "../../../storage/secrets.ts";
import { findAccount } from "../../accounts/accounts.ts";
import { hashOfToken, newToken } from "../../accounts/tokens.ts";
import { findProject } from "../../projects/rows.ts";
import { memberOf, roleIn } from "../../projects/sight.ts";
import { aboutMe, type Insider, type Space } from "../insider.ts";

interface Owner {
  readonly project: Id;
  readonly account: Id;
}
const aboutFeed = ({ project, account }: Owner): string => `calendarFeed:${project}:${account}`;

export async function findFeed(
  db: Queryable,
  secrets: Secrets,
  owner: Owner,
  addressOf: (token: string) => string,
): Promise<CalendarFeed> {
  const { rows } = await db.query<{ token: Buffer; madeAt: number; usedAt: number | null }>(
    `select token, made_at as "madeAt", used_at as "usedAt" from calendar_feeds where project_id = $1 and account_id = $2`,
    [owner.project, owner.account],
  );
  const [row] = rows;
  const token = row && tokenIn(secrets, row.token, owner);
  if (!row || token === undefined) return { address: null, madeAt: null, usedAt: null };
  return { address: addressOf(token), madeAt: row.madeAt, usedAt: row.usedAt };
}

/** Sealed under another key it can be shown to nobody; its owner makes another one. */
function tokenIn(secrets: Secrets, sealed: Buffer, owner: Owner): string | undefined {
  try {
    return secrets.open(sealed, aboutFeed(owner));
  } catch (fault) {
    if (fault instanceof UnreadableSecret) return undefined;
    throw fault;
  }
}

/** A new address; the one before it ends. */
export async function makeFeed(db: Queryable, secrets: Secrets, owner: Owner, now: number): Promise<void> {
  const token = newToken();
  await db.query(
    `insert into calendar_feeds (project_id, account_id, token_hash, token, made_at)
     values ($1, $2, $3, $4, to_timestamp($5::float8 / 1000))
     on conflict (project_id, account_id) do update set token_hash = excluded.token_hash, token = excluded.token,
       made_at = excluded.made_at, used_at = null`,
    [owner.project, owner.account, hashOfToken(token), secrets.seal(token, aboutFeed(owner)), now],
  );
}

export async function endFeed(db: Queryable, { project, account }: Owner): Promise<void> {
  await db.query("delete from calendar_feeds where project_id = $1 and account_id = $2", [project, account]);
}

/** As whom the bearer of a token reads this TwinSpace's dates; undefined where they have no role there any more. */
export async function readerOf(db: Queryable, key: string, token: string, now: number): Promise<Space | undefined> {
  const { rows } = await db.query<Owner>(
    `select project_id as project, account_id as account from calendar_feeds where token_hash = $1`,
    [hashOfToken(token)],
  );
  const [owner] = rows;
  const project = owner && (await findProject(db, key, now));
  if (!owner || project?.id !== owner.project || project.state === "suspended") return undefined;
  const account = await findAccount(db, owner.account);
  const role = account && account.endedAt === null ? roleIn(project, account.actor) : null;
  if (!account || role === null) return undefined;
  const me: Insider = {
    ...{ author: `account:${account.id}`, kind: "account", id: account.id, role, name: account.name },
    school: memberOf(project, account.id)?.school ?? null,
  };
  if (!may("calendar.feed", account.actor, aboutMe(me))) return undefined;
  await db.query(
    `update calendar_feeds set used_at = to_timestamp($2::float8 / 1000)
     where token_hash = $1 and (used_at is null or used_at < to_timestamp($2::float8 / 1000) - interval '1 hour')`,
    [hashOfToken(token), now],
  );
  return { project, me };
}
