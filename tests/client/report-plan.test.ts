import { expect } from "chai";
import {
  changedLine,
  linesOfPlan,
  movedLine,
  type PlanLine,
  uponTheirs,
  withLine,
  withoutLine,
  writtenPlan,
} from "../../client/views/report-plan.ts";

const line = (key: string, kind: PlanLine["kind"], id?: string): PlanLine => ({
  ...{ key, id, kind, words: `Words of ${key}`, target: null, counted: "entries" },
});
const keys = (lines: readonly PlanLine[]) => lines.map(({ key }) => key).join(" ");

describe("a plan that is written", () => {
  const lines = [line("a1", "aim", "a1"), line("a2", "aim", "a2"), line("r1", "result", "r1")];

  it("takes a line below the last of its kind, and moves lines among their own", () => {
    expect(keys(withLine(lines, line("a3", "aim")))).to.equal("a1 a2 a3 r1");
    expect(keys(withLine(lines, line("r2", "result")))).to.equal("a1 a2 r1 r2");
    expect(keys(withLine([line("r1", "result")], line("a1", "aim")))).to.equal("a1 r1");
    expect(keys(movedLine(lines, "a2", -1))).to.equal("a2 a1 r1");
    expect(keys(movedLine(lines, "a2", 1))).to.equal("a1 a2 r1");
    expect(keys(withoutLine(lines, "a1"))).to.equal("a2 r1");
  });

  it("sends what has words, on what was there when it was begun", () => {
    const changed = changedLine(withLine(lines, { ...line("a3", "aim"), words: " " }), "a1", { target: 4 });
    const written = writtenPlan(changed, ["a1", "a2", "r1"]);
    expect(written.items.map(({ id, target }) => [id, target])).to.deep.equal([
      ["a1", 4],
      ["a2", null],
      ["r1", null],
    ]);
    expect(writtenPlan([line("new", "aim")], []).items[0]).to.not.have.property("id");
  });

  it("is put together with what somebody else wrote meanwhile", () => {
    const theirs = linesOfPlan({
      items: [
        { ...line("a1", "aim"), id: "a1", actual: 0, entries: 0 },
        { ...line("a9", "aim"), id: "a9", actual: 0, entries: 0 },
        { ...line("r1", "result"), id: "r1", actual: 0, entries: 0 },
      ],
    });
    const both = uponTheirs(withoutLine(lines, "r1"), ["a1", "a2", "r1"], theirs);
    expect(both.map(({ key, id }) => [key, id])).to.deep.equal([
      ["a1", "a1"],
      ["a2", undefined],
      ["a9", "a9"],
    ]);
  });
});
