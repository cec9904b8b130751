import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect } from "chai";
import pg from "pg";
import { type EmbeddedPostgres, startPostgres } from "../../storage/embedded/launcher.ts";

/** Runs in a process of its own: starts Postgres, says its number, and then does nothing more. */
const holder = `
const { startPostgres } = await import(${JSON.stringify(new URL("../../storage/embedded/launcher.ts", import.meta.url).href)});
const postgres = await startPostgres({ folder: process.argv[1] });
process.stdout.write(postgres.pid() + "\\n");
`;

describe("The embedded Postgres", function () {
  // Each makes a cluster or two, which a busy machine takes its time for.
  this.timeout(180_000);
  let folder: string;
  let running: EmbeddedPostgres[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "twinlight-embedded-"));
    running = [];
  });

  afterEach(async () => {
    for (const postgres of running) await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(options: Partial<Parameters<typeof startPostgres>[0]> = {}): Promise<EmbeddedPostgres> {
    const postgres = await startPostgres({ folder, ...options });
    running.push(postgres);
    return postgres;
  }

  it("keeps what was written from one start to the next", async () => {
    const first = await start();
    await query(first.url, "create table kept (word text)");
    await query(first.url, "insert into kept values ('ääni')");
    await first.stop();
    const second = await start();
    expect(await query(second.url, "select word from kept")).to.deep.equal([{ word: "ääni" }]);
  });

  it("leaves nothing running when it is stopped", async () => {
    const postgres = await start();
    const pid = postgres.pid();
    await postgres.stop();
    await postgres.stop();
    expect(isAlive(pid)).to.equal(false);
    expect(existsSync(join(folder, "data", "postmaster.pid"))).to.equal(false);
  });

  it("is closed to other users and to the network", async () => {
    const postgres = await start();
    expect(statSync(join(folder, "data")).mode & 0o077).to.equal(0);
    expect(statSync(join(folder, "socket")).mode & 0o077).to.equal(0);
    expect(await query(postgres.url, "show listen_addresses")).to.deep.equal([{ listen_addresses: "" }]);
  });

  it("ends when the process that started it is killed, and can be started again at once", async () => {
    const { child, pid } = await startInAnotherProcess(folder);
    child.kill("SIGKILL");
    const again = await start();
    expect(isAlive(pid)).to.equal(false);
    expect(await query(again.url, "select 1 as one")).to.deep.equal([{ one: 1 }]);
  });

  it("comes back by itself, with everything, when it is killed", async () => {
    const postgres = await start();
    await query(postgres.url, "create table kept (n int)");
    await query(postgres.url, "insert into kept values (1)");
    const before = postgres.pid();
    process.kill(before, "SIGKILL");
    while (postgres.pid() === before || !existsSync(join(folder, "data", "postmaster.pid"))) await wait(20);
    expect(await queryWhenReady(postgres.url, "select n from kept")).to.deep.equal([{ n: 1 }]);
  });

  it("refuses a folder that another one is using", async () => {
    const { child } = await startInAnotherProcess(folder);
    try {
      expect(await refusalOf(start())).to.match(/in use by another Postgres \(process \d+\)/);
    } finally {
      const gone = new Promise((settle) => child.once("exit", settle));
      child.kill("SIGKILL");
      await gone;
    }
    // The orphan must be gone before its folder is removed.
    await start();
  });

  it("refuses a cluster of another major version and does not touch it", async () => {
    mkdirSync(join(folder, "data"));
    writeFileSync(join(folder, "data", "PG_VERSION"), "15\n");
    expect(await refusalOf(start())).to.contain("version 15");
    expect(readFileSync(join(folder, "data", "PG_VERSION"), "utf8")).to.equal("15\n");
  });

  it("takes no notice of half a cluster that an interrupted start left", async () => {
    mkdirSync(join(folder, "data.init", "base"), { recursive: true });
    const postgres = await start();
    expect(await query(postgres.url, "select 1 as one")).to.deep.equal([{ one: 1 }]);
  });

  it("takes no notice of a postmaster.pid whose number is now another program's", async () => {
    await (await start()).stop();
    writeFileSync(join(folder, "data", "postmaster.pid"), `${process.pid}\n${join(folder, "data")}\n`);
    const postgres = await start();
    expect(await query(postgres.url, "select 1 as one")).to.deep.equal([{ one: 1 }]);
  });

  it("works in a folder whose path is too long for a socket", async () => {
    const long = join(folder, "a-long-name-".repeat(10));
    const postgres = await start({ folder: long });
    expect(await query(postgres.url, "select 1 as one")).to.deep.equal([{ one: 1 }]);
    await postgres.stop();
  });

  it("works below a folder that only its owner may enter, also where user namespaces are refused", async function () {
    if (process.geteuid?.() !== 0) this.skip();
    chmodSync(folder, 0o700);
    const inner = join(folder, "pg");
    const sentences: string[] = [];
    const usual = await start({ folder: inner, say: (sentence) => sentences.push(sentence) });
    await query(usual.url, "create table kept (n int)");
    await usual.stop();
    const other = await start({ folder: inner, avoidNamespaces: true, say: (sentence) => sentences.push(sentence) });
    expect(await query(other.url, "select n from kept")).to.deep.equal([]);
    expect(sentences.at(-1)).to.contain('the system user "twinlight"');
    await other.stop();
    const back = await start({ folder: inner });
    expect(await query(back.url, "select n from kept")).to.deep.equal([]);
  });

  it("keeps a failed statement's values out of its log", async () => {
    const postgres = await start();
    await query(postgres.url, "create table names (name text primary key)");
    await query(postgres.url, "insert into names values ('Aino Pupil')");
    await query(postgres.url, "insert into names values ('Aino Pupil')").catch(() => {});
    await postgres.stop();
    expect(readFileSync(join(folder, "postgres.log"), "utf8")).not.to.contain("Aino");
  });
});

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

async function queryWhenReady(url: string, statement: string): Promise<unknown[]> {
  for (;;) {
    try {
      return await query(url, statement);
    } catch {
      await wait(20);
    }
  }
}

async function startInAnotherProcess(folder: string): Promise<{ child: ChildProcess; pid: number }> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", holder, folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const pid = await new Promise<number>((settle, reject) => {
    child.stdout.once("data", (chunk: Buffer) => settle(Number(chunk.toString().trim())));
    child.once("exit", () => reject(new Error("the other process ended")));
  });
  return { child, pid };
}

/** A process that has ended but was not yet asked for its result by its parent counts as ended. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

async function refusalOf(attempt: Promise<unknown>): Promise<string> {
  return attempt.then(
    () => "nothing was refused",
    (fault: Error) => fault.message,
  );
}
