import { findChromium } from "./chromium.mjs";
import { buildClient } from "./client.mjs";
import { findFfmpeg } from "./ffmpeg.mjs";
import { findWorker } from "./worker.mjs";

/**
 * What tests and benchmarks stand on, found or installed; a missing one is a refusal.
 *
 * @param {{ browser?: boolean }} [options] `browser: false`: without Chromium and the built pages
 * @returns {Promise<Record<string, string>>} the variables by which they find it
 */
export async function toolsForTests({ browser = true } = {}, env = process.env) {
  const tools = { MEDIASOUP_WORKER_BIN: await findWorker(env), FFMPEG_PATH: await findFfmpeg(env) };
  if (!browser) return tools;
  const CHROMIUM_PATH = await findChromium(env);
  await buildClient();
  return { ...tools, CHROMIUM_PATH };
}
