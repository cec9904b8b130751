/** What nobody goes on with, wants back or speaks of any more is deleted: uploads, removed materials, files without a row. */
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Logger } from "pino";
import type { Id } from "../../../protocol/ids.ts";
import type { MaterialParts } from "./parts.ts";
import { projectFolder, uploadsFolder } from "./parts.ts";
import { dropUpload, givenUpAfterMs } from "./uploads.ts";

type Swept = Pick<MaterialParts, "pool" | "materialsFolder">;

/** So long what was removed can be brought back by hand, and counts. */
const erasedAfterMs = 7 * 24 * 3_600_000;
/** A file without a row may be one that is being written; it is not touched while it may. */
const leftOverAfterMs = 2 * 3_600_000;

/** @param now milliseconds since 1970 */
export async function sweepMaterials(parts: Swept, now: number): Promise<void> {
  await sweepUploads(parts, now);
  await eraseRemoved(parts, now);
  await sweepFiles(parts, now);
}

async function sweepUploads(parts: Swept, now: number): Promise<void> {
  const { rows } = await parts.pool.query<{ id: Id }>(
    "select id from material_uploads where touched_at < to_timestamp($1::float8 / 1000) limit 1000",
    [now - givenUpAfterMs],
  );
  for (const { id } of rows) await dropUpload(parts, id);
}

/**
 * What a teacher has hidden stays, and what a concern points at, for whoever looks into it. The row first: a file without one
 * is swept.
 */
async function eraseRemoved({ pool }: Swept, now: number): Promise<void> {
  await pool.query(
    `delete from materials m where m.removed_at < to_timestamp($1::float8 / 1000) and m.hidden_at is null
       and not exists (select from held_things h where h.kind = 'material' and h.id = m.id)`,
    [now - erasedAfterMs],
  );
}

async function sweepFiles({ pool, materialsFolder }: Swept, now: number): Promise<void> {
  const uploads = uploadsFolder(materialsFolder);
  await sweepFolder(uploads, now, async (ids) => {
    const { rows } = await pool.query<{ id: Id }>("select id from material_uploads where id = any($1)", [ids]);
    return rows;
  });
  const projects = await readdir(materialsFolder).catch(() => []);
  for (const project of projects.filter((name) => !name.startsWith("."))) {
    await sweepFolder(projectFolder(materialsFolder, project), now, async (ids) => {
      // An upload that is just becoming a material has its file there before its row.
      const { rows } = await pool.query<{ id: Id }>(
        `select id from materials where project_id = $2 and id = any($1)
         union all select id from material_uploads where id = any($1) and finished_at is null`,
        [ids, project],
      );
      return rows;
    });
  }
}

/** Files are called by their id, with the size behind a dot. */
async function sweepFolder(folder: string, now: number, known: (ids: Id[]) => Promise<{ id: Id }[]>): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  if (names.length === 0) return;
  const idOf = (name: string) => name.split(".")[0] ?? name;
  const rows = await known([...new Set(names.map(idOf))]);
  const kept = new Set(rows.map(({ id }) => id));
  const isHalfMade = (name: string) => /\.(part|still)$/.test(name);
  for (const name of names.filter((each) => isHalfMade(each) || !kept.has(idOf(each)))) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: now }));
    if (now - mtimeMs > leftOverAfterMs) await rm(path, { force: true });
  }
}

const sweepEveryMs = 30 * 60_000;

/** Sweeps now and every half hour until it is stopped. */
export function keepSweepingMaterials(parts: Swept, log: Logger): { stop(): void } {
  const sweep = () => {
    sweepMaterials(parts, Date.now()).catch((err) => log.error({ err }, "Materials could not be swept"));
  };
  sweep();
  const timer = setInterval(sweep, sweepEveryMs);
  return { stop: () => clearInterval(timer) };
}
