import { expect } from "chai";
import { upNext } from "../../../domain/meeting/next.ts";
import { goneAfterMs } from "../../../domain/meeting/rules/arrivals.ts";
import { aMeeting } from "../../support/meeting.ts";

const aRoom = (settings: Parameters<typeof aMeeting>[0] = {}) =>
  aMeeting(settings).with("ana", { role: "chair" }).with("ines").with("olli").with("tiago");

describe("the floor, going on by queue", () => {
  it("is had at once by who raises a hand while it is free", () => {
    const room = aRoom().raises("ines");
    expect(room.speakers).to.deep.equal(["ines"]);
    expect(room.queue).to.deep.equal([]);
    expect(room.types).to.deep.equal(["floor.handRaised", "floor.handLowered", "floor.turnStarted"]);
    expect(room.newest("floor.turnStarted").why).to.equal("byQueue");
  });

  it("is had by the hands in the order they were raised", () => {
    const room = aRoom().raises("ines").raises("tiago").raises("olli");
    expect(room.queue).to.deep.equal(["tiago", "olli"]);
    expect(room.finishes("ines").speakers).to.deep.equal(["tiago"]);
    expect(room.finishes("tiago").speakers).to.deep.equal(["olli"]);
    expect(room.finishes("olli").speakers).to.deep.equal([]);
  });

  it("is shared by as many as there are places", () => {
    const room = aRoom({ capacity: 2 }).raises("ines").raises("olli").raises("tiago");
    expect(room.speakers).to.deep.equal(["ines", "olli"]);
    expect(room.finishes("ines").speakers).to.deep.equal(["olli", "tiago"]);
  });

  it("takes up to four at once", () => {
    const room = aRoom({ capacity: 4 }).with("vera").raises("ines").raises("olli").raises("tiago").raises("ana");
    expect(room.raises("vera").speakers).to.have.lengthOf(4);
    expect(room.queue).to.deep.equal(["vera"]);
  });

  it("goes to who waits as soon as the chair makes more places", () => {
    const room = aRoom().raises("ines").raises("olli").raises("tiago");
    expect(room.changes({ capacity: 3 }).speakers).to.deep.equal(["ines", "olli", "tiago"]);
  });

  it("lets running turns run when the chair takes places away", () => {
    const room = aRoom({ capacity: 2 }).raises("ines").raises("olli").raises("tiago").changes({ capacity: 1 });
    expect(room.speakers).to.deep.equal(["ines", "olli"]);
    expect(room.finishes("ines").speakers).to.deep.equal(["olli"]);
    expect(room.finishes("olli").speakers).to.deep.equal(["tiago"]);
  });

  it("refuses a second hand, a hand of who speaks, and lowering a hand that is down", () => {
    const room = aRoom().raises("ines").raises("olli");
    expect(room.answer("olli", { type: "floor.raiseHand" })).to.equal("floor.handUp");
    expect(room.answer("ines", { type: "floor.raiseHand" })).to.equal("floor.speaking");
    expect(room.answer("tiago", { type: "floor.lowerHand" })).to.equal("floor.noHand");
    expect(room.answer("tiago", { type: "floor.finishTurn" })).to.equal("floor.noTurn");
  });

  it("leaves the queue to who lowers their hand, and to the chair who lowers another's", () => {
    const room = aRoom().raises("ines").raises("olli").raises("tiago");
    expect(room.lowers("olli").queue).to.deep.equal(["tiago"]);
    expect(room.answer("olli", { type: "floor.lowerHand", seat: "tiago" })).to.equal("command.notAllowed");
    expect(room.does("ana", { type: "floor.lowerHand", seat: "tiago" }).queue).to.deep.equal([]);
  });
});

describe("the floor, going on by the chair", () => {
  it("waits for the chair to give the turn", () => {
    const room = aRoom({ next: "byChair" }).raises("ines").raises("olli");
    expect(room.speakers).to.deep.equal([]);
    expect(room.gives("olli").speakers).to.deep.equal(["olli"]);
    expect(room.newest("floor.turnStarted").why).to.equal("givenByChair");
    expect(room.finishes("olli").speakers).to.deep.equal([]);
    expect(room.queue).to.deep.equal(["ines"]);
  });

  it("goes on by itself as soon as the chair says so", () => {
    const room = aRoom({ next: "byChair" }).raises("ines").raises("olli").changes({ next: "byQueue" });
    expect(room.speakers).to.deep.equal(["ines"]);
  });
});

describe("giving a turn", () => {
  it("needs no raised hand, and makes room on a full floor", () => {
    const room = aRoom().raises("ines").raises("olli");
    expect(room.gives("tiago").speakers).to.deep.equal(["tiago"]);
    expect(room.newest("floor.turnEnded")).to.include({ seat: "ines", why: "chairEnded", by: "ana" });
    expect(room.queue).to.deep.equal(["olli"]);
  });

  it("takes only the longest turn from a floor of several", () => {
    const room = aRoom({ capacity: 2 }).raises("ines").raises("olli");
    expect(room.gives("tiago").speakers).to.deep.equal(["olli", "tiago"]);
  });

  it("brings the floor down to its places when the chair had taken some away", () => {
    const room = aRoom({ capacity: 3 }).raises("ines").raises("olli").raises("tiago").changes({ capacity: 1 });
    expect(room.gives("ana").speakers).to.deep.equal(["ana"]);
  });

  it("is refused for who speaks, is muted, is away, only watches, or waits in the lobby", () => {
    const room = aRoom().with("vera", { role: "watcher" }).raises("ines").mutes("olli").loses("tiago");
    room.does("ana", { type: "lobby.switch", on: true }).with("leo");
    const give = (seat: string) => room.answer("ana", { type: "floor.giveTurn", seat });
    expect(give("ines")).to.equal("floor.speaking");
    expect(give("olli")).to.equal("floor.seatMuted");
    expect(give("tiago")).to.equal("seat.unknown");
    expect(give("vera")).to.equal("seat.watcher");
    expect(give("leo")).to.equal("seat.unknown");
    expect(give("nobody")).to.equal("seat.unknown");
  });
});

describe("the floor, going on fairly", () => {
  const fair = () =>
    aMeeting({ next: "fair" })
      .with("ana", { role: "chair", school: "aveiro" })
      .with("ines", { school: "aveiro" })
      .with("joao", { school: "aveiro" })
      .with("olli", { school: "oulu" })
      .with("sanna", { school: "oulu" });

  it("goes to who has spoken least, and says so", () => {
    const room = fair().speaks("ines", 60_000).speaks("joao", 20_000).speaks("olli", 30_000);
    room.raises("sanna").raises("ines").raises("joao").finishes("sanna");
    expect(room.speakers).to.deep.equal(["joao"]);
    expect(room.newest("floor.turnStarted").why).to.equal("leastAirtime");
  });

  it("goes to the other school first, and says so", () => {
    const room = fair().speaks("olli", 60_000);
    room.raises("ines").raises("joao").raises("olli").finishes("ines");
    expect(room.speakers).to.deep.equal(["olli"]);
    expect(room.newest("floor.turnStarted").why).to.equal("schoolsAlternate");
  });

  it("takes the earlier hand among equals", () => {
    const room = fair().raises("ana").raises("sanna").raises("olli").finishes("ana");
    expect(room.speakers).to.deep.equal(["sanna"]);
  });

  it("stays with one school when the other has no hand up", () => {
    const room = fair().raises("ines").raises("joao").finishes("ines");
    expect(room.speakers).to.deep.equal(["joao"]);
    expect(room.newest("floor.turnStarted").why).to.equal("leastAirtime");
  });

  it("takes nobody for a schoolmate whose school is unknown", () => {
    const room = aMeeting({ next: "fair" }).with("ana", { role: "chair" }).with("ines").with("olli");
    room.raises("ana").raises("ines").raises("olli").finishes("ana");
    expect(room.newest("floor.turnStarted").why).to.equal("leastAirtime");
  });

  it("alternates schools also when several places become free at once", () => {
    const room = fair().changes({ next: "byChair", capacity: 2 }).raises("ines").raises("joao").raises("olli");
    expect(room.changes({ next: "fair" }).speakers).to.deep.equal(["ines", "olli"]);
  });

  it("makes ready exactly those who will have the floor", () => {
    const room = fair().changes({ next: "byChair", capacity: 2 }).raises("ines").raises("joao").raises("sanna");
    room.changes({ capacity: 2 });
    const ready = upNext({ ...room.meeting, settings: { ...room.meeting.settings, next: "fair" } });
    expect(ready.map(({ seat }) => seat)).to.deep.equal(room.changes({ next: "fair" }).speakers);
  });
});

describe("who is made ready", () => {
  it("is as many from the queue as there are places, in their order", () => {
    const room = aRoom().with("vera").raises("ines").raises("olli").raises("tiago");
    expect(upNext(room.meeting).map(({ seat }) => seat)).to.deep.equal(["olli"]);
    room.raises("vera").changes({ capacity: 2 });
    expect(room.speakers).to.deep.equal(["ines", "olli"]);
    expect(upNext(room.meeting).map(({ seat }) => seat)).to.deep.equal(["tiago", "vera"]);
  });

  it("is nobody while everything is frozen, and never who is away", () => {
    const room = aRoom().raises("ines").raises("olli").raises("tiago").loses("olli");
    expect(upNext(room.meeting).map(({ seat }) => seat)).to.deep.equal(["tiago"]);
    expect(upNext(room.freezes().meeting)).to.deep.equal([]);
  });
});

describe("a turn", () => {
  it("has no end without a limit", () => {
    const room = aRoom().raises("ines").later(3_600_000);
    expect(room.speakers).to.deep.equal(["ines"]);
    expect(room.meeting.turns[0]?.endsAt).to.equal(null);
  });

  it("ends when its time is up, and the next one begins at that moment", () => {
    const room = aRoom({ turnLimitMs: 60_000 }).raises("ines").raises("olli");
    expect(room.later(59_999).speakers).to.deep.equal(["ines"]);
    expect(room.later(1).speakers).to.deep.equal(["olli"]);
    expect(room.newest("floor.turnEnded")).to.include({ seat: "ines", why: "timeUp", by: null });
    expect(room.newest("floor.turnStarted").endsAt).to.equal(room.now + 60_000);
  });

  it("is not ended by a clock that is early, late or speaks of another turn", () => {
    const room = aRoom({ turnLimitMs: 60_000 }).raises("ines").raises("olli");
    const turn = room.turnOf("ines");
    expect(room.systemAnswer({ type: "floor.passTime", turn })).to.equal("floor.notYet");
    room.finishes("ines").jumps(60_000);
    expect(room.systemAnswer({ type: "floor.passTime", turn })).to.equal("floor.noTurn");
  });

  it("can be made longer by the chair, when it has an end", () => {
    const room = aRoom({ turnLimitMs: 60_000 }).raises("ines");
    const extend = { type: "floor.extendTurn", turn: room.turnOf("ines"), byMs: 30_000 } as const;
    room.does("ana", { ...extend, endsAt: room.now + 60_000 });
    expect(room.later(60_000).speakers).to.deep.equal(["ines"]);
    expect(room.later(30_000).speakers).to.deep.equal([]);
    expect(room.answer("ana", { ...extend, endsAt: room.now })).to.equal("floor.noTurn");
    const endless = room.changes({ turnLimitMs: null }).raises("olli").turnOf("olli");
    expect(room.answer("ana", { ...extend, turn: endless, endsAt: room.now })).to.equal("floor.noLimit");
  });

  it("is made longer once by a click that is sent twice", () => {
    const room = aRoom({ turnLimitMs: 60_000 }).raises("ines");
    const endsAt = room.now + 60_000;
    const click = { type: "floor.extendTurn", turn: room.turnOf("ines"), endsAt, byMs: 30_000 } as const;
    room.does("ana", click).does("ana", click);
    expect(room.meeting.turns[0]?.endsAt).to.equal(endsAt + 30_000);
    room.does("ana", { ...click, endsAt: endsAt + 30_000 });
    expect(room.meeting.turns[0]?.endsAt).to.equal(endsAt + 60_000);
  });

  it("keeps the length it began with when the chair changes the limit", () => {
    const room = aRoom({ turnLimitMs: 60_000 }).raises("ines").raises("olli").changes({ turnLimitMs: 30_000 });
    expect(room.later(59_000).speakers).to.deep.equal(["ines"]);
    expect(room.later(1_000).speakers).to.deep.equal(["olli"]);
    expect(room.later(30_000).speakers).to.deep.equal([]);
  });

  it("is ended by the chair by its own id, so that a late click ends nobody else's", () => {
    const room = aRoom().raises("ines").raises("olli");
    const click = { type: "floor.endTurn", turn: room.turnOf("ines") } as const;
    expect(room.does("ana", click).speakers).to.deep.equal(["olli"]);
    expect(room.answer("ana", click)).to.equal("floor.noTurn");
    expect(room.speakers).to.deep.equal(["olli"]);
  });

  it("counts as airtime once it has ended", () => {
    const room = aRoom().speaks("ines", 40_000).speaks("ines", 2_000);
    expect(room.seat("ines")).to.include({ airtimeMs: 42_000, turns: 2 });
  });
});

describe("the queue", () => {
  it("is put in order by the chair", () => {
    const room = aRoom({ next: "byChair" }).raises("ines").raises("olli").raises("tiago");
    const move = (seat: string, toPlace: number) => room.does("ana", { type: "floor.moveHand", seat, toPlace }).queue;
    expect(move("tiago", 1)).to.deep.equal(["tiago", "ines", "olli"]);
    expect(move("tiago", 2)).to.deep.equal(["ines", "tiago", "olli"]);
    expect(move("ines", 99)).to.deep.equal(["tiago", "olli", "ines"]);
    expect(room.answer("ana", { type: "floor.moveHand", seat: "ana", toPlace: 1 })).to.equal("floor.noHand");
  });

  it("is cleared by the chair", () => {
    const room = aRoom({ next: "byChair" }).raises("ines").raises("olli");
    expect(room.does("ana", { type: "floor.clearQueue" }).queue).to.deep.equal([]);
    expect(room.happened).to.deep.include({ type: "floor.handLowered", seat: "olli", by: "ana", why: "queueCleared" });
    expect(room.does("ana", { type: "floor.clearQueue" }).happened).to.deep.equal([]);
  });
});

describe("a lost connection", () => {
  it("leaves a hand its place through a reconnect", () => {
    const room = aRoom().raises("ines").raises("olli").raises("tiago").loses("olli").later(20_000).connects("olli");
    expect(room.queue).to.deep.equal(["olli", "tiago"]);
    expect(room.finishes("ines").speakers).to.deep.equal(["olli"]);
  });

  it("is passed over while it lasts, without losing the place", () => {
    const room = aRoom().raises("ines").raises("olli").raises("tiago").loses("olli").finishes("ines");
    expect(room.speakers).to.deep.equal(["tiago"]);
    expect(room.connects("olli").finishes("tiago").speakers).to.deep.equal(["olli"]);
  });

  it("gives the floor to who comes back with a hand up when it is free", () => {
    const room = aRoom().raises("ines").raises("olli").loses("olli").finishes("ines");
    expect(room.speakers).to.deep.equal([]);
    expect(room.connects("olli").speakers).to.deep.equal(["olli"]);
  });

  it("keeps the floor for the grace time and no longer", () => {
    const room = aRoom({ graceMs: 8_000 }).raises("ines").raises("olli").loses("ines");
    expect(room.later(7_999).speakers).to.deep.equal(["ines"]);
    expect(room.later(1).speakers).to.deep.equal(["olli"]);
    expect(room.newest("floor.turnEnded")).to.include({ seat: "ines", why: "left", by: null });
    expect(room.connects("ines").seat("ines").place).to.equal("room");
  });

  it("goes on speaking who is back within the grace time", () => {
    const room = aRoom({ graceMs: 8_000 }).raises("ines").loses("ines").later(7_000).connects("ines").later(60_000);
    expect(room.speakers).to.deep.equal(["ines"]);
  });

  it("takes hand and place when nobody has come back long after", () => {
    const room = aRoom({ graceMs: 8_000 }).raises("ines").raises("olli").loses("olli");
    expect(room.later(8_000 + goneAfterMs - 1).queue).to.deep.equal(["olli"]);
    expect(room.later(1).queue).to.deep.equal([]);
    expect(room.seat("olli").place).to.equal("left");
    expect(room.newest("seat.left")).to.include({ seat: "olli", why: "vanished" });
  });

  it("is not counted twice, nor found where it was never lost", () => {
    const room = aRoom().loses("ines");
    expect(room.systemAnswer({ type: "seat.loseConnection", seat: "ines" })).to.equal("seat.unknown");
    expect(room.systemAnswer({ type: "seat.passGrace", seat: "ines" })).to.equal("floor.notYet");
    expect(room.connects("ines").connects("ines").happened).to.deep.equal([]);
    expect(room.systemAnswer({ type: "seat.passGrace", seat: "ines" })).to.equal("seat.notAway");
  });
});
