/** Threads of the forum and the answers in them. */
import * as z from "zod";
import type { Id } from "../../../protocol/ids.ts";
import type { Refused } from "../../../protocol/refusals.ts";
import type {
  DiscussionThreads,
  KeepThread,
  Thread,
  ThreadPosts,
  WriteThread,
} from "../../../protocol/twinspace/forum.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { cursorOf, keyOf } from "../../http/cursor.ts";
import type { RefusedFields } from "../../http/route.ts";
import { newId } from "../../ids.ts";
import { isTeacher, type Space } from "../insider.ts";
import { addNews } from "../news.ts";
import { findDiscussion } from "./forum.ts";
import { asSaid, atParam, type SaidRow, saidColumns } from "./said.ts";
import { keepEarlier } from "./things.ts";

const threadsInPage = 30;
const postsInPage = 30;
const ThreadKey = z.tuple([z.enum(["true", "false"]), z.int(), z.string()]);
const PostKey = z.tuple([z.int(), z.string()]);

type ThreadRow = SaidRow &
  Pick<Thread, "title" | "pinned" | "locked" | "lastAt" | "answers" | "fresh"> & { readonly discussion: Id };

/** `$1`: who reads. Their own words are not new to them; the thread itself counts until they have opened it. */
const columns = `${saidColumns}, t.title, t.pinned, t.locked_by is not null as locked, t.last_at as "lastAt",
  t.discussion_id as discussion,
  (select count(*) from posts p where p.thread_id = t.id and p.removed_at is null) as answers,
  (select count(*) from (
     select from posts p where p.thread_id = t.id and p.removed_at is null and p.author <> $1
       and p.at > coalesce(r.at, '-infinity') limit 99) fresh)
    + case when r.at is null and t.author <> $1 then 1 else 0 end as fresh`;
const from = "threads t left join thread_reads r on r.thread_id = t.id and r.reader = $1";

/** A discussion and its threads: those at the top, then those with something new. */
export async function listThreads(
  db: Queryable,
  space: Space,
  id: Id,
  after: string | undefined,
): Promise<DiscussionThreads | RefusedFields> {
  const key = after === undefined ? [null, null, null] : keyOf(after, ThreadKey);
  if (key === undefined) return { refused: "request.malformed", fields: ["after"] };
  const discussion = await findDiscussion(db, space, id);
  if (!discussion) return { refused: "thing.unknown" };
  const { rows } = await db.query<ThreadRow>(
    `select ${columns} from ${from} where t.discussion_id = $2 and t.removed_at is null
       and ($3::boolean is null or (t.pinned, t.last_at, t.id) < ($3, ${atParam(4)}, $5))
     order by t.pinned desc, t.last_at desc, t.id desc limit ${threadsInPage + 1}`,
    [space.me.author, id, ...key],
  );
  const shown = rows.slice(0, threadsInPage);
  const last = rows.length > threadsInPage ? shown.at(-1) : undefined;
  return {
    discussion,
    threads: (await asThreads(db, space, shown)).map(({ thread }) => thread),
    next: last ? cursorOf([String(last.pinned), last.lastAt, last.id]) : null,
    mayStart: mayStart(space),
  };
}

const mayStart = ({ project, me }: Space): boolean =>
  project.state === "active" && (isTeacher(me) || me.role === "expert" || me.role === "pupilAdmin");

async function asThreads(
  db: Queryable,
  space: Space,
  rows: readonly ThreadRow[],
): Promise<{ thread: Thread; discussion: Id }[]> {
  const shown = await asSaid(db, space, rows);
  return shown.map(({ discussion, ...thread }) => ({
    discussion,
    thread: { ...thread, title: thread.hidden?.reason === null ? "" : thread.title },
  }));
}

/** Also where its discussion is gone it is not found. */
async function findThread(
  db: Queryable,
  space: Space,
  id: Id,
): Promise<{ thread: Thread; discussion: { id: Id; title: string } } | undefined> {
  const { rows } = await db.query<ThreadRow>(
    `select ${columns} from ${from} where t.project_id = $2 and t.id = $3 and t.removed_at is null`,
    [space.me.author, space.project.id, id],
  );
  const found = (await asThreads(db, space, rows))[0];
  const discussion = found && (await findDiscussion(db, space, found.discussion));
  if (!discussion) return undefined;
  return { thread: found.thread, discussion: { id: discussion.id, title: discussion.title } };
}

/** Of a hidden thread only teachers read the answers. */
const isReadable = ({ hidden }: Thread): boolean => hidden === null || hidden.reason !== null;

export async function readThread(
  db: Queryable,
  space: Space,
  id: Id,
  before: string | undefined,
): Promise<ThreadPosts | RefusedFields> {
  const key = before === undefined ? [null, null] : keyOf(before, PostKey);
  if (key === undefined) return { refused: "request.malformed", fields: ["before"] };
  const found = await findThread(db, space, id);
  if (!found) return { refused: "thing.unknown" };
  const rows = isReadable(found.thread) ? await postsOf(db, id, key) : [];
  const shown = rows.slice(0, postsInPage).reverse();
  const first = rows.length > postsInPage ? shown[0] : undefined;
  const isOpen = space.project.state === "active";
  return {
    ...found,
    posts: await asSaid(db, space, shown),
    earlier: first ? cursorOf([first.at, first.id]) : null,
    mayReply: isOpen && !found.thread.locked && isReadable(found.thread),
    mayKeep: isOpen && isTeacher(space.me),
  };
}

async function postsOf(db: Queryable, thread: Id, key: readonly (string | number | null)[]): Promise<SaidRow[]> {
  const { rows } = await db.query<SaidRow>(
    `select ${saidColumns} from posts t where t.thread_id = $1 and t.removed_at is null
       and ($2::bigint is null or (t.at, t.id) < (${atParam(2)}, $3))
     order by t.at desc, t.id desc limit ${postsInPage + 1}`,
    [thread, ...key],
  );
  return rows;
}

export async function startThread(
  db: Queryable,
  space: Space,
  discussion: Id,
  { title, words }: WriteThread,
  now: number,
): Promise<{ id: Id } | Refused> {
  if (!(await findDiscussion(db, space, discussion))) return { refused: "thing.unknown" };
  const { project, me } = space;
  const id = newId();
  await db.query(
    `insert into threads (id, project_id, discussion_id, author, title, words, at, last_at)
     values ($1, $2, $3, $4, $5, $6, ${atParam(7)}, ${atParam(7)})`,
    [id, project.id, discussion, me.author, title, words, now],
  );
  await db.query(`update discussions set last_at = ${atParam(2)} where id = $1`, [discussion, now]);
  await addNews(db, { project: project.id, by: me.author, kind: "threadStarted", thing: id, seenBy: "members" }, now);
  return { id };
}

/** One's own, unless it is locked. */
export async function editThread(
  db: Queryable,
  space: Space,
  id: Id,
  { title, words }: WriteThread,
  now: number,
): Promise<Refused | undefined> {
  const before = (await findThread(db, space, id))?.thread;
  if (!before?.mayEdit) return { refused: "thing.unknown" };
  if (before.locked) return { refused: "thread.locked" };
  await keepEarlier(db, space.project.id, { kind: "thread", id }, before, now);
  await db.query(`update threads set title = $2, words = $3, edited_at = ${atParam(4)} where id = $1`, [
    ...[id, title, words, now],
  ]);
  return undefined;
}

export async function keepThread(
  db: Queryable,
  { project, me }: Space,
  id: Id,
  { locked, pinned }: KeepThread,
): Promise<Refused | undefined> {
  const { rowCount } = await db.query(
    `update threads set pinned = $3, locked_by = case when $4 then coalesce(locked_by, $5) end
     where project_id = $1 and id = $2 and removed_at is null`,
    [project.id, id, pinned, locked, me.author],
  );
  return rowCount === 1 ? undefined : { refused: "thing.unknown" };
}

export async function reply(
  db: Queryable,
  space: Space,
  thread: Id,
  words: string,
  now: number,
): Promise<{ id: Id } | Refused> {
  const found = await findThread(db, space, thread);
  if (!found || !isReadable(found.thread)) return { refused: "thing.unknown" };
  if (found.thread.locked) return { refused: "thread.locked" };
  const { project, me } = space;
  const id = newId();
  await db.query(
    `insert into posts (id, project_id, thread_id, author, words, at) values ($1, $2, $3, $4, $5, ${atParam(6)})`,
    [id, project.id, thread, me.author, words, now],
  );
  await db.query(`update threads set last_at = ${atParam(2)} where id = $1`, [thread, now]);
  await db.query(`update discussions set last_at = ${atParam(2)} where id = $1`, [found.discussion.id, now]);
  const news = {
    project: project.id,
    by: me.author,
    kind: "threadAnswered",
    thing: thread,
    seenBy: "members",
  } as const;
  await addNews(db, news, now);
  return { id };
}

/** One's own, unless the thread is locked. */
export async function editPost(
  db: Queryable,
  space: Space,
  id: Id,
  words: string,
  now: number,
): Promise<Refused | undefined> {
  const { project, me } = space;
  const { rows } = await db.query<{ words: string; thread: Id }>(
    `select words, thread_id as thread from posts
     where project_id = $1 and id = $2 and author = $3 and removed_at is null and hidden_at is null for update`,
    [project.id, id, me.author],
  );
  const post = rows[0];
  const found = post && (await findThread(db, space, post.thread));
  if (!found || !isReadable(found.thread)) return { refused: "thing.unknown" };
  if (found.thread.locked) return { refused: "thread.locked" };
  await keepEarlier(db, project.id, { kind: "post", id }, { words: post.words }, now);
  await db.query(`update posts set words = $2, edited_at = ${atParam(3)} where id = $1`, [id, words, now]);
  return undefined;
}

/** Keeps up to when somebody has read it; never further back than before. */
export async function markRead(
  db: Queryable,
  space: Space,
  id: Id,
  upTo: number,
  now: number,
): Promise<Refused | undefined> {
  if (!(await findThread(db, space, id))) return { refused: "thing.unknown" };
  await db.query(
    `insert into thread_reads (thread_id, reader, at) values ($1, $2, ${atParam(3)})
     on conflict (reader, thread_id) do update set at = greatest(thread_reads.at, excluded.at)`,
    [id, space.me.author, Math.min(upTo, now)],
  );
  return undefined;
}

export interface FoundThread {
  readonly id: Id;
  readonly title: string;
  /** Whose words fit, and when they were written. */
  readonly author: string;
  readonly at: number;
  /** The words that fit. */
  readonly words: string;
}

/**
 * Threads that have all of these words, in themselves or in one answer; the newest first. Words that are begun are found too.
 * Nothing that is hidden, and nothing for visitors.
 */
export async function threadsFound(
  db: Queryable,
  { project, me }: Space,
  words: string,
  limit: number,
): Promise<FoundThread[]> {
  if (me.role === "visitor") return [];
  const query = await queryOf(db, words);
  if (query === null) return [];
  const { rows } = await db.query<FoundThread>(
    `with fits as (
       (select t.id as thread, t.author, t.at, t.words from threads t
        where t.project_id = $1 and t.found @@ $2::tsquery and t.removed_at is null and t.hidden_at is null
        order by t.at desc limit $3)
       union all
       (select t.thread_id, t.author, t.at, t.words from posts t
        where t.project_id = $1 and t.found @@ $2::tsquery and t.removed_at is null and t.hidden_at is null
        order by t.at desc limit 4 * $3)
     )
     select * from (
       select distinct on (h.id) h.id, h.title, f.author, f.at, left(f.words, 400) as words
       from fits f join threads h on h.id = f.thread join discussions d on d.id = h.discussion_id
       where h.removed_at is null and h.hidden_at is null and d.removed_at is null and d.hidden_at is null
       order by h.id, f.at desc
     ) found order by at desc, id limit $3`,
    [project.id, query, limit],
  );
  return rows;
}

/**
 * All of the words, each at least begun. Asked for by itself: only with the words before it the database knows whether they
 * are in most of what was said, which it then reads from the newest on, or in little, which it finds by its index.
 */
async function queryOf(db: Queryable, words: string): Promise<string | null> {
  const { rows } = await db.query<{ query: string | null }>(
    `select string_agg(quote_literal(word) || ':*', ' & ')::tsquery::text as query
     from (select word from search_words_in($1) as word limit 8) words`,
    [words.replace(/[\p{Cc}\p{Cs}]/gu, " ")],
  );
  return rows[0]?.query ?? null;
}
