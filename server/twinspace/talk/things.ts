/** Everything that can be hidden, removed, or be what a concern is about: where it stands, and who finds it there. */
import type { SpaceRole } from "../../../domain/permissions.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { ConcernEvidence } from "../../../protocol/twinspace/concerns.ts";
import type { Thing, ThingKind } from "../../../protocol/twinspace/hidden.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { type Insider, isAdmin, isTeacher } from "../insider.ts";

interface Place {
  readonly table: string;
  /** The widest circle that can find one. */
  readonly seenBy: "everybody" | "members" | "teachers";
  /** Columns of the row; `words` may be none. */
  readonly title?: string;
  readonly words: string;
  readonly author: string;
  readonly thread?: string;
}

const said = { words: "t.words", author: "t.author" } as const;
const titled = { ...said, title: "t.title" } as const;

/** Whatever is told of a file or link. */
const materialWords = "concat_ws(' ', nullif(t.alt, ''), nullif(t.description, ''), nullif(t.credit, ''), t.link)";

const places: Readonly<Record<ThingKind, Place>> = {
  // Its words as they were when somebody stopped writing last.
  page: { table: "pages", seenBy: "everybody", ...titled },
  material: { table: "materials", seenBy: "everybody", title: "t.name", words: materialWords, author: "t.author" },
  update: { table: "updates", seenBy: "members", ...said },
  discussion: { table: "discussions", seenBy: "members", ...titled },
  thread: { table: "threads", seenBy: "members", ...titled },
  post: { table: "posts", seenBy: "members", ...said, thread: "t.thread_id" },
  message: { table: "chat_messages", seenBy: "members", ...said },
  bulletin: { table: "bulletin_notes", seenBy: "teachers", ...said },
};

/** Whether somebody in this role finds things of this kind at all. */
export function finds(me: { readonly role: SpaceRole }, kind: ThingKind): boolean {
  const { seenBy } = places[kind];
  if (seenBy === "teachers") return isTeacher(me);
  return seenBy === "everybody" || me.role !== "visitor";
}

/** Hides it with a reason, or with another one. False where there is no such thing. */
export async function hide(
  db: Queryable,
  project: Id,
  { kind, id }: Thing,
  by: string,
  reason: string,
  now: number,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update ${places[kind].table} set hidden_at = to_timestamp($3::float8 / 1000), hidden_by = $4, hidden_reason = $5
     where project_id = $1 and id = $2 and removed_at is null`,
    [project, id, now, by, reason],
  );
  return rowCount === 1;
}

/** Shows it again. False where there is no such thing. */
export async function show(db: Queryable, project: Id, { kind, id }: Thing): Promise<boolean> {
  const { rowCount } = await db.query(
    `update ${places[kind].table} set hidden_at = null, hidden_by = null, hidden_reason = null
     where project_id = $1 and id = $2 and removed_at is null`,
    [project, id],
  );
  return rowCount === 1;
}

/** Its author, or an admin of the project, takes it away. False where there is none that they may. */
export async function remove(db: Queryable, project: Id, thing: Thing, me: Insider, now: number): Promise<boolean> {
  const { rowCount } = await db.query(
    `update ${places[thing.kind].table} set removed_at = to_timestamp($3::float8 / 1000), removed_by = $4
     where project_id = $1 and id = $2 and removed_at is null and (author = $4 or $5)`,
    [project, thing.id, now, me.author, isAdmin(me)],
  );
  return rowCount === 1;
}

/** Who removed it takes that back. False where there is nothing that they may. */
export async function restore(db: Queryable, project: Id, thing: Thing, me: Insider): Promise<boolean> {
  const { rowCount } = await db.query(
    `update ${places[thing.kind].table} set removed_at = null, removed_by = null
     where project_id = $1 and id = $2 and removed_by = $3`,
    [project, thing.id, me.author],
  );
  return rowCount === 1;
}

/**
 * How it reads now, and read before its author changed it; undefined where there is no such thing. Also of what was removed:
 * whoever saw it can still tell of it.
 */
export async function evidenceOf(
  db: Queryable,
  project: Id,
  { kind, id }: Thing,
): Promise<Omit<ConcernEvidence, "name"> | undefined> {
  const { table, title = "''", words, author, thread = "null" } = places[kind];
  const { rows } = await db.query<Omit<ConcernEvidence, "name">>(
    `select ${title} as title, ${words} as words, ${author} as author, ${thread} as thread
     from ${table} t where project_id = $1 and id = $2`,
    [project, id],
  );
  if (!rows[0]) return undefined;
  const before = await earlierOf(db, project, { kind, id });
  return before.length === 0 ? rows[0] : { ...rows[0], earlier: before.slice(0, 10).map((one) => one.words) };
}

/** Keeps how it read before its author changed it. */
export async function keepEarlier(
  db: Queryable,
  project: Id,
  { kind, id }: Thing,
  { title = null, words }: { title?: string | null; words: string },
  now: number,
): Promise<void> {
  await db.query(
    `insert into earlier_words (project_id, kind, thing, title, words, at)
     values ($1, $2, $3, $4, $5, to_timestamp($6::float8 / 1000))`,
    [project, kind, id, title, words, now],
  );
}

/** How it read before, the newest first. */
export async function earlierOf(
  db: Queryable,
  project: Id,
  { kind, id }: Thing,
): Promise<{ title: string | null; words: string; until: number }[]> {
  const { rows } = await db.query<{ title: string | null; words: string; until: number }>(
    `select title, words, at as until from earlier_words
     where project_id = $1 and kind = $2 and thing = $3 order by id desc limit 50`,
    [project, kind, id],
  );
  return rows;
}
