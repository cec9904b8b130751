import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { installDebian } from "./debian.mjs";
import { commandPath, isProgram, root } from "./places.mjs";
import { Refusal, say } from "./say.mjs";

/** @returns {Promise<string>} the path of an ffmpeg: the operator's, the package's, the system's, or one that is installed now */
export async function findFfmpeg(env = process.env) {
  const path = presentFfmpeg(env);
  if (path) return path;
  await installDebian(["ffmpeg"], "for replays to download");
  const installed = commandPath("ffmpeg", env);
  if (!installed) throw new Refusal("ffmpeg was installed and cannot be found: set FFMPEG_PATH.");
  return installed;
}

/** @returns {string | undefined} one that is there already and works */
export function presentFfmpeg(env = process.env) {
  if (env.FFMPEG_PATH) {
    if (works(env.FFMPEG_PATH)) return env.FFMPEG_PATH;
    throw new Refusal(`FFMPEG_PATH must be the path of an ffmpeg, but is "${env.FFMPEG_PATH}".`);
  }
  // The package has the program only where its own install script or the operator put it there.
  return [join(root, "node_modules", "ffmpeg-static", "ffmpeg"), commandPath("ffmpeg", env)].find(works);
}

function works(path) {
  if (!path || !isProgram(path)) return false;
  const { status } = spawnSync(path, ["-version"], { stdio: "ignore", timeout: 10_000 });
  if (status !== 0) say(`${path} does not run; it is left aside.`);
  return status === 0;
}
