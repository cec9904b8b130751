/** The forum's discussions: opened by founders, teacher-admins and experts. */
import * as z from "zod";
import type { Id } from "../../../protocol/ids.ts";
import type { Refused } from "../../../protocol/refusals.ts";
import type { Discussion, Discussions, WriteDiscussion } from "../../../protocol/twinspace/forum.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { cursorOf, keyOf } from "../../http/cursor.ts";
import type { RefusedFields } from "../../http/route.ts";
import { newId } from "../../ids.ts";
import { isAdmin, isTeacher, type Space } from "../insider.ts";
import { asSaid, atParam, type SaidRow, saidColumns } from "./said.ts";
import { keepEarlier } from "./things.ts";

const pageLength = 30;
const Key = z.tuple([z.int(), z.string()]);

type DiscussionRow = SaidRow & Pick<Discussion, "title" | "lastAt" | "threads">;
const columns = `${saidColumns}, t.title, t.last_at as "lastAt",
  (select count(*) from threads h where h.discussion_id = t.id and h.removed_at is null) as threads`;

/** Those with something new first. */
export async function listDiscussions(
  db: Queryable,
  space: Space,
  after: string | undefined,
): Promise<Discussions | RefusedFields> {
  const key = after === undefined ? [null, null] : keyOf(after, Key);
  if (key === undefined) return { refused: "request.malformed", fields: ["after"] };
  const { rows } = await db.query<DiscussionRow>(
    `select ${columns} from discussions t where t.project_id = $1 and t.removed_at is null
       and ($2::bigint is null or (t.last_at, t.id) < (${atParam(2)}, $3))
     order by t.last_at desc, t.id desc limit ${pageLength + 1}`,
    [space.project.id, ...key],
  );
  const shown = rows.slice(0, pageLength);
  const last = rows.length > pageLength ? shown.at(-1) : undefined;
  return {
    discussions: await asDiscussions(db, space, shown),
    next: last ? cursorOf([last.lastAt, last.id]) : null,
    mayOpen: mayOpen(space),
  };
}

const mayOpen = ({ project, me }: Space): boolean =>
  project.state === "active" && (isAdmin(me) || me.role === "expert");

async function asDiscussions(db: Queryable, space: Space, rows: readonly DiscussionRow[]): Promise<Discussion[]> {
  const shown = await asSaid(db, space, rows);
  return shown.map((one) => ({ ...one, title: one.hidden?.reason === null ? "" : one.title }));
}

/** A hidden one is only for teachers more than its place. */
export async function findDiscussion(db: Queryable, space: Space, id: Id): Promise<Discussion | undefined> {
  const { rows } = await db.query<DiscussionRow>(
    `select ${columns} from discussions t
     where t.project_id = $1 and t.id = $2 and t.removed_at is null and (t.hidden_at is null or $3)`,
    [space.project.id, id, isTeacher(space.me)],
  );
  return (await asDiscussions(db, space, rows))[0];
}

export async function openDiscussion(
  db: Queryable,
  { project, me }: Space,
  { title, words }: WriteDiscussion,
  now: number,
): Promise<{ id: Id }> {
  const id = newId();
  await db.query(
    `insert into discussions (id, project_id, author, title, words, at, last_at)
     values ($1, $2, $3, $4, $5, ${atParam(6)}, ${atParam(6)})`,
    [id, project.id, me.author, title, words, now],
  );
  return { id };
}

/** One's own. */
export async function editDiscussion(
  db: Queryable,
  space: Space,
  id: Id,
  { title, words }: WriteDiscussion,
  now: number,
): Promise<Refused | undefined> {
  const before = await findDiscussion(db, space, id);
  if (!before?.mayEdit) return { refused: "thing.unknown" };
  await keepEarlier(db, space.project.id, { kind: "discussion", id }, before, now);
  await db.query(`update discussions set title = $2, words = $3, edited_at = ${atParam(4)} where id = $1`, [
    ...[id, title, words, now],
  ]);
  return undefined;
}
