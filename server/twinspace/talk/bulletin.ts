/** The teachers' bulletin: notes among the project's teachers. */
import * as z from "zod";
import type { Id } from "../../../protocol/ids.ts";
import type { Refused } from "../../../protocol/refusals.ts";
import type { Notes } from "../../../protocol/twinspace/bulletin.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { cursorOf, keyOf } from "../../http/cursor.ts";
import type { RefusedFields } from "../../http/route.ts";
import { newId } from "../../ids.ts";
import type { Space } from "../insider.ts";
import { addNews } from "../news.ts";
import { asSaid, atParam, type SaidRow, saidColumns } from "./said.ts";
import { keepEarlier } from "./things.ts";

const pageLength = 20;
const Key = z.tuple([z.int(), z.string()]);

/** The newest first. */
export async function listNotes(
  db: Queryable,
  space: Space,
  after: string | undefined,
): Promise<Notes | RefusedFields> {
  const key = after === undefined ? [null, null] : keyOf(after, Key);
  if (key === undefined) return { refused: "request.malformed", fields: ["after"] };
  const { rows } = await db.query<SaidRow>(
    `select ${saidColumns} from bulletin_notes t where t.project_id = $1 and t.removed_at is null
       and ($2::bigint is null or (t.at, t.id) < (${atParam(2)}, $3))
     order by t.at desc, t.id desc limit ${pageLength + 1}`,
    [space.project.id, ...key],
  );
  const shown = rows.slice(0, pageLength);
  const last = rows.length > pageLength ? shown.at(-1) : undefined;
  return { notes: await asSaid(db, space, shown), next: last ? cursorOf([last.at, last.id]) : null };
}

export async function writeNote(
  db: Queryable,
  { project, me }: Space,
  words: string,
  now: number,
): Promise<{ id: Id }> {
  const id = newId();
  await db.query(
    `insert into bulletin_notes (id, project_id, author, words, at) values ($1, $2, $3, $4, ${atParam(5)})`,
    [id, project.id, me.author, words, now],
  );
  await addNews(db, { project: project.id, by: me.author, kind: "bulletinPosted", thing: id, seenBy: "teachers" }, now);
  return { id };
}

/** One's own. */
export async function editNote(
  db: Queryable,
  { project, me }: Space,
  id: Id,
  words: string,
  now: number,
): Promise<Refused | undefined> {
  const { rows } = await db.query<{ words: string }>(
    `select words from bulletin_notes
     where project_id = $1 and id = $2 and author = $3 and removed_at is null and hidden_at is null for update`,
    [project.id, id, me.author],
  );
  if (!rows[0]) return { refused: "thing.unknown" };
  await keepEarlier(db, project.id, { kind: "bulletin", id }, rows[0], now);
  await db.query(`update bulletin_notes set words = $2, edited_at = ${atParam(3)} where id = $1`, [id, words, now]);
  return undefined;
}
