/** Twinlight as it runs in earnest: database, server and recorder as processes of their own, and what CPU each uses. */
import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { toolPaths } from "../tests/support/tools.ts";
import { type BenchDatabase, startDatabase } from "./world.ts";

export interface Installation {
  url: string;
  database: BenchDatabase;
  /** By what it is: `server`, `its worker`, `recorder`, `its worker`, `database`. */
  cpuMs(): Record<string, number>;
  end(): Promise<void>;
}

/** USER_HZ: the kernel tells processor time in hundredths of a second, whatever its own clock. */
const tickMs = 10;
const readyWithinMs = 30_000;

export async function startInstallation(): Promise<Installation> {
  const database = await startDatabase();
  const env = {
    ...process.env,
    ...toolPaths(),
    NODE_ENV: "production",
    PORT: String(await freePort()),
    MEDIA_PORT: "0",
    MEDIA_WORKERS: "1",
    LOG_LEVEL: "error",
    DATA_DIR: database.folder,
    DATABASE_URL: database.url,
    RECORDER_SECRET: randomBytes(24).toString("base64url"),
  };
  const server = startProcess("../server/main.ts", env);
  const url = await server.ready;
  const recorder = startProcess("../recorder/main.ts", env);
  await recorder.ready;
  return {
    url,
    database,
    cpuMs() {
      const children = childrenByParent();
      const below = (pid: number): number[] => (children.get(pid) ?? []).flatMap((child) => [child, ...below(child)]);
      const sum = (pids: readonly number[]) => pids.reduce((all, pid) => all + cpuMsOf(pid), 0);
      return {
        server: sum([server.pid]),
        "server's worker": sum(below(server.pid)),
        recorder: sum([recorder.pid]),
        "recorder's worker": sum(below(recorder.pid)),
        database: sum([database.pid(), ...below(database.pid())]),
      };
    },
    async end() {
      await recorder.end();
      await server.end();
      await database.end();
    },
  };
}

function startProcess(script: string, env: NodeJS.ProcessEnv) {
  const child = fork(new URL(script, import.meta.url), { env, stdio: ["ignore", 2, 2, "ipc"] });
  const ready = new Promise<string>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${script} is not ready in time`)), readyWithinMs);
    child.on("message", (message: { ready?: string | true }) => {
      if (!message.ready) return;
      clearTimeout(late);
      resolve(String(message.ready));
    });
    child.once("exit", (code) => reject(new Error(`${script} ended with code ${code}`)));
  });
  return {
    // A process that was not started has none; then `ready` says why.
    pid: child.pid ?? 0,
    ready,
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      const late = setTimeout(() => child.kill("SIGKILL"), 6_000);
      await once(child, "exit");
      clearTimeout(late);
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === "string") throw new Error("There is no free port");
  return address.port;
}

/** Its own and that of its children that have ended. */
function cpuMsOf(pid: number): number {
  // Behind the name in brackets, which may hold anything: utime, stime, cutime, cstime are fields 14 to 17 of all.
  const fields = statOf(pid)?.slice(11, 15) ?? [];
  return fields.reduce((sum, ticks) => sum + Number(ticks) * tickMs, 0);
}

function childrenByParent(): Map<number, number[]> {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    const parent = Number.isInteger(pid) ? Number(statOf(pid)?.[1]) : Number.NaN;
    if (Number.isInteger(parent)) children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  return children;
}

/** The fields of /proc/<pid>/stat from the third on; undefined when the process is gone. */
function statOf(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}
