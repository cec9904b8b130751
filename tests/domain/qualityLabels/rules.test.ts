/** When somebody may apply for a Quality Label, what an application needs, what becomes of it, and by which year it counts. */
import { expect } from "chai";
import fc from "fast-check";
import { projectStates, reopenUntil, scopes } from "../../../domain/projects/project.ts";
import { beginObstacles, counts, type LabelFacts, missingIn } from "../../../domain/qualityLabels/rules.ts";
import { schoolYearOf } from "../../../domain/qualityLabels/schoolYear.ts";
import { type ApplicationAct, afterAct, isOpen } from "../../../domain/qualityLabels/states.ts";
import { ApplicationState } from "../../../protocol/qualityLabels/applications.ts";
import { gateQuestions, noGate } from "../../../protocol/qualityLabels/gate.ts";

const now = Date.parse("2026-11-24T10:00:00.000Z");
const dayMs = 86_400_000;
const free: LabelFacts = {
  ...{ scope: "european", state: "active", closedAt: null, holds: false, hasRubric: true, sent: 0, most: 4 },
};
const yes = { plan: true, finished: true, contributed: true, together: true, protected: true };
const criteria = [
  { code: "ql.a", leastPoints: 0 },
  { code: "ql.b", leastPoints: 2 },
];

describe("applying for a Quality Label", () => {
  it("is for European projects, whatever else is so", () => {
    expect(beginObstacles(free, now)).to.deep.equal([]);
    fc.assert(
      fc.property(
        fc.constantFrom(...scopes),
        fc.constantFrom(...projectStates),
        fc.boolean(),
        fc.nat(8),
        (scope, state, holds, sent) => {
          const obstacles = beginObstacles({ ...free, scope, state, holds, sent }, now);
          expect(obstacles.includes("onlyEuropean")).to.equal(scope !== "european");
        },
      ),
    );
  });

  it("is over twelve months after the project, to the day", () => {
    const closed = (closedAt: number) => beginObstacles({ ...free, state: "closed", closedAt }, now);
    expect(closed(now - 300 * dayMs)).to.deep.equal([]);
    const edge = Date.parse("2025-11-24T10:00:00.000Z");
    expect(reopenUntil(edge)).to.equal(now);
    expect(closed(edge)).to.deep.equal([]);
    expect(closed(edge - 1)).to.deep.equal(["tooLate"]);
    for (const state of ["archived", "suspended", "draft", "awaitingService"] as const) {
      expect(beginObstacles({ ...free, state }, now)).to.deep.equal(["tooLate"]);
    }
  });

  it("is not possible twice with success, nor without a rubric, nor oftener than counts in a year", () => {
    expect(beginObstacles({ ...free, holds: true }, now)).to.deep.equal(["alreadyGranted"]);
    expect(beginObstacles({ ...free, hasRubric: false }, now)).to.deep.equal(["noRubric"]);
    expect(beginObstacles({ ...free, sent: 3 }, now)).to.deep.equal([]);
    expect(beginObstacles({ ...free, sent: 4 }, now)).to.deep.equal(["yearFull"]);
  });

  it("counts what was sent, unless it was taken back before anybody judged it", () => {
    expect(counts({ submittedAt: null, withdrawn: false, reviewBegan: false })).to.equal(false);
    expect(counts({ submittedAt: 1, withdrawn: false, reviewBegan: false })).to.equal(true);
    expect(counts({ submittedAt: 1, withdrawn: true, reviewBegan: false })).to.equal(false);
    expect(counts({ submittedAt: 1, withdrawn: true, reviewBegan: true })).to.equal(true);
  });

  it("counts by school years, which begin on the first of September", () => {
    expect(schoolYearOf("2026-11-24")).to.deep.equal({ from: "2026-09-01", to: "2027-08-31" });
    expect(schoolYearOf("2026-08-31")).to.deep.equal({ from: "2025-09-01", to: "2026-08-31" });
    expect(schoolYearOf("2026-09-01").from).to.equal("2026-09-01");
  });

  it("has every day in exactly the year that it says", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("2006-01-01"), max: new Date("2090-01-01"), noInvalidDate: true }),
        (date) => {
          const day = date.toISOString().slice(0, 10);
          const { from, to } = schoolYearOf(day);
          expect(from <= day && day <= to).to.equal(true);
          expect(schoolYearOf(from)).to.deep.equal(schoolYearOf(to));
        },
      ),
    );
  });
});

describe("what an application for a Quality Label needs", () => {
  it("is five times yes, words for every criterion, and something to show where points are needed", () => {
    const whole = { gate: yes, answers: { "ql.a": "We", "ql.b": "did" }, pieces: { "ql.b": 1 } };
    expect(missingIn(whole, criteria)).to.deep.equal([]);
    expect(missingIn({ ...whole, gate: noGate }, criteria)).to.deep.equal([
      { obstacle: "gateOpen", about: [...gateQuestions] },
    ]);
    expect(missingIn({ ...whole, gate: { ...yes, protected: false } }, criteria)).to.deep.equal([
      { obstacle: "gateNo", about: ["protected"] },
    ]);
    expect(missingIn({ ...whole, answers: { "ql.a": " \n" } }, criteria)).to.deep.equal([
      { obstacle: "answerMissing", about: ["ql.a", "ql.b"] },
    ]);
    expect(missingIn({ ...whole, pieces: {} }, criteria)).to.deep.equal([
      { obstacle: "nothingChosen", about: ["ql.b"] },
    ]);
  });

  it("is never whole with a question that is not answered with yes", () => {
    const answer = fc.constantFrom(true, false, null);
    const gate = fc.record({
      ...{ plan: answer, finished: answer, contributed: answer, together: answer, protected: answer },
    });
    fc.assert(
      fc.property(gate, (said) => {
        const missing = missingIn({ gate: said, answers: {}, pieces: {} }, []);
        expect(missing.length === 0).to.equal(Object.values(said).every((one) => one === true));
        expect(missing.flatMap(({ about }) => about).length).to.equal(
          Object.values(said).filter((one) => one !== true).length,
        );
      }),
    );
  });
});

describe("what becomes of an application", () => {
  const acts: ApplicationAct[] = ["submit", "withdraw", "review", "grant", "refuse"];

  it("is sent, judged, and granted or not", () => {
    expect(afterAct("draft", "submit")).to.equal("submitted");
    expect(afterAct("submitted", "review")).to.equal("inReview");
    expect(afterAct("inReview", "grant")).to.equal("granted");
    expect(afterAct("inReview", "refuse")).to.equal("notGranted");
  });

  it("is taken back until it is decided, and nothing is decided that nobody has judged", () => {
    expect(afterAct("submitted", "withdraw")).to.equal("withdrawn");
    expect(afterAct("inReview", "withdraw")).to.equal("withdrawn");
    for (const act of acts) {
      for (const over of ["granted", "notGranted", "withdrawn"] as const) {
        expect(afterAct(over, act), `${over} ${act}`).to.equal(undefined);
      }
    }
    for (const act of ["grant", "refuse"] as const) expect(afterAct("submitted", act)).to.equal(undefined);
  });

  it("is open from its beginning to its decision and not again, whatever is tried", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...acts), { maxLength: 12 }), (tried) => {
        let state: ApplicationState = "draft";
        for (const act of tried) {
          const next = afterAct(state, act);
          if (next === undefined) continue;
          expect(isOpen(state), `${act} from ${state}`).to.equal(true);
          state = next;
        }
        expect(ApplicationState.options).to.include(state);
      }),
    );
  });
});
