/** The programs a server stands on, where `npm test` found or built them; for a single file run by hand, where it left them. */
import { globSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

export function toolPaths(): { MEDIASOUP_WORKER_BIN: string; FFMPEG_PATH: string } {
  const { MEDIASOUP_WORKER_BIN, FFMPEG_PATH, XDG_CACHE_HOME } = process.env;
  const cache = XDG_CACHE_HOME || join(homedir(), ".cache");
  const [kept] = globSync(join(cache, "twinlight", "worker-*"));
  const worker = MEDIASOUP_WORKER_BIN ?? kept;
  if (!worker) throw new Error("There is no media worker yet: `npm test` builds it");
  return { MEDIASOUP_WORKER_BIN: worker, FFMPEG_PATH: FFMPEG_PATH ?? "/usr/bin/ffmpeg" };
}
