import { expect } from "chai";
import fc from "fast-check";
import { MeetingCode } from "../../../protocol/ids.ts";
import { newCode, newLinkKey, tidyCode } from "../../../server/meetings/codes.ts";

describe("A meeting's code", () => {
  it("is four groups of two syllables each", () => {
    for (let made = 0; made < 500; made += 1) {
      const code = newCode();
      expect(code).to.match(/^(?:[bdfghjklmnprstvz][aeiou]){2}(?:-(?:[bdfghjklmnprstvz][aeiou]){2}){3}$/);
      expect(MeetingCode.safeParse(code).success).to.equal(true);
    }
  });

  it("has more than 50 bits, so that nobody meets one by trying", () => {
    expect(8 * Math.log2(16 * 5)).to.be.greaterThan(50);
    const made = new Set(Array.from({ length: 2_000 }, newCode));
    expect(made.size).to.equal(2_000);
  });

  it("uses every letter it may use", () => {
    const letters = new Set(Array.from({ length: 500 }, newCode).join("").replaceAll("-", ""));
    expect([...letters].sort().join("")).to.equal("abdefghijklmnoprstuvz");
  });

  it("is found however it was typed", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("", " ", "-", " - "), { minLength: 15, maxLength: 15 }),
        fc.boolean(),
        (gaps, upper) => {
          const code = newCode();
          const letters = [...code.replaceAll("-", "")];
          const typed = letters.map((letter, index) => letter + (gaps[index] ?? "")).join("");
          expect(tidyCode(upper ? typed.toUpperCase() : typed)).to.equal(code);
        },
      ),
    );
  });

  it("leaves the demo's codes as they are", () => {
    expect(tidyCode(" Two Rivers ")).to.equal("two-rivers");
    expect(tidyCode("two-rivers-1")).to.equal("two-rivers-1");
  });
});

describe("A link's key", () => {
  it("is 128 random bits", () => {
    expect(Buffer.from(newLinkKey(), "base64url")).to.have.length(16);
    expect(newLinkKey()).not.to.equal(newLinkKey());
  });
});
