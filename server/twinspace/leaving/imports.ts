/** Imports: a file that was brought is looked through, shown, and then taken as a whole or not at all. */
import { statfs } from "node:fs/promises";
import { readText } from "../../../domain/text/steps.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { RefusalCode, Refused } from "../../../protocol/refusals.ts";
import type { Exported } from "../../../protocol/twinspace/exported.ts";
import type { ImportSummary, ImportView } from "../../../protocol/twinspace/leaving.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { isRefused } from "../../http/route.ts";
import type { Space } from "../insider.ts";
import { limitsOf } from "../materials/parts.ts";
import { usedBytes } from "../materials/room.ts";
import { isFull } from "../materials/uploads.ts";
import { Bundle } from "./bundle.ts";
import { dropImportFile } from "./exports.ts";
import { importPath, type LeavingParts, largestImport } from "./parts.ts";
import { takeProject } from "./taking.ts";

export async function openBundle(parts: LeavingParts, id: Id): Promise<Bundle | Refused> {
  const { fileBytes, quotaBytes } = limitsOf(parts);
  return Bundle.open(importPath(parts.exportsFolder, id), {
    fileBytes: Math.max(fileBytes, Math.ceil(quotaBytes / 10)),
    allBytes: largestImport(parts),
  });
}

/** Whether anything is in it that an import could be mixed with. */
export async function isEmpty(db: Queryable, project: Id): Promise<boolean> {
  const { rows } = await db.query<{ empty: boolean }>(
    `select not exists (select from pages where project_id = $1 and removed_at is null)
       and not exists (select from materials where project_id = $1 and removed_at is null)
       and not exists (select from discussions where project_id = $1 and removed_at is null)
       and not exists (select from calendar_items where project_id = $1 and removed_at is null)
       and not exists (select from report_plan where project_id = $1 and removed_at is null)
       -- A meeting's own entry is nobody's work.
       and not exists (select from report_entries where project_id = $1 and removed_at is null and author is not null)
         as empty`,
    [project],
  );
  return rows[0]?.empty ?? false;
}

/** Looks through a file that has just come. Of what is refused nothing stays. */
export async function lookThrough(parts: LeavingParts, { project, me }: Space, id: Id): Promise<ImportView | Refused> {
  const { pool, now, exportsFolder } = parts;
  const looked = await summaryOf(parts, project.id, id);
  if (isRefused(looked)) {
    await dropImportFile(exportsFolder, id);
    return looked;
  }
  // The one before is not gone on with; the sweep deletes its file.
  await pool.query("delete from space_imports where project_id = $1 and state <> 'running'", [project.id]);
  await pool.query(
    `insert into space_imports (id, project_id, by_account, summary, at, touched_at)
     values ($1, $2, $3, $4, to_timestamp($5::float8 / 1000), to_timestamp($5::float8 / 1000))`,
    [id, project.id, me.id, looked, now()],
  );
  return { id, state: "read", why: null, summary: looked };
}

async function summaryOf(parts: LeavingParts, project: Id, id: Id): Promise<ImportSummary | Refused> {
  const bundle = await openBundle(parts, id);
  if (isRefused(bundle)) return bundle;
  try {
    const exported = await bundle.project();
    if (isRefused(exported)) return exported;
    const summary = summed(exported);
    if ((await usedBytes(parts.pool, project)) + summary.bytes > limitsOf(parts).quotaBytes) {
      return { refused: "import.noRoom" };
    }
    const { bavail, bsize } = await statfs(parts.exportsFolder);
    if (summary.bytes * 1.5 > bavail * bsize) return { refused: "material.diskFull" };
    for (const { text } of exported.pages) {
      if (text !== null && readText(await bundle.json(text)) === undefined) return { refused: "import.damaged" };
    }
    return summary;
  } finally {
    bundle.close();
  }
}

function summed(exported: Exported): ImportSummary {
  const { form, exportedAt, pages, materials, calendar, threads, updates, meetings, reportEntries } = exported;
  const count = (rows: readonly { hidden: boolean }[]) => rows.filter(({ hidden }) => !hidden).length;
  return {
    ...{ title: form.title, exportedAt, pages: count(pages), materials: count(materials) },
    bytes: materials.reduce((sum, { bytes }) => sum + bytes, 0),
    ...{ calendar: calendar.length, threads: count(threads), updates: count(updates.filter((one) => !one.waiting)) },
    ...{ meetings: meetings.length, reportEntries: reportEntries.length },
  };
}

/** Their newest one of this project. */
export async function importOf(db: Queryable, project: Id, account: Id): Promise<ImportView | null> {
  const { rows } = await db.query<ImportView>(
    "select id, state, refused as why, summary from space_imports where project_id = $1 and by_account = $2 order by at desc limit 1",
    [project, account],
  );
  return rows[0] ?? null;
}

/**
 * Begins to take it; how it went stands in its row.
 *
 * @param entry asks again who they are, in the transaction
 */
export async function beginImport(
  parts: LeavingParts,
  { project, me }: Space,
  id: Id,
  entry: (db: Queryable) => Promise<Space | Refused>,
): Promise<Refused | undefined> {
  const { pool, now } = parts;
  if (!(await isEmpty(pool, project.id))) return { refused: "import.notEmpty" };
  const { rowCount } = await pool.query(
    `update space_imports set state = 'running', refused = null, touched_at = to_timestamp($4::float8 / 1000)
     where id = $1 and project_id = $2 and by_account = $3 and state in ('read', 'failed')`,
    [id, project.id, me.id, now()],
  );
  if (rowCount !== 1) return { refused: "import.gone" };
  void run(parts, project.id, id, entry);
  return undefined;
}

async function run(parts: LeavingParts, project: Id, id: Id, entry: (db: Queryable) => Promise<Space | Refused>) {
  const { pool, now, tell } = parts;
  const timer = setInterval(() => {
    pool
      .query("update space_imports set touched_at = to_timestamp($2::float8 / 1000) where id = $1", [id, now()])
      .catch(() => {});
  }, 10_000);
  const refused = await takeProject(parts, project, id, entry).catch((fault: unknown): RefusalCode => whyOf(fault));
  clearInterval(timer);
  // Without the database nothing was taken either; the sweep says so later.
  await pool
    .query("update space_imports set state = $2, refused = $3 where id = $1", [
      id,
      refused ? "failed" : "done",
      refused ?? null,
    ])
    .catch(() => {});
  if (refused !== undefined) return;
  await dropImportFile(parts.exportsFolder, id).catch(() => {});
  tell(project, { type: "news" });
}

/** What the database does not take is not what Twinlight wrote. */
function whyOf(fault: unknown): RefusalCode {
  if (isFull(fault)) return "material.diskFull";
  const code = fault instanceof Error && "code" in fault ? String(fault.code) : "";
  return /^2[23]/.test(code) ? "import.otherFormat" : "import.brokenOff";
}
