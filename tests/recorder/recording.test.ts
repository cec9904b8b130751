import { spawnSync } from "node:child_process";
import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { expect } from "chai";
import type { Browser } from "playwright-core";
import { eventually } from "../support/eventually.ts";
import { soundIsLateByMs } from "../support/flashes.ts";
import { openSpeakersBrowser, RecordedRoom, type RecordingRow, type Speaker } from "../support/recordedRoom.ts";
import { decodingErrors, packetTimesMs, probe } from "../support/sampleMedia.ts";

describe("A recorded meeting, with real browsers, a server and a recorder of their own", function () {
  this.timeout(120_000);
  let browser: Browser;
  let room: RecordedRoom;

  before(async () => {
    browser = await openSpeakersBrowser();
  });
  after(async () => {
    await browser?.close();
  });
  beforeEach(async () => {
    room = await RecordedRoom.open();
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await room?.close();
  });

  /** Ana leads, Inês and Eetu take part; everybody has a camera and a microphone. */
  async function people() {
    const meeting = await room.meeting();
    const ana = await room.comes(browser, meeting.code, "Ana", { key: `chair-${meeting.code}` });
    const ines = await room.comes(browser, meeting.code, "Inês");
    await room.isRecorded(meeting.id);
    return { meeting: meeting.id, code: meeting.code, ana, ines };
  }

  const speakFor = async (speaker: Speaker, ms: number) => {
    await speaker.raises();
    await speaker.speaks();
    await new Promise((resolve) => setTimeout(resolve, ms));
    await speaker.finishes();
  };

  const allEnded = (meeting: string) =>
    eventually(async () => (await room.recordings(meeting)).every(({ state }) => state !== "writing"));

  async function isWhole(recording: RecordingRow): Promise<void> {
    expect(await decodingErrors(room.file(recording))).to.equal("");
    const { durationS } = await probe(room.file(recording));
    expect((durationS ?? 0) * 1000).to.be.closeTo(recording.lengthMs ?? 0, 2);
  }

  it("has a file of sound and picture, in time with each other, for each of six turns of two people", async () => {
    const { meeting, ana, ines } = await people();
    for (const speaker of [ines, ana, ines, ana, ines, ana]) await speakFor(speaker, 2_500);
    await ana.does((own) => own.send({ type: "meeting.end" }));
    await eventually(async () => (await room.happened(meeting, "meeting.ended")).length === 1);
    await allEnded(meeting);
    const rows = await room.recordings(meeting);
    const turns = (await room.log(meeting)).flatMap(({ at, event }) =>
      event.type === "floor.turnStarted" ? [{ turn: event.turn, at }] : [],
    );
    expect(rows.map(({ turn, startedAt }) => ({ turn, at: startedAt }))).to.deep.equal(turns);
    expect(rows.map(({ state }) => state)).to.deep.equal(Array(6).fill("finished"));
    const late: number[] = [];
    for (const row of rows) {
      expect([row.hasSound, row.hasPicture, row.kind]).to.deep.equal([true, true, "speaker"]);
      await isWhole(row);
      const sound = await packetTimesMs(room.file(row), "a");
      const picture = await packetTimesMs(room.file(row), "v");
      late.push(...(await soundIsLateByMs(room.file(row))));
      say(`first sound ${sound[0]} ms, first picture ${picture[0]} ms, ${sound.length} sounds in ${row.lengthMs} ms`);
      // Nothing is missing in between: a sound every 20 ms from the first to the last.
      expect(sound.length).to.be.at.least(Math.floor(((sound.at(-1) ?? 0) - (sound[0] ?? 0)) / 20));
    }
    const middle = late.toSorted((one, other) => one - other)[Math.floor(late.length / 2)] ?? Number.NaN;
    say(`sound late by ${late.map(Math.round).join(", ")} ms`);
    expect(late.length).to.be.greaterThan(5);
    expect(Math.abs(middle)).to.be.lessThan(150);
  });

  it("says how far it is while a turn runs, and what is there plays", async () => {
    const { meeting, ines } = await people();
    await ines.raises();
    await eventually(async () => ((await room.recordings(meeting))[0]?.lengthMs ?? 0) > 1_500);
    const [row] = await room.recordings(meeting);
    if (!row) throw new Error("There is no recording");
    expect(row).to.deep.include({ state: "writing", hasSound: true, hasPicture: true });
    const copy = `${room.file(row)}.copy`;
    await writeFile(copy, (await readFile(room.file(row))).subarray(0, row.bytes ?? 0));
    expect(await decodingErrors(copy)).to.equal("");
    expect((await stat(room.file(row))).mode & 0o777).to.equal(0o600);
    expect((await stat(room.mediaFolder)).mode & 0o777).to.equal(0o700);
  });

  it("keeps nothing while everything is frozen, and goes on in a new file afterwards", async () => {
    const { meeting, ana, ines } = await people();
    await ines.raises();
    await ines.speaks();
    await pause(1_500);
    await ana.does((own) => own.send({ type: "meeting.freeze" }));
    await pause(1_500);
    await ana.does((own) => own.send({ type: "meeting.resume" }));
    await speakFor(ines, 1_500);
    await allEnded(meeting);
    const rows = await room.recordings(meeting);
    const [frozen] = await room.happened(meeting, "meeting.frozen");
    const [resumed] = await room.happened(meeting, "meeting.resumed");
    if (!frozen || !resumed) throw new Error("It was not frozen");
    expect(rows.length).to.equal(2);
    const [before, after] = rows;
    // A frame that had begun lasts some ms longer.
    expect((before?.startedAt ?? 0) + (before?.lengthMs ?? 0)).to.be.at.most(frozen.at + 250);
    expect(after?.startedAt).to.be.at.least(resumed.at);
    for (const row of rows) await isWhole(row);
  });

  it("keeps a shared screen in a file of its own", async () => {
    const { meeting, ines } = await people();
    await ines.raises();
    await ines.speaks();
    await ines.does((own) => own.send({ type: "share.start" }));
    expect(await ines.does((own) => own.share())).to.equal(true);
    await pause(2_500);
    await ines.does((own) => own.send({ type: "share.stop" }));
    await pause(500);
    await ines.finishes();
    await allEnded(meeting);
    const rows = await room.recordings(meeting);
    expect(rows.map(({ kind, hasSound, hasPicture }) => [kind, hasSound, hasPicture])).to.deep.equal([
      ["speaker", true, true],
      ["screen", false, true],
    ]);
    const [started] = await room.happened(meeting, "share.started");
    expect(rows[1]?.startedAt).to.equal(started?.at);
    for (const row of rows) await isWhole(row);
  });

  it("records who has no camera by their sound alone", async () => {
    const { meeting, code } = await people();
    const eetu = await room.comes(browser, code, "Eetu", { camera: false });
    await speakFor(eetu, 2_000);
    await allEnded(meeting);
    const [row] = await room.recordings(meeting);
    if (!row) throw new Error("There is no recording");
    expect([row.hasSound, row.hasPicture]).to.deep.equal([true, false]);
    await isWhole(row);
  });

  it("heals after its death in mid-turn, also twice: what was written plays, the meeting says it, the rest follows", async () => {
    const { meeting, ines } = await people();
    await ines.raises();
    await ines.speaks();
    const isWritten = (files: number) =>
      eventually(async () => ((await room.recordings(meeting))[files - 1]?.lengthMs ?? 0) > 1_000);
    for (let killed = 1; killed <= 2; killed += 1) {
      await isWritten(killed);
      await room.recorder.end("SIGKILL");
      await eventually(async () => (await room.happened(meeting, "recording.interrupted")).length === killed);
      expect(await ines.does((own) => own.isSpeaking())).to.equal(true);
      await room.recorder.start();
      await eventually(async () => (await room.happened(meeting, "recording.resumed")).length === killed);
    }
    await isWritten(3);
    await ines.finishes();
    await allEnded(meeting);
    const rows = await room.recordings(meeting);
    expect(rows.map(({ state }) => state)).to.deep.equal(["repaired", "repaired", "finished"]);
    expect(new Set(rows.map(({ turn }) => turn)).size).to.equal(1);
    for (const row of rows) await isWhole(row);
    const ends = rows.map(({ startedAt, lengthMs }) => startedAt + (lengthMs ?? 0));
    for (const [at, row] of rows.entries()) if (at > 0) expect(row.startedAt).to.be.greaterThan(ends[at - 1] ?? 0);
  });

  it("goes on when its media worker is killed", async () => {
    const { meeting, ines } = await people();
    await ines.raises();
    await ines.speaks();
    await eventually(async () => ((await room.recordings(meeting)).at(-1)?.lengthMs ?? 0) > 1_000);
    const [worker] = await childrenOf(room.recorder.pid);
    if (!worker) throw new Error("The recorder has no worker");
    process.kill(worker, "SIGKILL");
    await eventually(async () => (await room.happened(meeting, "recording.resumed")).length === 1);
    await eventually(async () => ((await room.recordings(meeting))[1]?.lengthMs ?? 0) > 1_000);
    await ines.finishes();
    await allEnded(meeting);
    const rows = await room.recordings(meeting);
    expect(rows.map(({ state }) => state)).to.deep.equal(["finished", "finished"]);
    for (const row of rows) await isWhole(row);
  });

  it("goes on with a turn across the death of the server", async () => {
    const { meeting, ines } = await people();
    await ines.raises();
    await ines.speaks();
    await eventually(async () => ((await room.recordings(meeting)).at(-1)?.lengthMs ?? 0) > 1_000);
    await room.server.end("SIGKILL");
    await room.server.start();
    await room.isRecorded(meeting);
    const before = await room.recordings(meeting);
    const soFar = Math.max(...before.map(({ startedAt, lengthMs }) => startedAt + (lengthMs ?? 0)));
    await eventually(async () => {
      const last = (await room.recordings(meeting)).at(-1);
      return (last?.startedAt ?? 0) + (last?.lengthMs ?? 0) > soFar + 2_000;
    });
    await ines.finishes();
    await allEnded(meeting);
    const rows = await room.recordings(meeting);
    expect(rows.length).to.be.greaterThan(1);
    expect(new Set(rows.map(({ turn }) => turn)).size).to.equal(1);
    for (const row of rows.filter(({ state }) => state === "finished")) await isWhole(row);
  });

  it("stops cleanly when the disk is full, says so, and goes on when there is room again", async function () {
    if (!mayMount()) this.skip();
    await room.close();
    room = await RecordedRoom.open({ diskBytes: 48 * 1024 * 1024 });
    const { meeting, ines } = await people();
    await ines.raises();
    await ines.speaks();
    await eventually(async () => ((await room.recordings(meeting)).at(-1)?.lengthMs ?? 0) > 1_000);
    const ballast = `${room.mediaFolder}/ballast`;
    await writeFile(ballast, new Uint8Array(48 * 1024 * 1024)).catch(() => {});
    await eventually(async () => (await room.happened(meeting, "recording.interrupted")).length === 1);
    await allEnded(meeting);
    expect(await ines.does((own) => own.isSpeaking())).to.equal(true);
    await rm(ballast);
    await eventually(async () => (await room.happened(meeting, "recording.resumed")).length === 1);
    await eventually(async () => ((await room.recordings(meeting))[1]?.lengthMs ?? 0) > 1_000);
    await ines.finishes();
    await allEnded(meeting);
    const rows = await room.recordings(meeting);
    expect(rows.map(({ state }) => state)).to.deep.equal(["finished", "finished"]);
    for (const row of rows) expect(await decodingErrors(room.file(row))).to.equal("");
  });

  it("goes on recording when the database drops every connection", async () => {
    const { meeting, ana, ines } = await people();
    await speakFor(ines, 1_000);
    await room.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    );
    // The next click may be the one that finds out.
    await eventually(async () => "ok" in (await ana.raises()) || (await ana.does((own) => own.isSpeaking())));
    await ana.speaks();
    await eventually(async () => ((await room.recordings(meeting)).at(-1)?.lengthMs ?? 0) > 1_000);
    await ana.finishes();
    await eventually(async () => {
      const rows = await room.recordings(meeting);
      return rows.length >= 2 && rows.every(({ state }) => state !== "writing");
    });
    for (const row of (await room.recordings(meeting)).filter(({ state }) => state === "finished")) await isWhole(row);
  });

  it("finishes its files when it is told to end", async () => {
    const { meeting, ines } = await people();
    await ines.raises();
    await ines.speaks();
    await eventually(async () => ((await room.recordings(meeting)).at(-1)?.lengthMs ?? 0) > 1_000);
    expect(await room.recorder.end("SIGTERM")).to.equal(0);
    const [row] = await room.recordings(meeting);
    if (!row) throw new Error("There is no recording");
    expect(row.state).to.equal("finished");
    await isWhole(row);
  });
});

/** Whether this kernel lets an ordinary user mount a disk of their own. */
function mayMount(): boolean {
  const tried = spawnSync("unshare", ["--user", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]);
  return tried.status === 0;
}

/** Process ids, from the kernel. */
async function childrenOf(pid: number | undefined): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8");
  return text.split(" ").filter(Boolean).map(Number);
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function say(text: string): void {
  if (process.env.TEST_LOG) process.stderr.write(`    ${text}\n`);
}
