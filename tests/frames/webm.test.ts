import { expect } from "chai";
import fc from "fast-check";
import { concat, ID, idBytes } from "../../frames/webm/ebml.ts";
import { readWebm, type WebmFile } from "../../frames/webm/read.ts";
import { planRepair, repaired } from "../../frames/webm/repair.ts";
import { type WebmFrame, WebmWriter, type WebmWriterOptions } from "../../frames/webm/write.ts";

function audio(timeMs: number, content: readonly number[] = []): WebmFrame {
  return { kind: "audio", timeMs, parts: [Uint8Array.from([0x78, 1, 2, ...content])] };
}

function video(timeMs: number, keyFrame: boolean, content: readonly number[] = []): WebmFrame {
  return {
    kind: "video",
    timeMs,
    keyFrame,
    width: 320,
    height: 240,
    parts: [Uint8Array.of(9), Uint8Array.from(content)],
  };
}

function bytesOf(frame: WebmFrame): number[] {
  return frame.parts.flatMap((part) => [...part]);
}

interface Written {
  readonly pieces: Uint8Array[];
  /** The file as it is before its ending. */
  readonly live: Uint8Array;
  readonly finished: Uint8Array;
  readonly durationMs: number;
}

function write(frames: readonly WebmFrame[], options: Partial<WebmWriterOptions> = {}): Written {
  const pieces: Uint8Array[] = [];
  const writer = new WebmWriter({ expect: ["audio", "video"], write: (bytes) => pieces.push(bytes), ...options });
  for (const frame of frames) writer.add(frame);
  const ending = writer.finish();
  const live = concat(pieces);
  const finished = concat([live, ending?.tail ?? new Uint8Array(0)]);
  if (ending !== null) finished.set(ending.patch.bytes, ending.patch.at);
  return { pieces, live, finished, durationMs: ending?.durationMs ?? 0 };
}

function read(bytes: Uint8Array): WebmFile {
  const webm = readWebm(bytes);
  if (webm === null) throw new Error("not WebM");
  return webm;
}

/** The blocks as `[track, timeMs, keyFrame, ...bytes]`. */
function blocks(bytes: Uint8Array): unknown[] {
  const webm = read(bytes);
  return webm.blocks.map((block) => [
    block.track,
    block.timeMs,
    block.keyFrame,
    ...bytes.subarray(block.start, block.end),
  ]);
}

/** A second of sound and picture, a key frame at 0 and at 640 ms. */
const SECOND: readonly WebmFrame[] = Array.from({ length: 50 }, (_, at) => [
  ...(at % 2 === 0 ? [video(at * 20, at % 32 === 0, [at])] : []),
  audio(at * 20, [at]),
]).flat();

/** Any frames, mostly in order, sometimes late, sometimes after a pause; the first of the video is a key frame. */
const anyFrames = fc
  .array(
    fc.record({
      isVideo: fc.boolean(),
      keyFrame: fc.boolean(),
      stepMs: fc.oneof(
        { weight: 9, arbitrary: fc.integer({ min: -30, max: 60 }) },
        fc.integer({ min: 0, max: 40_000 }),
      ),
      content: fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 300 }),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((described) => {
    let timeMs = 0;
    let sawVideo = false;
    return described.map(({ isVideo, keyFrame, stepMs, content }) => {
      timeMs += stepMs;
      if (!isVideo) return audio(timeMs, content);
      const frame = video(timeMs, keyFrame || !sawVideo, content);
      sawVideo = true;
      return frame;
    });
  });

describe("The WebM writer", () => {
  it("writes once per cluster, clusters of half a second, and a new one at a key frame", () => {
    const { pieces, live } = write(SECOND);
    const { clusters, blocks } = read(live);
    expect(pieces.length).to.equal(clusters.length);
    const starts = clusters.map((_, at) => blocks.find(({ cluster }) => cluster === at)?.timeMs);
    expect(starts).to.deep.equal([0, 500, 640]);
    expect(pieces.slice(1).map((piece) => [...piece.subarray(0, 4)])).to.deep.equal([
      [...idBytes(ID.Cluster)],
      [...idBytes(ID.Cluster)],
    ]);
  });

  it("writes a cluster while the next is filling, and not only at the end", () => {
    const pieces: Uint8Array[] = [];
    const writer = new WebmWriter({ expect: ["audio"], write: (bytes) => pieces.push(bytes) });
    for (let ms = 0; ms <= 480; ms += 20) writer.add(audio(ms));
    expect(pieces.length).to.equal(0);
    writer.add(audio(500));
    expect(pieces.length).to.equal(1);
    expect(blocks(concat(pieces)).length).to.equal(25);
  });

  it("waits for a track that lags, but no longer than it is told", () => {
    const pieces: Uint8Array[] = [];
    const writer = new WebmWriter({ expect: ["audio", "video"], write: (bytes) => pieces.push(bytes), lateMs: 250 });
    writer.add(video(0, true));
    for (let ms = 0; ms <= 740; ms += 20) writer.add(audio(ms));
    expect(pieces.length).to.equal(0);
    writer.add(video(450, false));
    writer.add(audio(760));
    expect(pieces.length).to.equal(1);
    const order = read(concat(pieces)).blocks.map(({ timeMs }) => timeMs);
    expect(order).to.deep.equal([...order].sort((a, b) => a - b));
    expect(order).to.include(450);
  });

  it("gives a frame that comes after its cluster was written the time of the last one written", () => {
    const { live } = write([video(0, true), audio(0), audio(480), audio(1000), audio(1250), video(100, false)]);
    expect(read(live).blocks.map(({ track, timeMs }) => [track, timeMs])).to.deep.equal([
      [2, 0],
      [1, 0],
      [1, 480],
      [2, 480],
      [1, 1000],
      [1, 1250],
    ]);
  });

  it("moves a frame that is not later than the one before it in its track, and one from before the beginning", () => {
    const { live } = write([audio(-40), audio(-20), audio(0), audio(20.4)]);
    expect(read(live).blocks.map(({ timeMs }) => timeMs)).to.deep.equal([0, 1, 2, 20]);
  });

  it("declares sound that is expected though it never came, and video only when it came", () => {
    const tracks = (frames: readonly WebmFrame[], expected: readonly ("audio" | "video")[]) =>
      read(write(frames, { expect: expected }).live).tracks.map(({ kind }) => kind);
    expect(tracks([video(0, true)], ["audio", "video"])).to.deep.equal(["audio", "video"]);
    expect(tracks([video(0, true)], ["video"])).to.deep.equal(["video"]);
    expect(tracks([audio(0)], ["audio", "video"])).to.deep.equal(["audio"]);
    expect(tracks([audio(0), video(0, true)], ["audio"])).to.deep.equal(["audio", "video"]);
  });

  it("holds the head until the camera's first key frame, or as long as it is told", () => {
    const pieces: Uint8Array[] = [];
    const writer = new WebmWriter({ expect: ["audio", "video"], holdMs: 1000, write: (bytes) => pieces.push(bytes) });
    for (let ms = 0; ms < 1000; ms += 20) writer.add(audio(ms));
    expect(pieces.length).to.equal(0);
    expect(writer.add(video(900, true))).to.equal("taken");
    writer.flush();
    expect(writer.tracks).to.deep.equal(["audio", "video"]);

    const alone = new WebmWriter({ expect: ["audio", "video"], holdMs: 1000, write: () => {} });
    for (let ms = 0; ms <= 1000; ms += 20) alone.add(audio(ms));
    expect(alone.tracks).to.deep.equal(["audio"]);
    expect(alone.add(video(1010, false))).to.equal("dropped");
    expect(alone.add(video(1010, true))).to.equal("needsNewPart");
    expect(alone.add(audio(1020))).to.equal("taken");
  });

  it("puts the head to disk together with the first picture it declares", () => {
    const pieces: Uint8Array[] = [];
    const writer = new WebmWriter({ expect: ["audio", "video"], write: (bytes) => pieces.push(bytes) });
    for (let ms = 0; ms < 900; ms += 20) writer.add(audio(ms));
    writer.add(video(900, true));
    for (let ms = 900; ms < 2_000; ms += 20) writer.add(audio(ms));
    expect(pieces.length).to.be.above(1);
    expect(read(pieces[0] ?? new Uint8Array(0)).blocks.filter(({ track }) => track === 2)).to.have.lengthOf(1);
  });

  it("drops video before its first key frame", () => {
    const writer = new WebmWriter({ expect: ["video"], write: () => {} });
    expect(writer.add(video(0, false))).to.equal("dropped");
    expect(writer.add(video(50, true))).to.equal("taken");
  });

  it("writes nothing and has no ending when no frame ever came", () => {
    const writer = new WebmWriter({ expect: ["audio", "video"], write: () => expect.fail("wrote") });
    expect(writer.finish()).to.equal(null);
  });

  it("keeps the date it is given", () => {
    const { live } = write([audio(0)], { startedAtMs: Date.UTC(2001, 0, 1, 0, 0, 1) });
    const oneSecond = [0x44, 0x61, 0x88, 0, 0, 0, 0, 0x3b, 0x9a, 0xca, 0];
    expect(Buffer.from(live).includes(Buffer.from(oneSecond))).to.equal(true);
  });

  it("for any frames: the reader finds each of them once, in its track's order, at times that never step back", () => {
    fc.assert(
      fc.property(anyFrames, (frames) => {
        const { finished, durationMs } = write(frames, { holdMs: 1e9 });
        const webm = read(finished);
        expect(webm.tornAt).to.equal(null);
        expect(webm.finished).to.equal(true);
        expect(webm.declaredDurationMs).to.equal(durationMs);
        expect(webm.durationMs).to.equal(durationMs);
        let last = 0;
        const lastOf: Record<number, number> = {};
        for (const { track, timeMs } of webm.blocks) {
          expect(timeMs).to.be.at.least(last);
          expect(timeMs).to.be.greaterThan(lastOf[track] ?? -1);
          last = timeMs;
          lastOf[track] = timeMs;
        }
        for (const [number, kind] of [
          [1, "audio"],
          [2, "video"],
        ] as const) {
          const sent = frames.filter((frame) => frame.kind === kind).map(bytesOf);
          const found = webm.blocks
            .filter(({ track }) => track === number)
            .map(({ start, end }) => [...finished.subarray(start, end)]);
          // Within a track the writer may sort late frames in front of others.
          expect(found.map(String).sort()).to.deep.equal(sent.map(String).sort());
        }
      }),
    );
  });

  it("keeps the time of every frame that is in order to the millisecond", () => {
    const steps = fc.array(fc.record({ isVideo: fc.boolean(), stepMs: fc.integer({ min: 1, max: 900 }) }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(steps, (described) => {
        let timeMs = 0;
        const frames = described.map(({ isVideo, stepMs }, at) => {
          timeMs += stepMs;
          return isVideo ? video(timeMs, true, [at & 255]) : audio(timeMs, [at & 255]);
        });
        const { finished } = write(frames, { holdMs: 1e9 });
        expect(blocks(finished)).to.deep.equal(
          frames.map((frame) => [frame.kind === "audio" ? 1 : 2, frame.timeMs, true, ...bytesOf(frame)]),
        );
      }),
    );
  });
});

describe("The ending of a WebM file", () => {
  it("has an index that points at the clusters with key frames", () => {
    const { finished } = write(SECOND);
    const { layout, clusters, blocks } = read(finished);
    const cues = Buffer.from(finished).lastIndexOf(Buffer.from(idBytes(ID.Cues)));
    const found = [...finished.subarray(cues)];
    for (const { cluster } of blocks.filter(({ track, keyFrame }) => track === 2 && keyFrame)) {
      const position = (clusters[cluster]?.at ?? 0) - (layout?.segmentAt ?? 0);
      const cue =
        position < 256
          ? [ID.CueClusterPosition, 0x81, position]
          : [ID.CueClusterPosition, 0x82, position >> 8, position & 255];
      expect(found.join(), `cluster at ${position}`).to.include(cue.join());
    }
  });

  it("counts the last frame's own length", () => {
    expect(write([audio(0), audio(20)]).durationMs).to.equal(40);
    expect(write([video(0, true), video(50, false)], { expect: ["video"] }).durationMs).to.equal(100);
  });
});

describe("The WebM reader", () => {
  it("answers null to what is no WebM", () => {
    expect(readWebm(new Uint8Array(0))).to.equal(null);
    expect(readWebm(Uint8Array.of(1, 2, 3))).to.equal(null);
    expect(readWebm(write(SECOND).live.subarray(0, 60))).to.equal(null);
  });

  it("never throws and always ends, whatever bytes are wrong", () => {
    const { finished } = write(SECOND);
    fc.assert(
      fc.property(fc.nat(finished.length - 1), fc.uint8Array({ minLength: 1, maxLength: 30 }), (at, noise) => {
        const bytes = finished.slice();
        bytes.set(noise.subarray(0, bytes.length - at), at);
        readWebm(bytes);
        planRepair(bytes);
      }),
    );
  });

  it("reads clusters of unknown size and block groups, as browsers write them", () => {
    const { live } = write(SECOND);
    const { clusters } = read(live);
    const asLive = live.slice();
    for (const { sizeAt } of clusters) asLive.set([0x1f, 0xff, 0xff, 0xff], sizeAt);
    const webm = read(asLive);
    expect(webm.tornAt).to.equal(null);
    expect(webm.blocks).to.deep.equal(read(live).blocks);

    const first = clusters[0];
    const group = Uint8Array.from([ID.BlockGroup, 0x8c, ID.Block, 0x85, 0x82, 0, 7, 0, 99, ID.BlockDuration, 0x81, 40]);
    const withGroup = concat([
      live,
      idBytes(ID.Cluster),
      Uint8Array.from([0x91, ID.Timestamp, 0x81, 200, ...group, ID.Void, 0x80]),
    ]);
    expect(first?.whole).to.equal(true);
    const block = read(withGroup).blocks.at(-1);
    expect(block).to.include({ track: 2, timeMs: 207, keyFrame: true });
    expect([...withGroup.subarray(block?.start, block?.end)]).to.deep.equal([99]);
  });
});

describe("A torn WebM file", () => {
  const { live, finished, durationMs } = write(SECOND);
  const whole = read(live);

  it("is read, wherever it is cut off, up to the last whole block", () => {
    const firstCluster = whole.clusters[0]?.at ?? 0;
    for (let length = firstCluster; length <= live.length; length += 1) {
      const torn = read(live.subarray(0, length));
      expect(torn.blocks, `${length} bytes`).to.deep.equal(whole.blocks.filter(({ end }) => end <= length));
    }
  });

  it("is repaired, wherever it is cut off, into a finished file with all whole blocks", () => {
    const firstBlock = whole.blocks[0]?.end ?? 0;
    for (let length = firstBlock; length < finished.length; length += 7) {
      const torn = finished.subarray(0, length);
      const plan = planRepair(torn);
      if ("refused" in plan) throw new Error(plan.refused);
      const mended = repaired(torn, plan);
      const webm = read(mended);
      expect(webm.finished, `${length} bytes`).to.equal(true);
      expect(webm.blocks).to.deep.equal(whole.blocks.filter(({ end }) => end <= length));
      expect(webm.declaredDurationMs).to.equal(webm.durationMs);
      expect(planRepair(mended)).to.deep.equal({ refused: "finished" });
    }
  });

  it("is repaired into the very file that its writer would have finished", () => {
    const plan = planRepair(live);
    if ("refused" in plan) throw new Error(plan.refused);
    expect(plan.durationMs).to.equal(durationMs);
    expect(Buffer.compare(repaired(live, plan), finished)).to.equal(0);
  });

  it("is repaired without the track of which not a frame is left", () => {
    const { live: late } = write([...SECOND.filter(({ kind }) => kind === "audio"), video(990, true, [7])]);
    const whole = read(late);
    const beforePicture = whole.blocks.find(({ track }) => track === 2)?.start ?? 0;
    const plan = planRepair(late.subarray(0, beforePicture));
    if ("refused" in plan) throw new Error(plan.refused);
    expect(plan.tracks).to.deep.equal(["audio"]);
    const mended = read(repaired(late.subarray(0, beforePicture), plan));
    expect(mended.tracks.map(({ kind }) => kind)).to.deep.equal(["audio"]);
    expect(mended.blocks).to.deep.equal(whole.blocks.filter(({ end }) => end < beforePicture));
    expect(mended.finished).to.equal(true);
  });

  it("may have been torn during its repair", () => {
    const plan = planRepair(live);
    if ("refused" in plan) throw new Error(plan.refused);
    const appended = concat([live, plan.tail]);
    for (const halfway of [appended, appended.subarray(0, appended.length - 3)]) {
      const again = planRepair(halfway);
      if ("refused" in again) throw new Error(again.refused);
      expect(Buffer.compare(repaired(halfway, again), finished)).to.equal(0);
    }
  });

  it("with zeros at its end, as a power cut leaves it, is cut before them", () => {
    const plan = planRepair(concat([live, new Uint8Array(5000)]));
    if ("refused" in plan) throw new Error(plan.refused);
    expect(plan.cutAt).to.equal(live.length);
  });

  it("is not touched when it is finished, another writer's, or has not a single frame", () => {
    expect(planRepair(finished)).to.deep.equal({ refused: "finished" });
    expect(planRepair(Uint8Array.of(1, 2, 3))).to.deep.equal({ refused: "notOurs" });
    expect(planRepair(live.subarray(0, whole.clusters[0]?.at))).to.deep.equal({ refused: "empty" });
  });
});
