/**
 * Films that people bring to a TwinSpace: written anew with nothing in them but picture and sound (no place, no owner, no
 * hidden tracks), and with a picture of each. Nothing is encoded anew.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import sharp from "sharp";
import type { Id } from "../protocol/ids.ts";
import { imageSizes } from "../protocol/twinspace/materials.ts";
import { type Boss, type MaterialFilmJob, materialFilmQueue, queueMaterialFilm } from "../storage/jobs.ts";
import type { Pool } from "../storage/pool.ts";
import { runFfmpeg } from "./ffmpeg.ts";

export interface MaterialFilmWorld {
  readonly pool: Pool;
  readonly boss: Boss;
  /** DATA_DIR/materials. */
  readonly materialsFolder: string;
  readonly ffmpegPath: string;
  /** A film could not be looked at; it stays as the server took it. */
  fault: (material: Id, cause: unknown) => void;
}

const withinMs = 8 * 60_000;

/** Takes films from the queue, one at a time, until stopped. Asks first for those that an earlier process left. */
export async function materialFilmWorker(world: MaterialFilmWorld): Promise<{ stop(): Promise<void> }> {
  const { pool, boss, fault } = world;
  const ending = new AbortController();
  await boss.work<MaterialFilmJob>(materialFilmQueue, { notifyPollingIntervalSeconds: 2 }, async (jobs) => {
    for (const { data } of jobs) {
      const signal = AbortSignal.any([ending.signal, AbortSignal.timeout(withinMs)]);
      await lookAtFilm(world, data.material, signal).catch(async (cause: unknown) => {
        if (ending.signal.aborted) throw cause;
        await pool.query("update materials set film_state = 'failed' where id = $1", [data.material]);
        fault(data.material, cause);
      });
    }
  });
  const { rows } = await pool.query<{ id: Id }>("select id from materials where film_state = 'queued'");
  for (const { id } of rows) await queueMaterialFilm(boss, id);
  return {
    async stop() {
      ending.abort();
      await boss.offWork(materialFilmQueue);
    },
  };
}

interface Film {
  readonly project: Id;
  readonly type: string;
}

/** As ffmpeg calls them. Said beforehand, so that a file that is something else besides is read as what it was found to be. */
const formats: Readonly<Record<string, { read: string; write: string; type: string }>> = {
  "video/mp4": { read: "mov", write: "mp4", type: "video/mp4" },
  "video/quicktime": { read: "mov", write: "mp4", type: "video/mp4" },
  "video/webm": { read: "matroska", write: "webm", type: "video/webm" },
  "video/ogg": { read: "ogg", write: "ogg", type: "video/ogg" },
};

/** Killed at any moment, the next call begins anew: what is there is a whole film, before or after. */
export async function lookAtFilm(
  { pool, materialsFolder, ffmpegPath }: Omit<MaterialFilmWorld, "boss" | "fault">,
  material: Id,
  signal: AbortSignal,
): Promise<"looked" | "nothingToDo"> {
  const { rows } = await pool.query<Film>(
    "select project_id as project, type from materials where id = $1 and film_state = 'queued'",
    [material],
  );
  const film = rows[0];
  const format = film && formats[film.type];
  if (!film || !format) return "nothingToDo";
  const path = join(materialsFolder, film.project, material);
  const part = `${path}.part`;
  const still = `${path}.still`;
  const source = ["-protocol_whitelist", "file", "-f", format.read, "-i", path];
  try {
    const type = await written(ffmpegPath, signal, source, part, format);
    const sizes = await pictures(ffmpegPath, signal, source, still, path);
    await rename(part, path);
    await synced(path, ...sizes.map((size) => `${path}.${size}`), dirname(path));
    await keep(pool, material, path, type, sizes);
  } finally {
    await rm(part, { force: true });
    await rm(still, { force: true });
  }
  return "looked";
}

/** A film from a telephone becomes an MP4 that every browser plays, where what is in it may stand in one. */
async function written(
  ffmpegPath: string,
  signal: AbortSignal,
  source: readonly string[],
  part: string,
  format: { write: string; type: string },
): Promise<string> {
  const bare = [
    "-map",
    "0:v:0",
    "-map",
    "0:a?",
    "-map_metadata",
    "-1",
    "-map_chapters",
    "-1",
    "-dn",
    "-sn",
    "-c",
    "copy",
  ];
  const exact = ["-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"];
  const first = format.write === "mp4" ? ["-movflags", "+faststart"] : [];
  try {
    await runFfmpeg(ffmpegPath, signal, [...source, ...bare, ...exact, ...first, "-f", format.write, part]);
    return format.type;
  } catch (cause) {
    if (format.write !== "mp4" || signal.aborted) throw cause;
    await runFfmpeg(ffmpegPath, signal, [...source, ...bare, ...exact, "-f", "mov", part]);
    return "video/quicktime";
  }
}

/** One that shows something, of the first seconds; films without a picture that can be read have none. */
async function pictures(
  ffmpegPath: string,
  signal: AbortSignal,
  source: readonly string[],
  still: string,
  path: string,
): Promise<number[]> {
  try {
    const one = ["-map", "0:v:0", "-vf", "thumbnail=60", "-frames:v", "1", "-c:v", "png", "-f", "image2pipe"];
    await runFfmpeg(ffmpegPath, signal, ["-threads", "1", ...source, "-t", "5", ...one, still]);
    for (const size of imageSizes) {
      const fits = { width: size, height: size, fit: "inside", withoutEnlargement: true } as const;
      await sharp(still, { limitInputPixels: 64_000_000 }).resize(fits).webp({ quality: 80 }).toFile(`${path}.${size}`);
    }
    return [...imageSizes];
  } catch (cause) {
    if (signal.aborted) throw cause;
    return [];
  }
}

async function synced(...paths: string[]): Promise<void> {
  for (const path of paths) {
    await using file = await open(path, "r");
    await file.sync();
  }
}

async function keep(pool: Pool, material: Id, path: string, type: string, sizes: readonly number[]): Promise<void> {
  const { size } = await stat(path);
  const smaller = await Promise.all(sizes.map((each) => stat(`${path}.${each}`)));
  const stored = smaller.reduce((sum, each) => sum + each.size, size);
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path)) hash.update(piece);
  await pool.query(
    `update materials set type = $2, bytes = $3, stored_bytes = $4, sha256 = $5, sizes = $6, film_state = 'ready' where id = $1`,
    [material, type, size, stored, hash.digest(), sizes],
  );
}
