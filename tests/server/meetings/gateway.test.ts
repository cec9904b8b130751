import { expect } from "chai";
import { bookedMeeting } from "../../support/meetings.ts";
import { Guest, knock, startTestServer, type TestServer } from "../../support/server.ts";

describe("The meeting's gateway", () => {
  let server: TestServer;
  let guests: Guest[];

  before(async () => {
    server = await startTestServer();
  });
  after(() => server.end());
  beforeEach(() => {
    guests = [];
  });
  afterEach(() => {
    for (const guest of guests) guest.close();
  });

  async function meeting(settings: Parameters<typeof bookedMeeting>[1] = {}) {
    const booked = await bookedMeeting(server.pool, settings);
    await server.pool.query(
      "insert into meeting_links (id, meeting_id, key, role) values ($1, $2, $3, 'chair'), ($4, $2, $5, 'watcher')",
      [`c${booked.code}`, booked.id, `chair-${booked.code}`, `w${booked.code}`, `watch-${booked.code}`],
    );
    return booked;
  }

  async function comes(code: string, name: string, key?: string): Promise<Guest> {
    const guest = await Guest.comes(server.url, code, name, key);
    guests.push(guest);
    return guest;
  }

  it("lets nobody in before the chair has come", async () => {
    const { code } = await meeting({ lobby: false });
    expect(await (await knock(server.url, code, { name: "Inês" })).json()).to.deep.include({
      refused: "meeting.notOpen",
    });
    await comes(code, "Ana", `chair-${code}`);
    expect((await knock(server.url, code, { name: "Inês" })).status).to.equal(200);
  });

  it("lets three take turns in the order of their hands", async () => {
    const { code } = await meeting({ lobby: false });
    const ana = await comes(code, "Ana", `chair-${code}`);
    const ines = await comes(code, "Inês");
    const eetu = await comes(code, "Eetu");
    for (const guest of [ines, eetu, ana]) await guest.send({ type: "floor.raiseHand" });
    for (const guest of [ines, eetu, ana])
      expect(await guest.send({ type: "floor.finishTurn" })).to.have.property("ok");
    const spoke = ana.events.flatMap(({ event }) => (event.type === "floor.turnStarted" ? [event.seat] : []));
    expect(spoke).to.deep.equal([ines.seat, eetu.seat, ana.seat]);
  });

  it("refuses what it does not understand, and who it does not know", async () => {
    const { code } = await meeting({ lobby: false });
    const ana = await comes(code, "Ana", `chair-${code}`);
    for (const message of [
      null,
      "floor.raiseHand",
      { type: "floor.raiseHand", seat: "x" },
      { type: "no.such" },
      [],
      7,
    ]) {
      expect(await ana.ask("command", message)).to.deep.include({ refused: "command.malformed" });
    }
    expect((await knock(server.url, code, { name: "Eve", role: "chair" })).status).to.equal(400);
    expect((await knock(server.url, code, { name: "Eve", key: "not-a-key-of-this-meeting" })).status).to.be.oneOf([
      403, 404, 410,
    ]);
    expect((await knock(server.url, "no-such-code", { name: "Eve" })).status).to.equal(404);
  });

  it("acts for the seat of the connection, whatever the message says", async () => {
    const { code, id } = await meeting({ lobby: false });
    const ana = await comes(code, "Ana", `chair-${code}`);
    const eve = await comes(code, "Eve");
    expect(await eve.send({ type: "seat.mute", seat: ana.seat })).to.deep.include({ refused: "command.notAllowed" });
    expect(await eve.send({ type: "floor.lowerHand", seat: ana.seat })).to.deep.include({
      refused: "command.notAllowed",
    });
    const host = await server.hosts.of(id);
    expect(host?.meeting.seats[ana.seat]?.muted).to.equal(false);
  });

  it("keeps who was removed out, and sends who comes as somebody new to the lobby", async () => {
    const { code } = await meeting({ lobby: false });
    const ana = await comes(code, "Ana", `chair-${code}`);
    const eve = await comes(code, "Eve");
    await ana.send({ type: "seat.remove", seat: eve.seat });
    const { resume } = eve.seated;
    expect(await (await knock(server.url, code, { name: "Eve", resume })).json()).to.deep.include({
      refused: "seat.removed",
    });
    const again = await comes(code, "Somebody else");
    expect(again.snapshots.at(-1)?.meeting.seats[again.seat]?.place).to.equal("lobby");
    expect(await again.send({ type: "chat.sendMessage", id: "12345678", text: "hi" })).to.deep.include({
      refused: "seat.notInRoom",
    });
    expect(await again.ask("media", { type: "media.begin" })).to.deep.include({ refused: "seat.notInRoom" });
    expect(await again.ask("signal", { type: "typing" })).to.deep.include({ refused: "seat.notInRoom" });
  });

  it("gives a watcher neither hand nor media to send", async () => {
    const { code } = await meeting({ lobby: false });
    await comes(code, "Ana", `chair-${code}`);
    const watcher = await comes(code, "Parent", `watch-${code}`);
    expect(await watcher.send({ type: "floor.raiseHand" })).to.deep.include({ refused: "seat.watcher" });
    expect(await watcher.ask("media", { type: "media.createTransport" })).to.have.property("refused");
  });

  it("never sends an identity to a browser", async () => {
    const { code } = await meeting();
    const ana = await comes(code, "Ana", `chair-${code}`);
    const matti = await comes(code, "Matti");
    await ana.send({ type: "lobby.admit", seat: matti.seat });
    const told = JSON.stringify([ana, matti].map((guest) => [guest.events, guest.snapshots]));
    expect(told).not.to.include("guest:");
    expect(told).not.to.include("account:");
  });

  it("slows down who sends too much, and serves the others", async () => {
    const { code } = await meeting({ lobby: false });
    const ana = await comes(code, "Ana", `chair-${code}`);
    const eve = await comes(code, "Eve");
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => eve.send({ type: "reaction.show", reaction: "applause" })),
    );
    expect(answers.some((answer) => "refused" in answer && answer.refused === "command.tooMany")).to.equal(true);
    expect(await ana.send({ type: "floor.raiseHand" })).to.have.property("ok");
  });

  it("passes stills on when they are small pictures, and refuses anything else", async () => {
    const { code } = await meeting({ lobby: false });
    const ana = await comes(code, "Ana", `chair-${code}`);
    const ines = await comes(code, "Inês");
    const seen = new Promise((resolve) => ana.socket.once("signal", resolve));
    expect(await ines.ask("signal", { type: "still", image: jpegOf(320, 180) })).to.deep.equal({ ok: true });
    expect(await seen).to.deep.include({ type: "still", seat: ines.seat });
    expect(await ines.ask("signal", { type: "still", image: jpegOf(320, 180) })).to.deep.include({
      refused: "command.tooMany",
    });
    expect(await ana.ask("signal", { type: "still", image: jpegOf(640, 360) })).to.deep.include({
      refused: "media.tooLarge",
    });
    expect(await ana.ask("signal", { type: "still", image: Buffer.from("<svg/>") })).to.deep.include({
      refused: "media.tooLarge",
    });
  });
});

/** The header of a JPEG of this size: what is looked at and passed on. */
function jpegOf(width: number, height: number): Buffer {
  const bytes = Buffer.from("ffd8ffc0001108000000000301220002110103110100", "hex");
  bytes.writeUInt16BE(height, 7);
  bytes.writeUInt16BE(width, 9);
  return bytes;
}
