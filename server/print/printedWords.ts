/** What a document will say, gathered before it is laid out: only then are its fonts known. */
import { plain, settable } from "./sheet.ts";
import { type Family, Typeface } from "./typeface.ts";

export interface TextStyle {
  readonly family: Family;
  readonly weight: number;
  readonly color: string;
  /** Points. */
  readonly size: number;
  /** Of the size. */
  readonly leading: number;
}

export const fontOf = ({ family, weight }: Pick<TextStyle, "family" | "weight">): string => `${family}-${weight}`;

/** So many pairs of neighbours are set nearer or farther; a text of more is set without that for the others. */
const mostPairs = 6_000;

/** So many paragraphs stand by themselves; those behind them are one. */
const mostLines = 60;

interface Font {
  readonly family: Family;
  readonly weight: number;
  readonly signs: Set<string>;
  readonly pairs: Set<string>;
}

/** No sign of any text, so no two that stand around it are neighbours. */
const between = "\u0000";

export class PrintedWords {
  readonly #fonts = new Map<string, Font>();

  /** The text as it can be set: without pictures and controls, or `instead` where a letter has no glyph. */
  async take(text: string, style: TextStyle, instead: string): Promise<string> {
    const set = await settable(text, { ...style, sizes: [style.size] }, instead);
    return this.note(set, style);
  }

  /** As `take`, for a text of several paragraphs. One that cannot be set is said once, however many follow each other. */
  async takeLines(text: string, style: TextStyle, instead: string): Promise<string[]> {
    const lines: string[] = [];
    for (const line of text.split("\n")) {
      // Signs alone, such as a line of dashes, are no text.
      if (!/[\p{L}\p{N}]/u.test(line)) continue;
      const set = await this.take(line, style, instead);
      if (set !== instead || lines.at(-1) !== instead) lines.push(set);
    }
    // A text of a thousand lines of one letter must not fill a hundred pages.
    const kept = lines.slice(0, mostLines);
    return lines.length > mostLines ? [...kept, lines.slice(mostLines).join(" ")] : kept;
  }

  /** A text of our own, which has glyphs for all it says. */
  note(text: string, style: Pick<TextStyle, "family" | "weight">): string {
    const name = fontOf(style);
    const { family, weight } = style;
    const font = this.#fonts.get(name) ?? { family, weight, signs: new Set(), pairs: new Set() };
    this.#fonts.set(name, font);
    let before = "";
    for (const sign of text) {
      font.signs.add(sign);
      // Words are measured one by one, so nothing is nearer to a space.
      if (before !== "" && sign !== " " && font.pairs.size < mostPairs) font.pairs.add(before + sign);
      before = sign === " " ? "" : sign;
    }
    return text;
  }

  /** A font for each style that was asked for, with exactly the signs that are needed. */
  async fonts(): Promise<{ name: string; bytes: Buffer }[]> {
    const made: { name: string; bytes: Buffer }[] = [];
    for (const [name, { family, weight, signs, pairs }] of this.#fonts) {
      // What is drawn beside the words: numbers, and the sign of what was cut.
      const text = [...pairs, ...signs, ..."0123456789 ….,"].join(between);
      const face = await Typeface.covering(family, weight, text.replaceAll(between, ""));
      made.push({ name, bytes: face.fontFor(text) });
    }
    return made;
  }
}

export { plain };
