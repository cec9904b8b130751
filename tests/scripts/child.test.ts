import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect } from "chai";
import { keepRunning } from "../../scripts/supervise/child.mjs";

/** Says its own number and that of a program that it started, and then stays. */
const steady = `
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
const below = spawn("sleep", ["600"], { stdio: "ignore" });
writeFileSync(process.env.NUMBERS, JSON.stringify({ own: process.pid, below: below.pid }));
process.send({ say: "a table" });
process.send({ ready: "http://here" });
const end = () => process.exit(0);
process.on("disconnect", end);
if (!process.env.STUBBORN) process.on("SIGTERM", end);
else process.on("SIGTERM", () => {});
`;

describe("A process that is kept running", () => {
  let folder: string;
  let said: string[];
  let noted: string[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "twinlight-child-"));
    said = [];
    noted = [];
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function keep(source: string, env: NodeJS.ProcessEnv = {}) {
    const script = join(folder, "main.mjs");
    writeFileSync(script, source);
    return keepRunning({
      name: "The child",
      script,
      env: { ...process.env, NUMBERS: join(folder, "numbers"), ...env },
      say: (text: string) => said.push(text),
      note: (text: string) => noted.push(text),
    });
  }

  function numbers(): { own: number; below: number } {
    return JSON.parse(readFileSync(join(folder, "numbers"), "utf8"));
  }

  it("tells where it serves, and what it has to say before", async () => {
    const child = keep(steady);
    expect(await child.ready).to.equal("http://here");
    expect(said).to.deep.equal(["a table"]);
    await child.stop(5_000);
    await untilGone(numbers().own);
  });

  it("is started again when it is killed, and nothing that it had started stays", async () => {
    const child = keep(steady);
    await child.ready;
    const first = numbers();
    process.kill(first.own, "SIGKILL");
    while (numbers().own === first.own || noted.length < 2) await wait(10);
    expect(noted).to.deep.equal(["The child ended (SIGKILL); starting it again.", "The child is back."]);
    await untilGone(first.below);
    const second = numbers();
    await child.stop(5_000);
    await untilGone(second.own);
    await untilGone(second.below);
  });

  it("is ended by force when it does not listen", async () => {
    const child = keep(steady, { STUBBORN: "1" });
    await child.ready;
    await child.stop(200);
    await untilGone(numbers().own);
  });

  it("is not started again when it ends before it was ready, and says why", async () => {
    const child = keep(`process.send({ refused: "Port 80 is taken." }, () => process.exit(1));`);
    expect(await failureOf(child.ready)).to.equal("Port 80 is taken.");
    const other = keep("process.exit(7);");
    expect(await failureOf(other.ready)).to.contain("code 7");
  });
});

async function failureOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => "it did not fail",
    (fault: Error) => fault.message,
  );
}

/** The system takes a moment to end what was killed; the test's own limit is the limit. */
async function untilGone(pid: number): Promise<void> {
  while (isAlive(pid)) await wait(10);
}

/** A process that has ended but was not yet asked for its result by its parent counts as ended. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}
