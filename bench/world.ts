/** A server with an embedded database of its own for one measurement, flushing to disk as in use. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { readSettings } from "../config/settings.ts";
import { type RunningServer, startServer } from "../server/main.ts";
import { startPostgres } from "../storage/embedded/launcher.ts";
import { describeFault } from "../storage/faults.ts";
import { migrate } from "../storage/migrations.ts";
import { openPool, type Pool } from "../storage/pool.ts";

export interface BenchDatabase {
  url: string;
  pool: Pool;
  folder: string;
  /** Of Postgres' own first process. */
  pid: () => number;
  end(): Promise<void>;
}

export async function startDatabase(): Promise<BenchDatabase> {
  const folder = await mkdtemp(join(tmpdir(), "twinlight-bench-"));
  const postgres = await startPostgres({ folder });
  const pool = openPool(postgres.url, 20);
  await migrate(pool);
  return {
    url: postgres.url,
    pool,
    folder,
    pid: postgres.pid,
    async end() {
      await pool.end();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function startBenchServer(
  database: BenchDatabase,
  environment: Record<string, string> = {},
): Promise<RunningServer> {
  const settings = readSettings({
    ...process.env,
    PORT: "0",
    MEDIA_PORT: "0",
    MEDIA_WORKERS: "1",
    LOG_LEVEL: "warn",
    DATA_DIR: database.folder,
    DATABASE_URL: database.url,
    RECORDER_SECRET: "a-secret-of-this-measurement",
    ...environment,
  });
  return startServer(settings, pino({ level: "warn", serializers: { err: describeFault } }, pino.destination(2)));
}
