import { isDeepStrictEqual } from "node:util";
import { expect } from "chai";
import fc from "fast-check";
import { fold } from "../../../domain/meeting/evolve.ts";
import { pastOf, stateAt } from "../../../domain/meeting/past.ts";
import { show } from "../../../domain/meeting/show.ts";
import type { Happened } from "../../../domain/meeting/state.ts";
import { timelineOf } from "../../../domain/meeting/timeline.ts";
import { aMeeting, type Story, start } from "../../support/meeting.ts";

const aRoom = (settings: Parameters<typeof aMeeting>[0] = {}) =>
  aMeeting(settings).with("ana", { role: "chair" }).with("ines", { school: "aveiro" }).with("olli");
const timeline = (story: Story) => timelineOf(story.log, story.now);

describe("a timeline", () => {
  it("is empty and has no zero before the meeting opens", () => {
    expect(timelineOf([], start)).to.include({ openedAt: null, lengthMs: 0, running: false });
  });

  it("grows with the clock while the meeting runs and stops at its end", () => {
    const room = aRoom().jumps(60_000);
    expect(timeline(room)).to.include({ openedAt: start, lengthMs: 60_000, running: true });
    expect(timeline(room.ended().jumps(5_000))).to.include({ lengthMs: 60_000, running: false });
  });

  it("has a row for everybody who came in, and none for who only waited", () => {
    const room = aRoom({ lobby: true })
      .with("tiago")
      .does("ana", { type: "lobby.admit", seat: "tiago", kind: "class" });
    const rows = timeline(room.with("vera", { role: "watcher" })).people;
    expect(rows.map(({ seat }) => seat)).to.deep.equal(["ana", "tiago"]);
    expect(rows[1]).to.include({ name: "name-tiago", kind: "class", school: null, role: "participant" });
  });

  it("keeps one row for who comes back, with the name they came back with", () => {
    const rows = timeline(aRoom().leaves("ines").with("ines", { name: "name-new" })).people;
    expect(rows.map(({ seat, name }) => [seat, name])).to.deep.equal([
      ["ana", "name-ana"],
      ["ines", "name-new"],
      ["olli", "name-olli"],
    ]);
  });

  it("draws a bar per turn, with why it began and how it ended", () => {
    const room = aRoom().jumps(1_000).raises("ines").jumps(10_000).raises("olli").jumps(5_000).ends("ines");
    const { turns, people } = timeline(room.jumps(2_000));
    expect(turns).to.have.lengthOf(2);
    expect(turns[0]).to.include({ seat: "ines", fromMs: 1_000, toMs: 16_000, why: "byQueue", ended: "chairEnded" });
    expect(turns[1]).to.include({ seat: "olli", fromMs: 16_000, toMs: 18_000, ended: null });
    expect(people.map(({ spokeMs }) => spokeMs)).to.deep.equal([0, 15_000, 2_000]);
    expect(people[1]?.turns).to.deep.equal([turns[0]]);
  });

  it("draws every raised hand from up to down", () => {
    const room = aRoom({ next: "byChair" }).raises("ines").jumps(3_000).raises("olli").jumps(4_000).lowers("ines");
    const { waits, people } = timeline(room.jumps(1_000).ended());
    expect(waits).to.deep.equal([
      { seat: "ines", pupil: null, fromMs: 0, toMs: 7_000, ended: "lowered" },
      { seat: "olli", pupil: null, fromMs: 3_000, toMs: 8_000, ended: "meetingEnded" },
    ]);
    expect(people.map(({ waitedMs }) => waitedMs)).to.deep.equal([0, 7_000, 5_000]);
  });

  it("names the pupil of a class, also when the class was named anew since", () => {
    const name = (story: Story, names: string[]) => story.does("turma", { type: "seat.namePupils", names });
    const room = name(aRoom().with("turma", { kind: "class" }), ["Rui", "Eva"]);
    const eva = room.seat("turma").pupils[1];
    const { turns } = timeline(name(room.raises("turma", eva?.pupil), ["Somebody else"]));
    expect(turns[0]).to.include({ pupil: eva?.pupil, pupilName: eva?.name });
  });

  it("has messages, reactions, shares and freezes at their moment", () => {
    const room = aRoom().jumps(1_000).says("ines", "Hello").jumps(1_000).reacts("olli").raises("ines");
    room.does("ines", { type: "share.start" }).jumps(1_000).freezes().jumps(4_000).resumes();
    const drawn = timeline(room);
    expect(drawn.messages).to.deep.equal([{ atMs: 1_000, seat: "ines", message: "m-ines-msg00001", length: 5 }]);
    expect(drawn.reactions).to.deep.equal([{ atMs: 2_000, seat: "olli", reaction: "applause" }]);
    expect(drawn.shares).to.have.lengthOf(1);
    expect(drawn.shares[0]).to.include({ seat: "ines", fromMs: 2_000, toMs: 3_000 });
    expect(drawn.frozen).to.deep.equal([{ fromMs: 3_000, toMs: 7_000 }]);
    expect(drawn.turns[0]).to.include({ ended: "frozen", toMs: 3_000 });
  });

  it("shows where the recorder was away", () => {
    const room = aRoom({ recorded: true }).system({ type: "recording.begin" }).jumps(5_000);
    room.system({ type: "recording.interrupt" }).jumps(2_000).system({ type: "recording.begin" }).jumps(1_000);
    expect(timeline(room).gaps).to.deep.equal([{ fromMs: 5_000, toMs: 7_000 }]);
    room.system({ type: "recording.interrupt" }).jumps(1_000);
    expect(timeline(room.ended()).gaps[1]).to.deep.equal({ fromMs: 8_000, toMs: 9_000 });
  });

  it("is the same from the log as the room was shown it", () => {
    const room = aRoom({ lobby: true }).with("ines").does("ana", { type: "lobby.admitAll" }).speaks("ines", 9_000);
    const shown = room.log.flatMap(({ at, event }): Happened[] => {
      const seen = show({ from: "room" }, event);
      return seen ? [{ at, event: seen }] : [];
    });
    expect(timelineOf(shown, room.now)).to.deep.equal(timeline(room));
  });

  it("never runs backwards when a machine's clock was set back", () => {
    const room = aRoom().jumps(10_000).raises("ines").jumps(-4_000).finishes("ines");
    expect(timeline(room).turns[0]).to.include({ fromMs: 10_000, toMs: 10_000 });
  });
});

describe("the state at a moment", () => {
  const aLongMeeting = () => {
    const room = aRoom();
    for (let n = 0; n < 150; n++)
      room
        .raises(n % 2 ? "ines" : "olli")
        .jumps(700)
        .finishes(n % 2 ? "ines" : "olli");
    return room;
  };

  it("is the fold of what had happened by then, wherever one looks", () => {
    const { log, meeting } = aLongMeeting();
    const past = pastOf(log);
    const settings = meeting.settings;
    fc.assert(
      fc.property(fc.integer({ min: -10, max: 110_000 }), (ms) => {
        const until = log.filter(({ at }) => at - start <= ms);
        return isDeepStrictEqual(stateAt(past, ms), fold(settings, until));
      }),
    );
  });

  it("is booked before the first moment and the whole meeting after the last", () => {
    const { log, meeting } = aLongMeeting();
    const past = pastOf(log);
    expect(stateAt(past, -1).phase).to.equal("booked");
    expect(stateAt(past, 1e9)).to.deep.equal(meeting);
    expect(stateAt(pastOf([]), 0).phase).to.equal("booked");
  });

  it("goes on from what is known when the log has grown", () => {
    const { log, meeting } = aLongMeeting();
    const some = pastOf(log.slice(0, 200));
    const all = pastOf(log, some);
    expect(all.kept[1]).to.equal(some.kept[1]);
    expect(stateAt(all, 1e9)).to.deep.equal(meeting);
    expect(stateAt(all, 50_000)).to.deep.equal(stateAt(pastOf(log), 50_000));
  });
});
