import { installDebian } from "./debian.mjs";
import { commandPath, isProgram } from "./places.mjs";
import { Refusal } from "./say.mjs";

/** @returns {Promise<string>} the path of a Chromium, for tests and benchmarks only */
export async function findChromium(env = process.env) {
  const path = presentChromium(env);
  if (path) return path;
  await installDebian(["chromium"], "for the tests in a browser");
  const installed = commandPath("chromium", env);
  if (!installed) throw new Refusal("Chromium was installed and cannot be found: set CHROMIUM_PATH.");
  return installed;
}

/** @returns {string | undefined} one that is there already */
export function presentChromium(env = process.env) {
  if (env.CHROMIUM_PATH) {
    if (isProgram(env.CHROMIUM_PATH)) return env.CHROMIUM_PATH;
    throw new Refusal(`CHROMIUM_PATH must be the path of a program, but is "${env.CHROMIUM_PATH}".`);
  }
  return ["chromium", "chromium-browser", "google-chrome"].map((name) => commandPath(name, env)).find(Boolean);
}
