/** `npm start` or `npm run demo` as a process of its own on a folder of its own, and the processes it keeps running. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../scripts/setup/places.mjs";
import { freePort } from "../../scripts/supervise/ports.mjs";
import { eventually } from "./eventually.ts";

interface RunningProcess {
  pid: number;
  parent: number;
  command: string;
}

export class Started {
  readonly folder: string;
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(folder: string, url: string, child: ChildProcess) {
    this.folder = folder;
    this.url = url;
    this.#child = child;
  }

  /** Settles when it says that it is ready; throws what it said when it ends before that. */
  static async run(script: "start" | "demo", more: Record<string, string> = {}): Promise<Started> {
    const folder = mkdtempSync(join(tmpdir(), `twinlight-${script}-`));
    const { npm_lifecycle_event: _, DATABASE_URL: __, ...own } = process.env;
    const ports = {
      PORT: String(await freePort("127.0.0.1")),
      MEDIA_PORT: String(await freePort("127.0.0.1")),
      MEDIA_WORKERS: "1",
    };
    const child = spawn(process.execPath, [join(root, "scripts", `${script}.mjs`)], {
      env: { ...own, ...ports, DATA_DIR: folder, ...more },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let out = "";
    let err = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      err += text;
      if (process.env.TEST_LOG) process.stderr.write(text);
    });
    const url = await new Promise<string>((settle, reject) => {
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        out += text;
        const [, ready] = /^Twinlight is ready at (\S+)$/m.exec(out) ?? [];
        if (ready) settle(ready);
      });
      child.once("exit", (code) => reject(new Error(`it ended with ${code}: ${out}${err}`)));
    });
    return new Started(folder, url, child);
  }

  /** The process that runs this script, when there is exactly one. */
  pidOf(script: "server/main.ts" | "recorder/main.ts"): number | undefined {
    const found = processesOf(this.folder).filter(({ command }) => command.includes(script));
    // Who started it by way of another program has its name on the line as well, until that has become it.
    return found.length === 1 ? found[0]?.pid : undefined;
  }

  /** Its media workers: of the server, or of the recorder. */
  workersOf(script: "server/main.ts" | "recorder/main.ts"): number[] {
    const owner = this.pidOf(script);
    return processesOf(this.folder)
      .filter(({ parent, command }) => parent === owner && command.includes("worker"))
      .map(({ pid }) => pid);
  }

  /** The number of Postgres' first process, from its own file. */
  postgresPid(): number {
    return Number(readFileSync(join(this.folder, "postgres", "data", "postmaster.pid"), "utf8").split("\n")[0]);
  }

  /** Everything that runs for this folder. */
  running(): string[] {
    return processesOf(this.folder).map(({ command }) => command);
  }

  /** Waits until the server answers again that it has all it stands on. */
  async isReady(): Promise<void> {
    await eventually(async () => (await fetch(`${this.url}/readyz`)).ok, 30_000);
  }

  /** SIGTERM; answers with the code it ends with. */
  async ends(): Promise<number | null> {
    this.#child.kill("SIGTERM");
    const [code] = await once(this.#child, "exit");
    return code;
  }

  /** Whatever is left, by force. */
  async remove(): Promise<void> {
    this.#child.kill("SIGKILL");
    await eventually(() => processesOf(this.folder).length === 0);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Every process of a start carries its folder in its environment or on its command line. */
function processesOf(folder: string): RunningProcess[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((name) => {
      try {
        const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ").trim();
        const environment = readFileSync(`/proc/${name}/environ`, "utf8");
        if (!command.includes(folder) && !environment.includes(`DATA_DIR=${folder}\0`)) return [];
        // The second word in brackets may hold spaces: what is wanted comes after it.
        const [, parent = "0"] = readFileSync(`/proc/${name}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
        return command === "" ? [] : [{ pid: Number(name), parent: Number(parent), command }];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    });
}
