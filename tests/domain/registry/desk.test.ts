import { expect } from "chai";
import * as fc from "fast-check";
import { offersOf, refusalOfUndo, undoWithinMs } from "../../../domain/registry/desk.ts";
import { membershipStates, schoolStates } from "../../../protocol/registry.ts";

describe("what a desk may decide", () => {
  it("follows the states of schools, people and projects", () => {
    expect(offersOf("school", "submitted")).to.deep.equal(["accept", "refuse"]);
    expect(offersOf("school", "validated")).to.deep.equal(["suspend"]);
    expect(offersOf("school", "suspended")).to.deep.equal(["restore"]);
    expect(offersOf("person", "asked")).to.deep.equal(["accept", "wantEvidence", "refuse"]);
    expect(offersOf("person", "evidenceWanted")).to.deep.equal(["accept", "refuse"]);
    expect(offersOf("person", "active")).to.deep.equal(["end"]);
    expect(offersOf("project", "pending")).to.deep.equal(["accept", "return", "refuse"]);
  });

  it("is nothing about what is over, or of a state that nobody knows", () => {
    expect(offersOf("school", "closed")).to.deep.equal([]);
    expect(offersOf("person", "ended")).to.deep.equal([]);
    expect(offersOf("project", "approved")).to.deep.equal([]);
    for (const kind of ["school", "person", "project"] as const) expect(offersOf(kind, "dreamt")).to.deep.equal([]);
  });

  it("never returns a school or a person, and never suspends a person or a project", () => {
    for (const state of schoolStates) expect(offersOf("school", state)).to.not.include.members(["return"]);
    for (const state of membershipStates) {
      for (const act of offersOf("person", state)) expect(act).to.not.be.oneOf(["return", "suspend", "restore"]);
    }
  });
});

describe("taking a decision back", () => {
  it("goes until ten minutes are over, while nothing stands on it", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 * undoWithinMs }),
        fc.boolean(),
        fc.boolean(),
        (age, unchanged, built) => {
          const refused = refusalOfUndo({ at: 1_000, now: 1_000 + age, isUnchanged: unchanged, isBuiltOn: built });
          expect(refused === undefined).to.equal(unchanged && !built && age <= undoWithinMs);
        },
      ),
    );
  });

  it("says first that something followed, which stays so, and only then that it is late", () => {
    const late = { at: 0, now: undoWithinMs + 1 };
    expect(refusalOfUndo({ ...late, isUnchanged: false, isBuiltOn: false })).to.deep.equal({
      refused: "desk.followed",
    });
    expect(refusalOfUndo({ ...late, isUnchanged: true, isBuiltOn: false })).to.deep.equal({ refused: "desk.tooLate" });
  });
});
