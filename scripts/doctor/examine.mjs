import { mkdtempSync, rmSync, statfsSync } from "node:fs";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { readSettings } from "../../config/settings.ts";
import { openPost } from "../../server/mail/post.ts";
import { startPostgres } from "../../storage/embedded/launcher.ts";
import { presentChromium } from "../setup/chromium.mjs";
import { dtlsProblem } from "../setup/dtlsCheck.mjs";
import { presentFfmpeg } from "../setup/ffmpeg.mjs";
import { missingPackages } from "../setup/packages.mjs";
import { isProgram } from "../setup/places.mjs";
import { keptWorker } from "../setup/worker.mjs";
import { tryFolder } from "../supervise/folder.mjs";
import { refuseTakenPorts } from "../supervise/ports.mjs";

/**
 * A finding: `state` is "good", "note" (works, with a limit) or "BAD" (the start would fail).
 *
 * @typedef {{ what: string, state: "good" | "note" | "BAD", found: string, advice?: string }} Finding
 */

const good = (what, found) => ({ what, state: "good", found });
const note = (what, found, advice) => ({ what, state: "note", found, advice });
const bad = (what, found, advice) => ({ what, state: "BAD", found, advice });

const gigabyte = 1024 ** 3;

/** @returns {Promise<Finding[]>} */
export async function examine(env) {
  const findings = [node(), packages()];
  const settings = readOrFinding(env, findings);
  findings.push(...(await worker(env)), ffmpeg(env));
  if (settings) {
    const problem = tryFolder(settings.dataDir);
    findings.push(...folder(settings, problem), await database(settings));
    // Where a Twinlight is running they are taken, by that one.
    if (problem !== "running") findings.push(await ports(settings));
    findings.push(secureContext(settings), media(settings), await mail(settings));
  }
  findings.push(chromium(env));
  return findings;
}

function readOrFinding(env, findings) {
  try {
    const settings = readSettings(env);
    findings.push(good("settings", "all that are set can be read"));
    return settings;
  } catch (fault) {
    findings.push(bad("settings", fault.message.replaceAll("\n", " "), "Correct the variable and start again."));
    return undefined;
  }
}

function node() {
  return good("Node", `${process.version} (${process.execPath})`);
}

function packages() {
  const missing = missingPackages();
  return missing.length === 0
    ? good("packages", "all that the lock names for this machine")
    : bad("packages", `${missing.length} are missing`, "Run npm ci.");
}

async function worker(env) {
  const path = env.MEDIASOUP_WORKER_BIN || keptWorker(env);
  if (!isProgram(path)) {
    if (env.MEDIASOUP_WORKER_BIN) {
      return [bad("media worker", `${path} is no program`, "Correct MEDIASOUP_WORKER_BIN, or leave it unset.")];
    }
    return [note("media worker", "not here yet", "The first start downloads or builds it (3 to 5 minutes).")];
  }
  const problem = await dtlsProblem(path);
  return [
    good("media worker", path),
    problem
      ? bad("a browser's handshake", problem, "Remove that file, and the next start gets another worker.")
      : good("a browser's handshake", "comes to its end (DTLS over UDP on loopback)"),
  ];
}

function ffmpeg(env) {
  try {
    const path = presentFfmpeg(env);
    return path
      ? good("ffmpeg", path)
      : note("ffmpeg", "not here yet", "The first start installs Debian's, or says which command does.");
  } catch (fault) {
    return bad("ffmpeg", fault.message, "Correct FFMPEG_PATH, or leave it unset.");
  }
}

function folder({ dataDir }, problem) {
  if (problem && problem !== "running") {
    return [bad("data folder", `${dataDir} cannot be written to (${problem})`, "Correct DATA_DIR, or its rights.")];
  }
  const { bavail, bsize } = statfsSync(dataDir);
  const free = (bavail * bsize) / gigabyte;
  const found = `${free.toFixed(1)} GB free; an hour of recorded meeting takes about half of one`;
  return [
    good("data folder", problem ? `${dataDir}; a Twinlight is running on it` : dataDir),
    free < 1
      ? bad("disk", found, "Make room, or set DATA_DIR to a larger disk.")
      : free < 10
        ? note("disk", found, "Watch it, or set DATA_DIR to a larger disk.")
        : good("disk", found),
  ];
}

async function database({ databaseUrl }) {
  return databaseUrl ? givenDatabase(databaseUrl) : embeddedDatabase();
}

async function givenDatabase(connectionString) {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    const { rows } = await client.query("select current_setting('server_version') as version");
    return good("Postgres", `the one at DATABASE_URL answers, version ${rows[0].version}`);
  } catch (fault) {
    return bad(
      "Postgres",
      `the one at DATABASE_URL does not answer (${fault.message})`,
      "Correct DATABASE_URL, or start it.",
    );
  } finally {
    await client.end().catch(() => {});
  }
}

/** Tried on a folder of its own: the real one may be in use. */
async function embeddedDatabase() {
  const trial = mkdtempSync(join(tmpdir(), "twinlight-doctor-"));
  const said = [];
  try {
    const postgres = await startPostgres({ folder: trial, say: (sentence) => said.push(sentence) });
    await postgres.stop();
    return said.length > 0
      ? note("Postgres", "the embedded one starts and ends", said.join(" "))
      : good("Postgres", "the embedded one starts and ends");
  } catch (fault) {
    return bad("Postgres", fault.message);
  } finally {
    rmSync(trial, { recursive: true, force: true });
  }
}

async function ports(settings) {
  const last = settings.mediaPort + settings.mediaWorkers - 1;
  const found = `${settings.port} for pages, ${settings.mediaPort} to ${last} for media (UDP and TCP)`;
  try {
    await refuseTakenPorts(settings);
    return good("ports", `free: ${found}`);
  } catch (fault) {
    return bad("ports", fault.message);
  }
}

/** A browser gives out camera and microphone over https, and on the machine itself. */
function secureContext({ tls, publicUrl, host }) {
  const what = "camera and microphone";
  if (publicUrl?.startsWith("https:")) return good(what, `pages are reached by ${publicUrl}`);
  if (tls) return good(what, "https is served from here");
  const local = ["127.0.0.1", "::1", "localhost"].includes(host);
  return note(
    what,
    local ? "work in browsers on this machine only" : "browsers will refuse them: the pages are not served by https",
    "Set TLS_CERT and TLS_KEY, or PUBLIC_URL to the https address of a proxy in front.",
  );
}

function media({ listenIp, announcedAddress }) {
  const what = "address for media";
  const own = Object.values(networkInterfaces())
    .flat()
    .map((face) => face.address);
  const any = ["0.0.0.0", "::"].includes(listenIp);
  if (!any && !own.includes(listenIp)) {
    return bad(what, `${listenIp} is no address of this machine`, "Correct LISTEN_IP.");
  }
  const told = announcedAddress ?? listenIp;
  if (["127.0.0.1", "::1", "localhost"].includes(told)) {
    return note(
      what,
      `browsers are told ${told}: this machine only`,
      "Set LISTEN_IP and ANNOUNCED_ADDRESS for others.",
    );
  }
  return good(what, `browsers are told ${told}`);
}

const mailAdvice = {
  signIn: "Correct user and password in SMTP_URL; signs that mean something in an address are written %40, %3A, %2F.",
  tls: "If its certificate is your own, name it in SMTP_CA; smtps:// is for TLS from the start, smtp:// for STARTTLS.",
};

/** Connects and signs in, and sends nothing. */
async function mail({ mail: given }) {
  const what = "mail";
  if (!given) {
    return note(
      what,
      "no mail server is set: letters wait in the mailbox at /operate/mail",
      "Set SMTP_URL and MAIL_FROM, and they go out by themselves.",
    );
  }
  const { host, port } = given.server;
  const trouble = await openPost(given, { connectMs: 10_000, answerMs: 10_000, letterMs: 20_000 }).verify();
  if (!trouble) return good(what, `${host}:${port} takes our letters, from ${given.from.address}`);
  // The server starts without it, and the letters wait.
  const { fault, reply } = trouble;
  return note(
    what,
    `${host}:${port} does not (${fault}${reply ? `, it answers ${reply}` : ""})`,
    mailAdvice[fault] ?? "Correct SMTP_URL, or see to that server; until then the letters wait.",
  );
}

function chromium(env) {
  try {
    const path = presentChromium(env);
    return path
      ? good("Chromium", `${path} (for tests and benchmarks only)`)
      : note("Chromium", "not here", "Only tests and benchmarks need it, and install it themselves.");
  } catch (fault) {
    return note("Chromium", fault.message, "Only tests and benchmarks need it.");
  }
}
