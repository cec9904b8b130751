import { expect } from "chai";
import fc from "fast-check";
import { summaryOf } from "../../../domain/meeting/summary.ts";
import { timelineOf } from "../../../domain/meeting/timeline.ts";
import { aMeeting, type Story } from "../../support/meeting.ts";

const summary = (story: Story) => summaryOf(timelineOf(story.log, story.now));

/** Ines speaks 30 s and 10 s, Olli 20 s after waiting 20 s; Ana and the class never do; Pia only watches. */
const aLesson = () =>
  aMeeting()
    .with("ana", { role: "chair", school: "aveiro" })
    .with("ines", { school: "aveiro" })
    .with("olli", { school: "oulu" })
    .with("turma", { school: "oulu", kind: "class" })
    .with("pia", { role: "watcher" })
    .raises("ines")
    .jumps(10_000)
    .raises("olli")
    .jumps(20_000)
    .finishes("ines")
    .jumps(20_000)
    .finishes("olli")
    .speaks("ines", 10_000)
    .says("pia", "Who are you?")
    .reacts("ana")
    .reacts("ana");

describe("a summary", () => {
  it("counts speaking and waiting per person", () => {
    const { people } = summary(aLesson());
    const of = (seat: string) => people.find((person) => person.seat === seat);
    expect(of("ines")).to.include({ spokeMs: 40_000, turns: 2, longestTurnMs: 30_000, hands: 2, waitedMs: 0 });
    expect(of("olli")).to.include({ spokeMs: 20_000, turns: 1, hands: 1, waitedMs: 20_000, longestWaitMs: 20_000 });
    expect(of("ana")).to.include({ spokeMs: 0, turns: 0, reactions: 2, messages: 0 });
    expect(of("ines")?.share).to.be.closeTo(2 / 3, 1e-9);
  });

  it("says who did not speak, and does not ask it of watchers", () => {
    expect(summary(aLesson()).silent).to.deep.equal(["ana", "turma"]);
  });

  it("adds up by school and by kind", () => {
    const { schools, kinds, ...all } = summary(aLesson());
    expect(schools.map(({ school, seats, spokeMs }) => [school, seats, spokeMs])).to.deep.equal([
      ["aveiro", 2, 40_000],
      ["oulu", 2, 20_000],
      [null, 1, 0],
    ]);
    expect(kinds.map(({ kind, seats, spokeMs }) => [kind, seats, spokeMs])).to.deep.equal([
      ["adult", 1, 0],
      ["pupil", 3, 60_000],
      ["class", 1, 0],
    ]);
    expect(all).to.include({ seats: 5, turns: 3, spokeMs: 60_000, messages: 1, reactions: 2, longestWaitMs: 20_000 });
  });

  it("counts a turn that still runs as far as it has come", () => {
    expect(summary(aLesson().raises("ana").jumps(7_000))).to.include({ spokeMs: 67_000, turns: 4 });
  });

  it("of an empty meeting is made of noughts", () => {
    expect(summary(aMeeting())).to.include({ seats: 0, spokeMs: 0, longestTurnMs: 0 });
  });

  it("agrees with the meeting's own airtime", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom("ana", "ines", "olli"), fc.nat({ max: 60_000 }))), (turns) => {
        const room = aMeeting().with("ana", { role: "chair" }).with("ines").with("olli");
        for (const [name, ms] of turns) room.speaks(name, ms);
        for (const { seat, spokeMs, turns: count } of summary(room).people) {
          expect({ airtimeMs: spokeMs, turns: count }).to.deep.equal({
            airtimeMs: room.seat(seat).airtimeMs,
            turns: room.seat(seat).turns,
          });
        }
      }),
    );
  });
});
