import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { MediaRoom, onPage, openBrowser, until } from "../../support/mediaRoom.ts";
import { aMeeting } from "../../support/meeting.ts";
import type { Colour } from "../../support/testedPage.ts";

const red: Colour = [200, 20, 20];
const blue: Colour = [20, 20, 200];

/** Compression moves colours a little. */
const looksLike = (seen: Colour | null, painted: Colour) =>
  seen?.every((part, index) => Math.abs(part - (painted[index] ?? 0)) < 60) ?? false;

describe("Media of a meeting, with real browsers and a real worker", () => {
  let browser: Browser;
  let room: MediaRoom;

  before(async () => {
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
  });
  afterEach(async () => {
    await room?.close();
  });

  /** Ana leads, Ines and Olli take part; all have a page open and media running. */
  async function threePages(workerCount = 1): Promise<[ana: Page, ines: Page, olli: Page]> {
    const story = aMeeting().with("ana", { role: "chair" }).with("ines").with("olli");
    room = await MediaRoom.open(story, workerCount);
    const pages: [Page, Page, Page] = [
      await room.enters(browser, "ana"),
      await room.enters(browser, "ines"),
      await room.enters(browser, "olli"),
    ];
    return pages;
  }

  async function hasDevices(page: Page, seat: string, colour: Colour): Promise<void> {
    await onPage(page, (tested, seen) => tested.paint(seen), colour);
    room.happens((story) => story.does(seat, { type: "seat.setDevices", microphone: true, camera: true }));
  }

  const sees = (page: Page, seat: string, colour: Colour) =>
    until(async () => {
      const [drawn, seen] = await onPage(page, (tested, of) => [tested.drawn(of), tested.colour(of)] as const, seat);
      return drawn > 0 && looksLike(seen, colour);
    });
  const hears = (page: Page, seat: string) =>
    until(async () => (await onPage(page, (tested, of) => tested.heard(of), seat)) > 20);

  it("shows who has the floor to all others, and the next one after the floor went on", async () => {
    const [ana, ines, olli] = await threePages();
    await hasDevices(ines, "ines", red);
    await hasDevices(olli, "olli", blue);
    room.happens((story) => story.raises("ines"));
    await sees(ana, "ines", red);
    await sees(olli, "ines", red);
    await hears(ana, "ines");
    room.happens((story) => story.raises("olli"));
    await until(() => onPage(ana, (tested) => tested.shown("olli").includes("camera")));
    expect(await onPage(ana, (tested) => tested.drawn("olli"))).to.equal(0);
    room.happens((story) => story.finishes("ines"));
    await sees(ana, "olli", blue);
    await sees(ines, "olli", blue);
    await hears(ines, "olli");
  });

  it("has the next speaker's camera and everybody's consumers made before the turn", async () => {
    const [ana, ines, olli] = await threePages();
    await hasDevices(ines, "ines", red);
    await hasDevices(olli, "olli", blue);
    room.happens((story) => story.raises("ines").raises("olli"));
    await until(() => onPage(ana, (tested) => tested.shown("olli").length === 2));
    await sees(ana, "ines", red);
    // What is asked while the first picture comes has been asked by now.
    const before = await onPage(ana, (tested) => tested.asked().length);
    room.happens((story) => story.finishes("ines"));
    await sees(ana, "olli", blue);
    expect(await onPage(ana, (tested) => tested.asked().length)).to.equal(before);
  });

  it("forwards nothing any more 300 ms after the turn ended, whatever the page does", async () => {
    const [ana, ines] = await threePages();
    await onPage(ines, (tested) => tested.keepSending());
    await hasDevices(ines, "ines", red);
    room.happens((story) => story.raises("ines"));
    await sees(ana, "ines", red);
    expect(await room.media.forwardedPackets("ines")).to.be.above(0);
    room.happens((story) => story.ends("ines"));
    const refused = await onPage(ines, (tested) =>
      Promise.all(tested.producers().map((producer) => tested.ask({ type: "media.resumeProducer", producer }))),
    );
    expect(refused.map((answer) => answer.refused)).to.deep.equal(["media.noFloor", "media.noFloor"]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const then = await room.media.forwardedPackets("ines");
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(await room.media.forwardedPackets("ines")).to.equal(then);
  });

  it("stops every medium while the meeting is frozen", async () => {
    const [ana, ines] = await threePages();
    await onPage(ines, (tested) => tested.keepSending());
    await hasDevices(ines, "ines", red);
    room.happens((story) => story.raises("ines"));
    await sees(ana, "ines", red);
    room.happens((story) => story.freezes());
    await new Promise((resolve) => setTimeout(resolve, 300));
    const then = await room.media.forwardedPackets("ines");
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await room.media.forwardedPackets("ines")).to.equal(then);
  });

  it("refuses to produce without a hand up or a turn, and from the lobby anything", async () => {
    const [, ines] = await threePages();
    await onPage(ines, (tested) => tested.paint([1, 2, 3]));
    await until(() => onPage(ines, (tested) => tested.sendTransport() !== undefined));
    const produce = () =>
      onPage(ines, (tested) =>
        tested.ask({
          type: "media.produce",
          transport: tested.sendTransport() ?? "",
          medium: "microphone",
          kind: "audio",
          rtpParameters: {},
        }),
      );
    expect((await produce()).refused).to.equal("media.noFloor");
    room.happens((story) => story.raises("ines"));
    // With the floor it is looked at, and is no medium.
    expect((await produce()).refused).to.equal("command.malformed");
    room.happens((story) => story.removes("ines"));
    expect((await produce()).refused).to.equal("seat.removed");
    room.happens((story) => story.does("ana", { type: "lobby.switch", on: true }).with("eve"));
    const eve = await room.enters(browser, "eve");
    const begin = await onPage(eve, (tested) => tested.ask({ type: "media.begin" }));
    expect(begin.refused).to.equal("seat.notInRoom");
  });

  it("lets a watcher see and produce nothing", async () => {
    const [, ines] = await threePages();
    room.happens((story) => story.with("wim", { role: "watcher" }));
    const wim = await room.enters(browser, "wim");
    await hasDevices(ines, "ines", red);
    room.happens((story) => story.raises("ines"));
    await sees(wim, "ines", red);
    const answer = await onPage(wim, (tested) => tested.ask({ type: "media.createTransport" }));
    expect(answer.refused).to.equal("seat.watcher");
  });

  it("goes on after its worker was killed, twice in a row", async () => {
    const [ana, ines] = await threePages(2);
    await hasDevices(ines, "ines", red);
    room.happens((story) => story.raises("ines"));
    await sees(ana, "ines", red);
    for (let kill = 0; kill < 2; kill += 1) {
      for (const pid of room.workers.pids) if (pid) process.kill(pid, "SIGKILL");
      await until(() => room.workers.deaths === (kill + 1) * 2);
      await onPage(ana, (tested) => tested.forget());
      await sees(ana, "ines", red);
      await hears(ana, "ines");
    }
  });

  it("keeps its transports through a lost connection and catches up with what was missed", async () => {
    const [ana, ines, olli] = await threePages();
    await hasDevices(ines, "ines", red);
    await hasDevices(olli, "olli", blue);
    room.happens((story) => story.raises("ines"));
    await sees(ana, "ines", red);
    room.disconnect("ana");
    room.happens((story) => story.raises("olli").finishes("ines"));
    await until(async () => (await onPage(ana, (tested) => tested.asked())).includes("media.continue"));
    await sees(ana, "olli", blue);
    const begins = (await onPage(ana, (tested) => tested.asked())).filter((type) => type === "media.begin");
    expect(begins).to.have.lengthOf(1);
  });

  it("begins again by itself when the server has lost everything", async () => {
    const [ana, ines] = await threePages();
    await hasDevices(ines, "ines", red);
    room.happens((story) => story.raises("ines"));
    await sees(ana, "ines", red);
    room.loseMedia();
    for (const seat of ["ana", "ines"]) room.disconnect(seat);
    await onPage(ana, (tested) => tested.forget());
    await sees(ana, "ines", red);
  });

  it("begins with one request where the router's capabilities are known, and also where they are not", async () => {
    const [ana, ines] = await threePages();
    room.happens((story) => story.with("vera"));
    const vera = await room.enters(browser, "vera", false);
    await hasDevices(ines, "ines", red);
    room.happens((story) => story.raises("ines"));
    await sees(ana, "ines", red);
    await sees(vera, "ines", red);
    expect(await onPage(ana, (tested) => tested.asked().filter((type) => type !== "media.shown"))).to.deep.equal([
      "media.begin",
    ]);
    expect(await onPage(vera, (tested) => tested.asked().slice(0, 3))).to.deep.equal([
      "media.begin",
      "media.receive",
      "media.connectTransport",
    ]);
  });

  it("takes parameters that are none for a refusal and lives on", async () => {
    const [ana, ines] = await threePages();
    const nonsense = [
      { type: "media.begin", rtpCapabilities: { codecs: "all" } },
      { type: "media.begin", dtlsParameters: { fingerprints: 7 } },
      { type: "media.receive", rtpCapabilities: { codecs: [{ kind: "smell" }] } },
    ];
    for (const request of nonsense) {
      const answer = await onPage(ana, (tested, said) => tested.ask(said), request);
      expect(answer.refused, JSON.stringify(request)).to.equal("command.malformed");
    }
    expect((await onPage(ana, (tested) => tested.ask({ type: "media.dance" }))).refused).to.equal("command.malformed");
    expect(room.workers.deaths).to.equal(0);
    expect(await onPage(ines, (tested) => tested.link())).to.equal("live");
  });
});
