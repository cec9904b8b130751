import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { SeatClock } from "../../frames/clock.ts";
import { OPUS_CLOCK_RATE, opusFrame } from "../../frames/opus.ts";
import { ReorderBuffer } from "../../frames/reorder.ts";
import { parseRtp } from "../../frames/rtp.ts";
import { VP8_CLOCK_RATE, Vp8Depacketizer } from "../../frames/vp8.ts";
import { concat } from "../../frames/webm/ebml.ts";
import { readWebm } from "../../frames/webm/read.ts";
import { planRepair, repaired } from "../../frames/webm/repair.ts";
import { WebmWriter } from "../../frames/webm/write.ts";
import {
  asRtp,
  decodingErrors,
  packetTimesMs,
  probe,
  type SampleFrame,
  type SentPacket,
  sampleFrames,
} from "../support/sampleMedia.ts";

interface Arrival extends SentPacket {
  readonly atMs: number;
}

/** RTP through the whole chain into a file's bytes: live, and finished. */
function record(arrivals: readonly Arrival[]): { live: Uint8Array; finished: Uint8Array } {
  const buffers = { audio: new ReorderBuffer(), video: new ReorderBuffer() };
  const clock = new SeatClock({ audio: OPUS_CLOCK_RATE, video: VP8_CLOCK_RATE });
  const depacketizer = new Vp8Depacketizer();
  const pieces: Uint8Array[] = [];
  const writer = new WebmWriter({ expect: ["audio", "video"], write: (bytes) => pieces.push(bytes) });
  const take = (kind: "audio" | "video", ordered: ReturnType<ReorderBuffer["drain"]>) => {
    for (const one of ordered) {
      clock.arrived(kind, one.timestamp, one.atMs);
      const frame = kind === "video" ? depacketizer.push(one) : opusFrame(one);
      const timeMs = frame && clock.timeOf(kind, frame.timestamp);
      if (frame !== null && timeMs !== null) writer.add({ ...frame, timeMs });
    }
  };
  for (const { kind, bytes, atMs } of arrivals) {
    const packet = parseRtp(bytes);
    if (packet !== null) take(kind, buffers[kind].push(packet, atMs));
  }
  take("audio", buffers.audio.drain());
  take("video", buffers.video.drain());
  const ending = writer.finish();
  const live = concat(pieces);
  if (ending === null) return { live, finished: live };
  const finished = concat([live, ending.tail]);
  finished.set(ending.patch.bytes, ending.patch.at);
  return { live, finished };
}

function contents(bytes: Uint8Array, track: number): Uint8Array[] {
  const blocks = readWebm(bytes)?.blocks ?? [];
  return blocks.filter((block) => block.track === track).map(({ start, end }) => bytes.slice(start, end));
}

describe("Real VP8 and Opus", function () {
  this.timeout(60_000);

  let folder = "";
  let frames: SampleFrame[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "twinlight-frames-"));
    frames = await sampleFrames(6);
  });

  after(() => rm(folder, { recursive: true }));

  async function saved(name: string, bytes: Uint8Array): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, bytes);
    return path;
  }

  function sent(kind: "audio" | "video"): Uint8Array[] {
    return frames.filter((frame) => frame.kind === kind).map(({ bytes }) => Uint8Array.from(bytes));
  }

  it("come through RTP and reordering into a file that plays, with every byte, the right length and in time", async () => {
    // Every seventh packet is 60 ms late: nothing is lost.
    const arrivals = asRtp(frames)
      .map((packet, at) => ({ ...packet, atMs: packet.sentMs + 20 + (at % 7 === 3 ? 60 : 0) }))
      .sort((a, b) => a.atMs - b.atMs);
    const { live, finished } = record(arrivals);
    expect(contents(finished, 1)).to.deep.equal(sent("audio"));
    expect(contents(finished, 2)).to.deep.equal(sent("video"));

    for (const path of [await saved("live.webm", live), await saved("finished.webm", finished)]) {
      expect(await decodingErrors(path), path).to.equal("");
      const { streams } = await probe(path);
      expect(streams.map(({ codec, packets }) => [codec, packets])).to.deep.equal([
        ["opus", sent("audio").length],
        ["vp8", sent("video").length],
      ]);
    }
    const { durationS } = await probe(join(folder, "finished.webm"));
    expect(durationS).to.be.closeTo(6, 0.1);
    for (const [stream, kind] of [
      ["a", "audio"],
      ["v", "video"],
    ] as const) {
      const times = await packetTimesMs(join(folder, "finished.webm"), stream);
      const expected = frames.filter((frame) => frame.kind === kind).map(({ timeMs }) => timeMs + 20);
      times.forEach((timeMs, at) => {
        expect(timeMs, `${kind} frame ${at}`).to.be.closeTo(expected[at] ?? Number.NaN, 2);
      });
    }
  });

  it("lose with a packet only what depends on it, and decode without a fault", async () => {
    // The frames of one key frame to the next: 2 s. A packet is lost at 2.5 s.
    const lost = asRtp(frames).find(({ kind, sentMs }) => kind === "video" && sentMs >= 2500);
    const arrivals = asRtp(frames)
      .filter((packet) => packet.sentMs !== lost?.sentMs || packet.kind === "audio")
      .map((packet) => ({ ...packet, atMs: packet.sentMs }));
    const path = await saved("lossy.webm", record(arrivals).finished);
    expect(await decodingErrors(path)).to.equal("");
    const times = await packetTimesMs(path, "v");
    const missing = times.filter((timeMs) => timeMs > 2500 && timeMs < 3990);
    expect(missing).to.deep.equal([]);
    expect(times.some((timeMs) => timeMs >= 3990 && timeMs < 4100)).to.equal(true);
    expect(contents(record(arrivals).finished, 1)).to.deep.equal(sent("audio"));
  });

  it("are whole again after a torn file is repaired", async () => {
    const arrivals = asRtp(frames).map((packet) => ({ ...packet, atMs: packet.sentMs }));
    const { live } = record(arrivals);
    const torn = live.subarray(0, Math.floor(live.length * 0.6));
    const plan = planRepair(torn);
    if ("refused" in plan) throw new Error(plan.refused);
    const path = await saved("mended.webm", repaired(torn, plan));
    expect(await decodingErrors(path)).to.equal("");
    const { durationS } = await probe(path);
    expect(durationS).to.be.closeTo(plan.durationMs / 1000, 0.001);
  });
});
