import { expect } from "chai";
import fc from "fast-check";
import { type Between, type ContactAct, following, relationOf } from "../../../domain/registry/contacts.ts";
import { mistakesBetween, nearestTo } from "../../../domain/registry/spelling.ts";

const acts: readonly ContactAct[] = ["ask", "accept", "decline", "end", "block", "unblock"];
const turned = ({ mine, theirs }: Between): Between => ({ mine: theirs, theirs: mine });
const nothing: Between = { mine: null, theirs: null };

/** What the two are after these acts, seen by the first; refused ones change nothing. */
function betweenAfter(steps: readonly { byFirst: boolean; act: ContactAct }[], from = nothing): Between {
  return steps.reduce((between, { byFirst, act }) => {
    const then = following(act, byFirst ? between : turned(between));
    if ("refused" in then) return between;
    const { mine, theirs } = then;
    return byFirst ? { mine, theirs } : { mine: theirs, theirs: mine };
  }, from);
}
const steps = fc.array(fc.record({ byFirst: fc.boolean(), act: fc.constantFrom(...acts) }), { maxLength: 12 });

describe("contacts", () => {
  it("are mutual for both or for none", () => {
    fc.assert(
      fc.property(steps, (all) => {
        const between = betweenAfter(all);
        if (between.mine === "blocked" || between.theirs === "blocked") return true;
        return (relationOf(between) === "mutual") === (relationOf(turned(between)) === "mutual");
      }),
    );
  });

  it("never become mutual while one blocks the other", () => {
    fc.assert(
      fc.property(steps, (all) => {
        const between = betweenAfter(all);
        return (
          ![between.mine, between.theirs].includes("blocked") || ![between.mine, between.theirs].includes("mutual")
        );
      }),
    );
  });

  it("look to who is blocked as if they were ended and then not answered", () => {
    const theirActs = fc.array(fc.constantFrom<ContactAct>("ask", "end", "accept", "decline"), { maxLength: 6 });
    fc.assert(
      fc.property(steps, theirActs, (before, then) => {
        const start = betweenAfter(before);
        if (start.mine === "blocked" || start.theirs === "blocked" || start.mine === "asked") return;
        const blocked = betweenAfter([{ byFirst: true, act: "block" }], start);
        const silent = relationOf(start) === "mutual" ? betweenAfter([{ byFirst: true, act: "end" }], start) : start;
        let [seen, other] = [turned(blocked), turned(silent)];
        for (const act of then) {
          const [one, two] = [following(act, seen), following(act, other)];
          expect("refused" in one ? one.refused : null).to.equal("refused" in two ? two.refused : null);
          if (!("refused" in one)) seen = { mine: one.mine, theirs: one.theirs };
          if (!("refused" in two)) other = { mine: two.mine, theirs: two.theirs };
          expect(relationOf(seen)).to.equal(relationOf(other));
        }
      }),
    );
  });
});

describe("typing errors", () => {
  it("are letters missing, too many, wrong or swapped", () => {
    expect(mistakesBetween("aveiro", "aveiro")).to.equal(0);
    for (const wrong of ["avero", "aveirro", "avairo", "aveior"]) expect(mistakesBetween("aveiro", wrong)).to.equal(1);
  });

  it("are as many in one direction as in the other", () => {
    const word = fc.string({ maxLength: 9 });
    fc.assert(fc.property(word, word, (a, b) => mistakesBetween(a, b) === mistakesBetween(b, a)));
  });

  it("are borne once in a short word and twice in a longer one", () => {
    const words = ["oulu", "leipzig"].map((latin) => ({ latin }));
    expect(nearestTo("olu", words)).to.deep.equal([{ latin: "oulu" }]);
    expect(nearestTo("lo", words)).to.deep.equal([]);
    expect(nearestTo("leibzg", words)).to.deep.equal([{ latin: "leipzig" }]);
  });
});
