import { expect } from "chai";
import fc from "fast-check";
import {
  labelChances,
  labelCodeOf,
  labelSigns,
  readLabelCode,
  writeLabelCode,
} from "../../../domain/projects/labelCode.ts";

const chances = fc.array(fc.nat(labelSigns.length - 1), { minLength: labelChances, maxLength: labelChances });
const code = chances.map(labelCodeOf);

describe("The code of a label", () => {
  it("is read back from how it is written, whatever is done to capitals, spaces and dashes", () => {
    const styles = fc.constantFrom(
      (text: string) => text,
      (text: string) => text.toLowerCase(),
      (text: string) => [...text].join(" "),
      (text: string) => ` ${text.replace("-", "–")}\n`,
      (text: string) => text.replace("-", ""),
    );
    fc.assert(
      fc.property(code, styles, (made, style) => {
        expect(readLabelCode(style(writeLabelCode(made)))).to.equal(made);
      }),
    );
  });

  it("notices every single wrong sign", () => {
    fc.assert(
      fc.property(code, fc.nat(9), fc.constantFrom(...labelSigns), (made, at, sign) => {
        fc.pre(made[at] !== sign);
        expect(readLabelCode(made.slice(0, at) + sign + made.slice(at + 1))).to.equal(null);
      }),
    );
  });

  it("notices two signs that changed places, wherever they stand", () => {
    fc.assert(
      fc.property(code, fc.nat(9), fc.nat(9), (made, one, other) => {
        const signs = [...made];
        [signs[one], signs[other]] = [signs[other] ?? "", signs[one] ?? ""];
        fc.pre(signs.join("") !== made);
        expect(readLabelCode(signs.join(""))).to.equal(null);
      }),
    );
  });

  it("takes what looks like one of its signs for that sign", () => {
    const made = labelCodeOf([3, 0, 6, 4, 0, 0, 0, 0, 0]);
    expect(made.startsWith("52862")).to.equal(true);
    expect(readLabelCode(`SZBG2${made.slice(5)}`)).to.equal(made);
  });

  it("is never guessed at from anything else", () => {
    for (const text of ["", "K7M2X", "OOOOO-IIIII", "../../etc", "K7M2X-Q9FDW-K7M2X", "🌊🌊🌊🌊🌊🌊🌊🌊🌊🌊"]) {
      expect(readLabelCode(text), text).to.equal(null);
    }
    fc.assert(fc.property(fc.string(), (text) => void readLabelCode(text)));
  });
});
