import { spawn } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { Refusal } from "../setup/say.mjs";
import { tied } from "../setup/tied.mjs";

/*
 * One of Twinlight's own processes, kept running. It tells by its channel how it is:
 *
 *   { say: text }        something for the person who started it; before it is ready, on stdout
 *   { ready: url | true } it serves
 *   { refused: sentence } why it ends now, when the operator can do something about that
 *
 * It must end by itself on SIGTERM and when the channel closes.
 */

/** How long to wait before it is started again, one after the other; from the start after a minute of good running. */
const delaysMs = [0, 200, 500, 1_000, 2_000, 5_000];
const goodMs = 60_000;

/**
 * @param {object} options
 * @param {string} options.name as in "the server"
 * @param {string} options.script
 * @param {NodeJS.ProcessEnv} options.env
 * @param {(text: string) => void} options.say
 * @param {(text: string) => void} options.note told what happens later on: deaths and restarts
 */
export function keepRunning({ name, script, env, say, note }) {
  let child;
  let began = 0;
  let deaths = 0;
  let stopping = false;
  let everReady = false;
  let refused;
  let settleReady;
  const ready = new Promise((settle, reject) => {
    settleReady = { settle, reject };
  });
  // Whoever waits for it hears of a failure; that nobody waits yet is no fault.
  ready.catch(() => {});
  let gone = Promise.resolve();
  const pause = new AbortController();

  function start() {
    began = performance.now();
    refused = undefined;
    // A group of its own, so that whatever it started can be ended with it. Its logs go to stderr: stdout is for the
    // person who started it.
    child = spawn(...tied(process.execPath, [script]), { stdio: ["ignore", 2, 2, "ipc"], env, detached: true });
    const group = child.pid;
    child.on("message", hear);
    child.once("error", (fault) => settleReady.reject(fault));
    gone = new Promise((settle) => {
      child.once("exit", (code, signal) => {
        endGroup(group);
        settle();
        if (!stopping) died(signal ?? `code ${code}`);
      });
    });
  }

  function hear(message) {
    if (typeof message !== "object" || message === null) return;
    if ("say" in message) say(String(message.say));
    if ("refused" in message) refused = String(message.refused);
    if ("ready" in message) {
      if (everReady) note(`${name} is back.`);
      everReady = true;
      settleReady.settle(message.ready);
    }
  }

  async function died(how) {
    if (!everReady) {
      settleReady.reject(
        new Refusal(refused ?? `${name} ended before it was ready (${how}); what it said stands above.`),
      );
      return;
    }
    if (performance.now() - began > goodMs) deaths = 0;
    const delay = delaysMs[Math.min(deaths, delaysMs.length - 1)];
    deaths += 1;
    note(`${name} ended (${refused ?? how}); starting it again${delay ? ` in ${delay / 1000} s` : ""}.`);
    await wait(delay, undefined, { signal: pause.signal }).catch(() => {});
    if (!stopping) start();
  }

  start();

  return {
    /** What it said with `ready`; fails when it ends before that. */
    ready,
    /** Asks it to end and start again, as after a change of its sources. */
    restart() {
      deaths = 0;
      child.kill("SIGTERM");
    },
    /** Ends it by force, without waiting. */
    end() {
      stopping = true;
      endGroup(child.pid);
    },
    /** Ends it: asked first, by force after `patienceMs`. */
    async stop(patienceMs) {
      stopping = true;
      pause.abort();
      const group = child.pid;
      child.kill("SIGTERM");
      const timer = setTimeout(() => endGroup(group), patienceMs);
      await gone;
      clearTimeout(timer);
    },
  };
}

/** Its media workers and ffmpegs, should they have outlived it. */
function endGroup(group) {
  try {
    process.kill(-group, "SIGKILL");
  } catch {
    // Nothing is left of it.
  }
}
