import { expect } from "chai";
import * as z from "zod";
import { CountryCode, Id, LanguageTag, MeetingCode, PersonName } from "../../protocol/ids.ts";

const takes = (schema: z.ZodType, value: unknown): boolean => schema.safeParse(value).success;

describe("a person's name", () => {
  it("may be any name on earth, trimmed", () => {
    for (const name of ["Inês", "O’Neill-Łódź Jr.", "Åsa 6b", "田中", "Ναυσικά", "محمد", "6.B", "🦊"]) {
      expect(PersonName.parse(`  ${name} `)).to.equal(name);
    }
  });

  it("is one line that can be seen and does not turn the writing direction around", () => {
    for (const name of [
      "",
      "  ",
      "a\nb",
      "a\u0000",
      "\u202eana",
      "a\u2066b",
      "\u200b",
      "\u2060\u200d",
      "a".repeat(61),
      "\ud800",
    ]) {
      expect(takes(PersonName, name), JSON.stringify(name)).to.equal(false);
    }
  });
});

describe("ids and codes", () => {
  it("are url-safe and short", () => {
    expect(takes(Id, "aZ09_-")).to.equal(true);
    for (const id of ["", "a b", "a/b", "é", "a".repeat(49), "__proto__ "]) expect(takes(Id, id), id).to.equal(false);
  });

  it("of meetings can be read aloud: lower case, digits, dashes inside", () => {
    for (const code of ["two-rivers", "two-rivers-1", "abc"]) expect(takes(MeetingCode, code), code).to.equal(true);
    for (const code of ["-abc", "abc-", "Two", "a_b", "ab/cd", "../..", "a".repeat(41)]) {
      expect(takes(MeetingCode, code), code).to.equal(false);
    }
  });

  it("of countries and languages are the usual ones", () => {
    expect([takes(CountryCode, "PT"), takes(CountryCode, "pt"), takes(CountryCode, "PRT")]).to.deep.equal([
      true,
      false,
      false,
    ]);
    expect([takes(LanguageTag, "pt"), takes(LanguageTag, "sr-Latn"), takes(LanguageTag, "en US")]).to.deep.equal([
      true,
      true,
      false,
    ]);
  });
});

describe("zod", () => {
  it("never asks for new Function once a schema of ours is there", () => {
    expect(z.config().jitless).to.equal(true);
  });
});
