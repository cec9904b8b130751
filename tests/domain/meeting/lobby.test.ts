import { expect } from "chai";
import { show, view } from "../../../domain/meeting/show.ts";
import { aMeeting, arrival } from "../../support/meeting.ts";

const aLobby = (settings: Parameters<typeof aMeeting>[0] = {}) =>
  aMeeting({ lobby: true, ...settings }).with("ana", { role: "chair" });

describe("the lobby", () => {
  it("holds who arrives until the chair admits them", () => {
    const meeting = aLobby().with("ines");
    expect(meeting.seat("ines").place).to.equal("lobby");
    meeting.does("ana", { type: "lobby.admit", seat: "ines" });
    expect(meeting.seat("ines")).to.include({ place: "room", admitted: true });
    expect(meeting.answer("ana", { type: "lobby.admit", seat: "ines" })).to.equal("lobby.notWaiting");
  });

  it("never holds the chair or a co-chair", () => {
    const meeting = aLobby().with("mikko", { role: "coChair" });
    expect(meeting.seat("ana").place).to.equal("room");
    expect(meeting.seat("mikko").place).to.equal("room");
  });

  it("holds a watcher too", () => {
    expect(aLobby().with("vera", { role: "watcher" }).seat("vera").place).to.equal("lobby");
  });

  it("lets a co-chair admit and turn away, and nobody below", () => {
    const meeting = aLobby().with("mikko", { role: "coChair" }).with("ines").with("olli");
    meeting
      .does("mikko", { type: "lobby.admit", seat: "ines" })
      .does("mikko", { type: "lobby.turnAway", seat: "olli" });
    meeting.with("tiago");
    expect(meeting.answer("ines", { type: "lobby.admit", seat: "tiago" })).to.equal("command.notAllowed");
    expect(meeting.answer("ines", { type: "lobby.admitAll" })).to.equal("command.notAllowed");
  });

  it("tells who was turned away so, and lets them knock again", () => {
    const meeting = aLobby().with("ines").does("ana", { type: "lobby.turnAway", seat: "ines" });
    expect(meeting.answer("ines", { type: "chat.sendMessage", id: "msg-0001", text: "?" })).to.equal("seat.turnedAway");
    expect(meeting.systemAnswer({ type: "seat.connect", seat: "ines" })).to.equal("seat.unknown");
    expect(meeting.with("ines").seat("ines").place).to.equal("lobby");
  });

  it("admits all at once, as long as there are places", () => {
    const meeting = aLobby({ maxSeats: 3 }).with("ines").with("olli").with("tiago");
    meeting.does("ana", { type: "lobby.admitAll" });
    expect(["ines", "olli", "tiago"].map((name) => meeting.seat(name).place)).to.deep.equal(["room", "room", "lobby"]);
    expect(meeting.answer("ana", { type: "lobby.admitAll" })).to.equal("meeting.full");
    expect(meeting.answer("ana", { type: "lobby.admit", seat: "tiago" })).to.equal("meeting.full");
  });

  it("takes the chair's word for kind and school", () => {
    const meeting = aLobby().with("ines", { kind: "pupil", vouched: false, school: null });
    meeting.does("ana", { type: "lobby.admit", seat: "ines", kind: "class", school: "aveiro" });
    expect(meeting.seat("ines")).to.include({ kind: "class", school: "aveiro", vouched: true });
  });

  it("keeps the chair's word when the same guest comes back later", () => {
    const meeting = aLobby().with("ines", { kind: "adult", vouched: false, school: "aveiro" });
    meeting.does("ana", { type: "lobby.admit", seat: "ines", kind: "pupil", school: null }).leaves("ines");
    meeting.with("ines", { kind: "adult", vouched: false, school: "aveiro" });
    expect(meeting.seat("ines")).to.include({ kind: "pupil", school: null, vouched: true, place: "room" });
  });

  it("leaves it unsaid when the chair says nothing about an unknown guest", () => {
    const meeting = aLobby().with("ines", { vouched: false }).does("ana", { type: "lobby.admit", seat: "ines" });
    expect(meeting.seat("ines")).to.include({ kind: "pupil", vouched: false });
  });

  it("is left by who goes, and by who has vanished for the grace time", () => {
    const meeting = aLobby({ graceMs: 8_000 }).with("ines").with("olli").leaves("ines").loses("olli");
    expect(meeting.seat("ines").place).to.equal("left");
    expect(meeting.later(7_999).seat("olli").place).to.equal("lobby");
    expect(meeting.later(1).seat("olli").place).to.equal("left");
  });

  it("keeps somebody lost in it lost when they are admitted meanwhile", () => {
    const meeting = aLobby().with("ines").loses("ines").does("ana", { type: "lobby.admit", seat: "ines" });
    expect(meeting.seat("ines").place).to.equal("away");
    expect(meeting.connects("ines").seat("ines").place).to.equal("room");
  });

  it("is not met twice by who was in the room before", () => {
    const meeting = aLobby().with("ines").does("ana", { type: "lobby.admit", seat: "ines" }).leaves("ines");
    expect(meeting.with("ines").seat("ines").place).to.equal("room");
  });

  it("can be switched on and off by the chair, for who comes then", () => {
    const meeting = aLobby().with("ines").does("ana", { type: "lobby.switch", on: false }).with("olli");
    expect(meeting.seat("olli").place).to.equal("room");
    expect(meeting.seat("ines").place).to.equal("lobby");
    expect(meeting.answer("olli", { type: "lobby.switch", on: true })).to.equal("command.notAllowed");
  });

  it("is not seen from the room", () => {
    const meeting = aLobby().with("ines").with("olli").does("ana", { type: "lobby.admit", seat: "ines" });
    expect(view({ from: "room" }, meeting.meeting).seats).to.have.keys("ana", "ines");
    expect(view({ from: "lead" }, meeting.meeting).seats).to.have.keys("ana", "ines", "olli");
    expect(show({ from: "room" }, meeting.newest("lobby.knocked"))).to.equal(null);
  });

  it("sees nothing of the room", () => {
    const meeting = aLobby().with("ines").with("olli").does("ana", { type: "lobby.admit", seat: "ines" });
    meeting.raises("ines").says("ines", "Hello");
    const seen = view({ from: "lobby", seat: "olli" }, meeting.meeting);
    expect(seen.seats).to.have.keys("olli");
    expect(seen).to.deep.include({ turns: [], queue: [], chat: [], phase: "open" });
    expect(show({ from: "lobby", seat: "olli" }, meeting.newest("chat.messageSent"))).to.equal(null);
    expect(show({ from: "lobby", seat: "olli" }, meeting.newest("floor.turnStarted"))).to.equal(null);
  });
});

describe("arriving", () => {
  it("is for an open meeting", () => {
    const meeting = aMeeting();
    expect(meeting.with("ana", { role: "chair" }).ended().systemAnswer(arrival("ines"))).to.equal("meeting.ended");
  });

  it("counts as lost until the browser has connected", () => {
    const meeting = aLobby({ lobby: false, graceMs: 8_000 }).arrives("ines");
    expect(meeting.seat("ines").place).to.equal("away");
    expect(meeting.later(68_000).seat("ines").place).to.equal("left");
  });

  it("twice takes one seat", () => {
    const meeting = aLobby({ lobby: false }).with("ines");
    meeting.system(arrival("ines", { seat: "another-seat" }));
    expect(meeting.happened).to.deep.equal([]);
    expect(meeting.meeting.seats).to.have.keys("ana", "ines");
  });

  it("again after leaving gives back seat, role, muting and airtime", () => {
    const meeting = aLobby({ lobby: false }).with("ines").speaks("ines", 5_000).mutes("ines").leaves("ines");
    meeting.system(arrival("ines", { seat: "another-seat", name: "name-new" })).connects("ines");
    expect(meeting.seat("ines")).to.include({ muted: true, airtimeMs: 5_000, name: "name-new", place: "room" });
  });

  it("is refused when the meeting is locked or full, but never for who leads", () => {
    const meeting = aLobby({ lobby: false, maxSeats: 2 }).with("ines");
    expect(meeting.systemAnswer(arrival("olli"))).to.equal("meeting.full");
    meeting.does("ana", { type: "meeting.lock", on: true });
    expect(meeting.systemAnswer(arrival("olli"))).to.equal("meeting.locked");
    expect(meeting.with("mikko", { role: "coChair" }).seat("mikko").place).to.equal("room");
  });

  it("through a lock is for who only lost their connection, not for who left", () => {
    const meeting = aLobby({ lobby: false }).with("ines").with("olli").loses("ines").leaves("olli");
    meeting.does("ana", { type: "meeting.lock", on: true });
    expect(meeting.systemAnswer(arrival("ines"))).to.equal("allowed");
    expect(meeting.systemAnswer(arrival("olli"))).to.equal("meeting.locked");
  });

  it("with a chair's link while another leads makes a co-chair", () => {
    const meeting = aLobby().with("mikko", { role: "chair" });
    expect(meeting.seat("mikko").role).to.equal("coChair");
    expect(meeting.chair).to.equal("ana");
  });

  it("with a chair's link leads only as an adult", () => {
    const meeting = aMeeting().with("ines", { role: "chair", kind: "pupil" });
    expect(meeting.seat("ines").role).to.equal("participant");
  });
});

describe("who was removed", () => {
  const removed = () => aLobby({ lobby: false }).with("ines").with("olli").removes("ines");

  it("stays out, whoever they say they are with the same identity", () => {
    const meeting = removed();
    expect(meeting.systemAnswer(arrival("ines"))).to.equal("seat.removed");
    expect(meeting.systemAnswer(arrival("other", { identity: "guest:ines" }))).to.equal("seat.removed");
    expect(meeting.systemAnswer({ type: "seat.connect", seat: "ines" })).to.equal("seat.unknown");
    expect(meeting.answer("ines", { type: "floor.raiseHand" })).to.equal("seat.removed");
  });

  it("meets the lobby as somebody new, for the removal has switched it on", () => {
    const meeting = removed();
    expect(meeting.types).to.deep.equal(["seat.removed", "meeting.settingsChanged"]);
    expect(meeting.with("somebody-new").seat("somebody-new").place).to.equal("lobby");
  });

  it("loses floor and hand, and the floor goes on", () => {
    const meeting = aLobby({ lobby: false }).with("ines").with("olli").raises("ines").raises("olli").removes("ines");
    expect(meeting.speakers).to.deep.equal(["olli"]);
    expect(meeting.raises("ana").removes("olli").speakers).to.deep.equal(["ana"]);
  });

  it("cannot slip away first: who has just left can still be removed", () => {
    const meeting = aLobby({ lobby: false }).with("ines").leaves("ines").removes("ines");
    expect(meeting.systemAnswer(arrival("ines"))).to.equal("seat.removed");
  });

  it("is never the chair", () => {
    expect(removed().answer("ana", { type: "seat.remove", seat: "ana" })).to.equal("seat.isChair");
  });
});
