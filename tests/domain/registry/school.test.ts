import { expect } from "chai";
import * as fc from "fast-check";
import {
  mayChangeForm,
  nextSchool,
  type SchoolAct,
  type SchoolState,
  schoolStates,
  takesPeople,
} from "../../../domain/registry/school.ts";

const acts: readonly SchoolAct[] = [
  { type: "validate" },
  { type: "refuse", reason: "The number is another school's." },
  { type: "submit" },
  { type: "suspend", reason: "Nobody there answers." },
  { type: "restore" },
  { type: "close" },
];

const refused = { refused: "school.notNow" };

describe("a school", () => {
  it("is validated or refused once submitted, and may be submitted again after a refusal", () => {
    expect(nextSchool("submitted", { type: "validate" })).to.equal("validated");
    expect(nextSchool("submitted", { type: "refuse", reason: "Not a school." })).to.equal("refused");
    expect(nextSchool("refused", { type: "submit" })).to.equal("submitted");
    expect(nextSchool("refused", { type: "validate" })).to.deep.equal(refused);
  });

  it("is suspended and restored, and only from where that makes sense", () => {
    expect(nextSchool("validated", { type: "suspend", reason: "Asked by its head." })).to.equal("suspended");
    expect(nextSchool("suspended", { type: "restore" })).to.equal("validated");
    expect(nextSchool("submitted", { type: "suspend", reason: "Asked by its head." })).to.deep.equal(refused);
    expect(nextSchool("validated", { type: "restore" })).to.deep.equal(refused);
  });

  it("is not refused or suspended without a reason", () => {
    for (const reason of ["", "  \n"]) {
      expect(nextSchool("submitted", { type: "refuse", reason })).to.deep.equal({ refused: "registry.noReason" });
      expect(nextSchool("validated", { type: "suspend", reason })).to.deep.equal({ refused: "registry.noReason" });
    }
  });

  it("is closed from every state, and nothing opens it again", () => {
    for (const state of schoolStates) {
      expect(nextSchool(state, { type: "close" })).to.deep.equal(state === "closed" ? refused : "closed");
    }
    for (const act of acts) expect(nextSchool("closed", act)).to.deep.equal(refused);
  });

  it("is validated only by somebody who validates, whatever happened before", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...acts)), (happened) => {
        let state: SchoolState = "submitted";
        let wasValidated = false;
        for (const act of happened) {
          const then = nextSchool(state, act);
          if (typeof then === "object") continue;
          if (act.type === "validate") wasValidated = true;
          state = then;
          expect(state === "validated" || state === "suspended" ? wasValidated : true).to.equal(true);
        }
      }),
    );
  });

  it("takes people and changes of its form only while it is one, or on its way", () => {
    expect(schoolStates.filter(takesPeople)).to.deep.equal(["submitted", "validated"]);
    expect(schoolStates.filter(mayChangeForm)).to.deep.equal(["submitted", "validated", "refused"]);
  });
});
