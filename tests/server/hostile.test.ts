import { expect } from "chai";
import fc from "fast-check";
import { io, type Socket } from "socket.io-client";
import type { Command, CommandType } from "../../protocol/commands.ts";
import type { MediaRequest } from "../../protocol/media.ts";
import { addLink } from "../../server/meetings/links.ts";
import { eventually } from "../support/eventually.ts";
import { bookedMeeting } from "../support/meetings.ts";
import { Guest, startTestServer, type TestServer } from "../support/server.ts";

/** One of each, well formed, about `seat` and `turn`. */
const oneOfEach = (seat: string, turn: string): Record<CommandType, Command> => ({
  "floor.raiseHand": { type: "floor.raiseHand" },
  "floor.lowerHand": { type: "floor.lowerHand", seat },
  "floor.finishTurn": { type: "floor.finishTurn" },
  "floor.giveTurn": { type: "floor.giveTurn", seat },
  "floor.endTurn": { type: "floor.endTurn", turn },
  "floor.extendTurn": { type: "floor.extendTurn", turn, endsAt: Date.now(), byMs: 60_000 },
  "floor.moveHand": { type: "floor.moveHand", seat, toPlace: 1 },
  "floor.clearQueue": { type: "floor.clearQueue" },
  "floor.changeSettings": { type: "floor.changeSettings", capacity: 4 },
  "lobby.admit": { type: "lobby.admit", seat },
  "lobby.turnAway": { type: "lobby.turnAway", seat },
  "lobby.admitAll": { type: "lobby.admitAll" },
  "lobby.switch": { type: "lobby.switch", on: false },
  "seat.leave": { type: "seat.leave" },
  "seat.mute": { type: "seat.mute", seat },
  "seat.unmute": { type: "seat.unmute", seat },
  "seat.remove": { type: "seat.remove", seat },
  "seat.handOverChair": { type: "seat.handOverChair", seat },
  "seat.makeCoChair": { type: "seat.makeCoChair", seat, on: true },
  "seat.setDevices": { type: "seat.setDevices", microphone: true, camera: true },
  "seat.namePupils": { type: "seat.namePupils", names: ["Aino"] },
  "share.start": { type: "share.start" },
  "share.stop": { type: "share.stop" },
  "chat.sendMessage": { type: "chat.sendMessage", id: "hostile-1", text: "Let me in" },
  "reaction.show": { type: "reaction.show", reaction: "heart" },
  "meeting.lock": { type: "meeting.lock", on: true },
  "meeting.freeze": { type: "meeting.freeze" },
  "meeting.resume": { type: "meeting.resume" },
  "meeting.end": { type: "meeting.end" },
});

const oneOfEachRequest: Record<MediaRequest["type"], MediaRequest> = {
  "media.begin": { type: "media.begin" },
  "media.continue": { type: "media.continue", receive: "r-1", send: null },
  "media.createTransport": { type: "media.createTransport" },
  "media.connectTransport": { type: "media.connectTransport", transport: "t-1", dtlsParameters: {} },
  "media.restartIce": { type: "media.restartIce", transport: "t-1" },
  "media.receive": { type: "media.receive", rtpCapabilities: {} },
  "media.produce": {
    type: "media.produce",
    transport: "t-1",
    medium: "microphone",
    kind: "audio",
    rtpParameters: {},
  },
  "media.shown": { type: "media.shown", consumers: [] },
  "media.closeProducer": { type: "media.closeProducer", producer: "p-1" },
  "media.resumeProducer": { type: "media.resumeProducer", producer: "p-1" },
  "media.pauseProducer": { type: "media.pauseProducer", producer: "p-1" },
  "media.requestKeyFrame": { type: "media.requestKeyFrame", consumer: "c-1" },
};

/** Only the chair's: whoever takes part is told so, whatever they write into the message. */
const chairsOnly: readonly CommandType[] = [
  "floor.giveTurn",
  "floor.endTurn",
  "floor.extendTurn",
  "floor.moveHand",
  "floor.clearQueue",
  "floor.changeSettings",
  "lobby.admit",
  "lobby.turnAway",
  "lobby.admitAll",
  "lobby.switch",
  "seat.mute",
  "seat.unmute",
  "seat.remove",
  "seat.handOverChair",
  "seat.makeCoChair",
  "meeting.lock",
  "meeting.freeze",
  "meeting.resume",
  "meeting.end",
];

describe("A hostile client", function () {
  this.timeout(120_000);
  let server: TestServer;
  let guests: Guest[];

  before(async () => {
    server = await startTestServer();
  });
  after(() => server?.end());
  beforeEach(() => {
    guests = [];
  });
  afterEach(() => {
    for (const guest of guests) guest.close();
  });

  async function comes(code: string, name: string, key?: string): Promise<Guest> {
    const guest = await Guest.comes(server.url, code, name, key);
    guests.push(guest);
    return guest;
  }

  /** A meeting that Ana has opened. */
  async function opened(settings: Parameters<typeof bookedMeeting>[1] = {}) {
    const booked = await bookedMeeting(server.pool, settings);
    const { key } = await addLink(server.pool, booked.id, { role: "chair", kind: "adult", schoolId: booked.school });
    const ana = await comes(booked.code, "Ana", key);
    const host = await server.hosts.of(booked.id);
    if (!host) throw new Error("The meeting that was just opened is not there");
    return { ...booked, ana, host };
  }

  /** So slowly that it is no flood: what is refused is refused for what it is. */
  async function tries(guest: Guest, channel: string, messages: readonly object[]): Promise<string[]> {
    const refused: string[] = [];
    for (const message of messages) {
      await eventually(async () => {
        const answer = await guest.ask(channel, message);
        if ("refused" in answer && answer.refused === "command.tooMany") return false;
        refused.push("refused" in answer ? answer.refused : "ok");
        return true;
      });
    }
    return refused;
  }

  it("waits in the lobby and can call nothing but waiting", async () => {
    const { code, ana, host } = await opened({ lobby: true });
    await ana.send({ type: "floor.raiseHand" });
    const turn = host.meeting.turns[0]?.turn ?? "";
    const eve = await comes(code, "Eve");
    const before = host.log.length;
    const { "seat.leave": leave, ...others } = oneOfEach(ana.seat, turn);
    for (const refused of await tries(eve, "command", Object.values(others)))
      expect(refused).to.equal("seat.notInRoom");
    for (const refused of await tries(eve, "media", Object.values(oneOfEachRequest))) {
      expect(refused).to.equal("seat.notInRoom");
    }
    for (const signal of [{ type: "typing" }, { type: "level", level: 3 }, { type: "still", image: null }]) {
      expect(await eve.ask("signal", signal)).to.deep.include({ refused: "seat.notInRoom" });
    }
    expect(host.log.length).to.equal(before);
    const seen = JSON.stringify(eve.snapshots);
    expect(seen).not.to.include(ana.seat);
    await eventually(() => {
      eve.socket.emit("command", leave);
      return eve.ended !== undefined;
    });
  });

  it("in the room may do nothing of what is the chair's, and nothing changes by trying", async () => {
    const { code, ana, host } = await opened({ lobby: false });
    await ana.send({ type: "floor.raiseHand" });
    const turn = host.meeting.turns[0]?.turn ?? "";
    const eve = await comes(code, "Eve");
    const before = host.log.length;
    const all = oneOfEach(ana.seat, turn);
    const refusals = await tries(
      eve,
      "command",
      chairsOnly.map((type) => all[type]),
    );
    expect(new Set(refusals)).to.deep.equal(new Set(["command.notAllowed"]));
    for (const [index, message] of chairsOnly
      .map((type) => ({ ...all[type], actor: ana.seat, role: "chair" }))
      .entries()) {
      if (index % 6 !== 0) continue;
      expect(await tries(eve, "command", [message])).to.deep.equal(["command.malformed"]);
    }
    expect(host.log.length).to.equal(before);
  });

  it("gets nowhere with a ticket that is none, of another meeting, used twice, or of who was removed", async () => {
    const one = await opened({ lobby: false });
    const other = await opened({ lobby: false });
    expect(await endOf({ ticket: "x".repeat(43) })).to.equal("ticket.invalid");
    expect(await endOf({ ticket: "x".repeat(5_000) })).to.equal("ticket.invalid");
    expect(await endOf({ seat: one.ana.seat })).to.equal("ticket.invalid");
    expect(await endOf({ ticket: one.ana.seated.ticket, seat: other.ana.seat })).to.equal("ticket.invalid");

    const eve = await comes(one.code, "Eve");
    expect(await eve.send({ type: "seat.mute", seat: other.ana.seat })).to.have.property("refused");
    // Eve's ticket is for Eve's seat in the one meeting, whatever else she asks for.
    const again = connect({ ticket: eve.seated.ticket, from: { view: 900, n: 900_000 } });
    const seen = await new Promise<{ seat: string }>((resolve) => again.once("snapshot", resolve));
    expect(seen.seat).to.equal(eve.seat);
    await eventually(() => eve.ended === "seat.replaced");
    expect(one.host.meeting.seats[eve.seat]?.place).to.equal("room");

    await one.ana.send({ type: "seat.remove", seat: eve.seat });
    again.disconnect();
    expect(await endOf({ ticket: eve.seated.ticket })).to.be.oneOf(["seat.removed", "ticket.invalid"]);
  });

  it("is cut off when it says too much at once, and costs the others nothing", async () => {
    const { code, ana, host } = await opened({ lobby: false });
    const eve = await comes(code, "Eve");
    const long = { type: "chat.sendMessage", id: "hostile-2", text: "x".repeat(2_001) };
    expect(await eve.ask("command", long)).to.deep.include({ refused: "command.malformed" });
    const gone = new Promise<string>((resolve) => eve.socket.once("disconnect", resolve));
    eve.socket.emit("command", { ...long, text: "x".repeat(2_000_000) });
    expect(await gone).to.be.a("string");
    expect(await ana.send({ type: "floor.raiseHand" })).to.have.property("ok");
    expect(host.meeting.chat).to.deep.equal([]);
    const door = await fetch(`${server.url}/api/meetings/${code}/seats`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name: "x".repeat(2_000_000) }),
    });
    expect(door.status).to.be.oneOf([400, 413]);
  });

  it("is not taken for one when whole classes come from one address at the bell", async () => {
    const { code, ana, host } = await opened({ lobby: false, maxSeats: 300 });
    await Promise.all(Array.from({ length: 120 }, (_, index) => comes(code, `Pupil ${index}`)));
    expect(Object.values(host.meeting.seats).filter(({ place }) => place === "room")).to.have.lengthOf(121);
    expect(await ana.send({ type: "floor.raiseHand" })).to.have.property("ok");
  });

  it("cannot jam the queue with late, doubled, reordered or lost messages", async () => {
    const { code, ana, host } = await opened({ lobby: false, graceMs: 600_000 });
    const three = [await comes(code, "Inês"), await comes(code, "Matti"), await comes(code, "Aino")];
    const step = fc.record({
      who: fc.nat(2),
      does: fc.constantFrom("floor.raiseHand", "floor.lowerHand", "floor.finishTurn"),
      how: fc.constantFrom("waits", "hurries", "doubles", "loses the answer", "reconnects"),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 10 }), async (steps) => {
        const late: Promise<unknown>[] = [];
        // What is on its way when the connection is lost has no answer: that is no fault here.
        const hurries = (guest: Guest, message: object) => late.push(guest.ask("command", message).catch(() => {}));
        for (const { who, does, how } of steps) {
          const guest = three[who];
          if (!guest) continue;
          const message = { type: does };
          if (how === "waits") await guest.ask("command", message);
          if (how === "hurries") hurries(guest, message);
          if (how === "doubles") for (const _ of [1, 2]) hurries(guest, message);
          if (how === "loses the answer") guest.socket.emit("command", message);
          if (how === "reconnects") {
            guest.socket.disconnect().connect();
            hurries(guest, message);
          }
        }
        await Promise.all(late);
        await isConsistent();
        // Whatever came before, the floor goes on: the chair puts everything down, and a raised hand gets it at once.
        await asked(ana, { type: "floor.clearQueue" });
        for (const { turn } of host.meeting.turns) await asked(ana, { type: "floor.endTurn", turn });
        expect(host.meeting.turns).to.deep.equal([]);
        for (const guest of three) {
          await asked(guest, { type: "floor.raiseHand" });
          expect(host.meeting.turns.map(({ seat }) => seat)).to.deep.equal([guest.seat]);
          await asked(guest, { type: "floor.finishTurn" });
        }
      }),
      { numRuns: 12, endOnFailure: true },
    );

    /** As one waits for an answer, however fast one was before. */
    async function asked(guest: Guest, command: Command): Promise<void> {
      await eventually(async () => {
        const answer = await guest.send(command);
        if ("refused" in answer && answer.refused === "command.tooMany") return false;
        expect(answer).to.have.property("ok");
        return true;
      });
    }

    async function isConsistent(): Promise<void> {
      const { turns, queue } = host.meeting;
      const seats = [...turns, ...queue].map(({ seat }) => seat);
      expect(new Set(seats).size, "nobody is twice on the floor or in the queue").to.equal(seats.length);
      expect(turns.length, "one speaks at a time").to.be.at.most(1);
      const anybodyHere = queue.some(({ seat }) => host.meeting.seats[seat]?.place === "room");
      if (anybodyHere) expect(turns.length, "nobody waits before a free floor").to.equal(1);
    }
  });

  function connect(auth: object): Socket {
    return io(server.url, { auth, forceNew: true, transports: ["websocket"], reconnection: false });
  }

  /** Why the server ends a connection that comes with this. */
  async function endOf(auth: object): Promise<string> {
    const socket = connect(auth);
    try {
      return await new Promise((resolve, reject) => {
        socket.once("end", ({ refused }: { refused: string }) => resolve(refused));
        socket.once("live", () => reject(new Error("it was let in")));
        socket.once("connect_error", reject);
      });
    } finally {
      socket.disconnect();
    }
  }
});
