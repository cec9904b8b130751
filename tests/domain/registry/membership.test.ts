import { expect } from "chai";
import * as fc from "fast-check";
import {
  isDecided,
  type MembershipAct,
  type MembershipState,
  membershipStates,
  nextMembership,
} from "../../../domain/registry/membership.ts";

const acts: readonly MembershipAct[] = [
  { type: "wantEvidence", reason: "A letter from your head." },
  { type: "giveEvidence" },
  { type: "accept" },
  { type: "refuse", reason: "You do not work there." },
  { type: "withdraw" },
  { type: "end" },
];
const undecided: readonly MembershipState[] = ["asked", "evidenceWanted"];
const refused = { refused: "membership.notNow" };

describe("a place at a school", () => {
  it("waits for evidence and comes back to be looked at", () => {
    expect(nextMembership("asked", { type: "wantEvidence", reason: "Your contract." })).to.equal("evidenceWanted");
    expect(nextMembership("evidenceWanted", { type: "giveEvidence" })).to.equal("asked");
    expect(nextMembership("asked", { type: "giveEvidence" })).to.deep.equal(refused);
  });

  it("is accepted, refused or withdrawn while it is undecided, and never twice", () => {
    for (const state of membershipStates) {
      const open = undecided.includes(state);
      expect(nextMembership(state, { type: "accept" })).to.deep.equal(open ? "active" : refused);
      expect(nextMembership(state, { type: "refuse", reason: "No." })).to.deep.equal(open ? "refused" : refused);
      expect(nextMembership(state, { type: "withdraw" })).to.deep.equal(open ? "ended" : refused);
      expect(isDecided(state)).to.equal(!open);
    }
  });

  it("ends only where there was one", () => {
    for (const state of membershipStates) {
      expect(nextMembership(state, { type: "end" })).to.deep.equal(state === "active" ? "ended" : refused);
    }
  });

  it("is not refused, nor evidence asked for, without saying why", () => {
    const blank = { refused: "registry.noReason" };
    expect(nextMembership("asked", { type: "refuse", reason: " " })).to.deep.equal(blank);
    expect(nextMembership("asked", { type: "wantEvidence", reason: "" })).to.deep.equal(blank);
  });

  it("is active only from when somebody accepts it until it ends, whatever else is tried", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...acts)), (happened) => {
        let state: MembershipState = "asked";
        for (const act of happened) {
          const then = nextMembership(state, act);
          if (typeof then === "object") continue;
          expect(then === "active").to.equal(act.type === "accept");
          if (isDecided(state)) expect(then).to.equal("ended");
          state = then;
        }
      }),
    );
  });
});
