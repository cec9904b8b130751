/** Folders: a tree a few deep, for people to find things in. */
import type { Id } from "../../../protocol/ids.ts";
import type { ChangeFolder, Crumb, Folder, Folders, MakeFolder } from "../../../protocol/twinspace/materials.ts";
import { mostFolderDepth } from "../../../protocol/twinspace/materials.ts";
import type { Queryable } from "../../../storage/pool.ts";
import type { RefusedFields } from "../../http/route.ts";
import { newId } from "../../ids.ts";
import type { Insider } from "../insider.ts";
import { mayChange } from "./rows.ts";

/** What a page shows of them at once. */
const mostInOne = 300;
const mostInAll = 3_000;

/** From the top down to this folder; empty for what is no folder here. */
export async function pathOf(db: Queryable, project: Id, folder: Id | null): Promise<Crumb[]> {
  if (folder === null) return [];
  const { rows } = await db.query<Crumb>(
    `with recursive up as (
       select id, name, parent_id, 1 as step from material_folders where id = $2 and project_id = $1
       union all
       select f.id, f.name, f.parent_id, step + 1 from material_folders f join up on f.id = up.parent_id where step < 20
     )
     select id, name from up order by step desc`,
    [project, folder],
  );
  return rows;
}

export async function foldersIn(db: Queryable, project: Id, parent: Id | null, me: Insider): Promise<Folder[]> {
  const { rows } = await db.query<{ id: Id; name: string; author: string }>(
    `select id, name, author from material_folders
     where project_id = $1 and coalesce(parent_id, '') = coalesce($2, '') order by lower(name) limit ${mostInOne}`,
    [project, parent],
  );
  return rows.map(({ id, name, author }) => ({ id, name, mayChange: mayChange(me, { author }) }));
}

export async function allFolders(db: Queryable, project: Id): Promise<Folders> {
  const { rows } = await db.query<Folders["folders"][number]>(
    `select id, name, parent_id as parent from material_folders where project_id = $1
     order by lower(name) limit ${mostInAll}`,
    [project],
  );
  return { folders: rows };
}

/** Whether there is such a folder here; the top is always there. */
export async function isFolder(db: Queryable, project: Id, folder: Id | null): Promise<boolean> {
  if (folder === null) return true;
  const { rowCount } = await db.query("select from material_folders where id = $1 and project_id = $2", [
    ...[folder, project],
  ]);
  return rowCount === 1;
}

export async function makeFolder(
  db: Queryable,
  project: Id,
  me: Insider,
  { name, parent }: MakeFolder,
): Promise<Folder | RefusedFields> {
  await oneAtATime(db, project);
  const no = await refusalAt(db, project, parent, 1);
  if (no) return no;
  const id = newId();
  const { rowCount } = await db.query(
    `insert into material_folders (id, project_id, parent_id, name, author) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [id, project, parent, name, me.author],
  );
  return rowCount === 1 ? { id, name, mayChange: true } : { refused: "folder.nameTaken", fields: ["name"] };
}

/** Renames and moves, in a transaction. A folder is not moved into itself. */
export async function changeFolder(
  db: Queryable,
  project: Id,
  me: Insider,
  folder: Id,
  { name, parent }: ChangeFolder,
): Promise<Folder | RefusedFields> {
  await oneAtATime(db, project);
  const known = await folderToChange(db, project, me, folder);
  if (!known) return { refused: "request.notFound" };
  if (parent !== undefined) {
    const above = await pathOf(db, project, parent);
    if (above.some(({ id }) => id === folder)) return { refused: "request.malformed", fields: ["parent"] };
    const no = await refusalAt(db, project, parent, await depthBelow(db, folder));
    if (no) return no;
  }
  const isTaken = await db.query(
    `select from material_folders where project_id = $1 and id <> $2
       and coalesce(parent_id, '') = coalesce($3, '') and lower(name) = lower($4)`,
    [project, folder, parent === undefined ? known.parent : parent, name ?? known.name],
  );
  if (isTaken.rowCount) return { refused: "folder.nameTaken", fields: ["name"] };
  await db.query("update material_folders set name = $2, parent_id = $3 where id = $1", [
    ...[folder, name ?? known.name, parent === undefined ? known.parent : parent],
  ]);
  return { id: folder, name: name ?? known.name, mayChange: true };
}

/** Only an empty one. What was removed from it is found again one folder up. */
export async function removeFolder(
  db: Queryable,
  project: Id,
  me: Insider,
  folder: Id,
): Promise<RefusedFields | undefined> {
  await oneAtATime(db, project);
  const known = await folderToChange(db, project, me, folder);
  if (!known) return { refused: "request.notFound" };
  const { rowCount } = await db.query(
    `select from material_folders where parent_id = $1
     union all select from materials where project_id = $2 and folder_id = $1 and removed_at is null limit 1`,
    [folder, project],
  );
  if (rowCount) return { refused: "folder.notEmpty" };
  await db.query("update materials set folder_id = $2 where folder_id = $1", [folder, known.parent]);
  await db.query("delete from material_folders where id = $1", [folder]);
  return undefined;
}

/** Two who move folders into each other would make a ring. Held to the end of the transaction. */
async function oneAtATime(db: Queryable, project: Id): Promise<void> {
  await db.query("select pg_advisory_xact_lock(hashtext('materialFolders'), hashtext($1))", [project]);
}

async function folderToChange(db: Queryable, project: Id, me: Insider, folder: Id) {
  const { rows } = await db.query<{ name: string; parent: Id | null; author: string }>(
    "select name, parent_id as parent, author from material_folders where id = $1 and project_id = $2",
    [folder, project],
  );
  const known = rows[0];
  return known && mayChange(me, known) ? known : undefined;
}

/** `deep`: how many levels come with it. */
async function refusalAt(
  db: Queryable,
  project: Id,
  parent: Id | null,
  deep: number,
): Promise<RefusedFields | undefined> {
  if (!(await isFolder(db, project, parent))) return { refused: "request.malformed", fields: ["parent"] };
  const above = await pathOf(db, project, parent);
  if (above.length + deep > mostFolderDepth) return { refused: "folder.tooDeep", fields: ["parent"] };
  const { rows } = await db.query<{ here: number; all: number }>(
    `select count(*) filter (where coalesce(parent_id, '') = coalesce($2, '')) as here, count(*) as all
     from material_folders where project_id = $1`,
    [project, parent],
  );
  const many = rows[0];
  return many && (many.here >= mostInOne || many.all >= mostInAll) ? { refused: "folder.tooMany" } : undefined;
}

async function depthBelow(db: Queryable, folder: Id): Promise<number> {
  const { rows } = await db.query<{ deep: number }>(
    `with recursive down as (
       select id, 1 as deep from material_folders where id = $1
       union all select f.id, deep + 1 from material_folders f join down on f.parent_id = down.id where deep < 20
     ) select max(deep) as deep from down`,
    [folder],
  );
  return rows[0]?.deep ?? 1;
}
