/** One's own mailbox: everybody has copies of their own of what was written to them, and reads nothing else. */
import * as z from "zod";
import { Id } from "../../../protocol/ids.ts";
import type { Refused } from "../../../protocol/refusals.ts";
import type {
  ConversationRow,
  Conversations,
  ConversationView,
  MailBox,
  MailMessage,
} from "../../../protocol/twinspace/correspondence.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { cursorOf, keyOf } from "../../http/cursor.ts";
import type { RefusedFields } from "../../http/route.ts";
import { correspondentsOf, stillIn } from "./people.ts";

const boxLength = 30;
const messagesLength = 30;
const beginsLength = 160;
const Key = z.tuple([z.number(), Id]);

type Row = Omit<ConversationRow, "people">;

/** What was written to last comes first. */
export async function listConversations(
  db: Queryable,
  me: Id,
  box: MailBox,
  after: string | undefined,
): Promise<Conversations | RefusedFields> {
  const key = after === undefined ? [null, null] : keyOf(after, Key);
  if (key === undefined) return { refused: "request.malformed", fields: ["after"] };
  const { rows } = await db.query<Row>(
    `select v.id, v.subject, jsonb_build_object('slug', p.slug, 'title', p.title) as project, c.last_at as "lastAt",
       left(newest.words, ${beginsLength}) as begins, coalesce(a.name, '') as "from",
       (select count(*) from conversation_copies u where u.conversation_id = v.id and u.account_id = $1
          and u.read_at is null) as unread
     from (select * from conversation_people where account_id = $1 and archived = $2 and removed_at is null
           and ($3::float8 is null or (last_at, conversation_id) < (to_timestamp($3 / 1000), $4))
           order by last_at desc, conversation_id desc limit ${boxLength + 1}) c
       join conversations v on v.id = c.conversation_id join projects p on p.id = v.project_id
       join lateral (select m.words, m.from_account from conversation_copies k
         join conversation_messages m on m.id = k.message_id
         where k.conversation_id = v.id and k.account_id = $1 order by k.at desc, k.message_id desc limit 1) newest on true
       left join accounts a on a.id = newest.from_account and a.ended_at is null
     order by c.last_at desc, c.conversation_id desc`,
    [me, box === "archived", ...key],
  );
  const page = rows.slice(0, boxLength);
  const last = rows.length > boxLength ? page.at(-1) : undefined;
  const people = await correspondentsOf(
    db,
    me,
    page.map(({ id }) => id),
  );
  return {
    conversations: page.map((row) => ({ ...row, people: people.get(row.id) ?? [] })),
    next: last ? cursorOf([last.lastAt, last.id]) : null,
  };
}

interface Found {
  readonly id: Id;
  readonly subject: string;
  readonly project: { readonly slug: string; readonly title: string };
  readonly projectId: Id;
  readonly archived: boolean;
}

/** A conversation of which they have a copy; of others nothing is told. */
export async function findConversation(db: Queryable, me: Id, id: Id): Promise<Found | Refused> {
  const { rows } = await db.query<Found>(
    `select v.id, v.subject, v.project_id as "projectId", c.archived,
       jsonb_build_object('slug', p.slug, 'title', p.title) as project
     from conversation_people c join conversations v on v.id = c.conversation_id join projects p on p.id = v.project_id
     where c.account_id = $1 and c.conversation_id = $2 and c.removed_at is null`,
    [me, id],
  );
  return rows[0] ?? { refused: "request.notFound" };
}

export async function readConversation(
  db: Queryable,
  me: Id,
  id: Id,
  after: string | undefined,
): Promise<ConversationView | RefusedFields> {
  const key = after === undefined ? [null, null] : keyOf(after, Key);
  if (key === undefined) return { refused: "request.malformed", fields: ["after"] };
  const found = await findConversation(db, me, id);
  if ("refused" in found) return found;
  const { rows } = await db.query<MailMessage>(
    `select m.id, case when a.id is null then null else m.from_account end as "from", coalesce(a.name, '') as name,
       m.from_account is not distinct from $1 as mine, m.words, m.at, k.read_at is null as unread
     from conversation_copies k join conversation_messages m on m.id = k.message_id
       left join accounts a on a.id = m.from_account and a.ended_at is null
     where k.account_id = $1 and k.conversation_id = $2
       and ($3::float8 is null or (k.at, k.message_id) < (to_timestamp($3 / 1000), $4))
     order by k.at desc, k.message_id desc limit ${messagesLength + 1}`,
    [me, id, ...key],
  );
  const messages = rows.slice(0, messagesLength);
  const last = rows.length > messagesLength ? messages.at(-1) : undefined;
  const people = (await correspondentsOf(db, me, [id])).get(id) ?? [];
  const { projectId, ...shown } = found;
  const isIn = (await stillIn(db, projectId, [me])).has(me);
  return {
    ...shown,
    people,
    open: isIn && people.some(({ here }) => here),
    messages,
    next: last ? cursorOf([last.at, last.id]) : null,
  };
}

export async function countUnread(db: Queryable, me: Id): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    "select count(distinct conversation_id) from conversation_copies where account_id = $1 and read_at is null",
    [me],
  );
  return rows[0]?.count ?? 0;
}

/** How a message reads of which `me` has a copy; for who is worried about it. */
export async function mailEvidence(
  db: Queryable,
  project: Id,
  me: Id,
  message: Id,
): Promise<{ title: string; words: string; author: string; thread: null } | undefined> {
  const { rows } = await db.query<{ title: string; words: string; author: string; thread: null }>(
    `select v.subject as title, m.words, 'account:' || m.from_account as author, null as thread
     from conversation_copies k join conversation_messages m on m.id = k.message_id
       join conversations v on v.id = m.conversation_id
     where k.account_id = $1 and k.message_id = $2 and v.project_id = $3 and m.from_account is not null`,
    [me, message, project],
  );
  return rows[0];
}

/** Everything in it has been read. */
export async function markRead(db: Queryable, me: Id, id: Id, now: number): Promise<void> {
  await db.query(
    `update conversation_copies set read_at = to_timestamp($3::float8 / 1000)
     where account_id = $1 and conversation_id = $2 and read_at is null`,
    [me, id, now],
  );
}

export async function moveTo(db: Queryable, me: Id, id: Id, box: MailBox): Promise<Refused | undefined> {
  const { rowCount } = await db.query(
    `update conversation_people set archived = $3 where account_id = $1 and conversation_id = $2 and removed_at is null`,
    [me, id, box === "archived"],
  );
  return rowCount === 1 ? undefined : { refused: "request.notFound" };
}

/** Their own copy goes; the others keep theirs. */
export async function removeCopy(db: Queryable, me: Id, id: Id, now: number): Promise<Refused | undefined> {
  const { rowCount } = await db.query(
    `with gone as (
       update conversation_people set removed_at = to_timestamp($3::float8 / 1000)
       where account_id = $1 and conversation_id = $2 and removed_at is null returning conversation_id),
     copies as (delete from conversation_copies where account_id = $1 and conversation_id in (select * from gone))
     select from gone`,
    [me, id, now],
  );
  return rowCount === 1 ? undefined : { refused: "request.notFound" };
}

const keptMs = 30 * 86_400_000;

/** What nobody has a copy of any more is erased after a month, unless somebody raised a concern about it. */
export async function eraseRemovedMail(db: Queryable, now: number): Promise<void> {
  await db.query(
    `delete from conversations v where v.id in (
       select conversation_id from conversation_people group by conversation_id
       having bool_and(removed_at is not null) and max(removed_at) < to_timestamp($1::float8 / 1000))
     and not exists (select from conversation_messages m join held_things h on h.kind = 'mail' and h.id = m.id
       where m.conversation_id = v.id)`,
    [now - keptMs],
  );
}
