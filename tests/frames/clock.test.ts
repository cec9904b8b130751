import { expect } from "chai";
import { SeatClock } from "../../frames/clock.ts";

const RATES = { audio: 48_000, video: 90_000 };
const AUDIO_BASE = 1_000_000;
const VIDEO_BASE = 5_000_000;

function audioAt(ms: number): number {
  return AUDIO_BASE + ms * 48;
}

function videoAt(ms: number): number {
  return VIDEO_BASE + ms * 90;
}

describe("The clock of a seat", () => {
  it("knows no time before a stream's first packet", () => {
    expect(new SeatClock(RATES).timeOf("audio", 0)).to.equal(null);
  });

  it("goes by the packet that travelled fastest", () => {
    const clock = new SeatClock(RATES);
    const delays = [40, 10, 90, 30];
    delays.forEach((delayMs, at) => {
      clock.arrived("audio", audioAt(at * 20), 7000 + at * 20 + delayMs);
    });
    expect(clock.timeOf("audio", audioAt(60))).to.be.closeTo(7070, 0.001);
  });

  it("lays picture and sound to each other as the sender's reports say, however late the pictures come", () => {
    const clock = new SeatClock(RATES);
    for (let ms = 0; ms <= 1000; ms += 20) {
      clock.arrived("audio", audioAt(ms), ms + 15);
      clock.arrived("video", videoAt(ms), ms + 95);
    }
    clock.reported("audio", { ssrc: 1, ntpMs: 50_000, rtpTimestamp: audioAt(500) });
    expect(clock.timeOf("video", videoAt(1000)), "one report says nothing").to.be.closeTo(1095, 0.001);

    const told = new SeatClock(RATES);
    told.arrived("audio", audioAt(0), 15);
    told.arrived("video", videoAt(0), 95);
    told.reported("audio", { ssrc: 1, ntpMs: 50_500, rtpTimestamp: audioAt(500) });
    told.reported("video", { ssrc: 2, ntpMs: 50_700, rtpTimestamp: videoAt(700) });
    expect(told.timeOf("audio", audioAt(0))).to.be.closeTo(15, 0.001);
    expect(told.timeOf("video", videoAt(0))).to.be.closeTo(15, 0.001);
  });

  it("takes the earliest of the last reports, since an SFU's own may be late", () => {
    const clock = new SeatClock(RATES);
    clock.arrived("audio", audioAt(0), 0);
    clock.arrived("video", videoAt(0), 0);
    clock.reported("audio", { ssrc: 1, ntpMs: 0, rtpTimestamp: audioAt(0) });
    clock.reported("video", { ssrc: 2, ntpMs: 60, rtpTimestamp: videoAt(0) });
    clock.reported("video", { ssrc: 2, ntpMs: 1000, rtpTimestamp: videoAt(1000) });
    clock.reported("video", { ssrc: 2, ntpMs: 2040, rtpTimestamp: videoAt(2000) });
    expect(clock.timeOf("video", videoAt(0))).to.be.closeTo(0, 0.001);
  });

  it("understands a report from beyond the wrap of the timestamps", () => {
    const clock = new SeatClock(RATES);
    const beforeWrap = 2 ** 32 - 480;
    clock.arrived("audio", beforeWrap + 960, 20);
    clock.arrived("video", 900, 10);
    clock.reported("audio", { ssrc: 1, ntpMs: 100, rtpTimestamp: beforeWrap });
    clock.reported("video", { ssrc: 2, ntpMs: 100, rtpTimestamp: 0 });
    expect(clock.timeOf("audio", beforeWrap + 960)).to.be.closeTo(20, 0.001);
  });

  it("does not believe reports that contradict the arrivals by more than half a second", () => {
    const clock = new SeatClock(RATES);
    clock.arrived("audio", audioAt(0), 0);
    clock.arrived("video", videoAt(0), 30);
    clock.reported("audio", { ssrc: 1, ntpMs: 0, rtpTimestamp: audioAt(0) });
    clock.reported("video", { ssrc: 2, ntpMs: 900_000, rtpTimestamp: videoAt(0) });
    expect(clock.timeOf("audio", audioAt(0))).to.be.closeTo(0, 0.001);
    expect(clock.timeOf("video", videoAt(0))).to.be.closeTo(30, 0.001);
  });

  it("moves towards a better knowledge without a step", () => {
    const clock = new SeatClock(RATES);
    clock.arrived("audio", audioAt(0), 80);
    const times = [clock.timeOf("audio", audioAt(0)) ?? 0];
    for (let ms = 20; ms <= 6000; ms += 20) {
      clock.arrived("audio", audioAt(ms), ms + 10);
      times.push(clock.timeOf("audio", audioAt(ms)) ?? 0);
    }
    for (let at = 1; at < times.length; at += 1) {
      expect((times[at] ?? 0) - (times[at - 1] ?? 0)).to.be.within(18.9, 21.1);
    }
    expect(times.at(-1)).to.be.closeTo(6010, 0.001);
  });

  it("follows a sender's clock that runs slower than ours", () => {
    const clock = new SeatClock(RATES);
    let time = 0;
    for (let ms = 0; ms <= 600_000; ms += 20) {
      clock.arrived("audio", audioAt(ms), ms * 1.0002);
      time = clock.timeOf("audio", audioAt(ms)) ?? 0;
    }
    expect(time).to.be.closeTo(600_120, 5);
  });

  it("goes on at the right time after a sender whose timestamps stood still", () => {
    const clock = new SeatClock(RATES);
    for (let ms = 0; ms <= 2000; ms += 20) clock.arrived("audio", audioAt(ms), ms);
    clock.timeOf("audio", audioAt(2000));
    for (let ms = 2020; ms <= 4000; ms += 20) clock.arrived("audio", audioAt(ms), ms + 5000);
    expect(clock.timeOf("audio", audioAt(4000))).to.be.closeTo(9000, 0.001);
  });

  it("is not led astray by a network that stood still and then brought all at once", () => {
    const clock = new SeatClock(RATES);
    for (let ms = 0; ms <= 2000; ms += 20) clock.arrived("audio", audioAt(ms), ms);
    clock.timeOf("audio", audioAt(2000));
    for (let ms = 2020; ms <= 5000; ms += 20) clock.arrived("audio", audioAt(ms), Math.max(ms, 4900));
    expect(clock.timeOf("audio", audioAt(5000))).to.be.closeTo(5000, 0.001);
  });

  it("forgets a stream that began anew", () => {
    const clock = new SeatClock(RATES);
    clock.arrived("audio", audioAt(0), 100);
    clock.timeOf("audio", audioAt(0));
    clock.restarted("audio");
    clock.arrived("audio", 17, 3000);
    expect(clock.timeOf("audio", 17)).to.be.closeTo(3000, 0.001);
  });
});
