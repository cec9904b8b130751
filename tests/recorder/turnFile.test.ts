import { execFileSync, spawn } from "node:child_process";
import { copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { writeSenderReport } from "../../frames/rtp.ts";
import type { TrackKind } from "../../frames/webm/head.ts";
import { repairWebm } from "../../recorder/repair.ts";
import { type RecordedTurn, TurnFile, type TurnFileOptions } from "../../recorder/turnFile.ts";
import {
  asRtp,
  decodingErrors,
  packetTimesMs,
  probe,
  RTP_START_MS,
  SAMPLE_SSRC,
  type SampleFrame,
  type SentPacket,
  sampleFrames,
} from "../support/sampleMedia.ts";

const CHILD = new URL("./turnFileChild.ts", import.meta.url).pathname;

/** Runs the recording process under a shell line in which `"$@"` stands for it, and hands its lines over as they come. */
function startChild(shell: string, path: string, seconds: number, speed: number, heard: (line: ChildLine) => void) {
  const args = [process.execPath, CHILD, path, String(seconds), String(speed)];
  const child = spawn("sh", ["-c", shell, "sh", ...args], { stdio: ["ignore", "pipe", "inherit"] });
  let rest = "";
  child.stdout.on("data", (chunk) => {
    const lines = `${rest}${chunk}`.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) heard(JSON.parse(line));
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  return { child, ended };
}

interface ChildLine {
  readonly onDiskMs?: number;
  readonly stopped?: string;
  readonly finished?: RecordedTurn;
}

function mayMount(): boolean {
  try {
    execFileSync("unshare", ["--user", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], {
      stdio: "ignore",
    });
    return true;
  } catch {
    return false;
  }
}

describe("The recording of a turn", function () {
  this.timeout(60_000);

  let folder = "";
  let frames: SampleFrame[] = [];

  before(async () => {
    frames = await sampleFrames(6);
  });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "twinlight-turn-"));
  });

  afterEach(() => rm(folder, { recursive: true }));

  function begin(options: Partial<TurnFileOptions> = {}): TurnFile {
    return new TurnFile({
      path: join(folder, "turn.webm"),
      startedAtMs: RTP_START_MS,
      expect: ["audio", "video"],
      wantKeyFrame: () => {},
      stopped: (reason, cause) => expect.fail(`${reason}: ${cause}`),
      ...options,
    });
  }

  function feed(
    turn: TurnFile,
    packets: readonly SentPacket[],
    delayMs: (packet: SentPacket) => number = () => 0,
  ): void {
    const arrivals = packets.map((packet) => ({ packet, atMs: packet.sentMs + delayMs(packet) }));
    let tickedMs = 0;
    for (const { packet, atMs } of arrivals.sort((a, b) => a.atMs - b.atMs)) {
      for (; tickedMs < atMs; tickedMs += 50) turn.tick(RTP_START_MS + tickedMs);
      turn.rtp(packet.kind, packet.bytes, RTP_START_MS + atMs);
    }
  }

  function count(kind: TrackKind): number {
    return frames.filter((frame) => frame.kind === kind).length;
  }

  it("is one file with all sound and pictures, an index and the right length", async () => {
    const turn = begin();
    feed(turn, asRtp(frames), ({ sentMs }) => (sentMs % 7 === 0 ? 70 : 0));
    const { parts, lostPackets, stopReason } = await turn.finish();
    expect(stopReason).to.equal(null);
    expect(lostPackets).to.deep.equal({ audio: 0, video: 0 });
    const [part] = parts;
    expect(parts.length).to.equal(1);
    expect(part).to.deep.include({
      path: join(folder, "turn.webm"),
      fromMs: 0,
      tracks: ["audio", "video"],
      finished: true,
    });
    expect(part?.byteLength).to.equal((await stat(join(folder, "turn.webm"))).size);
    expect(await decodingErrors(join(folder, "turn.webm"))).to.equal("");
    const { durationS, streams } = await probe(join(folder, "turn.webm"));
    expect(durationS).to.be.closeTo((part?.durationMs ?? 0) / 1000, 0.001);
    expect(durationS).to.be.closeTo(6, 0.1);
    expect(streams.map(({ packets }) => packets)).to.deep.equal([count("audio"), count("video")]);
  });

  it("has its time 0 at the turn's start: what comes later stands where it came, sound from before is left out", async () => {
    const early = begin({ startedAtMs: RTP_START_MS - 700 });
    feed(early, asRtp(frames));
    await early.finish();
    const [first] = await packetTimesMs(join(folder, "turn.webm"), "a");
    expect(first).to.be.closeTo(700, 2);

    const late = begin({ startedAtMs: RTP_START_MS + 1000, path: join(folder, "late.webm") });
    feed(late, asRtp(frames));
    const { parts } = await late.finish();
    expect(parts[0]?.durationMs).to.be.closeTo(5000, 100);
    const sound = await packetTimesMs(join(folder, "late.webm"), "a");
    expect(sound[0]).to.be.within(0, 20);
    expect(sound.length).to.be.closeTo(count("audio") - 50, 1);
    // The pictures from before the start crowd at 0: without them those after it could not be decoded.
    expect((await packetTimesMs(join(folder, "late.webm"), "v")).length).to.equal(count("video"));
    expect(await decodingErrors(join(folder, "late.webm"))).to.equal("");
  });

  it("lays picture and sound to each other by the sender's reports, when pictures travel longer", async () => {
    const turn = begin();
    const packets = asRtp(frames);
    for (const kind of ["audio", "video"] as const) {
      const first = packets.find((packet) => packet.kind === kind);
      if (first === undefined) throw new Error(`no ${kind}`);
      turn.rtp(kind, first.bytes, RTP_START_MS + first.sentMs + (kind === "video" ? 120 : 0));
      const rtpTimestamp = new DataView(first.bytes.buffer, first.bytes.byteOffset).getUint32(4);
      turn.rtcp(writeSenderReport({ ssrc: SAMPLE_SSRC[kind], ntpMs: 9_000_000 + first.sentMs, rtpTimestamp }));
    }
    feed(turn, packets, ({ kind }) => (kind === "video" ? 120 : 0));
    await turn.finish();
    const [sound] = await packetTimesMs(join(folder, "turn.webm"), "a");
    const pictures = await packetTimesMs(join(folder, "turn.webm"), "v");
    const sent = frames.find(({ kind }) => kind === "video")?.timeMs ?? 0;
    expect(sound).to.be.closeTo(0, 1);
    expect(pictures.at(20)).to.be.closeTo(sent + 1000, 2);
  });

  it("plays while it is being written", async () => {
    const turn = begin();
    const packets = asRtp(frames);
    feed(
      turn,
      packets.filter(({ sentMs }) => sentMs < 4000),
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { durationMs, byteLength } = turn.writing;
    expect(durationMs).to.be.within(3000, 4000);
    const copy = join(folder, "copy.webm");
    await copyFile(join(folder, "turn.webm"), copy);
    expect((await stat(copy)).size).to.equal(byteLength);
    expect(await decodingErrors(copy)).to.equal("");
    await turn.finish();
  });

  it("goes on in a second part when the camera comes late, and in the same one when it goes and comes again", async () => {
    const lateCamera = asRtp(frames).filter(({ kind, sentMs }) => kind === "audio" || sentMs >= 3990);
    const turn = begin();
    feed(turn, lateCamera);
    const { parts } = await turn.finish();
    expect(parts.map(({ path, tracks }) => [path, tracks])).to.deep.equal([
      [join(folder, "turn.webm"), ["audio"]],
      [join(folder, "turn.2.webm"), ["audio", "video"]],
    ]);
    expect(parts[1]?.fromMs).to.be.closeTo(4000, 20);
    expect((parts[1]?.fromMs ?? 0) + (parts[1]?.durationMs ?? 0)).to.be.closeTo(6000, 100);
    let sound = 0;
    for (const { path } of parts) {
      expect(await decodingErrors(path)).to.equal("");
      sound += (await packetTimesMs(path, "a")).length;
    }
    expect(sound).to.equal(count("audio"));

    const pause = asRtp(frames).filter(({ kind, sentMs }) => kind === "audio" || sentMs < 1000 || sentMs >= 3990);
    const paused = begin({ path: join(folder, "paused.webm") });
    feed(paused, pause);
    expect((await paused.finish()).parts.length).to.equal(1);
    expect(await decodingErrors(join(folder, "paused.webm"))).to.equal("");
  });

  it("records a screen without sound, and sound without a camera", async () => {
    for (const kind of ["audio", "video"] as const) {
      const turn = begin({ expect: [kind], path: join(folder, `${kind}.webm`) });
      feed(
        turn,
        asRtp(frames).filter((packet) => packet.kind === kind),
      );
      const { parts } = await turn.finish();
      expect(parts.map(({ tracks, finished }) => [tracks, finished])).to.deep.equal([[[kind], true]]);
      expect(await decodingErrors(join(folder, `${kind}.webm`))).to.equal("");
    }
  });

  it("asks for a key frame when a picture is lost, and now and then for the sake of seeking", async () => {
    const asked: number[] = [];
    let nowMs = 0;
    const turn = begin({ wantKeyFrame: () => asked.push(nowMs), keyFrameEveryMs: 0 });
    const packets = asRtp(frames).filter(({ kind }) => kind === "video");
    const lostMs = packets.find(({ sentMs }) => sentMs > 2500)?.sentMs;
    for (const packet of packets.filter(({ sentMs }) => sentMs !== lostMs)) {
      nowMs = packet.sentMs;
      turn.rtp("video", packet.bytes, RTP_START_MS + nowMs);
      turn.tick(RTP_START_MS + nowMs);
    }
    const { lostPackets } = await turn.finish();
    expect(lostPackets.video).to.be.greaterThan(0);
    expect(asked[0]).to.be.within(2500, 2900);
    expect(
      asked.every((ms) => ms < 4000),
      `asked at ${asked}`,
    ).to.equal(true);

    const steady: number[] = [];
    const often = begin({
      wantKeyFrame: () => steady.push(nowMs),
      keyFrameEveryMs: 1000,
      path: join(folder, "often.webm"),
    });
    for (const packet of packets) {
      nowMs = packet.sentMs;
      often.rtp("video", packet.bytes, RTP_START_MS + nowMs);
    }
    await often.finish();
    expect(steady[0]).to.be.within(1000, 1100);
  });

  it("leaves no file when nothing came, and gives its answer twice", async () => {
    const turn = begin();
    turn.tick(RTP_START_MS + 5000);
    turn.rtp("audio", Uint8Array.of(1, 2, 3), RTP_START_MS);
    const answer = await turn.finish();
    expect(answer).to.deep.equal({ parts: [], lostPackets: { audio: 0, video: 0 }, stopReason: null });
    expect(await turn.finish()).to.equal(answer);
    expect(await readdir(folder)).to.deep.equal([]);
  });

  it("never writes over a file that is there", async () => {
    await writeFile(join(folder, "turn.webm"), "evidence");
    const stops: string[] = [];
    const turn = begin({ stopped: (reason) => stops.push(reason) });
    feed(turn, asRtp(frames));
    const { parts, stopReason } = await turn.finish();
    expect({ parts, stopReason, stops }).to.deep.equal({ parts: [], stopReason: "diskFailed", stops: ["diskFailed"] });
    expect(await readFile(join(folder, "turn.webm"), "utf8")).to.equal("evidence");
  });

  it("survives kill -9 at any moment: the file plays, loses nothing that was said to be on disk, and can be finished", async () => {
    for (const killAfterLines of [45, 80, 111]) {
      const path = join(folder, `killed-${killAfterLines}.webm`);
      let lines = 0;
      let onDiskMs = 0;
      const { child, ended } = startChild('exec "$@"', path, 6, 8, (line) => {
        onDiskMs = line.onDiskMs ?? onDiskMs;
        lines += 1;
        if (lines === killAfterLines) child.kill("SIGKILL");
      });
      await ended;
      expect(onDiskMs).to.be.greaterThan(0);
      expect(await decodingErrors(path)).to.equal("");
      const repaired = await repairWebm(path);
      if ("refused" in repaired) throw new Error(repaired.refused);
      expect(repaired.outcome).to.equal("repaired");
      expect(repaired.durationMs).to.be.at.least(onDiskMs);
      expect(await decodingErrors(path)).to.equal("");
      expect((await probe(path)).durationS).to.be.closeTo(repaired.durationMs / 1000, 0.001);
      expect(await repairWebm(path)).to.deep.include({ outcome: "wasFinished", durationMs: repaired.durationMs });
    }
  });

  async function runOutOfRoom(shell: string, path: string): Promise<RecordedTurn> {
    const stops: string[] = [];
    let finished: RecordedTurn | undefined;
    await startChild(shell, path, 8, 50, (line) => {
      if (line.stopped !== undefined) stops.push(line.stopped);
      finished ??= line.finished;
    }).ended;
    expect(stops).to.deep.equal(["diskFull"]);
    if (finished === undefined) throw new Error("the process did not end by itself");
    expect(finished.stopReason).to.equal("diskFull");
    return finished;
  }

  it("stops cleanly at the limit of a file's size: says so once, and what was written plays", async () => {
    const path = join(folder, "limited.webm");
    const { parts } = await runOutOfRoom('ulimit -f 200 && exec "$@"', path);
    expect(parts.length).to.equal(1);
    expect(parts[0]?.durationMs).to.be.greaterThan(1000);
    expect(parts[0]?.byteLength).to.equal((await stat(path)).size);
    expect(await decodingErrors(path)).to.equal("");
  });

  it("stops cleanly on a full disk", async function () {
    // Where the kernel lets nobody mount anything, the limit above has to stand for the full disk.
    if (!mayMount()) this.skip();
    const copy = join(folder, "full.webm");
    const disk = join(folder, "disk");
    const mounted = `mkdir ${disk} && mount -t tmpfs -o size=104k tmpfs ${disk} && "$@"; cp ${disk}/turn.webm ${copy}`;
    const shell = `exec unshare --user --map-root-user --mount sh -c '${mounted}' sh "$@"`;
    const { parts } = await runOutOfRoom(shell, join(disk, "turn.webm"));
    expect(parts[0]?.byteLength).to.equal((await stat(copy)).size);
    expect(await decodingErrors(copy)).to.equal("");
    expect((await packetTimesMs(copy, "v")).length).to.be.greaterThan(10);
  });
});
