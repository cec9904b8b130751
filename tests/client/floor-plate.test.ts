import { expect } from "chai";
import * as fc from "fast-check";
import { type FloorSituation, plateOf } from "../../client/views/floor-plate.ts";
import { guardMs, steadyPress } from "../../client/views/steady-press.ts";
import { clockOf } from "../../client/views/turn-clock.ts";
import { en } from "../../client/words/en/index.ts";
import { speak } from "../../client/words/words.ts";

before(() => speak({ tag: "en-GB", words: en }));

const now = 1_000_000;
const saying = (situation: FloorSituation, at = now) => {
  const { sentence, reason, act } = plateOf(situation, at);
  return [sentence, reason, act];
};

describe("floor plate", () => {
  it("says each state in the words of the looks", () => {
    expect(saying({ is: "free" })).to.deep.equal(["The floor is free", "Press and you speak at once.", "raiseHand"]);
    expect(saying({ is: "listening", speakers: "Aino K.", handsUp: 0 })).to.deep.equal([
      "Listen to Aino K.",
      "Nobody is waiting.",
      "raiseHand",
    ]);
    expect(saying({ is: "waiting", place: 2, before: "Eetu L.", ready: "readying" })).to.deep.equal([
      "You are 2nd",
      "Eetu L. speaks before you. We get your camera ready.",
      "lowerHand",
    ]);
    expect(saying({ is: "next", ready: "camera" })).to.deep.equal([
      "You are next",
      "Your camera is ready.",
      "lowerHand",
    ]);
    expect(saying({ is: "muted", chair: "Ana" })).to.deep.equal([
      "You cannot speak now",
      "Ana muted you. Ana can undo it.",
      null,
    ]);
    expect(saying({ is: "frozen", chair: "Ana", byMe: false })).to.deep.equal([
      "Everything has stopped",
      "Ana pressed Freeze. Please wait.",
      null,
    ]);
    expect(saying({ is: "offline", place: 2 })).to.deep.equal([
      "Finding the meeting again…",
      "You stay 2nd. Nothing is lost.",
      null,
    ]);
  });

  it("counts a turn down and asks for the last sentence", () => {
    const turn = { startedAt: now, endsAt: now + 180_000 };
    expect(saying({ is: "speaking", turn }, now + 59_000)).to.deep.equal([
      "You are speaking",
      "2:01 left.",
      "finishTurn",
    ]);
    expect(saying({ is: "speaking", turn }, now + 160_000)).to.deep.equal([
      "20 seconds left",
      "Say your last sentence.",
      "finishTurn",
    ]);
    expect(saying({ is: "speaking", turn }, now + 179_500)[0]).to.equal("1 second left");
    expect(saying({ is: "speaking", turn }, now + 190_000)[0]).to.equal("0 seconds left");
  });

  it("speaks aloud at the beginning, at 60 and at 20 seconds, and not by the second", () => {
    const turn = { startedAt: now, endsAt: now + 180_000 };
    const spoken = Array.from(
      { length: 180 },
      (_, second) => plateOf({ is: "speaking", turn }, now + second * 1000).spoken,
    );
    const changes = spoken.filter((words, i) => words !== spoken[i - 1]);
    expect(changes).to.deep.equal([
      "The floor is yours. Everybody sees and hears you.",
      "One minute left",
      "20 seconds left. Say your last sentence.",
    ]);
  });

  it("offers at most one act, and none to who cannot speak", () => {
    for (const situation of [{ is: "watching" }, { is: "offline" }] as const) {
      expect(plateOf(situation, now).act).to.equal(null);
    }
  });
});

describe("a press on the floor button", () => {
  it("is obeyed when the button has meant the same for a while", () => {
    const press = steadyPress();
    press.down(1000, "finger");
    expect(press.up(1080, 1)).to.equal(true);
  });

  it("is dropped when the button changes under the finger, or under the mouse", () => {
    for (const by of ["finger", "mouse"] as const) {
      const press = steadyPress();
      press.down(1000, by);
      press.changed(1040);
      press.moved(1050);
      expect(press.up(1080, 1), by).to.equal(false);
      expect(press.up(1080 + guardMs, 0), by).to.equal(true);
    }
  });

  it("is dropped when it comes too soon after a change, by finger or by keyboard", () => {
    const press = steadyPress();
    press.changed(1000);
    expect(press.up(1200, 0)).to.equal(false);
    press.down(1250, "finger");
    expect(press.up(1400, 1)).to.equal(false);
    press.down(1300, "finger");
    expect(press.up(1400, 1)).to.equal(true);
  });

  it("is dropped from a mouse that lay there, and from the second of a double click", () => {
    const press = steadyPress();
    press.moved(990);
    press.changed(1000);
    press.down(1100, "mouse");
    expect(press.up(1150, 1)).to.equal(false);
    press.moved(1160);
    press.down(1170, "mouse");
    expect(press.up(1180, 2)).to.equal(false);
  });

  it("is obeyed from a mouse that came there after the change", () => {
    const press = steadyPress();
    press.changed(1000);
    press.moved(1050);
    press.down(1060, "mouse");
    expect(press.up(1090, 1)).to.equal(true);
  });
});

describe("turn clock", () => {
  it("counts up without a limit", () => {
    expect(clockOf({ startedAt: now, endsAt: null }, now + 72_900)).to.deep.equal({
      time: "1:12",
      words: "speaking for",
      share: null,
    });
  });

  it("counts down with one, whatever the clock says", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 30_000, max: 600_000 }),
        fc.integer({ min: -20_000, max: 900_000 }),
        (length, passed) => {
          const shown = clockOf({ startedAt: now, endsAt: now + length }, now + passed);
          expect(shown.share).to.be.within(0, 1);
          expect(shown.time).to.match(/^\d+:\d\d$/);
        },
      ),
    );
    expect(clockOf({ startedAt: now, endsAt: now + 180_000 }, now + 108_000)).to.deep.equal({
      time: "1:12",
      words: "left of 3 minutes",
      share: 0.4,
    });
  });
});
