/** A server as a process of its own, on loopback, to be killed and started again on the same database, folder and port. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../../scripts/supervise/ports.mjs";
import { openPool, type Pool } from "../../storage/pool.ts";
import { freshDatabase } from "./database.ts";
import { toolPaths } from "./tools.ts";

export interface KilledServer {
  readonly url: string;
  readonly pool: Pool;
  readonly dataDir: string;
  /** As SIGKILL does; answers when it is gone. */
  kill(): Promise<void>;
  /** Answers when it serves. */
  start(): Promise<void>;
  end(): Promise<void>;
}

export async function startKilledServer(): Promise<KilledServer> {
  const database = await freshDatabase();
  const pool = openPool(database.url, 2);
  const dataDir = await mkdtemp(join(tmpdir(), "twinlight-killed-"));
  const port = await freePort("127.0.0.1");
  let child: ChildProcess | undefined;
  const server: KilledServer = {
    ...{ url: `http://127.0.0.1:${port}`, pool, dataDir },
    async kill() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
    async start() {
      child = fork(fileURLToPath(new URL("../../server/main.ts", import.meta.url)), [], {
        env: {
          ...{ ...process.env, ...toolPaths(), DATABASE_URL: database.url, DATA_DIR: dataDir, LOG_LEVEL: "silent" },
          ...{ PORT: String(port), MEDIA_PORT: "0", MEDIA_WORKERS: "1", TWINLIGHT_DEMO: "0" },
        },
        stdio: ["ignore", "inherit", "inherit", "ipc"],
      });
      for (;;) {
        const [message] = (await once(child, "message")) as [{ ready?: string }]; // what the server sends its parent
        if (message.ready) return;
      }
    },
    async end() {
      await server.kill();
      await pool.end();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}
