/**
 * Files on their way, by the tus protocol: an upload is a row and a file that grows. How far it came is the length of that file
 * and nothing else, so that it is the same before and after this process was killed.
 */
import { mkdir, open, rm, stat } from "node:fs/promises";
import type { Id } from "../../../protocol/ids.ts";
import type { Refused } from "../../../protocol/refusals.ts";
import { inTransaction, type Queryable } from "../../../storage/pool.ts";
import type { RefusedFields } from "../../http/route.ts";
import { newId } from "../../ids.ts";
import type { Space } from "../insider.ts";
import { isFolder } from "./folders.ts";
import { limitsOf, type MaterialParts, uploadPath, uploadsFolder } from "./parts.ts";
import { hasDiskFor, lockRoom, usedBytes } from "./room.ts";

/** An upload that nobody went on with for so long is given up. */
export const givenUpAfterMs = 24 * 3_600_000;
/** By one person in one project: a class' pictures at once, and not a disk full of promises. */
const mostUnderWay = 200;

export interface UploadRow {
  id: Id;
  project: Id;
  author: string;
  folder: Id | null;
  name: string;
  bytes: number;
  touchedAt: number;
  /** When it became the material of the same id. */
  finishedAt: number | null;
}

const columns = `id, project_id as project, author, folder_id as folder, name, bytes, touched_at as "touchedAt",
  finished_at as "finishedAt"`;

export interface NewUpload {
  readonly name: string;
  readonly folder: Id | null;
  readonly bytes: number;
}

/** Refused before a byte is sent, where that is known: too large, no room in the project, none on the disk. */
export async function beginUpload(
  parts: MaterialParts,
  { project, me }: Space,
  { name, folder, bytes }: NewUpload,
): Promise<UploadRow | RefusedFields> {
  const { pool, now, materialsFolder } = parts;
  const { fileBytes, quotaBytes } = limitsOf(parts);
  if (bytes === 0) return { refused: "material.empty" };
  if (bytes > fileBytes) return { refused: "material.tooLarge" };
  if (!(await hasDiskFor(materialsFolder, bytes))) return { refused: "material.diskFull" };
  return inTransaction(pool, async (db): Promise<UploadRow | RefusedFields> => {
    await lockRoom(db, project.id);
    if (!(await isFolder(db, project.id, folder))) return { refused: "request.malformed", fields: ["folder"] };
    if ((await underWay(db, project.id, me.author)) >= mostUnderWay) return { refused: "material.tooManyUploads" };
    if ((await usedBytes(db, project.id)) + bytes > quotaBytes) return { refused: "material.quotaFull" };
    const id = newId();
    // The file first: without a row it is swept, and a row without it would promise what is not there.
    await mkdir(uploadsFolder(materialsFolder), { recursive: true, mode: 0o700 });
    await using file = await open(uploadPath(materialsFolder, id), "wx", 0o600);
    await file.sync();
    const { rows } = await db.query<UploadRow>(
      `insert into material_uploads (id, project_id, author, folder_id, name, bytes, created_at, touched_at)
       values ($1, $2, $3, $4, $5, $6, to_timestamp($7::float8 / 1000), to_timestamp($7::float8 / 1000))
       returning ${columns}`,
      [id, project.id, me.author, folder, name, bytes, now()],
    );
    const [row] = rows;
    if (!row) throw new Error("An upload was not begun");
    return row;
  });
}

async function underWay(db: Queryable, project: Id, author: string): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    "select count(*) from material_uploads where project_id = $1 and author = $2 and finished_at is null",
    [project, author],
  );
  return rows[0]?.count ?? 0;
}

/** Their own in this project; to everybody else there is none. */
export async function findUpload(
  db: Queryable,
  { project, me }: Space,
  upload: Id,
  { lock = false } = {},
): Promise<UploadRow | undefined> {
  const { rows } = await db.query<UploadRow>(
    `select ${columns} from material_uploads where id = $1 and project_id = $2 and author = $3 ${lock ? "for update" : ""}`,
    [upload, project.id, me.author],
  );
  return rows[0];
}

/** How many bytes of it are here; undefined when its file is gone. */
export async function offsetOf({ materialsFolder }: MaterialParts, { id }: UploadRow): Promise<number | undefined> {
  const found = await stat(uploadPath(materialsFolder, id)).catch(() => undefined);
  return found?.size;
}

/**
 * Writes what comes behind what is there, until it ends, breaks off or would be longer than was said. What was written stays
 * written: it goes on from there. On the disk before it is said to be.
 *
 * @returns how far it is now, or why no more was taken
 */
export async function writeOn(
  { pool, now, materialsFolder }: MaterialParts,
  { id, bytes }: UploadRow,
  offset: number,
  body: AsyncIterable<Buffer>,
): Promise<number | Refused> {
  await using file = await open(uploadPath(materialsFolder, id), "r+");
  let at = offset;
  try {
    for await (const piece of body) {
      if (at + piece.length > bytes) return { refused: "material.tooLarge" };
      await file.write(piece, 0, piece.length, at);
      at += piece.length;
    }
  } catch (fault) {
    if (isFull(fault)) return { refused: "material.diskFull" };
    throw fault;
  } finally {
    await file.datasync();
    await pool.query("update material_uploads set touched_at = to_timestamp($2::float8 / 1000) where id = $1", [
      id,
      now(),
    ]);
  }
  return at;
}

export const isFull = (fault: unknown): boolean =>
  fault instanceof Error && "code" in fault && (fault.code === "ENOSPC" || fault.code === "EDQUOT");

/** The row first: a file without one is swept. */
export async function dropUpload(parts: Pick<MaterialParts, "pool" | "materialsFolder">, id: Id): Promise<void> {
  await parts.pool.query("delete from material_uploads where id = $1", [id]);
  await rm(uploadPath(parts.materialsFolder, id), { force: true });
}
