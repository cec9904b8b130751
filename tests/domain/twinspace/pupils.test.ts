import { expect } from "chai";
import fc from "fast-check";
import { codeSigns } from "../../../domain/checkedCode.ts";
import { aliasTells } from "../../../domain/twinspace/alias.ts";
import { plainWord, wordLanguages, wordsOf } from "../../../domain/twinspace/easyWords.ts";
import { freeGuesses, guessesInRow, waitAfter } from "../../../domain/twinspace/guesses.ts";
import { gridOf, gridSize, pictureNames } from "../../../domain/twinspace/pictures.ts";
import { pupilCodeChances, pupilCodeOf, readPupilCode, writePupilCode } from "../../../domain/twinspace/pupilCode.ts";
import { readRoster } from "../../../domain/twinspace/rosterList.ts";
import { NewPupil, WordLanguageName } from "../../../protocol/twinspace/pupils.ts";

const code = fc
  .array(fc.nat(codeSigns.length - 1), { minLength: pupilCodeChances, maxLength: pupilCodeChances })
  .map(pupilCodeOf);

describe("a pupil's code", () => {
  it("has eight signs, none of which looks like another", () => {
    fc.assert(fc.property(code, (made) => void expect(made).to.match(/^[23456789CDFHJKMNPQRTWXY]{8}$/)));
    expect(codeSigns).to.not.match(/[0O1lISZBGU]/);
  });

  it("is read however a child writes it", () => {
    const sloppy = fc.constantFrom("", " ", "-", " - ", "\u2013", ".", "\u00a0");
    fc.assert(
      fc.property(code, fc.array(sloppy, { minLength: 8, maxLength: 8 }), fc.boolean(), (made, between, small) => {
        const looksLike = made.replaceAll("5", "S").replaceAll("2", "Z").replaceAll("8", "B").replaceAll("6", "G");
        const typed = [...looksLike].map((sign, index) => sign + between[index]).join("");
        expect(readPupilCode(small ? typed.toLowerCase() : typed)).to.equal(made);
        expect(readPupilCode(writePupilCode(made))).to.equal(made);
      }),
    );
  });

  it("notices one wrong sign, and two that changed places", () => {
    fc.assert(
      fc.property(code, fc.nat(7), fc.nat(codeSigns.length - 1), fc.nat(7), (made, at, to, other) => {
        const signs = [...made];
        signs[at] = codeSigns[to] ?? "";
        if (signs.join("") !== made) expect(readPupilCode(signs.join(""))).to.equal(null);
        const swapped = [...made];
        [swapped[at], swapped[other]] = [swapped[other] ?? "", swapped[at] ?? ""];
        if (swapped.join("") !== made) expect(readPupilCode(swapped.join(""))).to.equal(null);
      }),
    );
  });

  it("is nothing else that was typed", () => {
    for (const typed of ["", "Ana", "2345 678", "https://example.org", "💥".repeat(8)]) {
      expect(readPupilCode(typed), typed).to.equal(null);
    }
    fc.assert(fc.property(fc.string({ unit: "binary" }), (typed) => void readPupilCode(typed)));
  });
});

describe("the pictures of a code", () => {
  it("are twelve different ones, whatever they are made of", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(65_535), { minLength: gridSize, maxLength: gridSize }), (chances) => {
        const grid = gridOf(chances);
        expect(new Set(grid).size).to.equal(gridSize);
        expect(pictureNames).to.include.members(grid);
      }),
    );
  });
});

describe("easy words", () => {
  it("are enough in each language, and no two are told apart by a mark alone", () => {
    expect(wordLanguages).to.deep.equal([...WordLanguageName.options]);
    for (const language of wordLanguages) {
      const words = wordsOf(language);
      expect(words.length, language).to.be.at.least(40);
      expect(new Set(words.map(plainWord)).size, language).to.equal(words.length);
      for (const word of words) expect(word, language).to.match(/^\p{Ll}{2,10}$/u);
    }
  });

  it("are read without capitals, marks and spaces", () => {
    expect(["Käse 47", "kase47", " KÄSE  47 ", "ka\u0308se-47"].map(plainWord)).to.deep.equal(Array(4).fill("kase47"));
    expect(plainWord("Straße 20")).to.equal(plainWord("strasse20"));
  });
});

describe("waiting after wrong guesses", () => {
  it("begins after some, grows, and never ends before the lock", () => {
    for (let wrong = 0; wrong < freeGuesses; wrong += 1) expect(waitAfter(wrong)).to.equal(0);
    for (let wrong = freeGuesses; wrong < guessesInRow; wrong += 1) {
      expect(waitAfter(wrong)).to.be.at.least(Math.max(60_000, waitAfter(wrong - 1)));
    }
  });
});

describe("an alias", () => {
  it("that is the name is noticed, whatever its order and marks", () => {
    for (const alias of ["João Silva", "joao silva", "Silva, João", "SILVA JOAO 7", "joaosilva", "joão_silva"]) {
      expect(aliasTells(alias, "João Pedro Silva"), alias).to.equal("name");
    }
  });

  it("that has a part of the name is noticed less", () => {
    expect(aliasTells("João S.", "João Pedro Silva")).to.equal("part");
    expect(aliasTells("Silva 7", "João Pedro Silva")).to.equal("part");
  });

  it("that has nothing of it is fine", () => {
    for (const alias of ["Fish 12", "Blue fox", "Анна"])
      expect(aliasTells(alias, "João Pedro Silva"), alias).to.equal(null);
  });
});

describe("a pasted list of pupils", () => {
  it("is a name on each line, whatever ends the lines", () => {
    const { lines, problems } = readRoster("Ana Reis\r\n\n  Rui   Costa \rEva Lima\n");
    expect(problems).to.deep.equal([]);
    expect(lines.map(({ name }) => name)).to.deep.equal(["Ana Reis", "Rui Costa", "Eva Lima"]);
    expect(lines.map(({ line }) => line)).to.deep.equal([1, 3, 4]);
  });

  it("may have an alias and a year, with semicolons or from a spreadsheet", () => {
    const wanted = { line: 1, name: "Ana Reis", alias: "Blue fox", year: "5B" };
    expect(readRoster("Ana Reis; Blue fox ;5B").lines).to.deep.equal([wanted]);
    expect(readRoster('"Ana Reis"\tBlue fox\t5B\t').lines).to.deep.equal([wanted]);
    expect(readRoster("Reis, Ana\t\t5B").lines).to.deep.equal([{ line: 1, name: "Reis, Ana", alias: "", year: "5B" }]);
  });

  it("says which line is wrong, and reads the others", () => {
    const { lines, problems } = readRoster(`;Fox\nAna;${"x".repeat(31)}\nRui;;${"y".repeat(21)}\nEva;a;b;c\nMia`);
    expect(problems).to.deep.equal([
      { line: 1, wrong: "name" },
      { line: 2, wrong: "alias" },
      { line: 3, wrong: "year" },
      { line: 4, wrong: "tooManyParts" },
    ]);
    expect(lines.map(({ name }) => name)).to.deep.equal(["Mia"]);
  });

  it("keeps every name that was written with separators around it, and never fails", () => {
    // Between rho and sigma Unicode has a gap, and what stands there is no letter.
    const part = fc.stringMatching(/^[a-zA-Zà-öΑ-ΡΣ-Ωа-я]{1,12}( [a-zß-ö]{1,7})?$/);
    const separated = fc.constantFrom(";", "\t", " ; ", " \t ");
    fc.assert(
      fc.property(fc.array(fc.tuple(part, part, part, separated), { maxLength: 30 }), (rows) => {
        const pasted = rows.map(([name, alias, year, by]) => [name, alias, year.slice(0, 20)].join(by)).join("\n");
        const { lines, problems } = readRoster(pasted);
        expect(problems).to.deep.equal([]);
        expect(lines.map(({ name }) => name)).to.deep.equal(rows.map(([name]) => name));
      }),
    );
  });

  it("reads nothing that the server would not take", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (pasted) => {
        for (const { name, alias, year } of readRoster(pasted).lines) {
          const pupil = { name, alias: alias || "Fish 12", picture: "fish", year };
          expect(NewPupil.safeParse(pupil).success, JSON.stringify(pupil)).to.equal(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it("is too long above two hundred names", () => {
    expect(readRoster(Array(200).fill("Ana").join("\n")).tooMany).to.equal(false);
    expect(readRoster(Array(201).fill("Ana").join("\n")).tooMany).to.equal(true);
  });
});
