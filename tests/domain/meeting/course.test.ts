import { expect } from "chai";
import { nextDue } from "../../../domain/meeting/due.ts";
import { defaultSettings } from "../../../domain/meeting/state.ts";
import { aMeeting, arrival, Story } from "../../support/meeting.ts";

const aRoom = (settings: Parameters<typeof aMeeting>[0] = {}) =>
  aMeeting(settings).with("ana", { role: "chair" }).with("ines").with("olli");

describe("a booked meeting", () => {
  it("lets nothing happen before it is opened", () => {
    const booked = new Story(defaultSettings);
    expect(booked.systemAnswer(arrival("ana", { role: "chair" }))).to.equal("meeting.notOpen");
    expect(booked.systemAnswer({ type: "meeting.close" })).to.equal("meeting.notOpen");
    expect(nextDue(booked.meeting)).to.equal(undefined);
  });

  it("is opened once, as it was booked", () => {
    const meeting = new Story({ ...defaultSettings, capacity: 2 }).system({ type: "meeting.open" });
    expect(meeting.happened).to.deep.equal([{ type: "meeting.opened", settings: { ...defaultSettings, capacity: 2 } }]);
    expect(meeting.system({ type: "meeting.open" }).happened).to.deep.equal([]);
  });
});

describe("freezing", () => {
  it("ends every turn and share, and lets nobody speak, write or react", () => {
    const room = aRoom({ capacity: 2 }).raises("ines").raises("olli").raises("ana").freezes();
    expect(room.speakers).to.deep.equal([]);
    expect(room.newest("floor.turnEnded")).to.include({ why: "frozen", by: "ana" });
    expect(room.answer("ines", { type: "floor.raiseHand" })).to.equal("meeting.frozen");
    expect(room.answer("ana", { type: "floor.giveTurn", seat: "ines" })).to.equal("meeting.frozen");
    expect(room.answer("ines", { type: "reaction.show", reaction: "heart" })).to.equal("meeting.frozen");
  });

  it("keeps the queue, which goes on when the chair resumes", () => {
    const room = aRoom().raises("ines").raises("olli").freezes().later(300_000);
    expect(room.queue).to.deep.equal(["olli"]);
    expect(room.resumes().speakers).to.deep.equal(["olli"]);
    expect(room.meeting.frozen).to.equal(null);
  });

  it("lets hands go down, people leave and the chair keep order", () => {
    const room = aRoom().raises("ines").raises("olli").freezes();
    expect(room.lowers("olli").queue).to.deep.equal([]);
    expect(room.answer("ana", { type: "seat.remove", seat: "ines" })).to.equal("allowed");
    expect(room.leaves("ines").seat("ines").place).to.equal("left");
  });

  it("gives nobody the floor through a side door", () => {
    const room = aRoom().raises("ines").raises("olli").loses("olli").freezes().connects("olli");
    expect(room.changes({ capacity: 4, next: "fair" }).speakers).to.deep.equal([]);
    expect(room.does("ana", { type: "seat.mute", seat: "ines" }).speakers).to.deep.equal([]);
  });

  it("twice is frozen once, and what runs cannot be resumed", () => {
    expect(aRoom().freezes().freezes().happened).to.deep.equal([]);
    expect(aRoom().answer("ana", { type: "meeting.resume" })).to.equal("meeting.notFrozen");
  });
});

describe("locking", () => {
  it("keeps out who comes, and lets them in again when unlocked", () => {
    const room = aRoom().does("ana", { type: "meeting.lock", on: true });
    expect(room.systemAnswer(arrival("tiago"))).to.equal("meeting.locked");
    room.does("ana", { type: "meeting.lock", on: false });
    expect(room.systemAnswer(arrival("tiago"))).to.equal("allowed");
  });

  it("said again changes nothing, like every setting said again", () => {
    const room = aRoom().does("ana", { type: "meeting.lock", on: true });
    expect(room.does("ana", { type: "meeting.lock", on: true }).happened).to.deep.equal([]);
    expect(room.does("ana", { type: "lobby.switch", on: false }).happened).to.deep.equal([]);
    expect(room.changes({ capacity: 1, next: "byQueue" }).happened).to.deep.equal([]);
    expect(room.changes({ capacity: 2, next: "byQueue" }).happened).to.deep.equal([
      { type: "meeting.settingsChanged", by: "ana", capacity: 2 },
    ]);
  });
});

describe("the end", () => {
  it("ends every turn and lets nothing follow", () => {
    const room = aRoom().raises("ines").raises("olli").ended();
    expect(room.types).to.deep.equal(["floor.turnEnded", "meeting.ended"]);
    expect(room.newest("floor.turnEnded").why).to.equal("meetingEnded");
    expect(room.meeting).to.deep.include({ phase: "ended", turns: [], queue: [], endedAt: room.now });
    expect(room.answer("ana", { type: "meeting.end" })).to.equal("meeting.ended");
    expect(room.answer("ines", { type: "seat.leave" })).to.equal("meeting.ended");
    expect(room.systemAnswer({ type: "meeting.open" })).to.equal("meeting.ended");
    expect(nextDue(room.meeting)).to.equal(undefined);
  });

  it("can come from a freeze, and from the server when nobody came back", () => {
    expect(aRoom().freezes().ended().meeting).to.include({ phase: "ended", frozen: null });
    const closed = aRoom().raises("ines").system({ type: "meeting.close" });
    expect(closed.newest("meeting.ended").by).to.equal(null);
  });
});

describe("the recording", () => {
  it("begins, is interrupted and goes on", () => {
    const room = aRoom({ recorded: true }).system({ type: "recording.begin" });
    expect(room.types).to.deep.equal(["recording.started"]);
    expect(room.systemAnswer({ type: "recording.begin" })).to.equal("recording.already");
    expect(room.system({ type: "recording.interrupt" }).meeting.recording).to.equal("interrupted");
    expect(room.systemAnswer({ type: "recording.interrupt" })).to.equal("recording.none");
    expect(room.system({ type: "recording.begin" }).types).to.deep.equal(["recording.resumed"]);
  });

  it("is not for a meeting that was not booked as recorded", () => {
    expect(aRoom().systemAnswer({ type: "recording.begin" })).to.equal("recording.none");
  });
});
