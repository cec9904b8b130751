import { expect } from "chai";
import type { Command } from "../../protocol/commands.ts";
import type { Id } from "../../protocol/ids.ts";
import { addLink } from "../../server/meetings/links.ts";
import { eventually } from "../support/eventually.ts";
import { bookedMeeting } from "../support/meetings.ts";
import { People, type Person } from "../support/people.ts";
import { startTestServer, type TestServer } from "../support/server.ts";

/** A page that lets nobody switch its camera or microphone off. */
const neverStops = `
  const { setParameters } = RTCRtpSender.prototype;
  RTCRtpSender.prototype.setParameters = function (parameters) {
    for (const encoding of parameters.encodings) encoding.active = true;
    return setParameters.call(this, parameters);
  };
  RTCRtpSender.prototype.replaceTrack = () => Promise.resolve();
  RTCPeerConnection.prototype.close = () => {};
  MediaStreamTrack.prototype.stop = () => {};
  Object.defineProperty(MediaStreamTrack.prototype, "enabled", { get: () => true, set: () => {} });`;

/** The rule: nothing is forwarded this long after the floor was taken away. */
const nothingAfterMs = 300;

describe("A page that goes on sending whatever it is told", function () {
  this.timeout(120_000);
  let server: TestServer;
  let people: People;
  let ana: Person;
  let eve: Person;
  let meeting: Id;
  let code: string;
  let anaSeat: Id;
  let eveSeat: Id;

  before(async () => {
    server = await startTestServer();
    people = await People.open(() => server.url);
    const booked = await bookedMeeting(server.pool, { lobby: false });
    meeting = booked.id;
    code = booked.code;
    const { key } = await addLink(server.pool, meeting, { role: "chair", kind: "adult", schoolId: booked.school });
    ana = await people.somebody();
    await ana.joins(code, "Ana", key);
    await ana.isInRoom();
    eve = await people.somebody();
    await eve.page.addInitScript(neverStops);
    await eve.joins(code, "Eve");
    await eve.isInRoom();
    const { seats } = (await host()).meeting;
    anaSeat = Object.values(seats).find(({ role }) => role === "chair")?.seat ?? "";
    eveSeat = Object.values(seats).find(({ role }) => role === "participant")?.seat ?? "";
  });
  after(async () => {
    await people?.close();
    await server?.end();
  });

  async function host() {
    const found = await server.hosts.of(meeting);
    if (!found) throw new Error("The meeting is not there");
    return found;
  }

  const forwarded = async (): Promise<number> => (await server.mediaOf(meeting)?.forwardedPackets(eveSeat)) ?? 0;

  async function speaks(): Promise<void> {
    await eve.raisesHand();
    await ana.seesPicture("Eve");
    await eventually(async () => (await forwarded()) > 20);
  }

  /** `cut` takes the floor away; what is counted then must stand still, however long one looks. */
  async function isSilentAfter(cut: () => Promise<unknown>): Promise<void> {
    await cut();
    await pause(nothingAfterMs);
    const then = await forwarded();
    for (let look = 0; look < 4; look += 1) {
      await pause(250);
      expect(await forwarded()).to.equal(then);
    }
  }

  async function chairs(command: Command): Promise<void> {
    expect(await (await host()).command(anaSeat, command)).to.have.property("ok");
  }

  it("is not forwarded any more after its turn was ended", async () => {
    await speaks();
    const { turns } = (await host()).meeting;
    await isSilentAfter(() => chairs({ type: "floor.endTurn", turn: turns[0]?.turn ?? "" }));
  });

  it("nor after it was muted, until it is unmuted and has the floor", async () => {
    await speaks();
    await isSilentAfter(() => chairs({ type: "seat.mute", seat: eveSeat }));
    await chairs({ type: "seat.unmute", seat: eveSeat });
    await pause(nothingAfterMs);
    const then = await forwarded();
    await pause(nothingAfterMs);
    expect(await forwarded()).to.equal(then);
  });

  it("nor after everything was frozen", async () => {
    await speaks();
    await isSilentAfter(() => chairs({ type: "meeting.freeze" }));
    await chairs({ type: "meeting.resume" });
  });

  it("nor after it gave the turn up itself", async () => {
    await speaks();
    await isSilentAfter(async () => (await host()).command(eveSeat, { type: "floor.finishTurn" }));
  });

  it("nor after its time was up", async () => {
    // Shorter than a chair may choose, so that nobody waits for half a minute.
    await chairs({ type: "floor.changeSettings", turnLimitMs: 5_000 });
    await speaks();
    const { meeting: now } = await host();
    expect(now.turns[0]?.endsAt).to.be.a("number");
    await eventually(async () => (await host()).meeting.turns.length === 0);
    await isSilentAfter(async () => {});
    await chairs({ type: "floor.changeSettings", turnLimitMs: null });
  });

  it("nor after it was removed", async () => {
    await speaks();
    await isSilentAfter(() => chairs({ type: "seat.remove", seat: eveSeat }));
  });
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
