import { expect } from "chai";
import { opusDurationMs, opusFrame } from "../../frames/opus.ts";

function packet(payload: readonly number[]) {
  const rtp = {
    sequence: 1,
    timestamp: 960,
    ssrc: 1,
    marker: false,
    payloadType: 111,
    payload: Uint8Array.from(payload),
  };
  return { packet: rtp, timestamp: 960, atMs: 0, lostBefore: 0, restarted: false };
}

describe("Opus", () => {
  it("knows how long each configuration sounds", () => {
    const oneFrame = (configuration: number) => opusDurationMs(Uint8Array.of(configuration << 3, 1, 2));
    expect([0, 1, 2, 3].map(oneFrame)).to.deep.equal([10, 20, 40, 60]);
    expect([12, 13, 14, 15].map(oneFrame)).to.deep.equal([10, 20, 10, 20]);
    expect([16, 17, 18, 19, 31].map(oneFrame)).to.deep.equal([2.5, 5, 10, 20, 20]);
  });

  it("counts the frames in a packet", () => {
    expect(opusDurationMs(Uint8Array.of((1 << 3) | 1, 0)), "two alike").to.equal(40);
    expect(opusDurationMs(Uint8Array.of((1 << 3) | 2, 0)), "two unlike").to.equal(40);
    expect(opusDurationMs(Uint8Array.of((1 << 3) | 3, 6)), "six").to.equal(120);
  });

  it("answers null to what cannot be Opus", () => {
    expect(opusDurationMs(Uint8Array.of()), "nothing").to.equal(null);
    expect(opusDurationMs(Uint8Array.of((1 << 3) | 3, 7)), "140 ms").to.equal(null);
    expect(opusDurationMs(Uint8Array.of((1 << 3) | 3, 0)), "no frame").to.equal(null);
  });

  it("takes a packet as one frame, and silence and padding as none", () => {
    const sound = opusFrame(packet([0x78, 1, 2]));
    expect(sound).to.deep.include({ kind: "audio", timestamp: 960, durationMs: 20 });
    expect(sound?.parts).to.deep.equal([Uint8Array.of(0x78, 1, 2)]);
    expect(opusFrame(packet([]))).to.equal(null);
    expect(opusFrame(packet([0x78]))).to.equal(null);
    expect(opusFrame(packet([0x78, 0]))).to.equal(null);
    expect(opusFrame(packet([(1 << 3) | 3, 63, 0]))).to.equal(null);
  });
});
