import { expect } from "chai";
import fc from "fast-check";
import { isWhole, sumOf, totalsOf, whyNotGranted } from "../../../domain/qualityLabels/scoring.ts";

const criteria = [
  { code: "work", leastPoints: 3 },
  { code: "tools", leastPoints: 2 },
  { code: "plan", leastPoints: 0 },
];
const review = (...points: (number | null)[]) =>
  criteria.flatMap(({ code }, index) =>
    index < points.length ? [{ criterion: code, points: points[index] ?? null }] : [],
  );

describe("The points of an application", () => {
  it("are whole when every criterion has some, also none at all", () => {
    expect(isWhole(review(0, 0, 0), criteria)).to.equal(true);
    expect(isWhole(review(5, 5), criteria)).to.equal(false);
    expect(isWhole(review(5, null, 5), criteria)).to.equal(false);
    expect(isWhole([], [])).to.equal(false);
  });

  it("are the average of whole reviews; what is only begun counts for nothing", () => {
    const totals = totalsOf([review(4, 2, 1), review(3, 3, 0), review(0, 0)], criteria);
    expect(totals.map(({ points }) => points)).to.deep.equal([3.5, 2.5, 0.5]);
    expect(sumOf(totals)).to.equal(6.5);
    expect(sumOf(totalsOf([review(4)], criteria))).to.equal(null);
  });

  it("are enough when each criterion has its least, whatever the others have", () => {
    expect(whyNotGranted([], criteria)).to.equal("label.noWholeReview");
    expect(whyNotGranted([review(5, 5)], criteria)).to.equal("label.noWholeReview");
    expect(whyNotGranted([review(5, 1, 5)], criteria)).to.equal("label.belowLeast");
    expect(whyNotGranted([review(3, 2, 0)], criteria)).to.equal(undefined);
    expect(whyNotGranted([review(3, 2, 0), review(2, 5, 5)], criteria)).to.equal("label.belowLeast");
  });

  it("never grant what one reviewer alone could not reach with the best of all", () => {
    const points = fc.integer({ min: 0, max: 5 });
    fc.assert(
      fc.property(fc.array(fc.tuple(points, points, points), { minLength: 1, maxLength: 5 }), (given) => {
        const granted = whyNotGranted(
          given.map((one) => review(...one)),
          criteria,
        );
        const best = criteria.every(({ leastPoints }, index) => given.some((one) => (one[index] ?? 0) >= leastPoints));
        expect(granted === undefined && !best).to.equal(false);
      }),
    );
  });
});
