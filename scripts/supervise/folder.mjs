import { accessSync, constants, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { takeLock } from "../setup/lock.mjs";
import { Refusal } from "../setup/say.mjs";

const lockName = ".lock";
const demoMark = ".twinlight-demo";

/**
 * Makes the folder of all that is kept, and makes sure that nobody else uses it: one start a folder. It is free again
 * when this process is gone, however it ended.
 */
export function claimFolder(folder) {
  const problem = tryFolder(folder);
  if (problem === "running") {
    throw new Refusal(`Another Twinlight is running on ${folder}: stop it, or set DATA_DIR to another folder.`);
  }
  if (problem) {
    throw new Refusal(`DATA_DIR must be a folder that can be written to, but ${folder} is not (${problem}).`);
  }
}

/** @returns {string | undefined} "running" when another Twinlight has it, or the system's code for why it is of no use */
export function tryFolder(folder) {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return takeLock(join(folder, lockName)) ? undefined : "running";
  } catch (fault) {
    return fault.code ?? fault.message;
  }
}

/** Empties a demo's folder. One that was not made by a demo is never touched. */
export function prepareDemoFolder(folder, keep) {
  const mark = join(folder, demoMark);
  const content = readdirSync(folder).filter((name) => name !== lockName);
  if (content.length > 0 && !existsSync(mark)) {
    throw new Refusal(
      `The demo wipes its folder at every start, and ${folder} holds something else: set DATA_DIR to an empty one.`,
    );
  }
  if (!keep) for (const name of content) rmSync(join(folder, name), { recursive: true, force: true });
  writeFileSync(mark, "This folder belongs to `npm run demo`, which wipes it at every start.\n");
}

/** A demo's folder must not become a school's by accident. */
export function refuseDemoFolder(folder) {
  if (existsSync(join(folder, demoMark))) {
    throw new Refusal(`${folder} belongs to the demo: set DATA_DIR to another folder, or run "npm run demo".`);
  }
}
