/**
 * Exports: asked for, made by a job, kept for a week. A row is ready only when its file is whole and on the disk. Whoever is
 * killed while making one leaves a row that nobody touches, and the next one takes it over.
 */
import { mkdir, readdir, rename, rm, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import type { Logger } from "pino";
import type { Id } from "../../../protocol/ids.ts";
import type { Refused } from "../../../protocol/refusals.ts";
import type { ExportView } from "../../../protocol/twinspace/leaving.ts";
import { inTransaction, type Pool, type Queryable } from "../../../storage/pool.ts";
import { newId } from "../../ids.ts";
import { writeLetter } from "../../mail/letters.ts";
import { findProject } from "../../projects/rows.ts";
import { exportPath, importPath, importsFolder, type LeavingParts, partPath } from "./parts.ts";
import { People } from "./people.ts";
import { writeExport } from "./writing.ts";

const hourMs = 3_600_000;
export const keptMs = 7 * 24 * hourMs;
/** Whoever works at one says so every few seconds. */
const forsakenAfterMs = 60_000;
const mostTries = 3;
/** Of one project within a day: each is as large as the project. */
const mostADay = 10;
/** Left free on the disk, as materials leave it. */
const keptFreeBytes = 256 * 1024 * 1024;
const mostShown = 5;

/** Why an export is given up at once: trying again would end the same. */
class NoRoom extends Error {}

export async function askExport(
  { pool, now, queueExport }: LeavingParts,
  project: Id,
  account: Id,
): Promise<{ id: Id } | Refused> {
  const id = newId();
  const refused = await inTransaction(pool, async (db): Promise<Refused | undefined> => {
    await db.query("select pg_advisory_xact_lock(hashtext('export'), hashtext($1))", [project]);
    const { rows } = await db.query<{ running: number; today: number }>(
      `select count(*) filter (where state in ('queued', 'running')) as running,
         count(*) filter (where asked_at > to_timestamp($2::float8 / 1000)) as today
       from space_exports where project_id = $1`,
      [project, now() - 24 * hourMs],
    );
    if ((rows[0]?.running ?? 0) > 0) return { refused: "export.underWay" };
    if ((rows[0]?.today ?? 0) >= mostADay) return { refused: "export.tooMany" };
    await db.query(
      `insert into space_exports (id, project_id, asked_by, asked_at, touched_at)
       values ($1, $2, $3, to_timestamp($4::float8 / 1000), to_timestamp($4::float8 / 1000))`,
      [id, project, account, now()],
    );
    return undefined;
  });
  if (refused) return refused;
  await queueExport?.(id);
  return { id };
}

export async function exportsOf(db: Queryable, project: Id, now: number): Promise<ExportView[]> {
  const { rows } = await db.query<ExportView>(
    `select id, state, percent, bytes, asked_at as "askedAt",
       case when state = 'ready' then finished_at + $3::float8 * interval '1 millisecond' end as until
     from space_exports where project_id = $1
       and (state <> 'ready' or finished_at > to_timestamp(($2::float8 - $3::float8) / 1000))
     order by asked_at desc limit ${mostShown}`,
    [project, now, keptMs],
  );
  return rows;
}

/** Of a ready one of this project. */
export async function exportFile(
  { pool, now, exportsFolder }: LeavingParts,
  project: Id,
  id: Id,
): Promise<string | undefined> {
  const views = await exportsOf(pool, project, now());
  if (!views.some((one) => one.id === id && one.state === "ready")) return undefined;
  const path = exportPath(exportsFolder, id);
  return (await stat(path).catch(() => undefined)) ? path : undefined;
}

interface Claimed {
  readonly project: Id;
  readonly askedBy: Id | null;
}

/** Makes one, unless somebody else does. What goes wrong leaves nothing half-made behind; what `signal` ends waits for the next process. `origin`: for the link in the letter. */
export async function makeExport(
  parts: LeavingParts,
  id: Id,
  origin: string,
  fault: (cause: unknown) => void,
  signal?: AbortSignal,
): Promise<void> {
  const { pool, now, exportsFolder } = parts;
  const claimed = await claim(pool, id, now());
  if (!claimed) return;
  try {
    await mkdir(exportsFolder, { recursive: true, mode: 0o700 });
    await write(parts, id, claimed, signal);
    const { size } = await stat(partPath(exportsFolder, id));
    await rename(partPath(exportsFolder, id), exportPath(exportsFolder, id));
    await inTransaction(pool, (db) => ready(db, id, claimed, size, now(), origin));
  } catch (cause) {
    const isStopped = signal?.aborted === true;
    if (!isStopped) fault(cause);
    await rm(partPath(exportsFolder, id), { force: true });
    await rm(exportPath(exportsFolder, id), { force: true });
    await pool.query(
      `update space_exports set state = case when $3 then 'queued' else 'failed' end, tries = tries - $3::int,
         finished_at = case when not $3 then to_timestamp($2::float8 / 1000) end
       where id = $1`,
      [id, now(), isStopped],
    );
  }
}

async function claim(pool: Pool, id: Id, now: number): Promise<Claimed | undefined> {
  const { rows } = await pool.query<Claimed & { tries: number }>(
    `update space_exports set tries = tries + 1, percent = 0, touched_at = to_timestamp($2::float8 / 1000),
       state = case when tries < ${mostTries} then 'running' else 'failed' end
     where id = $1 and (state = 'queued' or (state = 'running' and touched_at < to_timestamp($3::float8 / 1000)))
     returning project_id as project, asked_by as "askedBy", tries`,
    [id, now, now - forsakenAfterMs],
  );
  const [row] = rows;
  return row && row.tries <= mostTries ? row : undefined;
}

async function write(
  { pool, now, exportsFolder, materialsFolder }: LeavingParts,
  id: Id,
  { project }: Claimed,
  signal?: AbortSignal,
) {
  const touch = (percent?: number) =>
    pool.query(
      "update space_exports set percent = coalesce($2, percent), touched_at = to_timestamp($3::float8 / 1000) where id = $1",
      [id, percent ?? null, now()],
    );
  const timer = setInterval(() => void touch().catch(() => {}), 5_000);
  const client = await pool.connect();
  try {
    await client.query("begin isolation level repeatable read read only");
    const row = await findProject(client, project, now());
    if (!row) throw new Error("A project was deleted while it was exported");
    await makeRoom(client, project, exportsFolder);
    const gathered = { db: client, project, people: await People.of(client, project), now: now() };
    const progress = async (percent: number) => void (await touch(percent));
    await writeExport({ gathered, project: row, materialsFolder, progress, signal }, partPath(exportsFolder, id));
  } finally {
    clearInterval(timer);
    await client.query("rollback").catch(() => {});
    client.release();
  }
}

async function makeRoom(db: Queryable, project: Id, folder: string): Promise<void> {
  const { rows } = await db.query<{ bytes: string | null }>(
    "select sum(bytes) as bytes from materials where project_id = $1 and removed_at is null and hidden_at is null",
    [project],
  );
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize - Number(rows[0]?.bytes ?? 0) < keptFreeBytes)
    throw new NoRoom("The disk has no room for an export");
}

/** Told to who asked, if they are there still. Older ones of the project go: the new one has all of it. */
async function ready(db: Queryable, id: Id, { project, askedBy }: Claimed, bytes: number, now: number, origin: string) {
  await db.query(
    `update space_exports set state = 'ready', percent = 100, bytes = $2, finished_at = to_timestamp($3::float8 / 1000)
     where id = $1`,
    [id, bytes, now],
  );
  await db.query("delete from space_exports where project_id = $1 and id <> $2 and state in ('ready', 'failed')", [
    project,
    id,
  ]);
  const { rows } = await db.query<{ email: string; name: string; language: string; slug: string; title: string }>(
    `select a.email, a.name, a.language, p.slug, p.title from accounts a, projects p
     where a.id = $1 and a.ended_at is null and p.id = $2`,
    [askedBy, project],
  );
  const [to] = rows;
  if (!to) return;
  await writeLetter(db, {
    ...{ to: to.email, account: askedBy, language: to.language, kind: "spaceExportReady" },
    facts: {
      ...{ name: to.name, project: to.title },
      until: new Date(now + keptMs).toISOString().slice(0, 10),
      link: `${origin}/twinspace/${to.slug}/leaving`,
    },
  });
}

/** Ids of those that wait for somebody to make them. */
export async function waitingExports(db: Queryable, now: number): Promise<Id[]> {
  const { rows } = await db.query<{ id: Id }>(
    `select id from space_exports where state = 'queued' or (state = 'running' and touched_at < to_timestamp($1::float8 / 1000))`,
    [now - forsakenAfterMs],
  );
  return rows.map(({ id }) => id);
}

/** An import that nobody went on with, or that a killed process left behind. */
const importKeptMs = 24 * hourMs;

export async function sweepExports({ pool, exportsFolder }: Pick<LeavingParts, "pool" | "exportsFolder">, now: number) {
  await pool.query(
    "delete from space_exports where state in ('ready', 'failed') and finished_at < to_timestamp($1::float8 / 1000)",
    [now - keptMs],
  );
  await pool.query(
    `update space_imports set state = 'failed', refused = 'import.brokenOff'
     where state = 'running' and touched_at < to_timestamp($1::float8 / 1000)`,
    [now - 5 * forsakenAfterMs],
  );
  await pool.query("delete from space_imports where at < to_timestamp($1::float8 / 1000)", [now - importKeptMs]);
  const { rows } = await pool.query<{ id: Id }>(
    `select id from space_exports where state in ('running', 'ready')
     union all select id from space_imports where state in ('read', 'running')`,
  );
  const kept = new Set(rows.map(({ id }) => id));
  for (const folder of [exportsFolder, importsFolder(exportsFolder)]) {
    for (const name of await readdir(folder).catch(() => [])) {
      if (!/\.(zip|part)$/.test(name) || kept.has(name.replace(/\.\w+$/, ""))) continue;
      const path = join(folder, name);
      // One that is just coming in has no row yet.
      const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: now }));
      if (now - mtimeMs > hourMs) await rm(path, { force: true });
    }
  }
}

const sweepEveryMs = 30 * 60_000;
const lookEveryMs = 60_000;

/** Sweeps now and every half hour; every minute those are queued again that nobody works at. */
export function keepSweepingExports(parts: LeavingParts, log: Logger): { stop(): void } {
  const sweep = () => {
    sweepExports(parts, Date.now()).catch((err) => log.error({ err }, "Exports could not be swept"));
  };
  const look = async () => {
    for (const id of await waitingExports(parts.pool, Date.now())) await parts.queueExport?.(id);
  };
  const lookOut = () => void look().catch((err) => log.error({ err }, "Exports could not be queued"));
  sweep();
  lookOut();
  const timers = [setInterval(sweep, sweepEveryMs), setInterval(lookOut, lookEveryMs)];
  return { stop: () => timers.forEach(clearInterval) };
}

export async function dropImportFile(folder: string, id: Id): Promise<void> {
  await rm(importPath(folder, id), { force: true });
}
