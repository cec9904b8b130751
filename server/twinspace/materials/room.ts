/** How much room there is: in the project, and on the disk. */
import { mkdir, statfs } from "node:fs/promises";
import type { Id } from "../../../protocol/ids.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { uploadsFolder } from "./parts.ts";

/** Left free on the disk, for the database and the recordings of meetings that run. */
const keptFreeBytes = 256 * 1024 * 1024;

/** All that is kept, what was removed within the last days too, and what is promised to uploads under way. */
export async function usedBytes(db: Queryable, project: Id): Promise<number> {
  const { rows } = await db.query<{ used: string }>(
    `select coalesce((select sum(stored_bytes) from materials where project_id = $1), 0)
       + coalesce((select sum(bytes) from material_uploads where project_id = $1 and finished_at is null), 0) as used`,
    [project],
  );
  return Number(rows[0]?.used ?? 0);
}

/** Whoever counts and then adds to it holds this, to the end of the transaction. */
export async function lockRoom(db: Queryable, project: Id): Promise<void> {
  await db.query("select pg_advisory_xact_lock(hashtext('materialRoom'), hashtext($1))", [project]);
}

export async function hasDiskFor(folder: string, bytes: number): Promise<boolean> {
  await mkdir(uploadsFolder(folder), { recursive: true, mode: 0o700 });
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize - bytes > keptFreeBytes;
}
