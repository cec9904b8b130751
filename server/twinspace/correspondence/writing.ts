/** Writing to other adults of a project one is in oneself. */
import type { Id } from "../../../protocol/ids.ts";
import type { Refused } from "../../../protocol/refusals.ts";
import type { WriteMail } from "../../../protocol/twinspace/correspondence.ts";
import type { Queryable } from "../../../storage/pool.ts";
import type { RefusedFields } from "../../http/route.ts";
import { newId } from "../../ids.ts";
import { blockedBy, stillIn } from "./people.ts";
import { findConversation } from "./reading.ts";

/** In a transaction. Whom they blocked themselves, and who is not in the project, cannot be written to. */
export async function beginConversation(
  db: Queryable,
  me: Id,
  { project, to, subject, words }: WriteMail,
  now: number,
): Promise<{ conversation: Id } | RefusedFields> {
  const others = [...new Set(to)].filter((account) => account !== me);
  const here = await stillIn(db, project, [me, ...others]);
  if (!here.has(me)) return { refused: "correspondence.over" };
  const blocked = await blockedBy(db, me, others);
  if (others.length === 0 || others.some((account) => !here.has(account) || blocked.has(account))) {
    return { refused: "correspondence.nobody", fields: ["to"] };
  }
  const id = newId();
  await db.query(
    `insert into conversations (id, project_id, subject, created_by, created_at)
     values ($1, $2, $3, $4, to_timestamp($5::float8 / 1000))`,
    [id, project, subject, me, now],
  );
  await db.query(
    `insert into conversation_people (conversation_id, account_id, last_at, removed_at)
     select $1, account, to_timestamp($3::float8 / 1000), case when account = $4 then null else to_timestamp($3::float8 / 1000) end
     from unnest($2::text[]) as account`,
    [id, [me, ...others], now, me],
  );
  await deliver(db, { conversation: id, me, to: others, words, now });
  return { conversation: id };
}

/** To everybody in it who still takes part in the project. */
export async function answerConversation(
  db: Queryable,
  me: Id,
  id: Id,
  words: string,
  now: number,
): Promise<Refused | undefined> {
  const found = await findConversation(db, me, id);
  if ("refused" in found) return found;
  const { rows } = await db.query<{ account: Id }>(
    "select account_id as account from conversation_people where conversation_id = $1",
    [id],
  );
  const here = await stillIn(
    db,
    found.projectId,
    rows.map(({ account }) => account),
  );
  const to = [...here].filter((account) => account !== me);
  if (!here.has(me) || to.length === 0) return { refused: "correspondence.over" };
  await deliver(db, { conversation: id, me, to, words, now });
  return undefined;
}

interface Delivery {
  readonly conversation: Id;
  readonly me: Id;
  readonly to: readonly Id[];
  readonly words: string;
  readonly now: number;
}

/**
 * A copy for its writer and for everybody who has not blocked them. Who has finds nothing, and the writer is not told: a
 * conversation that nothing came of is in nobody else's mailbox.
 */
async function deliver(db: Queryable, { conversation, me, to, words, now }: Delivery): Promise<void> {
  const message = newId();
  await db.query(
    `insert into conversation_messages (id, conversation_id, from_account, words, at)
     values ($1, $2, $3, $4, to_timestamp($5::float8 / 1000))`,
    [message, conversation, me, words, now],
  );
  const { rows } = await db.query<{ account: Id }>(
    `insert into conversation_copies (message_id, account_id, conversation_id, at, read_at)
     select $1, account, $2, to_timestamp($5::float8 / 1000), case when account = $3 then to_timestamp($5::float8 / 1000) end
     from unnest($4::text[]) as account
     where account = $3 or not exists (select from contacts b where b.from_account = account and b.to_account = $3
       and b.state = 'blocked')
     returning account_id as account`,
    [message, conversation, me, [me, ...to], now],
  );
  // What comes again is looked at again: out of the archive, and out of what was removed.
  await db.query(
    `update conversation_people set last_at = to_timestamp($3::float8 / 1000), removed_at = null,
       archived = archived and account_id = $4
     where conversation_id = $1 and account_id = any($2)`,
    [conversation, rows.map(({ account }) => account), now, me],
  );
}
