import { expect } from "chai";
import fc from "fast-check";
import { Command, type CommandType } from "../../protocol/commands.ts";

/** One right command of every type, with every field that it may have. */
const right: { [T in CommandType]: Extract<Command, { type: T }> } = {
  "floor.raiseHand": { type: "floor.raiseHand", pupil: "p1" },
  "floor.lowerHand": { type: "floor.lowerHand", seat: "s1" },
  "floor.finishTurn": { type: "floor.finishTurn" },
  "floor.giveTurn": { type: "floor.giveTurn", seat: "s1" },
  "floor.endTurn": { type: "floor.endTurn", turn: "t1" },
  "floor.extendTurn": { type: "floor.extendTurn", turn: "t1", endsAt: 0, byMs: 60_000 },
  "floor.moveHand": { type: "floor.moveHand", seat: "s1", toPlace: 1 },
  "floor.clearQueue": { type: "floor.clearQueue" },
  "floor.changeSettings": { type: "floor.changeSettings", next: "fair", capacity: 2, turnLimitMs: 60_000 },
  "lobby.admit": { type: "lobby.admit", seat: "s1", kind: "class", school: null },
  "lobby.turnAway": { type: "lobby.turnAway", seat: "s1" },
  "lobby.admitAll": { type: "lobby.admitAll" },
  "lobby.switch": { type: "lobby.switch", on: true },
  "seat.leave": { type: "seat.leave" },
  "seat.mute": { type: "seat.mute", seat: "s1" },
  "seat.unmute": { type: "seat.unmute", seat: "s1" },
  "seat.remove": { type: "seat.remove", seat: "s1" },
  "seat.handOverChair": { type: "seat.handOverChair", seat: "s1" },
  "seat.makeCoChair": { type: "seat.makeCoChair", seat: "s1", on: true },
  "seat.setDevices": { type: "seat.setDevices", microphone: true, camera: false },
  "seat.namePupils": { type: "seat.namePupils", names: ["Rui", "Eva"] },
  "share.start": { type: "share.start" },
  "share.stop": { type: "share.stop" },
  "chat.sendMessage": { type: "chat.sendMessage", id: "abcd-1234", text: "Hello" },
  "reaction.show": { type: "reaction.show", reaction: "heart" },
  "meeting.lock": { type: "meeting.lock", on: true },
  "meeting.freeze": { type: "meeting.freeze" },
  "meeting.resume": { type: "meeting.resume" },
  "meeting.end": { type: "meeting.end" },
};
const takes = (command: unknown): boolean => Command.safeParse(command).success;

describe("commands", () => {
  for (const [type, command] of Object.entries(right)) {
    it(`${type} is understood as it is, and with no other field`, () => {
      expect(Command.parse(command)).to.deep.equal(command);
      for (const extra of ["by", "actor", "as", "identity", "role", "__proto__x"]) {
        expect(takes({ ...command, [extra]: "ana" }), extra).to.equal(false);
      }
    });

    it(`${type} is not understood with a field of another kind`, () => {
      for (const field of Object.keys(command)) {
        for (const wrong of [{}, [], -1, 1.5, "", "two words", "a".repeat(5000), Number.NaN]) {
          if (field === "names" && Array.isArray(wrong)) continue; // Naming nobody is how a class takes its names back.
          if (field === "text" && wrong === "two words") continue;
          expect(takes({ ...command, [field]: wrong }), `${field}: ${JSON.stringify(wrong)}`).to.equal(false);
        }
      }
    });
  }

  it("are all tried here", () => {
    const types = Command.options.map((option) => option.shape.type.value);
    expect(Object.keys(right).sort()).to.deep.equal([...types].sort());
  });

  it("are nothing but themselves: whatever else comes is not understood and does not throw", () => {
    fc.assert(
      fc.property(fc.anything(), (thing) => {
        expect(takes(thing)).to.equal(false);
      }),
    );
    expect(takes({ type: "meeting.open" }), "what only the server says").to.equal(false);
    expect(takes({ type: "seat.arrive", seat: "s1", identity: "account:1" })).to.equal(false);
  });

  it("keep to their limits", () => {
    const { type, turn, endsAt } = right["floor.extendTurn"];
    expect(takes({ type, turn, endsAt, byMs: 9_999 })).to.equal(false);
    expect(takes({ type, turn, endsAt, byMs: 600_001 })).to.equal(false);
    expect(takes({ type: "floor.changeSettings", capacity: 5 })).to.equal(false);
    expect(takes({ type: "floor.changeSettings", turnLimitMs: 29_999 })).to.equal(false);
    expect(takes({ type: "floor.changeSettings", turnLimitMs: null })).to.equal(true);
    expect(takes({ type: "floor.changeSettings", lobby: false })).to.equal(false);
    expect(takes({ type: "seat.namePupils", names: Array.from({ length: 41 }, () => "Rui") })).to.equal(false);
  });
});

describe("a message", () => {
  const said = (text: string) => {
    const parsed = Command.safeParse({ ...right["chat.sendMessage"], text });
    return parsed.success && parsed.data.type === "chat.sendMessage" ? parsed.data.text : undefined;
  };

  it("keeps what people write, lines and all, and loses blank edges", () => {
    expect(said("  Olá!\r\nMitä kuuluu? \u{1F468}\u200D\u{1F469}\u200D\u{1F467} שלום ")).to.equal(
      "Olá!\nMitä kuuluu? \u{1F468}\u200D\u{1F469}\u200D\u{1F467} שלום",
    );
  });

  it("leaves out what no database keeps", () => {
    expect(said("a\u0000b\u0007c\ud800d")).to.equal("abc\ufffdd");
    expect(said("\u0000 \u0001")).to.equal(undefined);
  });

  it("is at most 2000 characters and never empty", () => {
    expect(said("a".repeat(2000))).to.have.lengthOf(2000);
    expect(said("a".repeat(2001))).to.equal(undefined);
    expect(said(" \n ")).to.equal(undefined);
  });

  it("is always something that can be stored as JSON, whatever was typed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 50 }), (typed) => {
        const text = said(typed);
        if (text === undefined) return;
        expect(text).to.not.contain("\u0000");
        expect(text.isWellFormed()).to.equal(true);
      }),
    );
  });
});
