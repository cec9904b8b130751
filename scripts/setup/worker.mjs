import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { release, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { installDebian } from "./debian.mjs";
import { takeLock } from "./lock.mjs";
import { cacheFolder, isProgram, root } from "./places.mjs";
import { lengthSince, Refusal, say } from "./say.mjs";
import { runStep } from "./tied.mjs";

const mediasoup = join(root, "node_modules", "mediasoup");
const templates = join(dirname(fileURLToPath(import.meta.url)), "worker", "subprojects");

/** How long may be spent on finding out that nothing can be downloaded, and on a download. */
const connectMs = 5_000;
const downloadMs = 90_000;

const debianPackages = [
  "g++",
  "pkg-config",
  "meson",
  "ninja-build",
  "flatbuffers-compiler",
  "libflatbuffers-dev",
  "libuv1-dev",
  "libssl-dev",
  "libsrtp2-dev",
  "libabsl-dev",
];

/**
 * What is changed in the worker's sources; each text must be found exactly once, or the build ends.
 *
 * The second: `onSslBioOut` answers 1 to every control call of its BIO, for it compares where it means to look at a
 * bit. A libssl with kernel TLS (Debian's) takes that for "the kernel encrypts", makes no write buffer, and the worker
 * dies at the first browser.
 */
const changes = [
  { file: "meson.build", from: "meson_version: '>= 1.1.0'", to: "meson_version: '>= 1.0.0'" },
  {
    file: "src/RTC/DtlsTransport.cpp",
    from: "(operationType == BIO_CB_RETURN)",
    to: "((operationType & BIO_CB_RETURN) != 0)",
  },
];

/**
 * The program that carries the media: the one that the operator names, or the one kept from an earlier start, or a
 * download, or one built here.
 *
 * @returns {Promise<string>} its path
 */
export async function findWorker(env = process.env) {
  if (env.MEDIASOUP_WORKER_BIN) {
    if (isProgram(env.MEDIASOUP_WORKER_BIN)) return env.MEDIASOUP_WORKER_BIN;
    throw new Refusal(`MEDIASOUP_WORKER_BIN must be the path of a program, but is "${env.MEDIASOUP_WORKER_BIN}".`);
  }
  const kept = keptWorker(env);
  if (runs(kept)) return kept;
  const letGo = takeLock(`${kept}.lock`, 1) ?? waitForOther(kept);
  try {
    if (runs(kept)) return kept;
    if (!(await downloadWorker(kept))) await buildWorker(kept);
    return kept;
  } finally {
    letGo();
  }
}

/** Where the worker of this version for this machine is kept, whether or not it is there yet. */
export function keptWorker(env = process.env) {
  return join(cacheFolder(env), `worker-${version()}-${process.platform}-${process.arch}-${system()}-${recipe()}`);
}

function waitForOther(kept) {
  say("Waiting for another Twinlight, which is getting the media worker ready.");
  const letGo = takeLock(`${kept}.lock`, 1_800);
  if (!letGo) throw new Refusal("Another Twinlight has been building the media worker for half an hour: stop it.");
  return letGo;
}

function version() {
  return JSON.parse(readFileSync(join(mediasoup, "package.json"), "utf8")).version;
}

/** A worker that was built here needs the libraries of this system's version. */
function system() {
  try {
    const fields = Object.fromEntries(
      readFileSync("/etc/os-release", "utf8")
        .split("\n")
        .map((line) => line.replaceAll('"', "").split("=")),
    );
    return `${fields.ID}${fields.VERSION_ID ?? ""}`.replaceAll(/[^a-z0-9.]/gi, "");
  } catch {
    return "unknown";
  }
}

/** Changes with the recipe, so that a worker built by an older one is not used. */
function recipe() {
  const hash = createHash("sha256").update(JSON.stringify(changes));
  for (const entry of readdirSync(templates, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) hash.update(entry.name).update(readFileSync(join(entry.parentPath, entry.name)));
  }
  return hash.digest("hex").slice(0, 8);
}

/** Whether the system can load it: without a channel to speak on it complains about that, and nothing else. */
function runs(path) {
  if (!isProgram(path)) return false;
  const tried = spawnSync(path, [], { env: {}, encoding: "utf8", timeout: 10_000 });
  return !tried.error && tried.status !== 126 && tried.status !== 127 && tried.signal === null;
}

/** @returns {Promise<boolean>} whether there is one now */
async function downloadWorker(kept) {
  if (process.env.MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD) return false;
  const { repository } = JSON.parse(readFileSync(join(mediasoup, "package.json"), "utf8"));
  const releases = repository.url.replace(/^git\+/, "").replace(/\.git$/, "");
  const base = process.env.MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL ?? `${releases}/releases/download`;
  const name = `mediasoup-worker-${version()}-${process.platform}-${process.arch}-kernel${release().split(".")[0]}.tgz`;
  say("Looking for a media worker to download.");
  const folder = mkdtempSync(join(tmpdir(), "twinlight-worker-"));
  try {
    const archive = join(folder, "worker.tgz");
    writeFileSync(archive, await download(`${base}/${version()}/${name}`));
    spawnSync("tar", ["-xzf", archive, "-C", folder], { stdio: "ignore" });
    const worker = join(folder, "mediasoup-worker");
    if (!existsSync(worker)) throw new Error("it is not in the archive");
    chmodSync(worker, 0o755);
    await keep(worker, kept);
    say("The media worker was downloaded.");
    return true;
  } catch (fault) {
    say(`There is none to download (${fault.cause?.code ?? fault.message}), so it is built here.`);
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function download(url) {
  const stop = new AbortController();
  const timers = [connectMs, downloadMs].map((ms) =>
    setTimeout(() => stop.abort(new Error(`no answer in ${ms / 1000} s`)), ms),
  );
  try {
    const answer = await fetch(url, { signal: stop.signal });
    clearTimeout(timers[0]);
    if (!answer.ok) throw new Error(`answer ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
  } finally {
    for (const timer of timers) clearTimeout(timer);
  }
}

/** Builds the worker from the sources in its npm package against the distribution's libraries. */
async function buildWorker(kept) {
  await installDebian(debianPackages, "to build the media worker");
  say("Building the media worker; this takes 3 to 5 minutes, once for this machine.");
  const began = performance.now();
  // One name, under the lock: what an interrupted build left is removed by the next.
  const folder = `${kept}.build`;
  rmSync(folder, { recursive: true, force: true });
  try {
    prepareSources(folder);
    await run("meson", ["setup", "--buildtype", "release", "-Db_ndebug=true", "out"], folder);
    await run("ninja", ["-C", "out", "mediasoup-worker"], folder, sayHowFar());
    const built = join(folder, "out", "mediasoup-worker");
    await run("strip", [built], folder);
    await keep(built, kept);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  say(`The media worker is built (${lengthSince(began)}).`);
}

/** Puts the sources into a folder, with what is missing in them and what is wrong in them for here. */
export function prepareSources(folder) {
  cpSync(join(mediasoup, "worker"), folder, { recursive: true });
  rmSync(join(folder, "subprojects"), { recursive: true });
  cpSync(templates, join(folder, "subprojects"), { recursive: true });
  for (const { file, from, to } of changes) {
    const path = join(folder, file);
    const parts = readFileSync(path, "utf8").split(from);
    if (parts.length !== 2) {
      throw new Refusal(
        `The media worker cannot be built: its ${file} holds "${from}" ${parts.length - 1} times instead of once. Set MEDIASOUP_WORKER_BIN to one that is built.`,
      );
    }
    writeFileSync(path, parts.join(to));
  }
}

async function run(program, words, cwd, onOutput) {
  const { code, output } = await runStep(program, words, { cwd, onOutput });
  if (code === 0) return;
  const said = output.trim().split("\n").slice(-12).join("\n");
  throw new Refusal(`The media worker could not be built; ${program} says:\n${said}`);
}

/** @returns {(text: string) => void} reads ninja's lines and says from time to time how far it is */
function sayHowFar() {
  let said = performance.now();
  return (text) => {
    const [, done, all] = /.*\[(\d+)\/(\d+)\]/s.exec(text) ?? [];
    if (!done || performance.now() - said < 20_000) return;
    said = performance.now();
    say(`Building the media worker: ${done} of ${all} steps.`);
  };
}

/** Only a worker to which a browser can connect is kept. */
async function keep(worker, kept) {
  const { dtlsProblem } = await import("./dtlsCheck.mjs");
  const problem = await dtlsProblem(worker);
  if (problem) throw new Refusal(`The media worker is of no use here: ${problem}.`);
  mkdirSync(dirname(kept), { recursive: true });
  const beside = `${kept}.${process.pid}`;
  copyFileSync(worker, beside);
  chmodSync(beside, 0o755);
  renameSync(beside, kept);
}
