import { expect } from "chai";
import fc from "fast-check";
import { foldParts, mostPips, patternOf, patterns, pipsShape, sumOf } from "../../client/views/charts.ts";

const count = fc.integer({ min: 0, max: 1_000 });

describe("charts", () => {
  it("draw a pip for each that was planned, and a bar where there are many", () => {
    expect(pipsShape({ done: 3, planned: 4 })).to.deep.equal({ is: "pips", full: 3, empty: 1 });
    expect(pipsShape({ done: 0, planned: 1 })).to.deep.equal({ is: "pips", full: 0, empty: 1 });
    expect(pipsShape({ done: 61, planned: 122 })).to.deep.equal({ is: "bar", share: 0.5 });
    expect(pipsShape({ done: 4, planned: null })).to.deep.equal({ is: "number" });
  });

  it("never draw more than was planned, whatever was done", () => {
    fc.assert(
      fc.property(fc.integer({ min: -5, max: 2_000 }), fc.integer({ min: 1, max: 2_000 }), (done, planned) => {
        const shape = pipsShape({ done, planned });
        if (shape.is === "pips") {
          expect(shape.full + shape.empty)
            .to.equal(planned)
            .and.be.at.most(mostPips);
          expect(shape.full).to.be.at.least(0);
          expect(shape.empty).to.be.at.least(0);
        } else if (shape.is === "bar") expect(shape.share).to.be.within(0, 1);
        else expect.fail("a plan has a shape");
      }),
    );
  });

  it("tell eight parts apart, and keep a part's own pattern", () => {
    expect(Array.from({ length: 9 }, (_, place) => patternOf({}, place))).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8, 1]);
    expect(patternOf({ pattern: 2 }, 5)).to.equal(2);
  });

  it("put the least parts together where there are more than eight, and lose nothing by it", () => {
    const table = fc
      .integer({ min: 1, max: 14 })
      .chain((width) =>
        fc.array(fc.array(count, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }),
      );
    fc.assert(
      fc.property(table, (rows) => {
        const parts = (rows[0] ?? []).map((_, place) => ({ name: String(place) }));
        const columns = rows.map((values, key) => ({ key: String(key), name: "", longName: "", values }));
        const folded = foldParts(parts, columns, { name: "Others" });
        expect(folded.parts.length).to.be.at.most(patterns);
        for (const [place, column] of folded.columns.entries()) {
          expect(column.values).to.have.length(folded.parts.length);
          expect(sumOf(column.values)).to.equal(sumOf(columns[place]?.values ?? []));
        }
        if (parts.length <= patterns) expect(folded.parts).to.equal(parts);
        else expect(folded.parts.at(-1)).to.deep.equal({ name: "Others" });
      }),
    );
  });
});
