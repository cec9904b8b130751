import { expect } from "chai";
import fc from "fast-check";
import { isRtcp, parseRtp, parseSenderReports, writeRtp, writeSenderReport } from "../../frames/rtp.ts";
import { unwrapNear } from "../../frames/wrap.ts";

const packet = fc.record({
  sequence: fc.integer({ min: 0, max: 0xffff }),
  timestamp: fc.integer({ min: 0, max: 0xffffffff }),
  ssrc: fc.integer({ min: 0, max: 0xffffffff }),
  marker: fc.boolean(),
  // 64 to 95 with a marker would look like RTCP (RFC 5761).
  payloadType: fc.integer({ min: 96, max: 127 }),
  payload: fc.uint8Array({ maxLength: 50 }),
});

describe("RTP", () => {
  it("reads what it writes", () => {
    fc.assert(
      fc.property(packet, (sent) => {
        expect(parseRtp(writeRtp(sent))).to.deep.equal(sent);
      }),
    );
  });

  it("finds the payload behind contributing sources and an extension, and before the padding", () => {
    const bytes = Uint8Array.from([
      ...[0b1011_0001, 0x80 | 96, 0x12, 0x34, 0, 0, 0, 1, 0xde, 0xad, 0xbe, 0xef],
      ...[9, 9, 9, 9],
      ...[0xbe, 0xde, 0, 1, 7, 7, 7, 7],
      ...[1, 2, 3],
      ...[0, 2],
    ]);
    expect(parseRtp(bytes)).to.deep.equal({
      sequence: 0x1234,
      timestamp: 1,
      ssrc: 0xdeadbeef,
      marker: true,
      payloadType: 96,
      payload: Uint8Array.of(1, 2, 3),
    });
  });

  it("takes a packet of nothing but padding as an empty payload", () => {
    const bytes = Uint8Array.from([0b1010_0000, 96, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 3]);
    expect(parseRtp(bytes)?.payload.length).to.equal(0);
  });

  it("answers null to lengths that do not fit", () => {
    const header = [96, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1];
    expect(parseRtp(Uint8Array.from([0x80, ...header.slice(1)])), "too short").to.equal(null);
    expect(parseRtp(Uint8Array.from([0x40, ...header, 1])), "version").to.equal(null);
    expect(parseRtp(Uint8Array.from([0x8f, ...header, 1])), "sources").to.equal(null);
    expect(parseRtp(Uint8Array.from([0x90, ...header, 1, 2, 3])), "extension's head").to.equal(null);
    expect(parseRtp(Uint8Array.from([0x90, ...header, 0, 0, 0, 9])), "extension").to.equal(null);
    expect(parseRtp(Uint8Array.from([0xa0, ...header, 9])), "padding").to.equal(null);
    expect(parseRtp(Uint8Array.from([0xa0, ...header, 0])), "no padding").to.equal(null);
  });

  it("never throws, whatever comes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        parseRtp(bytes);
        parseSenderReports(bytes);
      }),
    );
  });
});

describe("RTCP", () => {
  const report = fc.record({
    ssrc: fc.integer({ min: 0, max: 0xffffffff }),
    ntpMs: fc.integer({ min: 0, max: 2_000_000_000_000 }),
    rtpTimestamp: fc.integer({ min: 0, max: 0xffffffff }),
  });

  it("finds the sender reports among other packets", () => {
    fc.assert(
      fc.property(fc.array(report, { minLength: 1, maxLength: 4 }), (sent) => {
        const description = [0x81, 202, 0, 2, 0, 0, 0, 1, 1, 1, 65, 0];
        const compound = Uint8Array.from(sent.flatMap((one) => [...writeSenderReport(one), ...description]));
        const read = parseSenderReports(compound) ?? [];
        expect(isRtcp(compound)).to.equal(true);
        expect(parseRtp(compound)).to.equal(null);
        expect(read.map(({ ssrc, rtpTimestamp }) => ({ ssrc, rtpTimestamp }))).to.deep.equal(
          sent.map(({ ssrc, rtpTimestamp }) => ({ ssrc, rtpTimestamp })),
        );
        read.forEach((one, at) => {
          expect(one.ntpMs).to.be.closeTo(sent[at]?.ntpMs ?? Number.NaN, 0.001);
        });
      }),
    );
  });

  it("answers null to a report that is cut off", () => {
    const whole = writeSenderReport({ ssrc: 1, ntpMs: 0, rtpTimestamp: 0 });
    for (let length = 0; length < whole.length; length += 1) {
      expect(parseSenderReports(whole.subarray(0, length)), `${length} bytes`).to.equal(null);
    }
  });
});

describe("A wrapping counter", () => {
  it("is unwrapped to the number nearest to the one before", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 40 }),
        fc.integer({ min: -32_000, max: 32_000 }),
        fc.constantFrom(16 as const, 32 as const),
        (near, step, bits) => {
          const wrapped = (((near + step) % 2 ** bits) + 2 ** bits) % 2 ** bits;
          expect(unwrapNear(near, wrapped, bits)).to.equal(near + step);
        },
      ),
    );
  });
});
