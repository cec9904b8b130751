import { readFileSync } from "node:fs";
import { expect } from "chai";

const css = readFileSync(new URL("../../client/looks/tokens.css", import.meta.url), "utf8");

type Mode = "light" | "dark";
const tokens = new Map<string, { light: string; dark: string }>();
for (const [, name, light, dark] of css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)) {
  if (name !== undefined && light !== undefined && dark !== undefined) tokens.set(name, { light, dark });
}

function colour(token: string, mode: Mode): string {
  const pair = tokens.get(token);
  if (pair === undefined) throw new Error(`tokens.css has no colour ${token}`);
  return pair[mode];
}

/** Relative luminance of a `#rrggbb` by WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string, mode: Mode): number {
  const [dark = 0, light = 0] = [luminance(colour(one, mode)), luminance(colour(other, mode))].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Text and the grounds it stands on: at least 4.5 (WCAG 1.4.3). */
const texts: [string, string[]][] = [
  ["ink", ["wall", "dado", "sheet", "sunk", "glow"]],
  ["soft", ["wall", "dado", "sheet", "sunk", "glow"]],
  ["on-lamp", ["lamp"]],
  ["on-act", ["act"]],
  ["pen", ["wall", "dado", "sheet", "pen-wash"]],
  ["leaf", ["sheet", "wall", "leaf-wash"]],
  ["brick", ["sheet", "wall", "dado", "brick-wash"]],
  ["lamp-deep", ["sheet", "dado", "glow"]],
  ["on-board", ["board"]],
];

/** Outlines and shapes that carry meaning: at least 3 (WCAG 1.4.11). */
const shapes: [string, string[]][] = [
  ["edge", ["wall", "dado", "sheet", "sunk", "glow"]],
  ["pen", ["wall", "dado", "sheet", "glow"]],
  ["lamp", ["board"]],
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((n): [string, string[]] => [`chart-${n}`, ["sheet"]]),
];

describe("tokens", () => {
  for (const mode of ["light", "dark"] as const) {
    it(`give every text enough contrast, ${mode}`, () => {
      for (const [text, grounds] of texts) {
        for (const ground of grounds) expect(contrast(text, ground, mode), `${text} on ${ground}`).to.be.at.least(4.5);
      }
    });

    it(`give every outline enough contrast, ${mode}`, () => {
      for (const [shape, grounds] of shapes) {
        for (const ground of grounds) expect(contrast(shape, ground, mode), `${shape} on ${ground}`).to.be.at.least(3);
      }
    });
  }

  it("know that the lamp is too pale on light grounds by itself, hence its outline", () => {
    expect(contrast("lamp", "wall", "light")).to.be.below(3);
    expect(contrast("lamp-edge", "wall", "light")).to.be.at.least(3);
    expect(contrast("lamp-edge", "lamp", "light")).to.be.at.least(3);
    expect(contrast("lamp", "wall", "dark")).to.be.at.least(3);
  });

  it("keep the numbers of the looks", () => {
    const rounded = (one: string, other: string, mode: Mode) => Number(contrast(one, other, mode).toFixed(2));
    expect(rounded("ink", "wall", "light")).to.equal(12.49);
    expect(rounded("ink", "wall", "dark")).to.equal(15.78);
    expect(rounded("edge", "dado", "light")).to.equal(3.3);
    expect(rounded("on-lamp", "lamp", "light")).to.equal(9.14);
    expect(rounded("brick", "brick-wash", "dark")).to.equal(7.43);
  });

  it("answer to those who ask for more contrast or for less motion", () => {
    expect(css)
      .to.match(/prefers-contrast: more/)
      .and.match(/prefers-reduced-motion: reduce/);
  });
});
