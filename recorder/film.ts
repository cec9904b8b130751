/**
 * The film of a meeting: its turns one after the other in one WebM, with an index and a chapter a turn. ffmpeg joins
 * them without encoding anything anew; only what a turn lacks is made (a quiet picture where the camera was off).
 *
 * What is left out: the time in which nobody spoke, and shared screens, which are files of their own behind "Download".
 * Turns that ran at once come one after the other. Chapters have numbers and times and no names: names may be erased
 * later, and a film that somebody saved is out of reach.
 */
import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Id } from "../protocol/ids.ts";
import { type Boss, type FilmJob, filmQueue, queueFilm } from "../storage/jobs.ts";
import type { Pool } from "../storage/pool.ts";
import { runFfmpeg } from "./ffmpeg.ts";
import { repairWebm } from "./repair.ts";

export interface FilmWorld {
  pool: Pool;
  boss: Boss;
  /** Where the recordings are; films go below it, to `films/`. */
  mediaFolder: string;
  ffmpegPath: string;
  /** Hears of a film that could not be made; it is tried again some times. */
  fault: (meeting: Id, cause: unknown) => void;
}

/** Below the media folder. */
const filmFolder = "films";
const filmPath = (meeting: Id) => join(filmFolder, `${meeting}.webm`);
/** The recorder finishes its files within a moment of a meeting's end, and mends those of a crash when it starts. */
const waitForFilesMs = 20_000;

/**
 * Takes films from the queue, one at a time, until stopped. At its start it throws away what an earlier process left
 * half made, and asks for the film of every recorded meeting that ended without one.
 */
export async function filmWorker(world: FilmWorld): Promise<{ stop(): Promise<void> }> {
  const { pool, boss, mediaFolder, fault } = world;
  const ending = new AbortController();
  await clearUnfinished(mediaFolder);
  await boss.work<FilmJob>(filmQueue, { notifyPollingIntervalSeconds: 2 }, async (jobs) => {
    for (const { id, data } of jobs) {
      await makeFilm(world, data.meeting, id, ending.signal).catch(async (cause) => {
        if (ending.signal.aborted) await setState(pool, data.meeting, "queued");
        else {
          await setState(pool, data.meeting, "failed");
          fault(data.meeting, cause);
        }
        throw cause;
      });
    }
  });
  for (const meeting of await meetingsWithoutFilm(pool)) await queueFilm(boss, pool, meeting);
  return {
    async stop() {
      ending.abort();
      await boss.offWork(filmQueue);
    },
  };
}

/** Half-made films have names of their own, so a film that is there is whole. */
async function clearUnfinished(mediaFolder: string): Promise<void> {
  const folder = join(mediaFolder, filmFolder);
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    if (!name.endsWith(".webm") || name.endsWith(".part.webm")) await rm(join(folder, name), { recursive: true });
  }
}

async function meetingsWithoutFilm(pool: Pool): Promise<Id[]> {
  const { rows } = await pool.query<{ id: Id }>(
    `select m.id from meetings m left join films f on f.meeting_id = m.id
     where exists (select from meeting_log l where l.meeting_id = m.id and l.event ->> 'type' = 'meeting.ended')
       and exists (select from recordings r where r.meeting_id = m.id and r.kind = 'speaker')
       and (f.state is null or f.state in ('queued', 'working'))`,
  );
  return rows.map(({ id }) => id);
}

/**
 * Makes the film of a meeting that ended. Asked again when it is there, it does nothing; killed at any moment, the next
 * call begins anew. `attempt` names the files it works with.
 */
export async function makeFilm(
  { pool, mediaFolder, ffmpegPath }: Pick<FilmWorld, "pool" | "mediaFolder" | "ffmpegPath">,
  meeting: Id,
  attempt: string,
  signal: AbortSignal,
): Promise<"made" | "isThere" | "nothingToJoin"> {
  if (await isThere(pool, mediaFolder, meeting)) return "isThere";
  await untilWritten(pool, meeting, signal);
  const turns = await turnsOf(pool, mediaFolder, meeting);
  if (turns.length === 0) {
    await pool.query("delete from films where meeting_id = $1", [meeting]);
    return "nothingToJoin";
  }
  await setState(pool, meeting, "working");
  const folder = join(mediaFolder, filmFolder);
  const workplace = join(folder, `${meeting}.${attempt}.making`);
  const unfinished = join(folder, `${meeting}.${attempt}.part.webm`);
  const progress = teller(pool, meeting);
  await mkdir(workplace, { recursive: true });
  try {
    const pieces = await evenTracks(turns, { ffmpegPath, workplace, signal });
    await joinPieces(pieces, { ffmpegPath, workplace, signal, unfinished, progress: progress.tell });
    await progress.told();
    await rename(unfinished, join(mediaFolder, filmPath(meeting)));
  } finally {
    await rm(workplace, { recursive: true, force: true });
    await rm(unfinished, { force: true });
  }
  const { size } = await stat(join(mediaFolder, filmPath(meeting)));
  await pool.query(
    `update films set state = 'ready', percent = 100, path = $2, bytes = $3, updated_at = now() where meeting_id = $1`,
    [meeting, filmPath(meeting), size],
  );
  return "made";
}

async function isThere(pool: Pool, mediaFolder: string, meeting: Id): Promise<boolean> {
  const { rows } = await pool.query<{ path: string | null; bytes: number | null }>(
    "select path, bytes from films where meeting_id = $1 and state = 'ready'",
    [meeting],
  );
  const [film] = rows;
  if (!film?.path) return false;
  const found = await stat(join(mediaFolder, film.path)).catch(() => undefined);
  return found?.size === film.bytes;
}

/** Files still being written would end too early in the film. Throws when they are not finished in time. */
async function untilWritten(pool: Pool, meeting: Id, signal: AbortSignal): Promise<void> {
  const until = Date.now() + waitForFilesMs;
  for (;;) {
    const { rows } = await pool.query(
      "select from recordings where meeting_id = $1 and kind = 'speaker' and state = 'writing' limit 1",
      [meeting],
    );
    if (rows.length === 0) return;
    signal.throwIfAborted();
    if (Date.now() > until) throw new Error("Some of the meeting's files are still being written");
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

interface FilmedTurn {
  /** 1 for the meeting's first recorded turn. Several files of one turn have the same. */
  number: number;
  path: string;
  /** On the meeting's clock. */
  startMs: number;
  lengthMs: number;
  hasSound: boolean;
  hasPicture: boolean;
}

async function turnsOf(pool: Pool, mediaFolder: string, meeting: Id): Promise<FilmedTurn[]> {
  const { rows } = await pool.query<{ turn: Id; path: string; startMs: number }>(
    `select turn_id as turn, path,
            round(extract(epoch from started_at - (
              select min(at) from meeting_log where meeting_id = $1)) * 1000)::int as "startMs"
     from recordings
     where meeting_id = $1 and kind = 'speaker' and state in ('finished', 'repaired')
     order by started_at, id`,
    [meeting],
  );
  const numbers = new Map<Id, number>();
  const turns: FilmedTurn[] = [];
  for (const { turn, path, startMs } of rows) {
    // What is in the file decides, not what was written down about it.
    const whole = await repairWebm(join(mediaFolder, path)).catch(() => undefined);
    if (whole === undefined || "refused" in whole || whole.tracks.length === 0 || whole.durationMs <= 0) continue;
    const number = numbers.get(turn) ?? numbers.size + 1;
    numbers.set(turn, number);
    const { durationMs: lengthMs, tracks } = whole;
    const has = { hasSound: tracks.includes("audio"), hasPicture: tracks.includes("video") };
    turns.push({ number, path: join(mediaFolder, path), startMs, lengthMs, ...has });
  }
  return turns;
}

/**
 * ffmpeg joins files track by track, so all of them must have the same: sound first, then picture. A turn without a
 * picture gets a board of the meeting's green, two a second; one without sound gets silence. A film of sound alone
 * stays one.
 */
async function evenTracks(
  turns: readonly FilmedTurn[],
  { ffmpegPath, workplace, signal }: { ffmpegPath: string; workplace: string; signal: AbortSignal },
): Promise<FilmedTurn[]> {
  const anyPicture = turns.some(({ hasPicture }) => hasPicture);
  const pieces: FilmedTurn[] = [];
  for (const [index, turn] of turns.entries()) {
    const lacksPicture = anyPicture && !turn.hasPicture;
    if (turn.hasSound && !lacksPicture) {
      pieces.push(turn);
      continue;
    }
    const path = join(workplace, `${index}.webm`);
    const seconds = (turn.lengthMs / 1000).toFixed(3);
    const board = ["-f", "lavfi", "-t", seconds, "-i", "color=c=0x1E3F37:s=640x360:r=2"];
    const silence = ["-f", "lavfi", "-t", seconds, "-i", "anullsrc=r=48000:cl=stereo"];
    const sound = turn.hasSound
      ? { input: [], map: ["-map", "0:a"], codec: ["-c:a", "copy"] }
      : { input: silence, map: ["-map", "1:a"], codec: ["-c:a", "libopus", "-b:a", "6k"] };
    const picture = lacksPicture
      ? {
          input: board,
          map: ["-map", turn.hasSound ? "1:v" : "2:v"],
          codec: ["-c:v", "libvpx", "-b:v", "20k", "-g", "20", "-deadline", "realtime", "-cpu-used", "8"],
        }
      : { input: [], map: turn.hasPicture ? ["-map", "0:v"] : [], codec: ["-c:v", "copy"] };
    await runFfmpeg(ffmpegPath, signal, [
      ...["-i", turn.path, ...sound.input, ...picture.input],
      ...[...sound.map, ...picture.map, ...sound.codec, ...picture.codec],
      ...["-f", "webm", path],
    ]);
    pieces.push({ ...turn, path, hasSound: true, hasPicture: anyPicture });
  }
  return pieces;
}

async function joinPieces(
  pieces: readonly FilmedTurn[],
  to: {
    ffmpegPath: string;
    workplace: string;
    signal: AbortSignal;
    unfinished: string;
    progress: (percent: number) => void;
  },
): Promise<void> {
  const list = join(to.workplace, "list.txt");
  const chapters = join(to.workplace, "chapters.txt");
  await writeFile(list, concatList(pieces));
  await writeFile(chapters, chapterList(pieces));
  const wholeMs = pieces.reduce((sum, { lengthMs }) => sum + lengthMs, 0);
  await runFfmpeg(
    to.ffmpegPath,
    to.signal,
    [
      ...["-f", "concat", "-safe", "0", "-i", list, "-f", "ffmetadata", "-i", chapters],
      ...["-map", "0", "-map_metadata", "1", "-map_chapters", "1", "-c", "copy"],
      ...["-cues_to_front", "1", "-f", "webm", to.unfinished],
    ],
    (doneMs) => to.progress(Math.min(99, Math.floor((100 * doneMs) / Math.max(1, wholeMs)))),
  );
}

/** With their lengths, so that every turn begins in the film just where its chapter does. */
export function concatList(pieces: readonly Pick<FilmedTurn, "path" | "lengthMs">[]): string {
  const lines = pieces.flatMap(({ path, lengthMs }) => [
    `file '${path.replaceAll("'", "'\\''")}'`,
    `duration ${(lengthMs / 1000).toFixed(3)}`,
  ]);
  return ["ffconcat version 1.0", ...lines, ""].join("\n");
}

/** "Turn 3, at 12:40": its number and where it stands in the replay. */
export function chapterList(pieces: readonly Pick<FilmedTurn, "number" | "startMs" | "lengthMs">[]): string {
  let fromMs = 0;
  const chapters: { number: number; startMs: number; fromMs: number; toMs: number }[] = [];
  for (const { number, startMs, lengthMs } of pieces) {
    const last = chapters.at(-1);
    if (last?.number === number) last.toMs += lengthMs;
    else chapters.push({ number, startMs, fromMs, toMs: fromMs + lengthMs });
    fromMs += lengthMs;
  }
  const lines = chapters.map(
    (chapter) =>
      `[CHAPTER]\nTIMEBASE=1/1000\nSTART=${Math.round(chapter.fromMs)}\nEND=${Math.round(chapter.toMs)}\n` +
      `title=Turn ${chapter.number}, at ${onClock(chapter.startMs)}\n`,
  );
  return `;FFMETADATA1\n${lines.join("")}`;
}

function onClock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

async function setState(pool: Pool, meeting: Id, state: "queued" | "working" | "failed"): Promise<void> {
  await pool.query(
    `insert into films (meeting_id, state) values ($1, $2)
     on conflict (meeting_id) do update set state = $2, percent = 0, updated_at = now()`,
    [meeting, state],
  );
}

/** Writes down how far it is, one write at a time. */
function teller(pool: Pool, meeting: Id) {
  let told = 0;
  let writing: Promise<unknown> | undefined;
  return {
    tell(percent: number): void {
      if (percent <= told || writing !== undefined) return;
      told = percent;
      writing = pool
        .query("update films set percent = $2, updated_at = now() where meeting_id = $1", [meeting, percent])
        .catch(() => {}) // The film matters; the next figure is written anew.
        .finally(() => {
          writing = undefined;
        });
    },
    told: async () => void (await writing),
  };
}
