/**
 * The film of a meeting: its turns one after the other in one WebM, with an index and a chapter a turn. A queued job,
 * which may be killed at any moment and asked for any number of times.
 */
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Id } from "../protocol/ids.ts";
import { type Boss, type FilmJob, filmQueue, queueFilm } from "../storage/jobs.ts";
import type { Pool } from "../storage/pool.ts";
import { evenTracks, type FilmedTurn, joinPieces } from "./filmJoin.ts";
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
