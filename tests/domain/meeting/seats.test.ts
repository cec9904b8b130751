import { expect } from "chai";
import { perspectiveOf } from "../../../domain/meeting/show.ts";
import { aMeeting } from "../../support/meeting.ts";

const aRoom = () =>
  aMeeting().with("ana", { role: "chair" }).with("mikko", { role: "coChair" }).with("ines").with("olli");

describe("muting", () => {
  it("ends the turn, and the floor goes on", () => {
    const room = aRoom().raises("ines").raises("olli").mutes("ines");
    expect(room.speakers).to.deep.equal(["olli"]);
    expect(room.newest("floor.turnEnded")).to.include({ seat: "ines", why: "chairEnded", by: "ana" });
  });

  it("lowers the hand and keeps it down until unmuted", () => {
    const room = aRoom().raises("ines").raises("olli").mutes("olli");
    expect(room.queue).to.deep.equal([]);
    expect(room.answer("olli", { type: "floor.raiseHand" })).to.equal("floor.muted");
    room.does("ana", { type: "seat.unmute", seat: "olli" });
    expect(room.raises("olli").queue).to.deep.equal(["olli"]);
    expect(room.answer("ana", { type: "seat.unmute", seat: "olli" })).to.equal("seat.notMuted");
  });

  it("outlasts a reconnect", () => {
    const room = aRoom().mutes("ines").loses("ines").connects("ines");
    expect(room.answer("ines", { type: "floor.raiseHand" })).to.equal("floor.muted");
  });

  it("leaves the chat", () => {
    expect(aRoom().mutes("ines").says("ines", "I can still write").types).to.deep.equal(["chat.messageSent"]);
  });

  it("twice changes nothing more, and is never for the chair", () => {
    const room = aRoom().mutes("ines").mutes("ines");
    expect(room.happened).to.deep.equal([]);
    expect(room.answer("ana", { type: "seat.mute", seat: "ana" })).to.equal("seat.isChair");
    expect(room.answer("ana", { type: "seat.mute", seat: "nobody" })).to.equal("seat.unknown");
  });
});

describe("the chair", () => {
  const handedOver = () =>
    aRoom().with("vera", { kind: "adult" }).does("ana", { type: "seat.handOverChair", seat: "vera" });

  it("is handed over to an adult, and the old one stays as co-chair", () => {
    const room = handedOver();
    expect(room.chair).to.equal("vera");
    expect(room.seat("ana").role).to.equal("coChair");
    expect(room.answer("ana", { type: "meeting.end" })).to.equal("command.notAllowed");
    expect(room.answer("vera", { type: "meeting.end" })).to.equal("allowed");
  });

  it("is not regained by reconnecting, nor by arriving again", () => {
    const room = handedOver().loses("ana").connects("ana");
    expect(room.seat("ana").role).to.equal("coChair");
    room.leaves("ana").with("ana", { role: "chair" });
    expect(room.seat("ana").role).to.equal("coChair");
    expect(room.chair).to.equal("vera");
  });

  it("is had again by who comes with the chair's link when nobody leads any more", () => {
    const room = handedOver().leaves("vera").leaves("ana").with("ana", { role: "chair" });
    expect(room.seat("ana").role).to.equal("chair");
    expect(room.with("vera", { kind: "adult" }).seat("vera").role).to.equal("coChair");
  });

  it("is never had by two: who led, left and comes back finds the new one leading", () => {
    const room = aRoom().leaves("ana").with("vera", { role: "chair" }).with("ana", { role: "chair" });
    expect(room.seat("vera").role).to.equal("chair");
    expect(room.seat("ana").role).to.equal("coChair");
  });

  it("comes back to the chair after leaving a meeting that nobody has led since", () => {
    expect(aRoom().leaves("ana").with("ana", { role: "chair" }).seat("ana").role).to.equal("chair");
  });

  it("is not for a pupil, a class, a watcher or who is gone", () => {
    const room = aRoom().with("turma", { kind: "class" }).with("pia", { role: "watcher", kind: "adult" });
    room.with("vera", { kind: "adult" }).leaves("vera");
    const handOver = (seat: string) => room.answer("ana", { type: "seat.handOverChair", seat });
    expect(handOver("ines")).to.equal("seat.notAdult");
    expect(handOver("turma")).to.equal("seat.notAdult");
    expect(handOver("pia")).to.equal("seat.watcher");
    expect(handOver("vera")).to.equal("seat.unknown");
  });

  it("is unmuted by being handed the chair", () => {
    const room = aRoom().with("vera", { kind: "adult" }).mutes("vera");
    expect(room.does("ana", { type: "seat.handOverChair", seat: "vera" }).seat("vera").muted).to.equal(false);
  });

  it("handed to themselves changes nothing", () => {
    expect(aRoom().does("ana", { type: "seat.handOverChair", seat: "ana" }).happened).to.deep.equal([]);
  });
});

describe("a co-chair", () => {
  it("is made and unmade by the chair, from adults", () => {
    const room = aRoom().with("vera", { kind: "adult" });
    const make = (seat: string, on: boolean) => ({ type: "seat.makeCoChair", seat, on }) as const;
    expect(room.does("ana", make("vera", true)).seat("vera").role).to.equal("coChair");
    expect(room.does("ana", make("vera", true)).happened).to.deep.equal([]);
    expect(perspectiveOf(room.meeting, "vera")).to.deep.equal({ from: "lead" });
    expect(room.does("ana", make("vera", false)).seat("vera").role).to.equal("participant");
    expect(perspectiveOf(room.meeting, "vera")).to.deep.equal({ from: "room" });
    expect(room.answer("ana", make("ines", true))).to.equal("seat.notAdult");
    expect(room.answer("ana", make("ana", false))).to.equal("seat.isChair");
    expect(room.answer("mikko", make("vera", true))).to.equal("command.notAllowed");
  });

  it("sees who waits in the lobby", () => {
    expect(perspectiveOf(aRoom().meeting, "mikko")).to.deep.equal({ from: "lead" });
  });
});

describe("a meeting whose chair is gone", () => {
  it("is led by its co-chair until the chair is back", () => {
    const mute = { type: "seat.mute", seat: "ines" } as const;
    const room = aRoom();
    expect(room.answer("mikko", mute)).to.equal("command.notAllowed");
    expect(room.leaves("ana").does("mikko", mute).seat("ines").muted).to.equal(true);
    room.with("ana", { role: "chair" });
    expect(room.seat("ana").role).to.equal("chair");
    expect(room.answer("mikko", mute)).to.equal("command.notAllowed");
  });

  it("can be frozen and resumed by its co-chair at any time", () => {
    const room = aRoom().does("mikko", { type: "meeting.freeze" });
    expect(room.meeting.frozen?.by).to.equal("mikko");
    expect(room.does("mikko", { type: "meeting.resume" }).meeting.frozen).to.equal(null);
  });
});

describe("a watcher", () => {
  const watched = () => aRoom().with("pia", { role: "watcher", kind: "adult" });

  it("writes and shows reactions", () => {
    expect(watched().says("pia", "What is a bridge?").types).to.deep.equal(["chat.messageSent"]);
    expect(watched().reacts("pia").types).to.deep.equal(["reaction.shown"]);
  });

  it("never speaks, has no devices and shares no screen", () => {
    const room = watched();
    expect(room.answer("pia", { type: "floor.raiseHand" })).to.equal("seat.watcher");
    expect(room.answer("pia", { type: "share.start" })).to.equal("seat.watcher");
    expect(room.answer("pia", { type: "seat.setDevices", microphone: true, camera: true })).to.equal("seat.watcher");
    expect(room.answer("ana", { type: "floor.giveTurn", seat: "pia" })).to.equal("seat.watcher");
  });

  it("is told that only the chair may do what is the chair's", () => {
    expect(watched().answer("pia", { type: "meeting.end" })).to.equal("command.notAllowed");
  });
});

describe("a class", () => {
  const aClass = () =>
    aRoom()
      .with("turma", { kind: "class" })
      .does("turma", { type: "seat.namePupils", names: ["Rui", "Eva"] });

  it("names its pupils, whose names stand beside the log", () => {
    const room = aClass();
    const [rui, eva] = room.seat("turma").pupils;
    expect(room.contents).to.deep.equal([
      { id: rui?.name, kind: "pupilName", words: "Rui" },
      { id: eva?.name, kind: "pupilName", words: "Eva" },
    ]);
    expect(JSON.stringify(room.log)).to.not.contain("Rui");
  });

  it("raises a hand for one of them, whose turn it then is", () => {
    const room = aClass();
    const eva = room.seat("turma").pupils[1]?.pupil ?? "";
    room.raises("ines").raises("turma", eva);
    expect(room.meeting.queue[0]).to.include({ seat: "turma", pupil: eva });
    expect(room.finishes("ines").meeting.turns[0]).to.include({ seat: "turma", pupil: eva });
  });

  it("has a turn given for the pupil whose hand is up", () => {
    const room = aClass();
    const eva = room.seat("turma").pupils[1]?.pupil ?? "";
    room.raises("ines").raises("turma", eva).gives("turma");
    expect(room.meeting.turns[0]).to.include({ seat: "turma", pupil: eva });
  });

  it("speaks for nobody it has not named", () => {
    expect(aClass().answer("turma", { type: "floor.raiseHand", pupil: "unnamed" })).to.equal("floor.noPupil");
    expect(aClass().answer("ines", { type: "floor.raiseHand", pupil: "unnamed" })).to.equal("floor.noPupil");
  });

  it("is alone in having pupils", () => {
    expect(aClass().answer("ines", { type: "seat.namePupils", names: ["Rui"] })).to.equal("seat.notClass");
  });
});

describe("leaving", () => {
  it("frees the floor, ends what was shared and lowers the hand", () => {
    const room = aRoom().raises("ines").does("ines", { type: "share.start" }).raises("olli").leaves("ines");
    expect(room.types).to.deep.equal([
      "share.ended",
      "floor.turnEnded",
      "seat.left",
      "floor.handLowered",
      "floor.turnStarted",
    ]);
    expect(room.raises("ana").leaves("ana").queue).to.deep.equal([]);
  });

  it("ends what one may do", () => {
    expect(aRoom().leaves("ines").answer("ines", { type: "floor.raiseHand" })).to.equal("seat.notInRoom");
    expect(aRoom().answer("nobody", { type: "floor.raiseHand" })).to.equal("seat.unknown");
  });

  it("happens at once to who is dismissed, in the room and in the lobby, and their turn goes to the next", () => {
    const room = aRoom().raises("ines").raises("olli").system({ type: "seat.dismiss", seat: "ines" });
    expect(room.speakers).to.deep.equal(["olli"]);
    expect(room.seat("ines").place).to.equal("left");
    expect(room.systemAnswer({ type: "seat.dismiss", seat: "ines" })).to.equal("seat.unknown");
    room.does("ana", { type: "lobby.switch", on: true }).with("nuno").system({ type: "seat.dismiss", seat: "nuno" });
    expect(room.types).to.deep.equal(["lobby.left"]);
  });
});

describe("devices", () => {
  it("are told once, and again when they change", () => {
    const set = { type: "seat.setDevices", microphone: true, camera: false } as const;
    const room = aRoom().does("ines", set);
    expect(room.seat("ines")).to.include({ microphone: true, camera: false });
    expect(room.does("ines", set).happened).to.deep.equal([]);
  });
});
