import { expect } from "chai";
import { aliasErrors, calledAt, soughtPupils } from "../../client/views/own-pupils.ts";

const pupils = [
  { name: "Inês Nogueira", alias: "Fish 12", year: "5B", code: "2C4F-7HJK" },
  { name: "Duarte Vasconcelos", alias: "Boat 7", year: "5A", code: "9999-9999" },
  { name: null, alias: "Star 31", year: "", code: "3333-3333" },
];

describe("one's own pupils", () => {
  it("are found by any words of name, alias, year and code, with and without accents", () => {
    const found = (words: string) => soughtPupils(pupils, words).map(({ alias }) => alias);
    expect(found("ines")).to.deep.equal(["Fish 12"]);
    expect(found("INÊS 5b")).to.deep.equal(["Fish 12"]);
    expect(found("ines 5a")).to.deep.equal([]);
    expect(found("2c4f")).to.deep.equal(["Fish 12"]);
    expect(found("  ")).to.have.length(3);
    expect(found("star")).to.deep.equal(["Star 31"]);
  });

  it("are called by their alias where the name cannot be read", () => {
    expect(pupils.map(calledAt)).to.deep.equal(["Inês Nogueira", "Duarte Vasconcelos", "Star 31"]);
  });
});

describe("aliases of new pupils", () => {
  const errors = (...given: [name: string, alias: string][]) =>
    Object.fromEntries(
      aliasErrors(
        given.map(([name, alias]) => ({ name, alias })),
        new Set(["owl 5"]),
      ),
    );

  it("are wrong where they are missing, the name, twice there or taken", () => {
    expect(
      errors(["Ana Reis", "Fox"], ["Rui Costa", " "], ["Eva Lima", "eva lima"], ["Mia Sol", "OWL 5"]),
    ).to.deep.equal({
      1: "pupils.aliasMissing",
      2: "pupils.aliasIsName",
      3: "pupils.aliasTaken",
    });
    expect(errors(["Ana Reis", "Fox"], ["Rui Costa", "FOX "])).to.deep.equal({
      0: "pupils.aliasTwice",
      1: "pupils.aliasTwice",
    });
  });
});
