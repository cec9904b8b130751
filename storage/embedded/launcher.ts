import { type ChildProcess, spawn } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { embeddedBinaries, postgresMajor } from "./binaries.ts";
import { findRunner, giveTo, type Runner } from "./runner.ts";

export interface EmbeddedPostgres {
  /** A connection string for `pg`, by unix socket. It stays the same until `stop`. */
  readonly url: string;
  /** The process number of the server at this moment. */
  readonly pid: () => number;
  /** Settles when the server ended without being told to and could not be brought back. */
  readonly lost: Promise<Error>;
  /** Ends it cleanly, at the latest after 4 seconds by force. May be called more than once. */
  stop(): Promise<void>;
}

export interface StartOptions {
  /** Where everything of it is kept: `data/`, `socket/`, `postgres.log`. Made when missing, with rights 0700. */
  readonly folder: string;
  /** Told what takes longer, in whole sentences. */
  readonly say?: (sentence: string) => void;
  /** Further settings as `name=value`; tests may turn flushing off, nobody else should. */
  readonly settings?: readonly string[];
  /** For tests: behave as where user namespaces are refused. */
  readonly avoidNamespaces?: boolean;
}

const superuser = "twinlight";
const database = "twinlight";
/** A unix socket's path has 107 bytes at most. */
const maxSocketPathBytes = 107;

/**
 * Starts a Postgres of our own on a folder: unix socket only, closed to other users, no password, and it ends with the
 * process that started it, however that ends. The first start makes the cluster (about half a second). When the server
 * is killed it is started again by itself.
 *
 * @throws Error with one sentence: no binaries for this machine, a cluster of another major version, a folder that is
 *   in use by another Postgres, or what Postgres itself said.
 */
export async function startPostgres(options: StartOptions): Promise<EmbeddedPostgres> {
  const say = options.say ?? (() => {});
  const bin = embeddedBinaries();
  if (!bin) {
    throw new Error(
      `No embedded Postgres came with the packages for ${process.platform} on ${process.arch}: set DATABASE_URL to one of your own.`,
    );
  }
  const folder = resolve(options.folder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const data = join(folder, "data");
  refuseOtherMajor(data);
  const runner = findRunner(join(bin, "postgres"), folder, options.avoidNamespaces);
  if (runner.note) say(runner.note);

  await waitForPredecessor(data);
  if (!existsSync(data)) await makeCluster(bin, runner, folder, data);
  const socket = socketFolder(folder, runner);
  const log = join(folder, "postgres.log");
  writeFileSync(log, "", { mode: 0o600 });
  if (runner.owner) giveTo(runner, folder);
  allowOwner(data, runner);

  const command = [...runner.prefix, join(bin, "postgres"), ...settingArguments(data, socket.path, options.settings)];
  let child = await launch(command, folder, data, log, say);
  await makeDatabase(socket.path);

  let stopping: Promise<void> | undefined;
  let tellLost: (fault: Error) => void = () => {};
  const lost = new Promise<Error>((settle) => {
    tellLost = settle;
  });

  function watch(): void {
    child.once("exit", (code, signal) => {
      if (stopping) return;
      say(`Postgres ended (${signal ?? `code ${code}`}); starting it again.`);
      bringBack().catch((fault: Error) => tellLost(fault));
    });
  }

  /** The dead server's other processes need a moment to let go of its memory, hence more than one try. */
  async function bringBack(): Promise<void> {
    for (let attempt = 1; !stopping; attempt++) {
      try {
        child = await launch(command, folder, data, log, say);
        // `stop` may have been called while it came up, when it could not yet know this process.
        if (stopping) await endProcess(child);
        else watch();
        return;
      } catch (fault) {
        if (attempt === 8) throw fault;
        await wait(100 * attempt);
      }
    }
  }
  watch();

  return {
    url: connectionString(socket.path, database),
    pid: () => child.pid ?? -1,
    lost,
    stop() {
      stopping ??= endProcess(child).then(() => {
        if (socket.temporary) rmSync(socket.path, { recursive: true, force: true });
      });
      return stopping;
    },
  };
}

/**
 * How `pg` reaches the Postgres that somebody else started on this folder; undefined where none runs. Only the user who
 * started it is let in.
 */
export function runningPostgres(folder: string): string | undefined {
  const data = join(resolve(folder), "data");
  const file = join(data, "postmaster.pid");
  if (!existsSync(file)) return undefined;
  const [pid = "", , , , socket = ""] = readFileSync(file, "utf8").split("\n");
  return socket !== "" && isPostgresOn(Number(pid), data) ? connectionString(socket, database) : undefined;
}

/** A cluster's major version stands in its PG_VERSION; another program version must not touch it. */
function refuseOtherMajor(data: string): void {
  if (!existsSync(data)) return;
  const file = join(data, "PG_VERSION");
  const found = existsSync(file) ? readFileSync(file, "utf8").trim() : "none";
  if (found === String(postgresMajor)) return;
  throw new Error(
    `${data} holds a Postgres cluster of version ${found}, and this Twinlight opens version ${postgresMajor}: ` +
      "dump it with the old version and restore it into a new folder.",
  );
}

/** Made beside its place and renamed when whole, so that an interrupted start never leaves half a cluster. */
async function makeCluster(bin: string, runner: Runner, folder: string, data: string): Promise<void> {
  const unfinished = join(folder, "data.init");
  rmSync(unfinished, { recursive: true, force: true });
  if (runner.owner) giveTo(runner, folder);
  const { code, output } = await runToEnd(
    [
      ...runner.prefix,
      join(bin, "initdb"),
      `--pgdata=${unfinished}`,
      `--username=${superuser}`,
      "--auth=peer",
      "--encoding=UTF8",
      // Sorting that is the same on every machine, whatever locales it has.
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
    ],
    folder,
  );
  if (code !== 0) throw new Error(`Postgres' cluster could not be made in ${folder}: ${lastLines(output)}`);
  renameSync(unfinished, data);
}

/** Who may come in by the socket: the user it runs as, and root. Written at every start, for either may be another. */
function allowOwner(data: string, runner: Runner): void {
  const owners = new Set([runner.userName, "root"]);
  writeFileSync(join(data, "pg_hba.conf"), "local all all peer map=owner\n");
  writeFileSync(join(data, "pg_ident.conf"), [...owners].map((name) => `owner "${name}" ${superuser}\n`).join(""));
}

function socketFolder(folder: string, runner: Runner): { path: string; temporary: boolean } {
  const usual = join(folder, "socket");
  if (Buffer.byteLength(join(usual, ".s.PGSQL.5432")) <= maxSocketPathBytes) {
    mkdirSync(usual, { recursive: true, mode: 0o700 });
    if (runner.owner) giveTo(runner, folder);
    return { path: usual, temporary: false };
  }
  const short = Buffer.byteLength(tmpdir()) < 60 ? tmpdir() : "/tmp";
  const path = mkdtempSync(join(short, "twinlight-"));
  giveTo(runner, path);
  return { path, temporary: true };
}

function settingArguments(data: string, socket: string, more: readonly string[] = []): string[] {
  const settings = [
    "listen_addresses=",
    `unix_socket_directories=${socket}`,
    "unix_socket_permissions=0700",
    "shared_buffers=32MB",
    "max_connections=100",
    "dynamic_shared_memory_type=mmap",
    "timezone=UTC",
    "log_timezone=UTC",
    // A failed statement's text and values may hold what a pupil wrote: they go to the caller, never to the log.
    "log_min_messages=log",
    "log_min_error_statement=panic",
    "log_error_verbosity=terse",
    "log_checkpoints=off",
    ...more,
  ];
  return ["-D", data, ...settings.flatMap((setting) => ["-c", setting])];
}

/** Starts the server and waits until it takes connections; recovery after a crash may take as long as it needs. */
async function launch(
  command: readonly string[],
  folder: string,
  data: string,
  log: string,
  say: (sentence: string) => void,
): Promise<ChildProcess> {
  const [program = "", ...rest] = command;
  const output = openSync(log, "a", 0o600);
  const child = spawn(program, rest, { cwd: folder, stdio: ["ignore", output, output], env: plainEnvironment() });
  closeSync(output);
  let ended = false;
  child.once("exit", () => {
    ended = true;
  });
  child.once("error", () => {
    ended = true;
  });
  const began = process.hrtime.bigint();
  let told = false;
  while (!isReady(data, child.pid)) {
    if (ended)
      throw new Error(`Postgres did not start: ${lastLines(existsSync(log) ? readFileSync(log, "utf8") : "")}`);
    if (!told && process.hrtime.bigint() - began > 5_000_000_000n) {
      told = true;
      say("Waiting for Postgres, which is putting its data in order.");
    }
    await wait(10);
  }
  return child;
}

/** The eighth line of postmaster.pid says how far the server is; the first, which process it is. */
function isReady(data: string, pid: number | undefined): boolean {
  const lines = readLines(join(data, "postmaster.pid"));
  return Number(lines[0]) === pid && lines[7]?.trim() === "ready";
}

/**
 * A Postgres that is still shutting down after its parent's death is waited for; one that is in use is refused; a
 * postmaster.pid whose number now belongs to something else (a container started anew) is removed.
 */
async function waitForPredecessor(data: string): Promise<void> {
  const file = join(data, "postmaster.pid");
  for (let attempt = 0; existsSync(file); attempt++) {
    const pid = Number(readLines(file)[0]);
    if (!isPostgresOn(pid, data)) {
      rmSync(file, { force: true });
      return;
    }
    if (attempt === 50) {
      throw new Error(`${data} is in use by another Postgres (process ${pid}): stop the other Twinlight first.`);
    }
    await wait(100);
  }
}

function isPostgresOn(pid: number, data: string): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === data;
  } catch {
    // Gone, or not ours to look into: then the name alone must do.
    return readLines(`/proc/${pid}/comm`)[0] === "postgres";
  }
}

/** Fast shutdown, then immediate, then by force. */
async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((settle) => child.once("exit", () => settle()));
  for (const [signal, patienceMs] of [
    ["SIGINT", 2_500],
    ["SIGQUIT", 1_000],
    ["SIGKILL", 500],
  ] as const) {
    child.kill(signal);
    const timer = new AbortController();
    const finished = await Promise.race([
      gone.then(() => true),
      wait(patienceMs, false, { signal: timer.signal }).catch(() => false),
    ]);
    timer.abort();
    if (finished) return;
  }
}

async function makeDatabase(socket: string): Promise<void> {
  const client = new pg.Client({ connectionString: connectionString(socket, "postgres") });
  await client.connect();
  try {
    const found = await client.query("select 1 from pg_database where datname = $1", [database]);
    if (found.rowCount === 0) await client.query(`create database ${database}`);
  } finally {
    await client.end();
  }
}

/** @returns what `pg` understands: user and database, and the socket's folder as the host */
function connectionString(socket: string, name: string): string {
  return `postgresql://${superuser}@/${name}?host=${encodeURIComponent(socket)}`;
}

async function runToEnd(command: readonly string[], cwd: string): Promise<{ code: number; output: string }> {
  const [program = "", ...rest] = command;
  const child = spawn(program, rest, { cwd, stdio: ["ignore", "pipe", "pipe"], env: plainEnvironment() });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  return new Promise((settle, reject) => {
    child.once("error", reject);
    child.once("close", (code) => settle({ code: code ?? 1, output }));
  });
}

/** Postgres reads PG* variables of its own; none that the operator has for other things may reach it. */
function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !name.startsWith("PG") && !name.startsWith("LC_") && name !== "LANG",
    ),
  );
}

function readLines(file: string): string[] {
  try {
    return statSync(file).isFile() ? readFileSync(file, "utf8").split("\n") : [];
  } catch {
    return [];
  }
}

function lastLines(output: string): string {
  return output.trim().split("\n").slice(-3).join(" / ") || "it said nothing";
}
