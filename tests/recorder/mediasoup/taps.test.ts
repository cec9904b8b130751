import { expect } from "chai";
import { pino } from "pino";
import type { Browser, Page } from "playwright-core";
import { parseRtp, parseSenderReports } from "../../../frames/rtp.ts";
import type { Tapped } from "../../../recorder/mediasoup/tapped.ts";
import { Taps } from "../../../recorder/mediasoup/taps.ts";
import { RecorderLink } from "../../../server/mediasoup/recorderLink.ts";
import { MediaRoom, onPage, openBrowser, until } from "../../support/mediaRoom.ts";
import { aMeeting } from "../../support/meeting.ts";

const secret = "between-server-and-recorder";
const quiet = pino({ level: process.env.TEST_LOG ?? "silent" });

/** VP8: the first bit of the payload header says that this begins a key frame. */
function beginsKeyFrame(packet: Buffer): boolean {
  const payload = parseRtp(packet)?.payload;
  if (!payload || payload.length < 4) return false;
  const [first = 0, second = 0] = payload;
  const extended = (first & 0x80) !== 0;
  let at = 1;
  if (extended) {
    at = 2;
    if (second & 0x80) at += (payload[at] ?? 0) & 0x80 ? 2 : 1;
    if (second & 0x40) at += 1;
    if (second & 0x30) at += 1;
  }
  return (first & 0x10) !== 0 && ((payload[at] ?? 1) & 1) === 0;
}

describe("Taps: the recorder's own end of a meeting's media", () => {
  let browser: Browser;
  let room: MediaRoom;
  let link: RecorderLink;
  let taps: Taps;
  let heard: { tapped: Tapped; packets: { packet: Buffer; atMs: number }[]; reports: number }[];
  let said: string[];

  before(async () => {
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
  });

  beforeEach(async () => {
    heard = [];
    said = [];
    room = await MediaRoom.open(
      aMeeting({ recorded: true }).with("ana", { role: "chair" }).with("ines").with("olli"),
      2,
    );
    link = new RecorderLink({
      io: room.io,
      secret,
      logger: quiet,
      onReady: (meeting) => said.push(`ready ${meeting}`),
      onLost: (meeting) => said.push(`lost ${meeting}`),
    });
    link.open("m1", room.media);
    taps = await openTaps(secret);
  });
  afterEach(async () => {
    await taps.close();
    link.close("m1");
    await room.close();
  });

  function openTaps(shown: string): Promise<Taps> {
    return Taps.open({
      url: room.url,
      secret: shown,
      logger: quiet,
      onProducer: (tapped) => {
        const one = { tapped, packets: [] as { packet: Buffer; atMs: number }[], reports: 0 };
        heard.push(one);
        tapped.onRtp((packet, atMs) => one.packets.push({ packet, atMs }));
        tapped.onRtcp((packet) => {
          one.reports += parseSenderReports(packet)?.length ?? 0;
        });
      },
    });
  }

  const of = (seat: string, medium: string) =>
    heard.findLast(({ tapped }) => tapped.seat === seat && tapped.medium === medium && !tapped.closed);

  async function enters(seat: string): Promise<Page> {
    const page = await room.enters(browser, seat);
    await onPage(page, (tested) => tested.paint([200, 20, 20]));
    room.happens((story) => story.does(seat, { type: "seat.setDevices", microphone: true, camera: true }));
    return page;
  }

  it("receives the sound and the picture of a turn from its first packet, and nothing outside it", async () => {
    await until(() => said.includes("ready m1"));
    await enters("ines");
    await enters("olli");
    room.happens((story) => story.raises("ines").raises("olli"));
    await until(() => of("olli", "camera") !== undefined && of("olli", "microphone") !== undefined);
    const [sound, picture] = [of("olli", "microphone"), of("olli", "camera")];
    for (const one of [sound, picture]) one?.tapped.resume();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(picture?.packets).to.be.empty;
    room.happens((story) => story.finishes("ines"));
    await until(() => (sound?.packets.length ?? 0) > 50 && (picture?.packets.length ?? 0) > 20);
    expect(beginsKeyFrame(picture?.packets[0]?.packet ?? Buffer.alloc(0))).to.equal(true);
    const sequences = sound?.packets.map(({ packet }) => parseRtp(packet)?.sequence ?? 0) ?? [];
    expect(sequences.every((one, index) => index === 0 || one === (sequences[index - 1] ?? 0) + 1)).to.equal(true);
    await until(() => (sound?.reports ?? 0) > 0 && (picture?.reports ?? 0) > 0);
    room.happens((story) => story.finishes("olli"));
    await new Promise((resolve) => setTimeout(resolve, 300));
    const then = sound?.packets.length;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(sound?.packets.length).to.equal(then);
  });

  it("keeps what came just before the recorder learnt of the turn", async () => {
    await until(() => said.includes("ready m1"));
    await enters("ines");
    await enters("olli");
    room.happens((story) => story.raises("ines").raises("olli"));
    await until(() => of("olli", "camera") !== undefined);
    room.happens((story) => story.finishes("ines"));
    await new Promise((resolve) => setTimeout(resolve, 250));
    const picture = of("olli", "camera");
    expect(picture?.packets).to.be.empty;
    const learnt = Date.now();
    picture?.tapped.resume();
    expect(beginsKeyFrame(picture?.packets[0]?.packet ?? Buffer.alloc(0))).to.equal(true);
    expect(picture?.packets[0]?.atMs).to.be.below(learnt);
  });

  it("is told of nothing without the secret", async () => {
    const stranger = await openTaps("a guess of the same len.....");
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(stranger.connected).to.equal(false);
    await stranger.close();
  });

  it("goes on after the recorder's worker was killed, twice in a row", async () => {
    await until(() => said.includes("ready m1"));
    await enters("ines");
    room.happens((story) => story.raises("ines"));
    for (let kill = 1; kill <= 2; kill += 1) {
      const before = of("ines", "microphone");
      process.kill(await taps.workerPid(), "SIGKILL");
      await until(() => said.filter((line) => line === "ready m1").length === kill + 1);
      await until(() => of("ines", "microphone") !== undefined && of("ines", "microphone") !== before);
      of("ines", "microphone")?.tapped.resume();
      await until(() => (of("ines", "microphone")?.packets.length ?? 0) > 10);
    }
    expect(said).to.deep.equal(["ready m1", "lost m1", "ready m1", "lost m1", "ready m1"]);
  });

  it("goes on after the meeting's worker was killed, and after the recorder came back", async () => {
    await until(() => said.includes("ready m1"));
    await enters("ines");
    room.happens((story) => story.raises("ines"));
    await until(() => of("ines", "camera") !== undefined);
    for (const pid of room.workers.pids) if (pid) process.kill(pid, "SIGKILL");
    await until(() => said.length === 3 && of("ines", "camera") !== undefined);
    of("ines", "camera")?.tapped.resume();
    await until(() => (of("ines", "camera")?.packets.length ?? 0) > 10);
    await taps.close();
    await until(() => said.length === 4);
    taps = await openTaps(secret);
    await until(() => said.length === 5 && of("ines", "camera") !== undefined);
    of("ines", "camera")?.tapped.resume();
    await until(() => (of("ines", "camera")?.packets.length ?? 0) > 10);
    expect(beginsKeyFrame(of("ines", "camera")?.packets[0]?.packet ?? Buffer.alloc(0))).to.equal(true);
  });
});
