/**
 * `npm test [-- parts or files]`: sets up what is missing, then runs the tests. The last line is always
 * "N passed, N failed".
 */
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { begin } from "./setup/begin.mjs";
import { root } from "./setup/places.mjs";
import { Refusal } from "./setup/say.mjs";
import { tied } from "./setup/tied.mjs";

/** For the whole of it, with the set-up. */
const patienceMs = 39 * 60_000;
const mocha = join(root, "node_modules", "mocha", "bin", "mocha.js");

begin(async () => {
  try {
    const { toolsForTests } = await import("./setup/tools.mjs");
    const files = testFiles(process.argv.slice(2));
    const browser = files.some((file) => /^tests\/(browser|faults|server)\//.test(file));
    const env = { ...process.env, ...(await toolsForTests({ browser })) };
    const counts = await run(files, env);
    finish(counts);
  } catch (fault) {
    const expected = fault instanceof Refusal;
    process.stdout.write(`${expected ? fault.message : fault.stack}\n`);
    finish({ passed: 0, failed: 1 });
  }
});

function finish({ passed, failed }) {
  process.stdout.write(`${passed} passed, ${failed} failed\n`, () => process.exit(failed > 0 || passed === 0 ? 1 : 0));
}

/** A part is a folder below tests; a file may be named as well. */
function testFiles(parts) {
  const places = parts.length > 0 ? parts.map((part) => placeOf(part)) : [join(root, "tests")];
  const files = places.flatMap((place) =>
    statSync(place).isFile()
      ? [place]
      : readdirSync(place, { recursive: true })
          .filter((name) => name.endsWith(".test.ts"))
          .map((name) => join(place, name)),
  );
  if (files.length === 0) throw new Refusal(`There are no tests in ${parts.join(", ") || "tests"}.`);
  return [...new Set(files)].map((file) => relative(root, file)).sort();
}

function placeOf(part) {
  const place = [join(root, "tests", part), join(root, part)].find((path) => existsSync(path));
  if (!place) throw new Refusal(`There is no part of the tests called "${part}".`);
  return place;
}

/** @returns {Promise<{ passed: number, failed: number }>} */
async function run(files, env) {
  const words = [mocha, "--reporter", join(root, "tests", "support", "reporter.mjs"), ...files];
  // Whatever the tests start inherits this, also what leaves their group of processes.
  const mark = `TWINLIGHT_TEST_RUN=${randomUUID()}`;
  const [markName, markValue] = mark.split("=");
  const child = spawn(...tied(process.execPath, words), {
    cwd: root,
    env: { ...env, [markName]: markValue },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    detached: true,
  });
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) {
    process.removeAllListeners(signal);
    process.on(signal, () => end(-child.pid));
  }
  let counts;
  child.on("message", (told) => {
    counts = told;
  });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    end(-child.pid);
  }, patienceMs - performance.now());
  const how = await new Promise((settle) => child.once("exit", (code, signal) => settle(signal ?? code)));
  clearTimeout(timer);
  const problems = [];
  if (late) problems.push("The tests took longer than 39 minutes and were ended.");
  if (!counts) problems.push(`The tests ended before their end (${how}).`);
  else if (how !== 0 && counts.failed === 0) problems.push(`The tests ended with ${how}.`);
  const left = runningWith(mark);
  if (left.length > 0) problems.push(`The tests left running: ${left.map(({ name }) => name).join(", ")}.`);
  for (const { pid } of left) end(pid);
  for (const problem of problems) process.stdout.write(`${problem}\n`);
  return { passed: counts?.passed ?? 0, failed: (counts?.failed ?? 0) + problems.length };
}

/** @returns {{ pid: number, name: string }[]} the processes that were started with this in their environment */
function runningWith(mark) {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        if (!readFileSync(`/proc/${pid}/environ`, "utf8").includes(mark)) return [];
        return [{ pid: Number(pid), name: readFileSync(`/proc/${pid}/comm`, "utf8").trim() }];
      } catch {
        // Ended meanwhile, or not ours to look into.
        return [];
      }
    });
}

/** @param {number} pid negative: a whole group */
function end(pid) {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // Nothing is left of it.
  }
}
