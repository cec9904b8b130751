import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { create } from "fontkit";
import { Typeface } from "../../../server/print/typeface.ts";
import { unpackWoff2 } from "../../../server/print/woff2.ts";

const folderOf = (family: string) =>
  join(fileURLToPath(import.meta.resolve(`@fontsource-variable/${family}/package.json`)), "..", "files");
const sample = "AaÉßŁőșΑΰЖщѳ1&«";

describe("The typefaces of print", function () {
  this.timeout(60_000);

  for (const family of ["commissioner", "literata"]) {
    it(`unpack every file of ${family} to the outlines that another reader finds in it`, async () => {
      const files = (await readdir(folderOf(family))).filter((name) => name.endsWith("-wght-normal.woff2"));
      expect(files.length).to.be.greaterThan(5);
      for (const file of files) {
        const packed = await readFile(join(folderOf(family), file));
        const theirs = create(packed);
        const ours = create(unpackWoff2(packed));
        const known = [...sample].filter((sign) => theirs.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0));
        for (const sign of known) {
          const [one, other] = [theirs, ours].map((font) => font.glyphForCodePoint(sign.codePointAt(0) ?? 0));
          expect(other?.advanceWidth, `${file} ${sign}`).to.equal(one?.advanceWidth);
          expect(other?.path.commands, `${file} ${sign}`).to.deep.equal(one?.path.commands);
        }
      }
    });
  }

  it("make one small font of what is needed, in its weight, with its kerning", async () => {
    const text = "AVATAR Βόλος Жизнь";
    const face = await Typeface.covering("literata", 700, text);
    const bytes = face.fontFor(text);
    expect(bytes.length).to.be.lessThan(40_000);
    const font = create(bytes);
    for (const sign of text) expect(font.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0), sign).to.equal(true);
    expect(font.hasGlyphForCodePoint("z".codePointAt(0) ?? 0)).to.equal(false);
    const width = (of: string) => font.layout(of).advanceWidth;
    expect(width("AV")).to.be.lessThan(width("A") + width("V"));
    const light = create((await Typeface.covering("literata", 300, text)).fontFor(text));
    const heavy = font.glyphForCodePoint("A".codePointAt(0) ?? 0);
    expect(heavy.path.commands).to.not.deep.equal(light.glyphForCodePoint("A".codePointAt(0) ?? 0).path.commands);
  });

  it("say what they cannot print", async () => {
    const face = await Typeface.covering("commissioner", 400, "ქართული 🌊");
    expect(face.has("Łódź Ωμέγα Ђорђе ơ")).to.equal(true);
    expect(face.has("ქ")).to.equal(false);
    expect(face.has("🌊")).to.equal(false);
    expect(() => face.fontFor("ქართული 🌊 and more")).to.not.throw();
  });

  it("are refused when they are none", () => {
    expect(() => unpackWoff2(Buffer.from("wOFF and so on"))).to.throw("no WOFF2");
    expect(() => unpackWoff2(Buffer.from("wOF2"))).to.throw(RangeError);
  });
});
