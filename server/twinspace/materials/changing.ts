/** What is said about a material, where it lies, and whether it is there: changed by whoever may. */
import type { Id } from "../../../protocol/ids.ts";
import type { AddLink, ChangeMaterial, MaterialView } from "../../../protocol/twinspace/materials.ts";
import type { Queryable } from "../../../storage/pool.ts";
import type { RefusedFields } from "../../http/route.ts";
import { newId } from "../../ids.ts";
import { type Insider, isTeacher, type Space } from "../insider.ts";
import { addNews } from "../news.ts";
import { isFolder } from "./folders.ts";
import { viewOf } from "./listing.ts";
import { isHiddenFrom, type MaterialRow, materialRow, mayChange } from "./rows.ts";

/** All of it in the transaction of `db`. Who is shown is said by teachers, of anybody's material. */
export async function changeMaterial(
  db: Queryable,
  space: Space,
  material: Id,
  change: ChangeMaterial,
  now: number,
): Promise<MaterialView | RefusedFields> {
  const { project, me } = space;
  const { shows, people, folder, ...words } = change;
  const row = await materialRow(db, project.id, material, { lock: true });
  if (!row || row.removedAt !== null || isHiddenFrom(me, row)) return { refused: "request.notFound" };
  const changesWords = folder !== undefined || Object.keys(words).length > 0;
  if (changesWords && !mayChange(me, row)) return { refused: "account.notAllowed" };
  if ((shows !== undefined || people !== undefined) && !isTeacher(me)) return { refused: "account.notAllowed" };
  if (words.link !== undefined && row.kind !== "link") return { refused: "request.malformed", fields: ["link"] };
  if (folder !== undefined && !(await isFolder(db, project.id, folder))) {
    return { refused: "request.malformed", fields: ["folder"] };
  }
  const shown = shows ?? (people && people.length > 0 ? "people" : row.shows);
  if (people !== undefined || shown !== "people") {
    const no = await setPeople(db, project.id, material, shown === "people" ? (people ?? []) : []);
    if (no) return no;
  }
  await update(
    db,
    { ...row, ...withoutUnsaid(words), shows: shown, folder: folder === undefined ? row.folder : folder },
    now,
  );
  const changed = await materialRow(db, project.id, material);
  return changed ? viewOf(db, space, changed) : { refused: "request.notFound" };
}

type Words = Omit<ChangeMaterial, "shows" | "people" | "folder">;

/** What was not said is not changed to nothing. */
const withoutUnsaid = (words: Words): Partial<MaterialRow> =>
  // Object.entries forgets which key has which value; they are the ones of `words`.
  Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined)) as Partial<MaterialRow>;

async function update(db: Queryable, row: MaterialRow, now: number): Promise<void> {
  const { id, name, folder, link, licence, credit, alt, decorative, description, shows } = row;
  await db.query(
    `update materials set name = $2, folder_id = $3, link = $4, licence = $5, credit = $6, alt = $7, decorative = $8,
       description = $9, shows = $10, changed_at = to_timestamp($11::float8 / 1000) where id = $1`,
    [id, name, folder, link, licence, credit, alt, decorative, description, shows, now],
  );
}

/** Only pupils of this project: of others nothing is told. A refusal changes nothing. */
async function setPeople(
  db: Queryable,
  project: Id,
  material: Id,
  people: readonly Id[],
): Promise<RefusedFields | undefined> {
  const wanted = [...new Set(people)];
  const { rowCount } = await db.query(
    "select from pupils where project_id = $1 and id = any($2) and state <> 'purged'",
    [project, wanted],
  );
  if (rowCount !== wanted.length) return { refused: "request.malformed", fields: ["people"] };
  await db.query("delete from material_people where material_id = $1", [material]);
  await db.query("insert into material_people (material_id, pupil_id) select $1, unnest($2::text[])", [
    material,
    wanted,
  ]);
  return undefined;
}

export async function addLink(
  db: Queryable,
  space: Space,
  { link, name, folder, description = "" }: AddLink,
  now: number,
): Promise<MaterialView | RefusedFields> {
  const { project, me } = space;
  if (!(await isFolder(db, project.id, folder))) return { refused: "request.malformed", fields: ["folder"] };
  const id = newId();
  await db.query(
    `insert into materials (id, project_id, folder_id, kind, name, link, description, author, created_at, changed_at)
     values ($1, $2, $3, 'link', $4, $5, $6, $7, to_timestamp($8::float8 / 1000), to_timestamp($8::float8 / 1000))`,
    [id, project.id, folder, name, link, description, me.author, now],
  );
  await addNews(db, { project: project.id, by: me.author, kind: "materialAdded", thing: id, seenBy: "members" }, now);
  const row = await materialRow(db, project.id, id);
  if (!row) throw new Error("A link that was added is not there");
  return viewOf(db, space, row);
}

/** Its author or who keeps the order may, and may bring it back; the file is kept for a week. */
export async function removeMaterial(db: Queryable, { project, me }: Space, material: Id, now: number) {
  const row = await materialRow(db, project.id, material, { lock: true });
  if (!row || row.removedAt !== null || isHiddenFrom(me, row)) return { refused: "request.notFound" } as const;
  if (!mayChange(me, row)) return { refused: "account.notAllowed" } as const;
  await db.query("update materials set removed_at = to_timestamp($2::float8 / 1000), removed_by = $3 where id = $1", [
    ...[material, now, me.author],
  ]);
  return undefined;
}

export async function restoreMaterial(
  db: Queryable,
  space: Space,
  material: Id,
): Promise<MaterialView | RefusedFields> {
  const { project, me } = space;
  const row = await materialRow(db, project.id, material, { lock: true });
  if (!row || row.removedAt === null || !mayRestore(me, row)) return { refused: "request.notFound" };
  await db.query("update materials set removed_at = null, removed_by = null where id = $1", [material]);
  const restored = await materialRow(db, project.id, material);
  if (!restored) throw new Error("A material that was restored is not there");
  return viewOf(db, space, restored);
}

/** What an admin removed its author does not bring back. */
const mayRestore = (me: Insider, row: MaterialRow): boolean =>
  mayChange(me, row) && (row.removedBy === me.author || mayChange(me, { author: "" }));
