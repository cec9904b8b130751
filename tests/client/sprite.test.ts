import { expect } from "chai";
import { faces } from "../../client/looks/faces.ts";
import { hasFlag } from "../../client/looks/flag-codes.ts";
import { flags } from "../../client/looks/flags.ts";
import { iconNames } from "../../client/looks/icons.ts";
import { makeSprite } from "../../client/looks/sprite.ts";
import { groundOf, initialsOf } from "../../client/parts/person.ts";
import { pictureNames } from "../../domain/twinspace/pictures.ts";

describe("sprite", () => {
  const sprite = makeSprite();

  it("holds every icon, flag, face and picture once", () => {
    const wanted = [
      ...iconNames,
      ...Object.keys(flags).map((code) => `flag-${code}`),
      ...faces.map((_, i) => `face-${i + 1}`),
      ...pictureNames.map((name) => `picture-${name}`),
    ];
    const held = [...sprite.matchAll(/<symbol id="([^"]+)"/g)].map((match) => match[1]);
    expect(held).to.deep.equal(wanted);
    expect(new Set(held).size).to.equal(held.length);
  });

  it("carries nothing that runs or loads", () => {
    expect(sprite).to.not.match(/<script|href=|\bon\w+=|<style|url\(/i);
  });

  it("is light enough to come with the first page", () => {
    expect(Buffer.byteLength(sprite)).to.be.below(110_000);
  });

  it("has the flags the page thinks it has", () => {
    for (const code of Object.keys(flags)) expect(hasFlag(code), code).to.equal(true);
    expect(hasFlag("XX")).to.equal(false);
  });
});

describe("a person's face", () => {
  it("has at most two letters, as people see letters", () => {
    expect(["Matti K.", "Ana", "Λευτέρης Β.", "Guest 7", "Élodie-Anne", "  ", "…"].map(initialsOf)).to.deep.equal([
      "MK",
      "A",
      "ΛΒ",
      "G7",
      "ÉA",
      "",
      "",
    ]);
  });

  it("keeps its ground", () => {
    expect(groundOf("seat-1")).to.equal(groundOf("seat-1"));
    for (const id of ["a", "b", "seat-17", ""]) expect(groundOf(id)).to.be.within(1, 6);
  });
});
