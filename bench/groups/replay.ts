/**
 * From the end of a meeting to the first frame of its replay, in the real page with an empty cache: the last turn's file
 * is finished and the end appended, then the page is opened. The meetings are as long as they say, but written faster
 * than they would have been spoken: RTP of a real encoder through the recorder's own writer, with a clock of its own.
 */
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import type { SentPacket } from "../../frames/sent.ts";
import { addRecording, endRecording } from "../../recorder/recordings.ts";
import { TurnFile } from "../../recorder/turnFile.ts";
import type { RunningServer } from "../../server/main.ts";
import { newId } from "../../tests/support/meetings.ts";
import { type RecordedMeeting, recordedMeeting } from "../../tests/support/recordedMeeting.ts";
import { drawnAt, leave, openBrowser, openPage } from "../chromium.ts";
import { encodedSpeaker, endlessly } from "../crowd/source.ts";
import { type Group, median, percentile, quick, round } from "../measure.ts";
import { type BenchDatabase, startBenchServer, startDatabase } from "../world.ts";

const lengths = [
  { minutes: 1, turns: 4, times: quick ? 2 : 6 },
  { minutes: 10, turns: 40, times: quick ? 1 : 6 },
  { minutes: 60, turns: 120, times: quick ? 1 : 3 },
];

const group: Group = {
  name: "replay",
  async run(say) {
    const database = await startDatabase();
    const server = await startBenchServer(database);
    const browser = await openBrowser();
    try {
      const packets = await encodedSpeaker();
      const world = { database, server, browser, packets };
      // The first one loads and compiles what all need.
      await ready(world, 1, 2);
      let shortest: number | undefined;
      for (const { minutes, turns, times } of lengths) {
        const samples: number[] = [];
        for (let at = 0; at < times; at += 1) samples.push(await ready(world, minutes, turns));
        const p50 = median(samples);
        shortest ??= p50;
        say({
          name: `replay.ready.${minutes}min`,
          value: round(p50),
          unit: "ms",
          ratio: round(p50 / shortest),
          against: `1 minute ${round(shortest)} ms`,
          n: times,
          note: `${turns} turns; from ${round(Math.min(...samples))} to ${round(percentile(samples, 1))} ms`,
        });
      }
    } finally {
      await browser.close();
      await server.close();
      await database.end();
    }
  },
};
export default group;

interface World {
  database: BenchDatabase;
  server: RunningServer;
  browser: Browser;
  packets: readonly SentPacket[];
}

async function ready({ database, server, browser, packets }: World, minutes: number, turns: number): Promise<number> {
  const mediaFolder = join(database.folder, "media");
  const meeting = await recordedMeeting(database.pool, mediaFolder, { ines: {}, olli: {} });
  await database.pool.query("update meetings set replay_audience = 'link' where id = $1", [meeting.id]);
  const turnMs = (minutes * 60_000) / turns;
  const page = await openPage(browser);
  try {
    for (let at = 1; at < turns; at += 1) await (await speak(meeting, at, turnMs))();
    const finish = await speak(meeting, turns, turnMs);
    await meeting.keep();
    const endedAt = Date.now();
    await finish();
    meeting.story.ended();
    await meeting.keep();
    await page.goto(`${server.url}/r/${meeting.code}`, { waitUntil: "commit" });
    return (await drawnAt(page)) - endedAt;
  } finally {
    await leave(page);
    await rm(join(mediaFolder, meeting.id), { recursive: true, force: true });
  }

  /** A turn with its row and its file, still being written; answers with how it ends. */
  async function speak({ id: meetingId, story }: RecordedMeeting, count: number, ms: number) {
    const seat = count % 2 === 0 ? "ines" : "olli";
    story.raises(seat);
    const [id, startedAt] = [newId(), story.now];
    const path = join(meetingId, `${id}.webm`);
    await mkdir(join(mediaFolder, meetingId), { recursive: true });
    await addRecording(database.pool, {
      ...{ id, meeting: meetingId, turn: story.turnOf(seat), seat, kind: "speaker", path, startedAt },
    });
    const file = writtenFile(join(mediaFolder, path), startedAt, ms, packets);
    story.jumps(ms);
    return async () => {
      const [part] = (await file.finish()).parts;
      if (!part) throw new Error("Nothing was recorded");
      const { byteLength: bytes, durationMs } = part;
      await endRecording(database.pool, {
        ...{ id, bytes, lengthMs: Math.round(durationMs), hasSound: true, hasPicture: true },
        ...{ endedAt: startedAt + ms, state: "finished" as const },
      });
      story.finishes(seat);
    };
  }
}

/** Everything of a turn has come, nothing is finished. */
function writtenFile(path: string, startedAtMs: number, ms: number, packets: readonly SentPacket[]): TurnFile {
  const file = new TurnFile({
    path,
    startedAtMs,
    expect: ["audio", "video"],
    wantKeyFrame: () => {},
    stopped: (reason, cause) => {
      throw new Error(`The writer stopped: ${reason}`, { cause });
    },
  });
  for (const { kind, atMs, bytes } of endlessly(packets)) {
    if (atMs > ms) break;
    file.rtp(kind, bytes, startedAtMs + atMs);
  }
  return file;
}
