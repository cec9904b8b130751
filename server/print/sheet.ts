/** One printed page: words set in the pages' own typefaces so that they fit, shapes, a QR code; a tagged PDF. */
import PDFDocument from "pdfkit";
import { encode } from "uqr";
import { type Family, Typeface } from "./typeface.ts";

export interface Style {
  readonly family: Family;
  readonly weight: number;
  readonly color: string;
  /** Points: tried from the first to the last until the words fit. */
  readonly sizes: readonly number[];
  /** Of the size. */
  readonly leading?: number;
}

export interface Words {
  readonly text: string;
  readonly style: Style;
  /** Points. */
  readonly width: number;
  readonly lines: number;
}

/** Words broken into lines of a size at which they fit; at the smallest one what is too much ends in an ellipsis. */
export interface SetWords {
  readonly words: Words;
  readonly lines: readonly string[];
  readonly size: number;
  /** From the top of the first line to the bottom of the last. */
  readonly height: number;
  /** Not all of it stands there. */
  readonly cut: boolean;
}

/** One line is better than two, as long as it is not much smaller. */
const oneLineFrom = 0.7;
/** Half of what capitals are high, of the size: so much the baseline is below a line's middle. */
const halfCapital = 0.35;

const ellipsis = "…";

/** What a printed page can hold of a text: no controls, no marks of direction, one space at a time. */
export const plain = (text: string): string =>
  text
    .normalize("NFC")
    .replace(/[\p{Cf}\p{Co}\p{Cs}]/gu, "")
    .replace(/[\p{Cc}\p{Z}]+/gu, " ")
    .trim();

/**
 * The text with what has no glyph left out: pictures are, letters never. Where a letter would be missing the whole text
 * cannot be set and `instead` stands there.
 */
export async function settable(text: string, { family, weight }: Style, instead: string): Promise<string> {
  const signs = [...plain(text)];
  const face = await Typeface.covering(family, weight, signs.join(""));
  if (signs.some((sign) => /[\p{L}\p{N}]/u.test(sign) && !face.has(sign))) return instead;
  const left = plain(signs.filter((sign) => face.has(sign)).join(""));
  return /[\p{L}\p{N}]/u.test(left) ? left : instead;
}

export interface SheetFacts {
  readonly title: string;
  readonly author: string;
  readonly madeAt: Date;
  /** Points. */
  readonly width: number;
  readonly height: number;
}

/** A page being drawn. Every style and text must have been named when it was opened. */
export class Sheet {
  readonly doc: PDFKit.PDFDocument;
  readonly #body: PDFKit.PDFStructureElement;

  private constructor(doc: PDFKit.PDFDocument) {
    this.doc = doc;
    this.#body = doc.struct("Document");
    doc.addStructure(this.#body);
  }

  static async open(facts: SheetFacts, texts: readonly { readonly text: string; readonly style: Style }[]) {
    const doc = new PDFDocument({
      size: [facts.width, facts.height],
      margin: 0,
      lang: "en",
      tagged: true,
      displayTitle: true,
      pdfVersion: "1.7",
      info: { Title: facts.title, Author: facts.author, CreationDate: facts.madeAt, ModDate: facts.madeAt },
    });
    for (const [name, { style, text }] of byFont(texts)) {
      const face = await Typeface.covering(style.family, style.weight, text);
      doc.registerFont(name, face.fontFor(`${text} ${ellipsis}`));
    }
    return new Sheet(doc);
  }

  /** Shapes that say nothing: no reader reads them aloud. */
  decorate(draw: (doc: PDFKit.PDFDocument) => void): void {
    this.doc.markContent("Artifact", { type: "Layout" });
    this.doc.save();
    draw(this.doc);
    this.doc.restore();
    this.doc.endMarkedContent();
  }

  fit(words: Words): SetWords {
    const { sizes } = words.style;
    const tries = sizes.map((size) => ({ size, ...this.#broken(words, size) }));
    const large = tries.filter(({ size }) => size >= (sizes[0] ?? 0) * oneLineFrom);
    const fits =
      large.find(({ lines, torn }) => lines.length === 1 && !torn) ??
      tries.find(({ lines, torn }) => lines.length <= words.lines && !torn) ??
      tries.find(({ lines }) => lines.length <= words.lines);
    if (fits) return this.#set(words, fits.lines, fits.size, false);
    const size = sizes.at(-1) ?? 10;
    const kept = this.#broken(words, size).lines.slice(0, words.lines);
    kept[words.lines - 1] = this.#shortened(kept.at(-1) ?? "", words, size);
    return this.#set(words, kept, size, true);
  }

  /** `tag`: what it is in the document, such as H1 or P. */
  write(set: SetWords, x: number, y: number, tag: string, link?: string): void {
    const { words, lines, size } = set;
    const draw = () => {
      this.#font(words.style, size).fillColor(words.style.color);
      lines.forEach((line, index) => {
        const baseline = y + size * ((index + 0.5) * leadingOf(words.style) + halfCapital);
        const linked = link === undefined ? {} : { link };
        this.doc.text(line, x, baseline, { lineBreak: false, baseline: "alphabetic", ...linked });
      });
    };
    this.#body.add(this.doc.struct(tag, {}, draw));
  }

  /** Dark squares on a light ground, with the border that readers need. */
  qrCode(address: string, at: { x: number; y: number; size: number }, color: string, alt: string): void {
    const { data, size } = encode(address, { ecc: "M", border: 0 });
    const module = at.size / size;
    const draw = () => {
      this.doc.fillColor(color);
      data.forEach((row, line) => {
        for (const [from, to] of runsOf(row)) {
          this.doc.rect(at.x + from * module, at.y + line * module, (to - from) * module, module);
        }
      });
      this.doc.fill();
    };
    this.#body.add(this.doc.struct("Figure", { alt }, draw));
  }

  async end(): Promise<Buffer> {
    this.#body.end();
    const parts: Buffer[] = [];
    const done = new Promise<void>((resolve, reject) => {
      this.doc.on("data", (part: Buffer) => parts.push(part));
      this.doc.on("end", resolve);
      this.doc.on("error", reject);
    });
    this.doc.end();
    await done;
    return Buffer.concat(parts);
  }

  #set(words: Words, lines: readonly string[], size: number, cut: boolean): SetWords {
    return { words, lines, size, cut, height: lines.length * size * leadingOf(words.style) };
  }

  #font(style: Style, size: number): PDFKit.PDFDocument {
    return this.doc.font(nameOf(style)).fontSize(size);
  }

  #widthOf(text: string, style: Style, size: number): number {
    return this.#font(style, size).widthOfString(text);
  }

  /** `torn`: a word did not fit on a line by itself. */
  #broken({ text, style, width }: Words, size: number): { lines: string[]; torn: boolean } {
    const lines: string[] = [];
    let torn = false;
    for (const word of text.split(" ")) {
      const last = lines.at(-1);
      const longer = last === undefined ? word : `${last} ${word}`;
      if (this.#widthOf(longer, style, size) <= width) {
        lines.splice(-1, 1, longer);
        continue;
      }
      const parts = this.#parts(word, style, size, width);
      torn ||= parts.length > 1;
      lines.push(...parts);
    }
    return { lines, torn };
  }

  /** A word wider than the line is torn where it must be. */
  #parts(word: string, style: Style, size: number, width: number): string[] {
    const parts: string[] = [""];
    for (const sign of word) {
      const longer = `${parts.at(-1) ?? ""}${sign}`;
      if (this.#widthOf(longer, style, size) <= width) parts.splice(-1, 1, longer);
      else parts.push(sign);
    }
    return parts;
  }

  #shortened(line: string, { style, width }: Words, size: number): string {
    const signs = [...line];
    while (signs.length > 0 && this.#widthOf(signs.join("") + ellipsis, style, size) > width) signs.pop();
    return signs.join("").trimEnd() + ellipsis;
  }
}

const leadingOf = ({ leading = 1.2 }: Style) => leading;
const nameOf = ({ family, weight }: Style) => `${family}-${weight}`;

function byFont(texts: readonly { readonly text: string; readonly style: Style }[]) {
  const fonts = new Map<string, { style: Style; text: string }>();
  for (const { text, style } of texts) {
    const name = nameOf(style);
    fonts.set(name, { style, text: `${fonts.get(name)?.text ?? ""} ${text}` });
  }
  return fonts;
}

/** Where dark begins and ends in a row. */
function runsOf(row: readonly boolean[]): [number, number][] {
  const runs: [number, number][] = [];
  row.forEach((dark, at) => {
    const last = runs.at(-1);
    if (!dark) return;
    if (last?.[1] === at) last[1] = at + 1;
    else runs.push([at, at + 1]);
  });
  return runs;
}
