/**
 * The pages' own typefaces for print. They come as packed, variable fonts, one file a script, which no PDF may hold; here one
 * plain font is made of just the characters that a sheet needs, in one weight, with the kerning between them.
 */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { create, type Font, type Glyph } from "fontkit";
import { i16, joined, u8, u16, u32 } from "./bytes.ts";
import { bent, type Contour, type Dot } from "./raster.ts";
import { type Tables, writeSfnt } from "./sfnt.ts";
import { unpackWoff2, writePoints } from "./woff2.ts";

export type Family = "commissioner" | "literata";

/** Which files a family has, in the order they are looked into. */
const scripts: Readonly<Record<Family, readonly string[]>> = {
  commissioner: ["latin", "latin-ext", "greek", "cyrillic", "cyrillic-ext", "vietnamese"],
  literata: ["latin", "latin-ext", "greek", "greek-ext", "cyrillic", "cyrillic-ext", "vietnamese"],
};

/** One weight of a family, ready to make fonts of. A script's file is read when its first character is asked for. */
export class Typeface {
  readonly #name: string;
  readonly #family: Family;
  readonly #weight: number;
  readonly #fonts: Font[] = [];
  #reading: Promise<void> = Promise.resolve();

  private constructor(name: string, family: Family, weight: number) {
    this.#name = name;
    this.#family = family;
    this.#weight = weight;
  }

  /** With every file read that `text` needs, as far as there is one. */
  static async covering(family: Family, weight: number, text: string): Promise<Typeface> {
    const key = `${family}-${weight}`;
    const face = typefaces.get(key) ?? new Typeface(`Twinlight-${key}`, family, weight);
    typefaces.set(key, face);
    // One after the other: two who ask at once must not read the same file twice.
    face.#reading = face.#reading.catch(() => {}).then(() => face.#readFor(text));
    await face.#reading;
    return face;
  }

  async #readFor(text: string): Promise<void> {
    while (this.#fonts.length === 0 || !this.has(text)) {
      const script = scripts[this.#family][this.#fonts.length];
      if (script === undefined) return;
      const font = await plainFont(this.#family, script);
      this.#fonts.push(font.getVariation({ wght: this.#weight }));
    }
  }

  /** True when there is a glyph for every character. */
  has(text: string): boolean {
    return [...text].every((character) => this.#fontOf(character) !== undefined);
  }

  /** A TrueType font that has the characters of `text`, as far as there are glyphs for them. */
  fontFor(text: string): Buffer {
    const characters = [...new Set(text)].filter((character) => this.#fontOf(character)).sort(byCodePoint);
    const [latin] = this.#fonts;
    if (latin === undefined) throw new Error("A typeface without a font.");
    const missing = latin.glyphForCodePoint(0);
    const glyphs = [missing, ...characters.map((character) => this.#glyphOf(character) ?? missing)];
    return writeFont(this.#name, latin, characters, glyphs, this.#kerning(text, characters));
  }

  /** The text as shapes, its baseline beginning at 0, 0; what has no glyph is left out. */
  outline(text: string, size: number): { readonly shapes: readonly Contour[]; readonly width: number } {
    const shapes: Contour[] = [];
    let x = 0;
    for (const { font, run } of this.#runs(text)) {
      const scale = size / font.unitsPerEm;
      const { glyphs, positions } = font.layout(run, { liga: false, clig: false });
      glyphs.forEach((glyph, index) => {
        const { xAdvance = glyph.advanceWidth, xOffset = 0, yOffset = 0 } = positions[index] ?? {};
        shapes.push(...shapesOf(glyph, x + xOffset * scale, -yOffset * scale, scale));
        x += xAdvance * scale;
      });
    }
    return { shapes, width: x };
  }

  /** How wide that is. */
  widthOf(text: string, size: number): number {
    const widths = this.#runs(text).map(
      ({ font, run }) => (font.layout(run, { liga: false, clig: false }).advanceWidth * size) / font.unitsPerEm,
    );
    return widths.reduce((all, width) => all + width, 0);
  }

  /** Neighbours that the same file has. */
  #runs(text: string): { font: Font; run: string }[] {
    const runs: { font: Font; run: string }[] = [];
    for (const character of text) {
      const font = this.#fontOf(character);
      const last = runs.at(-1);
      if (font === undefined) continue;
      if (last?.font === font) last.run += character;
      else runs.push({ font, run: character });
    }
    return runs;
  }

  #fontOf(character: string): Font | undefined {
    const codePoint = character.codePointAt(0) ?? 0;
    return this.#fonts.find((font) => font.hasGlyphForCodePoint(codePoint));
  }

  #glyphOf(character: string): Glyph | undefined {
    return this.#fontOf(character)?.glyphForCodePoint(character.codePointAt(0) ?? 0);
  }

  /** How much nearer or farther two neighbours of the text stand, by their places in the font. */
  #kerning(text: string, characters: readonly string[]): Kern[] {
    const places = new Map(characters.map((character, index) => [character, index + 1]));
    const kerns = new Map<string, Kern>();
    const signs = [...text];
    signs.forEach((left, index) => {
      const right = signs[index + 1] ?? "";
      const [from, to, font] = [places.get(left), places.get(right), this.#fontOf(left)];
      if (from === undefined || to === undefined || font === undefined || font !== this.#fontOf(right)) return;
      const { glyphs, advanceWidth } = font.layout(left + right, { liga: false, clig: false });
      const [one, other] = glyphs;
      if (glyphs.length !== 2 || !one || !other) return;
      const value = Math.round(advanceWidth - one.advanceWidth - other.advanceWidth);
      if (value !== 0) kerns.set(`${from} ${to}`, { left: from, right: to, value });
    });
    return [...kerns.values()].sort((one, other) => one.left - other.left || one.right - other.right);
  }
}

const typefaces = new Map<string, Typeface>();
const files = new Map<string, Promise<Font>>();

/** One script's file, unpacked and parsed once for all weights. */
function plainFont(family: Family, script: string): Promise<Font> {
  const name = `@fontsource-variable/${family}/files/${family}-${script}-wght-normal.woff2`;
  const known = files.get(name);
  if (known) return known;
  const reading = readFile(fileURLToPath(import.meta.resolve(name))).then((packed) => create(unpackWoff2(packed)));
  files.set(name, reading);
  reading.catch(() => files.delete(name));
  return reading;
}

/** A glyph's outline in straight pieces, upside down as fonts count. */
function shapesOf({ path }: Glyph, x: number, y: number, scale: number): Dot[][] {
  const shapes: Dot[][] = [];
  for (const { command, args } of path.commands) {
    const dots: Dot[] = [];
    for (let at = 0; at + 1 < args.length; at += 2) {
      dots.push({ x: x + (args[at] ?? 0) * scale, y: y - (args[at + 1] ?? 0) * scale });
    }
    const last = shapes.at(-1)?.at(-1);
    if (command === "moveTo") shapes.push(dots);
    else if (dots.length === 1) shapes.at(-1)?.push(...dots);
    else if (last) shapes.at(-1)?.push(...bent(last, ...dots));
  }
  return shapes;
}

const byCodePoint = (one: string, other: string) => (one.codePointAt(0) ?? 0) - (other.codePointAt(0) ?? 0);

interface Kern {
  readonly left: number;
  readonly right: number;
  readonly value: number;
}

function writeFont(name: string, like: Font, characters: readonly string[], glyphs: readonly Glyph[], kerns: Kern[]) {
  const outlines = glyphs.map(outlineOf);
  const offsets = [0, ...runningTotals(outlines.map(({ bytes }) => bytes.length))];
  const unit = like.unitsPerEm;
  const tables: Tables = new Map([
    // Version, revision, checksum (unused), magic number, flags, units; two moments of 1904; box; style; sizes; directions.
    [
      "head",
      joined([
        u32(0x00010000, 0x00010000, 0, 0x5f0f3cf5),
        u16(3, unit),
        Buffer.alloc(16),
        i16(0, Math.round(like.descent), unit, Math.round(like.ascent), 0, 8, 2, 1, 0),
      ]),
    ],
    [
      "hhea",
      joined([
        u32(0x00010000),
        i16(Math.round(like.ascent), Math.round(like.descent), Math.round(like.lineGap), unit, 0, 0, unit, 1),
        Buffer.alloc(14),
        u16(glyphs.length),
      ]),
    ],
    ["maxp", joined([u32(0x00010000), u16(glyphs.length, 1000, 100, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)])],
    [
      "hmtx",
      joined(
        glyphs.map(({ advanceWidth }, at) => joined([u16(Math.round(advanceWidth)), i16(outlines[at]?.left ?? 0)])),
      ),
    ],
    ["loca", u32(...offsets)],
    ["glyf", joined(outlines.map(({ bytes }) => bytes))],
    ["cmap", characterTable(characters)],
    ["post", joined([u32(0x00030000), Buffer.alloc(28)])],
    ["name", nameTable(name)],
    ["OS/2", metricsTable(like)],
    ["kern", kernTable(kerns)],
  ]);
  return writeSfnt(tables);
}

function runningTotals(sizes: readonly number[]): number[] {
  let total = 0;
  return sizes.map((size) => {
    total += size;
    return total;
  });
}

interface Point {
  readonly x: number;
  readonly y: number;
  readonly onCurve: boolean;
}

/** The outline with its parts joined and its weight settled, on whole units. `left`: where it begins. */
function outlineOf({ path }: Glyph): { bytes: Buffer; left: number } {
  const contours: Point[][] = [];
  for (const { command, args } of path.commands) {
    const at = (index: number, onCurve: boolean) => ({
      x: Math.round(args[index] ?? 0),
      y: Math.round(args[index + 1] ?? 0),
      onCurve,
    });
    if (command === "moveTo") contours.push([at(0, true)]);
    else if (command === "lineTo") contours.at(-1)?.push(at(0, true));
    else if (command === "quadraticCurveTo") contours.at(-1)?.push(at(0, false), at(2, true));
  }
  const closed = contours.map(withoutEcho).filter(({ length }) => length > 1);
  const points = closed.flat();
  if (points.length === 0) return { bytes: Buffer.alloc(0), left: 0 };
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const ends = runningTotals(closed.map(({ length }) => length)).map((total) => total - 1);
  const outline = joined([
    i16(closed.length, Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)),
    u16(...ends, 0),
    writePoints(points),
  ]);
  return { bytes: joined([outline, Buffer.alloc((4 - (outline.length % 4)) % 4)]), left: Math.min(...xs) };
}

/** A contour closes by itself: its beginning is not said again. */
function withoutEcho(contour: Point[]): Point[] {
  const [first, last] = [contour[0], contour.at(-1)];
  const echoes = contour.length > 1 && last?.onCurve && first?.x === last.x && first.y === last.y;
  return echoes ? contour.slice(0, -1) : contour;
}

/** Unicode to glyph, one group a character (format 12). */
function characterTable(characters: readonly string[]): Buffer {
  const groups = characters.map((character, index) => {
    const codePoint = character.codePointAt(0) ?? 0;
    return u32(codePoint, codePoint, index + 1);
  });
  return joined([u16(0, 1, 3, 10), u32(12), u16(12, 0), u32(16 + groups.length * 12, 0, groups.length), ...groups]);
}

function nameTable(name: string): Buffer {
  const text = Buffer.from(name, "utf16le").swap16();
  const ids = [1, 4, 6];
  const records = ids.map((id) => u16(3, 1, 0x0409, id, text.length, 0));
  return joined([u16(0, ids.length, 6 + ids.length * 12), ...records, text]);
}

/** Version 2 of OS/2, of which only the heights are of use here. */
function metricsTable(like: Font): Buffer {
  const [ascent, descent] = [Math.round(like.ascent), Math.round(like.descent)];
  return joined([
    u16(2, like.unitsPerEm / 2, 400, 5, 0),
    Buffer.alloc(22),
    u8(0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    Buffer.alloc(16),
    Buffer.from("TWIN", "latin1"),
    u16(0, 0x20, 0xffff),
    i16(ascent, descent, 0),
    u16(ascent, -descent),
    Buffer.alloc(8),
    i16(Math.round(like.xHeight), Math.round(like.capHeight)),
    u16(0, 0x20, 1),
  ]);
}

function kernTable(kerns: readonly Kern[]): Buffer {
  const pairs = kerns.map(({ left, right, value }) => joined([u16(left, right), i16(value)]));
  return joined([u16(0, 1, 0, 14 + pairs.length * 6, 1), u16(pairs.length, 0, 0, 0), ...pairs]);
}
