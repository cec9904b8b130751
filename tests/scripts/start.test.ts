import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect } from "chai";
import { root } from "../../scripts/setup/places.mjs";
import { freePort } from "../../scripts/supervise/ports.mjs";

describe("The start", function () {
  this.timeout(180_000);
  let folder: string;
  let started: Started[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "twinlight-start-"));
    started = [];
  });

  afterEach(async () => {
    for (const { child } of started) child.kill("SIGKILL");
    await untilNothingRuns(folder);
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(env: Record<string, string> = {}): Promise<Started> {
    const running = await run(folder, env);
    started.push(running);
    return running;
  }

  it("ends with the address at which it serves, and everything ends with it", async () => {
    const { child, out, url } = await start();
    expect(out().trim().split("\n").at(-1)).to.equal(`Twinlight is ready at ${url}`);
    expect((await fetch(`${url}/healthz`)).status).to.equal(200);
    child.kill("SIGTERM");
    expect((await once(child, "exit"))[0]).to.equal(0);
    expect(running(folder)).to.deep.equal([]);
  });

  it("brings the server back when it is killed", async () => {
    const { child, url } = await start();
    const [server] = running(folder, "server/main.ts");
    if (!server) throw new Error("there is no server");
    process.kill(server.pid, "SIGKILL");
    while (running(folder, "server/main.ts").every(({ pid }) => pid === server.pid) || !(await answers(url)))
      await wait(50);
    child.kill("SIGTERM");
    expect((await once(child, "exit"))[0]).to.equal(0);
    expect(running(folder)).to.deep.equal([]);
  });

  it("leaves nothing running when it is killed, and starts again", async () => {
    const first = await start();
    first.child.kill("SIGKILL");
    await untilNothingRuns(folder);
    const second = await start();
    expect(await answers(second.url)).to.equal(true);
  });

  it("refuses a folder on which another one runs, in one sentence", async () => {
    await start();
    const second = await runToEnd(folder, {});
    expect(second.code).to.equal(1);
    expect(second.err).to.match(/^Another Twinlight is running on .*\n$/);
  });

  it("refuses a wrong variable and a demo in a school's place, each in one sentence", async () => {
    const wrong = await runToEnd(folder, { PORT: "seven" });
    expect(wrong).to.deep.include({ code: 1 });
    expect(wrong.err).to.match(/^PORT must be .*\n$/);
    const demo = await runToEnd(folder, { TWINLIGHT_DEMO: "1" });
    expect(demo).to.deep.include({ code: 1 });
    expect(demo.err).to.match(/^TWINLIGHT_DEMO .*\n$/);
  });
});

interface Started {
  child: ChildProcess;
  url: string;
  out: () => string;
}

async function environment(folder: string, more: Record<string, string>): Promise<NodeJS.ProcessEnv> {
  const { npm_lifecycle_event: _, DATABASE_URL: __, ...own } = process.env;
  const ports = { PORT: "0", MEDIA_PORT: String(await freePort("127.0.0.1")), MEDIA_WORKERS: "1" };
  return { ...own, ...ports, DATA_DIR: folder, ...more };
}

async function run(folder: string, more: Record<string, string>): Promise<Started> {
  const env = await environment(folder, more);
  const child = spawn(process.execPath, [join(root, "scripts", "start.mjs")], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  const url = await new Promise<string>((settle, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
      const [, ready] = /^Twinlight is ready at (\S+)$/m.exec(out) ?? [];
      if (ready) settle(ready);
    });
    child.once("exit", (code) => reject(new Error(`it ended with ${code}: ${err}`)));
  });
  return { child, url, out: () => out };
}

async function runToEnd(folder: string, more: Record<string, string>): Promise<{ code: number; err: string }> {
  const env = await environment(folder, more);
  const child = spawn(process.execPath, [join(root, "scripts", "start.mjs")], {
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let err = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  const [code] = await once(child, "close");
  return { code, err };
}

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/healthz`).then(
    (answer) => answer.ok,
    () => false,
  );
}

/** Every process of a start carries its data folder in its environment or its command line. */
function running(folder: string, script = ""): { pid: number }[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
        const ours =
          command.includes(folder) || readFileSync(`/proc/${pid}/environ`, "utf8").includes(`DATA_DIR=${folder}\0`);
        return ours && command.includes(script) ? [{ pid: Number(pid) }] : [];
      } catch {
        return [];
      }
    });
}

async function untilNothingRuns(folder: string): Promise<void> {
  while (running(folder).length > 0) await wait(50);
}
