/** Updates: what teachers tell everybody on Home. A pupil's waits until a teacher approves it. */
import * as z from "zod";
import type { Id } from "../../../protocol/ids.ts";
import type { Refused } from "../../../protocol/refusals.ts";
import type { Update, Updates, WriteUpdate } from "../../../protocol/twinspace/updates.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { cursorOf, keyOf } from "../../http/cursor.ts";
import type { RefusedFields } from "../../http/route.ts";
import { newId } from "../../ids.ts";
import { isAdmin, isPupil, isTeacher, type Space } from "../insider.ts";
import { addNews } from "../news.ts";
import { asSaid, atParam, type SaidRow, saidColumns } from "./said.ts";
import { keepEarlier } from "./things.ts";

const pageLength = 10;
const Key = z.tuple([z.enum(["true", "false"]), z.int(), z.string()]);

type UpdateRow = SaidRow & Pick<Update, "state" | "pinned"> & { readonly materials: readonly Id[] };
const columns = `${saidColumns}, t.state, t.pinned, t.materials`;
/** Who waits for approval is seen by teachers and by themselves. `$2`: me; `$3`: a teacher. */
const seen = "t.removed_at is null and (t.state = 'posted' or $3 or t.author = $2)";

/** Those at the top, then the newest first. */
export async function listUpdates(
  db: Queryable,
  space: Space,
  after: string | undefined,
): Promise<Updates | RefusedFields> {
  const key = after === undefined ? [null, null, null] : keyOf(after, Key);
  if (key === undefined) return { refused: "request.malformed", fields: ["after"] };
  const { project, me } = space;
  const { rows } = await db.query<UpdateRow>(
    `select ${columns} from updates t where t.project_id = $1 and ${seen}
       and ($4::boolean is null or (t.pinned, t.at, t.id) < ($4, ${atParam(5)}, $6))
     order by t.pinned desc, t.at desc, t.id desc limit ${pageLength + 1}`,
    [project.id, me.author, isTeacher(me), ...key],
  );
  const shown = rows.slice(0, pageLength);
  const last = rows.length > pageLength ? shown.at(-1) : undefined;
  return {
    updates: await asUpdates(db, space, shown),
    next: last ? cursorOf([String(last.pinned), last.at, last.id]) : null,
    mayPost: mayPost(space),
  };
}

function mayPost({ project, me }: Space): Updates["mayPost"] {
  const allowed = project.state === "active" && (isTeacher(me) || me.role === "pupilAdmin");
  if (!allowed) return "no";
  return isPupil(me) ? "checked" : "yes";
}

async function asUpdates(db: Queryable, space: Space, rows: readonly UpdateRow[]): Promise<Update[]> {
  const { project, me } = space;
  const isOpen = project.state === "active";
  const images = await imagesOf(db, project.id, rows);
  return (await asSaid(db, space, rows)).map(({ materials, ...update }) => ({
    ...update,
    // Pictures are part of what was hidden.
    images: update.hidden?.reason === null ? [] : materials.flatMap((id) => images.get(id) ?? []),
    mayApprove: isOpen && update.state === "waiting" && isTeacher(me),
    mayPin: isOpen && update.state === "posted" && isAdmin(me),
  }));
}

async function imagesOf(
  db: Queryable,
  project: Id,
  rows: readonly UpdateRow[],
): Promise<ReadonlyMap<Id, Update["images"][number]>> {
  const wanted = rows.flatMap(({ materials }) => materials);
  if (wanted.length === 0) return new Map();
  const { rows: images } = await db.query<Update["images"][number]>(
    `select id, name, alt, sizes from materials
     where project_id = $1 and id = any($2) and removed_at is null and hidden_at is null`,
    [project, wanted],
  );
  return new Map(images.map((image) => [image.id, image]));
}

export async function findUpdate(db: Queryable, space: Space, id: Id): Promise<Update | undefined> {
  const { project, me } = space;
  const { rows } = await db.query<UpdateRow>(
    `select ${columns} from updates t where t.project_id = $1 and t.id = $4 and ${seen}`,
    [project.id, me.author, isTeacher(me), id],
  );
  return (await asUpdates(db, space, rows))[0];
}

export async function writeUpdate(
  db: Queryable,
  space: Space,
  { words, materials = [] }: WriteUpdate,
  now: number,
): Promise<Update | RefusedFields> {
  const wrong = await wrongImages(db, space, materials);
  if (wrong) return wrong;
  const { project, me } = space;
  const id = newId();
  const state = isPupil(me) ? "waiting" : "posted";
  await db.query(
    `insert into updates (id, project_id, author, words, materials, state, at) values ($1, $2, $3, $4, $5, $6, ${atParam(7)})`,
    [id, project.id, me.author, words, materials, state, now],
  );
  if (state === "posted") await tellOf(db, project.id, me.author, id, now);
  return mustFind(db, space, id);
}

/** One's own. What a pupil changes waits again. */
export async function editUpdate(
  db: Queryable,
  space: Space,
  id: Id,
  { words, materials = [] }: WriteUpdate,
  now: number,
): Promise<Update | RefusedFields> {
  const { project, me } = space;
  const before = await findUpdate(db, space, id);
  if (!before?.mayEdit) return { refused: "thing.unknown" };
  const wrong = await wrongImages(db, space, materials);
  if (wrong) return wrong;
  if (before.words !== words) await keepEarlier(db, project.id, { kind: "update", id }, before, now);
  await db.query(
    `update updates set words = $2, materials = $3, edited_at = ${atParam(4)},
       state = case when $5 then 'waiting' else state end where id = $1`,
    [id, words, materials, now, isPupil(me)],
  );
  return mustFind(db, space, id);
}

export async function approveUpdate(db: Queryable, space: Space, id: Id, now: number): Promise<Update | Refused> {
  const { project, me } = space;
  const { rows } = await db.query<{ author: string }>(
    `update updates set state = 'posted', approved_by = $3, at = ${atParam(4)}
     where project_id = $1 and id = $2 and state = 'waiting' and removed_at is null returning author`,
    [project.id, id, me.author, now],
  );
  if (!rows[0]) return { refused: "thing.unknown" };
  await tellOf(db, project.id, rows[0].author, id, now);
  return mustFind(db, space, id);
}

export async function pinUpdate(db: Queryable, space: Space, id: Id, pinned: boolean): Promise<Update | Refused> {
  const { rowCount } = await db.query(
    `update updates set pinned = $3 where project_id = $1 and id = $2 and state = 'posted' and removed_at is null`,
    [space.project.id, id, pinned],
  );
  return rowCount === 1 ? mustFind(db, space, id) : { refused: "thing.unknown" };
}

async function mustFind(db: Queryable, space: Space, id: Id): Promise<Update> {
  const update = await findUpdate(db, space, id);
  if (!update) throw new Error("An update that was just written is not there");
  return update;
}

const tellOf = (db: Queryable, project: Id, by: string, thing: Id, now: number) =>
  addNews(db, { project, by, kind: "updatePosted", thing, seenBy: "members" }, now);

async function wrongImages(db: Queryable, space: Space, ids: readonly Id[]): Promise<RefusedFields | undefined> {
  if (ids.length === 0) return undefined;
  const { rows } = await db.query<{ count: number }>(
    `select count(distinct id) from materials
     where project_id = $1 and id = any($2) and kind = 'image' and removed_at is null and hidden_at is null`,
    [space.project.id, ids],
  );
  return rows[0]?.count === new Set(ids).size ? undefined : { refused: "request.malformed", fields: ["materials"] };
}
