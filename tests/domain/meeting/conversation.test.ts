import { expect } from "chai";
import { reactionsKept } from "../../../domain/meeting/state.ts";
import { aMeeting, aMessage } from "../../support/meeting.ts";

const aRoom = () => aMeeting().with("ana", { role: "chair" }).with("ines").with("olli");

describe("the chat", () => {
  it("keeps the words beside the log and their length in it", () => {
    const room = aRoom().says("ines", "Olá a todos");
    const [kept] = room.contents;
    expect(kept).to.include({ kind: "message", words: "Olá a todos" });
    expect(room.newest("chat.messageSent")).to.include({ seat: "ines", message: kept?.id, length: 11 });
    expect(JSON.stringify(room.log)).to.not.contain("todos");
    expect(room.meeting.chat).to.deep.equal([{ seat: "ines", message: kept?.id, at: room.now }]);
  });

  it("takes a message sent again as said", () => {
    const room = aRoom().does("ines", aMessage("Hello")).does("ines", aMessage("Hello"));
    expect(room.meeting.chat).to.have.lengthOf(1);
    expect(room.contents).to.have.lengthOf(1);
  });

  it("takes two people's messages of the same id as two", () => {
    expect(aRoom().does("ines", aMessage("Hi")).does("olli", aMessage("Moi")).meeting.chat).to.have.lengthOf(2);
  });

  it("slows down who writes very fast, and nobody else", () => {
    const room = aRoom();
    for (let n = 0; n < 5; n++) room.says("ines", `message ${n}`);
    expect(room.answer("ines", aMessage("one too many"))).to.equal("chat.tooFast");
    expect(room.answer("olli", aMessage("my first"))).to.equal("allowed");
    expect(room.jumps(8_000).answer("ines", aMessage("later"))).to.equal("allowed");
  });

  it("stops while everything is frozen", () => {
    expect(aRoom().freezes().answer("ana", aMessage("Hello"))).to.equal("meeting.frozen");
  });
});

describe("reactions", () => {
  it("are shown, the newest few kept", () => {
    const room = aRoom();
    for (let n = 0; n < reactionsKept + 3; n++) room.reacts("ines");
    expect(room.meeting.reactions).to.have.lengthOf(reactionsKept);
  });
});

describe("a shared screen", () => {
  it("is for who has the floor, one at a time", () => {
    const room = aRoom().changes({ capacity: 2 }).raises("ines").raises("olli");
    expect(room.answer("ana", { type: "share.start" })).to.equal("share.noFloor");
    room.does("ines", { type: "share.start" });
    expect(room.meeting.share).to.deep.equal({ seat: "ines", turn: room.turnOf("ines") });
    expect(room.answer("olli", { type: "share.start" })).to.equal("share.already");
  });

  it("ends with the turn, however that ends", () => {
    const sharing = () => aRoom().raises("ines").does("ines", { type: "share.start" });
    expect(sharing().finishes("ines").meeting.share).to.equal(null);
    expect(sharing().ends("ines").meeting.share).to.equal(null);
    expect(sharing().mutes("ines").meeting.share).to.equal(null);
    expect(sharing().removes("ines").meeting.share).to.equal(null);
    expect(sharing().freezes().types).to.deep.equal(["meeting.frozen", "share.ended", "floor.turnEnded"]);
    expect(sharing().gives("olli").meeting.share).to.equal(null);
    expect(sharing().ended().meeting.share).to.equal(null);
  });

  it("goes on when another's turn ends", () => {
    const room = aRoom().changes({ capacity: 2 }).raises("ines").raises("olli").does("ines", { type: "share.start" });
    expect(room.finishes("olli").meeting.share?.seat).to.equal("ines");
  });

  it("is stopped by who shares it or by the chair", () => {
    const room = aRoom().raises("ines").does("ines", { type: "share.start" });
    expect(room.answer("olli", { type: "share.stop" })).to.equal("command.notAllowed");
    expect(room.answer("ana", { type: "share.stop" })).to.equal("allowed");
    expect(room.does("ines", { type: "share.stop" }).meeting.share).to.equal(null);
    expect(room.answer("ines", { type: "share.stop" })).to.equal("share.none");
    expect(room.speakers).to.deep.equal(["ines"]);
  });
});
