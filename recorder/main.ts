/**
 * The recorder's composition root: what the server pipes here becomes a file a turn, and a film when a meeting has
 * ended. A process of its own, so that it may die and come back without the meeting noticing more than "recording
 * interrupted". `scripts/start` runs this file; tests and benchmarks call `startRecorder` with settings of their own.
 */
import { mkdir } from "node:fs/promises";
import { isIPv6 } from "node:net";
import { join } from "node:path";
import { type Logger, pino } from "pino";
import { readSettings, type Settings } from "../config/settings.ts";
import { describeFault } from "../storage/faults.ts";
import { openBoss } from "../storage/jobs.ts";
import { openPool } from "../storage/pool.ts";
import { growingClock } from "./clock.ts";
import { makeDemoMedia } from "./demo/media.ts";
import { filmWorker } from "./film.ts";
import { materialFilmWorker } from "./materialFilms.ts";
import { Taps } from "./mediasoup/taps.ts";
import { RecordedMeetings } from "./recordedMeetings.ts";
import { recover } from "./recovery.ts";
import { waitForRoom } from "./room.ts";

export interface RunningRecorder {
  readonly taps: Taps;
  readonly meetings: RecordedMeetings;
  /** Settles when the demo's media are there; at once without a demo. */
  readonly demo: Promise<void>;
  /** Finishes every file. */
  close(): Promise<void>;
}

/** How long a database that does not answer is waited for at the end: what is not written down is mended at the next start. */
const databasePatienceMs = 2_500;
/** The whole end, by force from then on. */
const endWithinMs = 4_500;

/**
 * @param serverUrl where the server is; left out: on this machine, at the port it is set to
 * @throws when the database does not answer or the media worker does not start; not when the server is not there yet
 */
export async function startRecorder(
  settings: Settings,
  logger: Logger,
  serverUrl = serverUrlOf(settings),
): Promise<RunningRecorder> {
  if (!settings.databaseUrl) throw new Error("DATABASE_URL must be set; `npm start` brings a database of its own.");
  if (!settings.recorderSecret) throw new Error("RECORDER_SECRET must be set, to the same as the server's.");
  const pool = openPool(settings.databaseUrl, 6);
  const mediaFolder = join(settings.dataDir, "media");
  const ffmpegPath = settings.ffmpegPath ?? "ffmpeg";
  await mkdir(mediaFolder, { recursive: true, mode: 0o700 });
  await recover(pool, mediaFolder, logger);

  const now = growingClock();
  const world = { pool, mediaFolder, logger };
  const meetings = await RecordedMeetings.start({ world, now, stopped: () => standAside() });
  const taps = await Taps.open({
    url: serverUrl,
    secret: settings.recorderSecret,
    workerBin: settings.workerBin,
    logger,
    now,
    onProducer: (tapped) => meetings.add(tapped.meeting, tapped),
  });

  let stopWaiting: (() => void) | undefined;
  /**
   * Nothing can be written. A recorder that cannot write is none: it parts from the server, which shows "recording
   * interrupted" until it is back, with room.
   */
  function standAside(): void {
    if (stopWaiting) return;
    logger.error(
      { folder: mediaFolder },
      "Recording is interrupted: the disk takes no more. It goes on when there is room.",
    );
    meetings.halt();
    taps.leave();
    stopWaiting = waitForRoom(mediaFolder, () => {
      logger.info("There is room on the disk again: recording goes on.");
      stopWaiting = undefined;
      meetings.goOn();
      taps.come();
    });
  }

  const boss = await openBoss(settings.databaseUrl, {
    supervises: true,
    fault: (err) => logger.error({ err }, "Jobs cannot be taken now"),
  });
  const films = await filmWorker({
    pool,
    boss,
    mediaFolder,
    ffmpegPath,
    fault: (meeting, err) => logger.error({ err, meeting }, "A film could not be made; it is tried again"),
  });
  const materialFilms = await materialFilmWorker({
    ...{ pool, boss, ffmpegPath, materialsFolder: join(settings.dataDir, "materials") },
    fault: (material, err) => logger.error({ err, material }, "A film of a TwinSpace could not be looked at"),
  });
  const demoEnds = new AbortController();
  const demo = settings.demo
    ? makeDemoMedia({ ...world, boss, ffmpegPath, signal: demoEnds.signal }).catch((err: unknown) => {
        if (!demoEnds.signal.aborted) logger.error({ err }, "The demo's media could not be made");
      })
    : Promise.resolve();

  return {
    taps,
    meetings,
    demo,
    async close() {
      stopWaiting?.();
      demoEnds.abort();
      await taps.close();
      await Promise.all([meetings.close(databasePatienceMs), films.stop(), materialFilms.stop(), demo]);
      await boss.stop({ graceful: false });
      await pool.end();
    },
  };
}

/** On this machine: what listens on all addresses is reached by loopback. */
function serverUrlOf({ host, port, tls }: Settings): string {
  const reached = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  return `${tls ? "https" : "http"}://${isIPv6(reached) ? `[${reached}]` : reached}:${port}`;
}

if (import.meta.main) {
  // What is kept here is nobody else's on this machine to read.
  process.umask(0o077);
  const settings = readSettings(process.env);
  const logger = pino({ level: settings.logLevel, name: "recorder", serializers: { err: describeFault } });
  const starting = startRecorder(settings, logger);
  let ending = false;
  const stop = async () => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(1), endWithinMs).unref();
    const recorder = await starting;
    await recorder.close().catch((err: unknown) => logger.error({ err }, "The recorder did not end cleanly"));
    process.exit(0);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  // Its parent is gone: nobody would end it any more.
  process.on("disconnect", stop);
  await starting;
  process.send?.({ ready: true });
}
