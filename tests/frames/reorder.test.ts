import { expect } from "chai";
import fc from "fast-check";
import { type OrderedPacket, ReorderBuffer } from "../../frames/reorder.ts";
import type { RtpPacket } from "../../frames/rtp.ts";

function packet(number: number, options: { ssrc?: number; step?: number } = {}): RtpPacket {
  return {
    sequence: number & 0xffff,
    timestamp: (number * (options.step ?? 960)) % 2 ** 32,
    ssrc: options.ssrc ?? 1,
    marker: false,
    payloadType: 111,
    payload: new Uint8Array(0),
  };
}

function sequences(ordered: readonly OrderedPacket[]): number[] {
  return ordered.map((one) => one.packet.sequence);
}

describe("The reorder buffer", () => {
  it("gives out at once what comes in order", () => {
    const buffer = new ReorderBuffer();
    expect(sequences(buffer.push(packet(7), 0))).to.deep.equal([7]);
    expect(sequences(buffer.push(packet(8), 1))).to.deep.equal([8]);
  });

  it("holds back what comes early, until what it waits for is there", () => {
    const buffer = new ReorderBuffer();
    buffer.push(packet(1), 0);
    expect(buffer.push(packet(3), 10)).to.deep.equal([]);
    expect(buffer.push(packet(4), 20)).to.deep.equal([]);
    const released = buffer.push(packet(2), 199);
    expect(sequences(released)).to.deep.equal([2, 3, 4]);
    expect(buffer.lost).to.equal(0);
  });

  it("gives a missing packet up when its time is over, and says how many were lost", () => {
    const buffer = new ReorderBuffer({ waitMs: 200 });
    buffer.push(packet(1), 0);
    buffer.push(packet(4), 10);
    expect(buffer.due(209)).to.deep.equal([]);
    const [released] = buffer.due(210);
    expect(released?.packet.sequence).to.equal(4);
    expect(released?.lostBefore).to.equal(2);
    expect(buffer.lost).to.equal(2);
  });

  it("drops what comes twice and what comes too late", () => {
    const buffer = new ReorderBuffer();
    buffer.push(packet(1), 0);
    expect(buffer.push(packet(1), 1)).to.deep.equal([]);
    buffer.push(packet(3), 2);
    expect(buffer.push(packet(3), 3)).to.deep.equal([]);
    expect(sequences(buffer.due(300))).to.deep.equal([3]);
    expect(buffer.push(packet(2), 301)).to.deep.equal([]);
  });

  it("holds the first packets as long as it is told, in case the stream began before them", () => {
    const buffer = new ReorderBuffer({ startMs: 100 });
    expect(buffer.push(packet(5), 0)).to.deep.equal([]);
    expect(buffer.push(packet(3), 60)).to.deep.equal([]);
    expect(buffer.due(99)).to.deep.equal([]);
    expect(buffer.push(packet(4), 99)).to.deep.equal([]);
    const released = buffer.due(100);
    expect(sequences(released)).to.deep.equal([3, 4, 5]);
    expect(released.map(({ restarted }) => restarted)).to.deep.equal([true, false, false]);
    expect(buffer.push(packet(2), 101)).to.deep.equal([]);
    expect(buffer.lost).to.equal(0);
  });

  it("begins anew with another SSRC and after a jump, and gives out first what it held", () => {
    const buffer = new ReorderBuffer();
    buffer.push(packet(1), 0);
    buffer.push(packet(3), 1);
    const other = buffer.push(packet(500, { ssrc: 2 }), 2);
    expect(sequences(other)).to.deep.equal([3, 500]);
    expect(other.map(({ restarted }) => restarted)).to.deep.equal([false, true]);
    const [jumped] = buffer.push(packet(30_000, { ssrc: 2 }), 3);
    expect(jumped?.restarted).to.equal(true);
    expect(jumped?.lostBefore).to.equal(0);
  });

  it("counts sequence numbers and timestamps on through their wrap", () => {
    const buffer = new ReorderBuffer();
    const step = 2 ** 32 / 65_536;
    const out = [65_534, 65_535, 65_536, 65_537].flatMap((number) => buffer.push(packet(number, { step }), 0));
    expect(sequences(out)).to.deep.equal([65_534, 65_535, 0, 1]);
    expect(out.map(({ timestamp }) => timestamp)).to.deep.equal([65_534, 65_535, 65_536, 65_537].map((n) => n * step));
  });

  it("for any loss, delay and doubling: what comes out is in order, once, and the losses add up", () => {
    const fate = fc.record({ lost: fc.boolean(), delayMs: fc.integer({ min: 0, max: 190 }), twice: fc.boolean() });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff }), fc.array(fate, { maxLength: 80 }), (first, fates) => {
        const arrivals = fates
          // The first one fixes where the stream begins.
          .flatMap(({ lost, delayMs, twice }, at) => {
            const atMs = at === 0 ? -1 : at * 10 + delayMs;
            if (lost && at > 0) return [];
            return twice
              ? [
                  { at, atMs },
                  { at, atMs: atMs + 5 },
                ]
              : [{ at, atMs }];
          })
          .sort((a, b) => a.atMs - b.atMs);
        const buffer = new ReorderBuffer({ waitMs: 200 });
        const out = arrivals.flatMap(({ at, atMs }) => buffer.push(packet(first + at), atMs));
        out.push(...buffer.due(10_000));

        const came = [...new Set(arrivals.map(({ at }) => at))].sort((a, b) => a - b);
        expect(sequences(out)).to.deep.equal(came.map((at) => (first + at) & 0xffff));
        let before = came[0] ?? 0;
        out.forEach(({ lostBefore }, index) => {
          const at = came[index] ?? 0;
          expect(lostBefore).to.equal(index === 0 ? 0 : at - before - 1);
          before = at;
        });
      }),
    );
  });
});
