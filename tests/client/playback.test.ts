import { expect } from "chai";
import fc from "fast-check";
import {
  beginningOf,
  filesAround,
  isBrief,
  keyAct,
  linkToMoment,
  momentIn,
  paceOf,
  type SpokenTurn,
  sceneAt,
  scenesOf,
  secondsInto,
  turnAfter,
  turnBefore,
} from "../../client/views/playback.ts";
import type { ReplayFile } from "../../protocol/http/replays.ts";

const file = (id: string, startMs: number, lengthMs: number, changed: Partial<ReplayFile> = {}): ReplayFile => ({
  ...{ id, turn: `turn-${id}`, seat: `seat-${id}`, kind: "speaker", startMs, lengthMs },
  ...{ hasPicture: true, hasSound: true, state: "finished", bytes: 1000 },
  ...changed,
});
const turnOf = ({ turn, seat, startMs, lengthMs }: ReplayFile): SpokenTurn => ({
  ...{ turn, seat, fromMs: startMs, toMs: startMs + lengthMs },
});
/** "0-1000 a" for what plays, "1000-5000 silence" for what does not. */
const told = (files: ReplayFile[], turns: SpokenTurn[], frozen: { fromMs: number; toMs: number }[], lengthMs: number) =>
  scenesOf({ files, turns, frozen, gaps: [] }, lengthMs).map(
    ({ fromMs, toMs, files: playing, gap }) => `${fromMs}-${toMs} ${gap ?? playing.map(({ id }) => id).join("+")}`,
  );

describe("The scenes of a replay", () => {
  it("are the turns in order, and between them that nobody spoke", () => {
    const [a, b] = [file("a", 2_000, 3_000), file("b", 9_000, 1_000)];
    expect(told([a, b], [turnOf(a), turnOf(b)], [], 12_000)).to.deep.equal([
      ...["0-2000 silence", "2000-5000 a", "5000-9000 silence", "9000-10000 b", "10000-12000 silence"],
    ]);
  });

  it("let a file end with its turn, though late packets stand behind it", () => {
    const [a, b] = [file("a", 0, 5_180), file("b", 5_000, 3_000)];
    const turns = [{ ...turnOf(a), toMs: 5_000 }, turnOf(b)];
    expect(told([a, b], turns, [], 8_000)).to.deep.equal(["0-5000 a", "5000-8000 b"]);
  });

  it("hold on over a seam of a few milliseconds", () => {
    const [a, b] = [file("a", 0, 4_960), file("b", 5_000, 3_000)];
    expect(told([a, b], [{ ...turnOf(a), toMs: 5_000 }, turnOf(b)], [], 8_000)).to.deep.equal([
      "0-5000 a",
      "5000-8000 b",
    ]);
  });

  it("show who speaks at once side by side, and a shared screen behind them", () => {
    const a = file("a", 0, 10_000);
    const b = file("b", 4_000, 4_000);
    const screen = file("s", 5_000, 2_000, { kind: "screen", turn: a.turn, seat: a.seat, hasSound: false });
    expect(told([a, screen, b], [turnOf(a), turnOf(b)], [], 10_000)).to.deep.equal([
      ...["0-4000 a", "4000-5000 a+b", "5000-7000 a+b+s", "7000-8000 a+b", "8000-10000 a"],
    ]);
  });

  it("go from one file of a turn to its next when the camera came later", () => {
    const first = file("a1", 0, 3_200, { turn: "t", seat: "s", hasPicture: false });
    const second = file("a2", 3_000, 4_000, { turn: "t", seat: "s" });
    const turn = { turn: "t", seat: "s", fromMs: 0, toMs: 7_000 };
    expect(told([first, second], [turn], [], 7_000)).to.deep.equal(["0-3000 a1", "3000-7000 a2"]);
  });

  it("say what was frozen and what was spoken but not recorded", () => {
    const a = file("a", 0, 3_000);
    const lost = { turn: "lost", seat: "x", fromMs: 3_000, toMs: 6_000 };
    expect(told([a], [turnOf(a), lost], [{ fromMs: 6_000, toMs: 9_000 }], 12_000)).to.deep.equal([
      ...["0-3000 a", "3000-6000 notRecorded", "6000-9000 frozen", "9000-12000 silence"],
    ]);
  });

  it("let a file that still grows reach to its turn's end, or to where the recorder was gone", () => {
    const growing = file("a", 1_000, 2_000, { state: "writing" });
    const turns = [{ ...turnOf(growing), toMs: 9_000 }];
    const scenes = (gaps: { fromMs: number; toMs: number }[]) =>
      scenesOf({ files: [growing], turns, frozen: [], gaps }, 9_000).map(({ fromMs, toMs, gap }) => [
        fromMs,
        toMs,
        gap,
      ]);
    expect(scenes([])).to.deep.equal([
      [0, 1_000, "silence"],
      [1_000, 9_000, null],
    ]);
    expect(scenes([{ fromMs: 5_000, toMs: 9_000 }])).to.deep.equal([
      [0, 1_000, "silence"],
      [1_000, 5_000, null],
      [5_000, 9_000, "notRecorded"],
    ]);
  });

  it("are one long silence when nothing happened, and none at all without time", () => {
    expect(told([], [], [], 5_000)).to.deep.equal(["0-5000 silence"]);
    expect(scenesOf({ files: [], turns: [], frozen: [], gaps: [] }, 0)).to.deep.equal([]);
    expect(sceneAt([], 10)).to.equal(-1);
  });

  it("cover the whole meeting without a gap or an overlap, whatever the files are", () => {
    const someFile = fc.record({
      id: fc.uuid(),
      turn: fc.constantFrom("t1", "t2", "t3", "t4"),
      seat: fc.constantFrom("s1", "s2"),
      kind: fc.constantFrom("speaker", "screen"),
      startMs: fc.integer({ min: -500, max: 20_000 }),
      lengthMs: fc.integer({ min: 0, max: 9_000 }),
    });
    const someTurn = fc
      .tuple(
        fc.constantFrom("t1", "t2", "t3", "t4"),
        fc.integer({ min: 0, max: 20_000 }),
        fc.integer({ min: 0, max: 9_000 }),
      )
      .map(([turn, fromMs, ms]) => ({ turn, seat: "s1", fromMs, toMs: fromMs + ms }));
    fc.assert(
      fc.property(
        fc.array(someFile, { maxLength: 8 }),
        fc.uniqueArray(someTurn, { selector: ({ turn }) => turn }),
        fc.integer({ min: 1, max: 22_000 }),
        (files, turns, lengthMs) => {
          const whole = files.map((one) => file(one.id, one.startMs, one.lengthMs, one));
          const scenes = scenesOf({ files: whole, turns, frozen: [], gaps: [] }, lengthMs);
          expect(scenes[0]?.fromMs).to.equal(0);
          expect(scenes.at(-1)?.toMs).to.equal(lengthMs);
          scenes.forEach((scene, i) => {
            expect(scene.toMs).to.be.greaterThan(scene.fromMs);
            if (i > 0) expect(scene.fromMs).to.equal(scenes[i - 1]?.toMs);
            expect(scene.gap === null).to.equal(scene.files.length > 0);
            expect(sceneAt(scenes, scene.fromMs)).to.equal(i);
          });
        },
      ),
    );
  });
});

describe("Playing", () => {
  const [a, b, c] = [file("a", 2_000, 3_000), file("b", 5_500, 1_000), file("c", 60_000, 5_000)];
  const turns = [a, b, c].map(turnOf);
  const scenes = scenesOf({ files: [a, b, c], turns, frozen: [], gaps: [] }, 66_000);

  it("begins with the first turn, not with the wait before it", () => {
    expect(beginningOf(scenes)).to.equal(2_000);
    expect(beginningOf([])).to.equal(0);
  });

  it("has the next turn ready, across a silence too", () => {
    const at = (ms: number) => filesAround(scenes, sceneAt(scenes, ms));
    expect(at(3_000).shown.map(({ id }) => id)).to.deep.equal(["a"]);
    expect(at(3_000).next.map(({ id }) => id)).to.deep.equal(["b"]);
    expect(at(6_000).next.map(({ id }) => id)).to.deep.equal(["c"]);
    expect(at(6_000).nextFromMs).to.equal(60_000);
    expect(at(62_000).next).to.deep.equal([]);
  });

  it("leaves the last picture standing through a brief pause, and says a longer one in words", () => {
    const brief = filesAround(scenes, sceneAt(scenes, 5_200));
    expect(brief.shown.map(({ id }) => id)).to.deep.equal(["a"]);
    const long = scenes[sceneAt(scenes, 30_000)];
    expect(long?.gap).to.equal("silence");
    expect(isBrief(long ?? { fromMs: 0, toMs: 0 })).to.equal(false);
    expect(filesAround(scenes, sceneAt(scenes, 30_000)).shown).to.deep.equal([]);
  });

  it("passes any gap in a moment, and a brief one as fast as it was", () => {
    expect(paceOf({ fromMs: 0, toMs: 180_000 })).to.equal(120);
    expect(paceOf({ fromMs: 0, toMs: 500 })).to.equal(1);
  });

  it("knows where in a file a moment is", () => {
    expect(secondsInto(a, 3_500)).to.equal(1.5);
    expect(secondsInto(a, 1_000)).to.equal(0);
  });

  it("goes to the turn before and the next one", () => {
    expect(turnBefore(turns, 64_000)).to.equal(60_000);
    expect(turnBefore(turns, 61_000)).to.equal(5_500);
    expect(turnBefore(turns, 2_100)).to.equal(2_000);
    expect(turnBefore([], 5)).to.equal(0);
    expect(turnAfter(turns, 0)).to.equal(2_000);
    expect(turnAfter(turns, 2_000)).to.equal(5_500);
    expect(turnAfter(turns, 60_000)).to.equal(null);
  });

  it("reads and writes links to a moment", () => {
    expect(momentIn("?t=75")).to.equal(75_000);
    expect(momentIn("?a=1&t=1.5")).to.equal(1_500);
    for (const wrong of ["", "?t=", "?t=-5", "?t=abc", "?t=1e9", "?t=9999999"]) expect(momentIn(wrong)).to.equal(null);
    expect(linkToMoment("https://twinlight.test", "two-rivers-1", 75_999)).to.equal(
      "https://twinlight.test/r/two-rivers-1?t=75",
    );
    expect(momentIn(new URL(linkToMoment("https://a.test", "x-y", 12_345)).search)).to.equal(12_000);
  });

  it("has its keys, whatever the case, and leaves the others alone", () => {
    expect(keyAct(" ")).to.deep.equal({ act: "playOrPause" });
    expect(keyAct("K")).to.deep.equal({ act: "playOrPause" });
    expect(keyAct("j")).to.deep.equal({ act: "move", byMs: -10_000 });
    expect(keyAct("L")).to.deep.equal({ act: "move", byMs: 10_000 });
    expect(keyAct("ArrowRight")).to.deep.equal({ act: "move", byMs: 5_000 });
    expect(keyAct("?")).to.deep.equal({ act: "help" });
    expect(["Tab", "Enter", "a", "Escape"].map(keyAct)).to.deep.equal([null, null, null, null]);
  });
});
