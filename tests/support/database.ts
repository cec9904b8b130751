import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { type EmbeddedPostgres, startPostgres } from "../../storage/embedded/launcher.ts";
import { migrate } from "../../storage/migrations.ts";

const prefix = "twinlight-test-";
const template = "twinlight_template";

interface TestServer {
  readonly postgres: EmbeddedPostgres;
  readonly folder: string;
}

let server: Promise<TestServer> | undefined;

/**
 * An empty database with all migrations applied, of its own for whoever asks; some 30 ms.
 *
 * All of a run share one embedded Postgres, which starts at the first call and ends in the run's last hook.
 */
export async function freshDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  server ??= startServer();
  const { postgres } = await server;
  const name = `test_${randomBytes(6).toString("hex")}`;
  await administer(postgres.url, `create database ${name} template ${template}`);
  return {
    url: databaseAt(postgres.url, name),
    drop: () => administer(postgres.url, `drop database if exists ${name} with (force)`),
  };
}

/** Called by the run's last hook. */
export async function stopTestServer(): Promise<void> {
  const started = await server?.catch(() => undefined);
  server = undefined;
  if (!started) return;
  const { postgres, folder } = started;
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function startServer(): Promise<TestServer> {
  removeLeftovers();
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  const postgres = await startPostgres({
    folder,
    settings: ["fsync=off", "synchronous_commit=off", "full_page_writes=off"],
  });
  await administer(postgres.url, `create database ${template}`);
  const pool = new pg.Pool({ connectionString: databaseAt(postgres.url, template), max: 2 });
  try {
    await migrate(pool);
  } catch (fault) {
    // Nobody else would end it, and the run would wait for it.
    await pool.end();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
    throw fault;
  }
  await pool.end();
  return { postgres, folder };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function databaseAt(url: string, name: string): string {
  return url.replace(/^(postgresql:\/\/[^/]*\/)[^?]*/, `$1${name}`);
}

/** Folders of runs that were killed. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length).split("-")[0]) : Number.NaN;
    if (Number.isInteger(pid) && !isAlive(pid)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === "EPERM";
  }
}
