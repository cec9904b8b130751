import { expect } from "chai";
import fc from "fast-check";
import { type GivenRole, isAdminRole, type Member, whyNotGone, whyNotRole } from "../../../domain/twinspace/members.ts";

const accounts = ["ana", "mikko", "rui", "tea", "eva"] as const;
const given: readonly GivenRole[] = ["teacherAdmin", "teacher", "expert", "observer"];

const members: readonly Member[] = [
  { account: "ana", role: "founder", school: "aveiro", counts: true },
  { account: "mikko", role: "founder", school: "oulu", counts: true },
  { account: "rui", role: "teacher", school: "aveiro", counts: true },
  { account: "tea", role: "teacherAdmin", school: "oulu", counts: true },
  { account: "eva", role: "expert", school: null, counts: true },
];

type Act =
  | { type: "role"; by: string; account: string; role: GivenRole }
  | { type: "gone"; by: string; account: string }
  /** They leave their school, or come back to it; nobody asks the project. */
  | { type: "school"; account: string; counts: boolean };

const who = fc.constantFrom(...accounts);
const anAct: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ type: fc.constant("role" as const), by: who, account: who, role: fc.constantFrom(...given) }),
  fc.record({ type: fc.constant("gone" as const), by: who, account: who }),
  fc.record({ type: fc.constant("school" as const), account: who, counts: fc.boolean() }),
);

function become(before: readonly Member[], act: Act): readonly Member[] {
  switch (act.type) {
    case "role":
      if (whyNotRole(before, act.by, act.account, act.role)) return before;
      return before.map((one) => (one.account === act.account ? { ...one, role: act.role } : one));
    case "gone":
      return whyNotGone(before, act.by, act.account) ? before : before.filter(({ account }) => account !== act.account);
    case "school":
      return before.map((one) => (one.account === act.account ? { ...one, counts: act.counts } : one));
  }
}

const administered = (all: readonly Member[]) => all.some(({ role, counts }) => counts && isAdminRole(role));

describe("who is in a project, and as what", () => {
  it("keeps both founders whatever anybody does", () => {
    fc.assert(
      fc.property(fc.array(anAct, { maxLength: 60 }), (acts) => {
        const left = acts.reduce(become, members);
        expect(left.filter(({ role }) => role === "founder").map(({ account }) => account)).to.deep.equal([
          "ana",
          "mikko",
        ]);
      }),
      { numRuns: 500 },
    );
  });

  it("is never without somebody to administer it through a change of roles or somebody's going", () => {
    fc.assert(
      fc.property(fc.array(anAct, { maxLength: 60 }), (acts) => {
        let all = members;
        for (const act of acts) {
          const next = become(all, act);
          if (act.type !== "school" && administered(all)) expect(administered(next)).to.equal(true);
          all = next;
        }
      }),
      { numRuns: 500 },
    );
  });

  it("is changed by nobody who does not administer it, and makes no teacher of who has no school", () => {
    fc.assert(
      fc.property(fc.array(anAct, { maxLength: 60 }), (acts) => {
        let all = members;
        for (const act of acts) {
          const next = become(all, act);
          if (act.type !== "school" && next !== all && act.by !== act.account) {
            const by = all.find(({ account }) => account === act.by);
            expect(by?.counts && isAdminRole(by.role)).to.equal(true);
          }
          for (const { role, school } of next) if (school === null) expect(["expert", "observer"]).to.include(role);
          all = next;
        }
      }),
      { numRuns: 500 },
    );
  });

  it("answers each refusal by its own reason", () => {
    expect(whyNotRole(members, "rui", "eva", "observer")).to.deep.equal({ refused: "account.notAllowed" });
    expect(whyNotRole(members, "tea", "ana", "teacher")).to.deep.equal({ refused: "member.founder" });
    expect(whyNotRole(members, "ana", "eva", "teacher")).to.deep.equal({ refused: "member.needsSchool" });
    expect(whyNotRole(members, "ana", "nobody", "teacher")).to.deep.equal({ refused: "request.notFound" });
    expect(whyNotGone(members, "mikko", "mikko")).to.deep.equal({ refused: "member.founder" });
    expect(whyNotGone(members, "rui", "rui")).to.equal(undefined);
  });
});
