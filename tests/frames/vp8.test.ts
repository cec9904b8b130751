import { expect } from "chai";
import fc from "fast-check";
import type { OrderedPacket } from "../../frames/reorder.ts";
import { ReorderBuffer } from "../../frames/reorder.ts";
import type { RtpPacket } from "../../frames/rtp.ts";
import { packetizeVp8, parseVp8KeyFrame, type VideoFrame, Vp8Depacketizer } from "../../frames/vp8.ts";

function keyFrame(content: readonly number[] = [], width = 320, height = 240): Uint8Array {
  return Uint8Array.from([
    ...[0x10, 0, 0, 0x9d, 0x01, 0x2a],
    ...[width & 0xff, width >> 8, height & 0xff, height >> 8],
    ...content,
  ]);
}

function deltaFrame(content: readonly number[] = []): Uint8Array {
  return Uint8Array.from([0x11, ...content]);
}

function joined(frame: VideoFrame): Uint8Array {
  return Uint8Array.from(frame.parts.flatMap((part) => [...part]));
}

/** Frames as packets with running sequence numbers, 3000 ticks apart. */
function packets(frames: readonly Uint8Array[], maxBytes = 24): RtpPacket[] {
  let sequence = 0;
  return frames.flatMap((frame, at) => {
    const payloads = packetizeVp8(frame, { pictureId: at, maxBytes });
    return payloads.map((payload, piece) => ({
      sequence: sequence++,
      timestamp: at * 3000,
      ssrc: 1,
      marker: piece === payloads.length - 1,
      payloadType: 96,
      payload,
    }));
  });
}

function ordered(packet: RtpPacket, lostBefore = 0): OrderedPacket {
  return { packet, timestamp: packet.timestamp, atMs: 0, lostBefore, restarted: false };
}

function withPayload(payload: readonly number[], marker = true, timestamp = 0): OrderedPacket {
  const bytes = Uint8Array.from(payload);
  return ordered({ sequence: 0, timestamp, ssrc: 1, marker, payloadType: 96, payload: bytes });
}

describe("The VP8 depacketizer", () => {
  it("builds a frame from its packets, with the size that its key frame says", () => {
    const frame = keyFrame([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], 1280, 720);
    const depacketizer = new Vp8Depacketizer();
    const out = packets([frame], 16).map((packet) => depacketizer.push(ordered(packet)));
    expect(out.slice(0, -1)).to.deep.equal([null, null]);
    const whole = out.at(-1);
    expect(whole).to.include({ keyFrame: true, width: 1280, height: 720, timestamp: 0 });
    expect(whole && joined(whole)).to.deep.equal(frame);
  });

  it("understands every form of the payload descriptor", () => {
    const frame = [...keyFrame([42])];
    const forms: Record<string, number[]> = {
      "nothing but S": [0x10],
      "7 bits of picture id": [0x90, 0x80, 5],
      "15 bits of picture id": [0x90, 0x80, 0x81, 5],
      "TL0PICIDX, TID and KEYIDX": [0x90, 0xf0, 0x81, 5, 9, 0x40],
      "TID alone": [0x90, 0x20, 0x40],
      "KEYIDX alone": [0x90, 0x10, 0x03],
      "an extension without content": [0x90, 0x00],
    };
    for (const [form, descriptor] of Object.entries(forms)) {
      const whole = new Vp8Depacketizer().push(withPayload([...descriptor, ...frame]));
      expect(whole && [...joined(whole)], form).to.deep.equal(frame);
    }
  });

  it("waits for a key frame at the beginning and after a restart", () => {
    const depacketizer = new Vp8Depacketizer();
    expect(depacketizer.waitingForKeyFrame).to.equal(true);
    expect(depacketizer.push(withPayload([0x10, ...deltaFrame()]))).to.equal(null);
    expect(depacketizer.push(withPayload([0x10, ...keyFrame()]))).to.not.equal(null);
    expect(depacketizer.waitingForKeyFrame).to.equal(false);
    const restarted = { ...withPayload([0x10, ...deltaFrame()]), restarted: true };
    expect(depacketizer.push(restarted)).to.equal(null);
    expect(depacketizer.waitingForKeyFrame).to.equal(true);
  });

  it("drops everything between a loss and the next key frame", () => {
    const sent = packets([
      keyFrame(),
      deltaFrame([1]),
      deltaFrame([2]),
      deltaFrame([3]),
      keyFrame([4]),
      deltaFrame([5]),
    ]);
    const depacketizer = new Vp8Depacketizer();
    const times = sent
      .filter((_, at) => at !== 2)
      .map((packet, at) => depacketizer.push(ordered(packet, at === 2 ? 1 : 0)))
      .map((frame) => frame?.timestamp);
    expect(times).to.deep.equal([0, 3000, undefined, 12_000, 15_000]);
  });

  it("goes on after the loss of packets that were no part of a frame, when the picture ids prove it", () => {
    const sent = packets([keyFrame(), deltaFrame([1])]);
    const depacketizer = new Vp8Depacketizer();
    const out = sent.map((packet, at) => depacketizer.push(ordered(packet, at === 1 ? 3 : 0)));
    expect(out.map((frame) => frame?.timestamp)).to.deep.equal([0, 3000]);
  });

  it("does not take as many losses as there are picture ids for none", () => {
    const depacketizer = new Vp8Depacketizer();
    depacketizer.push(withPayload([0x90, 0x80, 5, ...keyFrame()]));
    const later = { ...withPayload([0x90, 0x80, 6, ...deltaFrame()], true, 3000), lostBefore: 128 };
    expect(depacketizer.push(later)).to.equal(null);
    expect(depacketizer.waitingForKeyFrame).to.equal(true);
  });

  it("gives nothing out for a key frame without its start code, and for a descriptor without a frame", () => {
    const depacketizer = new Vp8Depacketizer();
    expect(depacketizer.push(withPayload([0x10, 0x10, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]))).to.equal(null);
    expect(depacketizer.push(withPayload([0x10, 0x10]))).to.equal(null);
    expect(depacketizer.push(withPayload([0x90, 0x80]))).to.equal(null);
    expect(depacketizer.waitingForKeyFrame).to.equal(true);
    expect(parseVp8KeyFrame(keyFrame([], 0, 240))).to.equal(null);
  });

  it("does not let a frame without an end grow for ever", () => {
    const depacketizer = new Vp8Depacketizer();
    const piece = new Array(60_000).fill(0);
    depacketizer.push(withPayload([0x10, ...keyFrame()], false));
    for (let at = 0; at < 80; at += 1) depacketizer.push(withPayload([0x00, ...piece], false));
    expect(depacketizer.push(withPayload([0x00, 1], true))).to.equal(null);
  });

  it("never throws, whatever comes", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 20 })), (payloads) => {
        const depacketizer = new Vp8Depacketizer();
        for (const payload of payloads) depacketizer.push(withPayload([...payload]));
      }),
    );
  });

  it("for any loss, delay and doubling: only frames as they were sent, in order, each with all that it refers to", () => {
    const frames = fc.array(
      fc.record({ key: fc.boolean(), content: fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 90 }) }),
      { minLength: 1, maxLength: 30 },
    );
    const fates = fc.array(
      fc.record({
        lost: fc.integer({ min: 0, max: 9 }),
        delayMs: fc.integer({ min: 0, max: 260 }),
        twice: fc.boolean(),
      }),
      { minLength: 1, maxLength: 50 },
    );
    fc.assert(
      fc.property(frames, fates, (described, fates) => {
        const sent = described.map(({ key, content }) => (key ? keyFrame(content) : deltaFrame(content)));
        const arrivals = packets(sent)
          .flatMap((packet, at) => {
            const fate = fates[at % fates.length];
            if (fate === undefined || fate.lost === 0) return [];
            const one = { packet, atMs: at * 5 + fate.delayMs };
            return fate.twice ? [one, { packet, atMs: one.atMs + 30 }] : [one];
          })
          .sort((a, b) => a.atMs - b.atMs);
        const buffer = new ReorderBuffer({ waitMs: 200 });
        const depacketizer = new Vp8Depacketizer();
        const out = arrivals
          .flatMap(({ packet, atMs }) => buffer.push(packet, atMs))
          .concat(buffer.drain())
          .flatMap((one) => depacketizer.push(one) ?? []);

        let previous = -1;
        for (const frame of out) {
          const at = frame.timestamp / 3000;
          expect(joined(frame)).to.deep.equal(sent[at]);
          expect(at).to.be.greaterThan(previous);
          if (!frame.keyFrame) expect(at).to.equal(previous + 1);
          previous = at;
        }
      }),
    );
  });
});
