import { expect } from "chai";
import fc from "fast-check";
import { proposedPlan } from "../../../domain/reports/plan.ts";
import { mostPlanItems, WritePlan } from "../../../protocol/reports/card.ts";

const results = (expectedResults: string) =>
  proposedPlan({ aims: "", expectedResults }).map(({ words, target, counted }) => [words, target, counted]);

describe("A plan proposed from a project's form", () => {
  it("has a line for each line, bullet and sentence, aims before results", () => {
    const lines = proposedPlan({
      aims: "- Pupils speak English with each other.\n- They learn where their food comes from. They cook it",
      expectedResults: "1. A book of recipes; A film",
    });
    expect(lines.map(({ kind, words }) => [kind, words])).to.deep.equal([
      ["aim", "Pupils speak English with each other"],
      ["aim", "They learn where their food comes from"],
      ["aim", "They cook it"],
      ["result", "A book of recipes"],
      ["result", "A film"],
    ]);
  });

  it("takes a number for a target, and counts what the TwinSpace can count", () => {
    expect(results("Four online meetings\n10 pages about our towns\n3 exhibitions")).to.deep.equal([
      ["Four online meetings", 4, "meetings"],
      ["10 pages about our towns", 10, "pages"],
      ["3 exhibitions", 3, "entries"],
    ]);
    expect(results("The partners make 12 short videos together")).to.deep.equal([
      ["The partners make 12 short videos together", 12, "materials"],
    ]);
    expect(results("Two schools hold six meetings")).to.deep.equal([["Two schools hold six meetings", 6, "meetings"]]);
    expect(results("Teremos 5 reuniões")).to.deep.equal([["Teremos 5 reuniões", 5, "meetings"]]);
  });

  it("takes no year, age, share, time or number of people for one", () => {
    for (const words of [
      "In 2026 the book is printed",
      "Pupils of 10-12 years write to each other",
      "80% of the pupils speak more",
      "The three schools know each other",
      "Pupils aged 11 write letters",
      "One of them is shown",
      "They talk with one another",
      "It costs 5.50 euros",
      "We work in group 3",
    ]) {
      expect(results(words), words).to.deep.equal([[words, null, "entries"]]);
    }
  });

  it("says nothing twice, leaves out what has no words, and is empty for an empty form", () => {
    expect(results("A film\n\n---\n 7 \na film.")).to.deep.equal([["A film", null, "entries"]]);
    expect(results("")).to.deep.equal([]);
  });

  it("cuts what is longer than a line at a word", () => {
    const [[words] = []] = results(`${"many words ".repeat(40)}`);
    expect(words)
      .to.match(/^many words .* …$/)
      .and.to.have.length.below(201);
  });

  it("is always a plan that can be kept as it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 3000 }), fc.string({ maxLength: 3000 }), (aims, expected) => {
        const items = proposedPlan({ aims, expectedResults: expected });
        expect(items.length).to.be.at.most(mostPlanItems);
        expect(WritePlan.safeParse({ items, base: [] }).success).to.equal(true);
      }),
    );
    const items = proposedPlan({
      aims: Array.from({ length: 90 }, (_, n) => `Aim ab${n}`).join("\n"),
      expectedResults: "",
    });
    expect(items).to.have.length(mostPlanItems);
  });
});
