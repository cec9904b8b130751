import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { readSettings } from "../../config/settings.ts";
import { startPostgres } from "../../storage/embedded/launcher.ts";
import { buildClient } from "../setup/client.mjs";
import { findFfmpeg } from "../setup/ffmpeg.mjs";
import { root } from "../setup/places.mjs";
import { endWith, say } from "../setup/say.mjs";
import { findWorker } from "../setup/worker.mjs";
import { keepRunning } from "./child.mjs";
import { claimFolder, prepareDemoFolder, refuseDemoFolder } from "./folder.mjs";
import { freePort, refuseTakenPorts } from "./ports.mjs";

/** Together with Postgres' own patience (4 s) this stays below 10 s. */
const childPatienceMs = 5_500;

/** The line that says ready is the last on stdout; what happens later is told on stderr. */
const note = (text) => process.stderr.write(`${text}\n`);

/**
 * Sets up what is missing, starts Postgres, the server and the recorder, and keeps them running until it is told to
 * end. Does not return before they are ready.
 *
 * @param {object} [options]
 * @param {NodeJS.ProcessEnv} [options.env] what the operator set
 * @param {boolean} [options.demo]
 */
export async function serve({ env = process.env, demo = false } = {}) {
  const settings = readSettings(env);
  claimFolder(settings.dataDir);
  if (demo) prepareDemoFolder(settings.dataDir, settings.demoKeep);
  else refuseDemoFolder(settings.dataDir);
  await refuseTakenPorts(settings);

  const worker = await findWorker(env);
  const ffmpeg = await findFfmpeg(env);
  await buildClient();

  const running = { postgres: undefined, children: [], ready: false, ending: false };
  endOnSignal(running);

  if (!settings.databaseUrl) {
    say("Starting Postgres.");
    running.postgres = await startPostgres({ folder: join(settings.dataDir, "postgres"), say: note });
    running.postgres.lost.then((fault) => endWith(fault));
  }
  const childEnv = {
    NODE_ENV: "production",
    RECORDER_SECRET: randomBytes(24).toString("base64url"),
    ...env,
    // Chosen here and not by the server, so that it keeps its address when it is started again.
    PORT: String(settings.port || (await freePort(settings.host))),
    DATA_DIR: settings.dataDir,
    DATABASE_URL: settings.databaseUrl ?? running.postgres.url,
    MEDIASOUP_WORKER_BIN: worker,
    FFMPEG_PATH: ffmpeg,
  };
  const start = (name, folder) => {
    const tell = (text) => (running.ready ? note(text) : say(text));
    const child = keepRunning({ name, script: join(root, folder, "main.ts"), env: childEnv, say: tell, note });
    running.children.push(child);
    return child;
  };
  say("Starting the server.");
  const server = start("The server", "server");
  const url = await server.ready;
  say("Starting the recorder.");
  const recorder = start("The recorder", "recorder");
  await recorder.ready;
  running.ready = true;
  say(`Twinlight is ready at ${url}`);
  return { server, recorder };
}

/** Ends everything in order: first who writes, then the database. */
function endOnSignal(running) {
  const end = async () => {
    if (running.ending) return;
    running.ending = true;
    await Promise.all(running.children.map((child) => child.stop(childPatienceMs)));
    await running.postgres?.stop();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) {
    process.removeAllListeners(signal);
    process.on(signal, end);
  }
  // However this process ends, its children end with it; by force here, as nothing can be waited for.
  process.once("exit", () => {
    for (const child of running.children) child.end();
  });
}
