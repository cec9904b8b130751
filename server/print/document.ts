/**
 * A document of several pages: headings, paragraphs, tables, bars and pictures, one below the other; a tagged PDF. It is laid
 * out first, so that each page can say how many there are, and then drawn in slices: the server has other things to do.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import PDFDocument from "pdfkit";
import { fontOf, type PrintedWords, plain, type TextStyle } from "./printedWords.ts";

type Doc = PDFKit.PDFDocument;

export interface DocumentFacts {
  readonly title: string;
  readonly author: string;
  readonly madeAt: Date;
  /** At the head of every page but the first, and at the foot of each. */
  readonly head: string;
  readonly foot: string;
  readonly small: TextStyle;
}

/** A4, in points. */
export const page = { width: 595.28, height: 841.89, side: 56, top: 72, bottom: 68 } as const;
export const wide = page.width - 2 * page.side;

/** Of an element of the document's structure; the types of pdfkit know less of it than pdfkit does. */
interface ElementOptions {
  readonly alt?: string;
  readonly bbox?: [number, number, number, number];
  readonly scope?: "Row" | "Column";
}

/** Something that stands on one page. */
interface Piece {
  readonly page: number;
  readonly draw: (doc: Doc) => void;
}
interface Node {
  readonly tag: string;
  readonly options: ElementOptions;
  readonly children: (Node | Piece)[];
}

const halfCapital = 0.35;
/** Drawn before somebody else has their turn. */
const piecesAtOnce = 40;
const ruleColor = "#c5d2c9";

export interface Lines {
  readonly style: TextStyle;
  readonly lines: readonly string[];
  readonly height: number;
}

export interface TableColumn {
  readonly head: string;
  /** Of the whole width, 0 to 1. */
  readonly share: number;
  /** Numbers stand at the right. */
  readonly number?: boolean;
}

/** Points from the left margin. `keep`: so much of what follows stays on the same page. */
export interface Placed {
  readonly x?: number;
  readonly width?: number;
  readonly keep?: number;
  readonly link?: string;
}

export class PrintedDocument {
  readonly #facts: DocumentFacts;
  readonly #doc: Doc;
  readonly #root: Node = { tag: "Document", options: {}, children: [] };
  /** The element that is being filled, and those around it. */
  readonly #open: Node[] = [this.#root];
  readonly #widths = new Map<string, number>();
  /** Drawn behind the words of a page, and read aloud by nobody. */
  readonly #behind = new Map<number, ((doc: Doc) => void)[]>();
  #page = 0;
  #y: number = page.top;

  private constructor(doc: Doc, facts: DocumentFacts) {
    this.#doc = doc;
    this.#facts = facts;
  }

  /** `words` must have been given every text that will be written, in its style. */
  static async open(facts: DocumentFacts, words: PrintedWords): Promise<PrintedDocument> {
    const title = plain(facts.title);
    const doc = new PDFDocument({
      ...{ size: [page.width, page.height], margin: 0, autoFirstPage: false, tagged: true, lang: "en" },
      ...{ displayTitle: true, pdfVersion: "1.7" },
      info: { Title: title, Author: facts.author, CreationDate: facts.madeAt, ModDate: facts.madeAt },
    });
    for (const { name, bytes } of await words.fonts()) doc.registerFont(name, bytes);
    return new PrintedDocument(doc, facts);
  }

  /* Where it stands */

  get y(): number {
    return this.#y;
  }
  /** How much is left on this page. */
  get left(): number {
    return page.height - page.bottom - this.#y;
  }
  space(points: number): void {
    // A page never begins with a gap.
    if (this.#y > page.top) this.#y += points;
  }
  moveTo(y: number): void {
    this.#y = y;
  }
  /** What follows is not torn apart: with less room than this it begins on the next page. */
  keep(height: number): void {
    if (height > this.left && this.#y > page.top) this.breakPage();
  }
  breakPage(): void {
    this.#page += 1;
    this.#y = page.top;
  }

  /* What it is */

  /** An element with others in it, such as a Sect or a Table. */
  within(tag: string, fill: () => void, options: ElementOptions = {}): void {
    const node: Node = { tag, options, children: [] };
    this.#top.children.push(node);
    this.#open.push(node);
    fill();
    this.#open.pop();
  }

  get #top(): Node {
    return this.#open.at(-1) ?? this.#root;
  }

  #piece(draw: (doc: Doc) => void): Piece {
    return { page: this.#page, draw };
  }

  /** Lines and grounds of this page. */
  decorate(draw: (doc: Doc) => void): void {
    const known = this.#behind.get(this.#page);
    if (known) known.push(draw);
    else this.#behind.set(this.#page, [draw]);
  }

  /* Words */

  /** The text broken into lines of this width. */
  fit(text: string, style: TextStyle, width: number = wide): Lines {
    const lines: string[] = [];
    let line = "";
    let used = 0;
    const space = this.#widthOf(" ", style);
    for (const word of text.split(" ")) {
      const own = this.#widthOf(word, style);
      if (line !== "" && used + space + own <= width) {
        line += ` ${word}`;
        used += space + own;
        continue;
      }
      if (line !== "") lines.push(line);
      const parts = own <= width ? [word] : this.#parts(word, style, width);
      lines.push(...parts.slice(0, -1));
      line = parts.at(-1) ?? "";
      used = parts.length === 1 ? own : this.#lengthOf(line, style);
    }
    lines.push(line);
    return { style, lines, height: lines.length * style.size * style.leading };
  }

  /** As much of it as fits in one line. */
  cut(text: string, style: TextStyle, width: number): string {
    if (this.#widthOf(text, style) <= width) return text;
    const [first = ""] = this.#parts(text, style, width - this.#widthOf("…", style));
    return `${first.trimEnd()}…`;
  }

  widthOf(text: string, style: TextStyle): number {
    return this.#widthOf(text, style);
  }

  /**
   * Words with what they are (`P`, `H2`); they go on on the next page where they must, never with one line alone. `keep`:
   * so much of what follows stays with them.
   */
  write(
    text: string,
    style: TextStyle,
    tag: string,
    { x = 0, width = wide - x, keep = 0, link = "" }: Placed = {},
  ): void {
    if (text === "") return;
    const set = this.fit(text, style, width);
    if (keep > 0) this.keep(set.height + keep);
    const node: Node = { tag, options: {}, children: [] };
    this.#top.children.push(node);
    const holds = link === "" ? node : { tag: "Link", options: {}, children: [] };
    if (holds !== node) node.children.push(holds);
    const step = style.size * style.leading;
    let rest = set.lines;
    while (rest.length > 0) {
      const room = Math.max(0, Math.floor(this.left / step));
      let count = Math.min(rest.length, room);
      if (count < rest.length && rest.length - count === 1) count -= 1;
      if (count < Math.min(2, rest.length) && this.#y > page.top) {
        this.breakPage();
        continue;
      }
      count = Math.max(1, count);
      holds.children.push(this.#piece(this.#linesAt(rest.slice(0, count), style, page.side + x, this.#y, link)));
      this.#y += count * step;
      rest = rest.slice(count);
      if (rest.length > 0) this.breakPage();
    }
  }

  /** Words at a place of their own; the place to go on from stays where it was. */
  put(text: string, style: TextStyle, tag: string, at: { x: number; y: number; width: number }, right = false): void {
    const line = this.cut(text, style, at.width);
    const x = right ? at.x + at.width - this.#widthOf(line, style) : at.x;
    const draw = this.#linesAt([line], style, page.side + x, at.y, "");
    this.#top.children.push({ tag, options: {}, children: [this.#piece(draw)] });
  }

  /** Something drawn of its own height, with what it shows in words. */
  figure(
    alt: string,
    height: number,
    draw: (doc: Doc, x: number, y: number) => void,
    { x = 0, flows = true } = {},
  ): void {
    if (flows) this.keep(height);
    const y = this.#y;
    const shown = (doc: Doc) => {
      doc.save();
      draw(doc, page.side + x, y);
      doc.restore();
    };
    const box = [page.side + x, y, page.width - page.side, y + height] as [number, number, number, number];
    this.#top.children.push({ tag: "Figure", options: { alt: plain(alt), bbox: box }, children: [this.#piece(shown)] });
    if (flows) this.#y += height;
  }

  /** A real table. A row is never torn; the heads stand again on each page. */
  table(columns: readonly TableColumn[], rows: readonly (readonly string[])[], head: TextStyle, cell: TextStyle): void {
    const gap = 6;
    const pad = 3;
    const at = columns.map((_, place) => wide * columns.slice(0, place).reduce((sum, { share }) => sum + share, 0));
    const widthOf = (place: number) => wide * (columns[place]?.share ?? 0) - gap;
    const rowOf = (cells: readonly string[], style: TextStyle, tag: "TH" | "TD") => {
      const sets = cells.map((text, place) => this.fit(text, style, widthOf(place)));
      const height = Math.max(...sets.map((set) => set.height)) + 2 * pad;
      const draw = () =>
        this.within("TR", () => {
          sets.forEach((set, place) => {
            const isHead = tag === "TH" || place === 0;
            const options = isHead ? { scope: tag === "TH" ? "Column" : "Row" } : {};
            this.within(
              isHead ? "TH" : "TD",
              () => this.#cell(set, at[place] ?? 0, widthOf(place), columns[place]?.number ?? false, pad),
              options as Node["options"],
            );
          });
          const y = this.#y + height;
          this.decorate((doc) =>
            doc
              .moveTo(page.side, y)
              .lineTo(page.side + wide, y)
              .lineWidth(0.5)
              .stroke(ruleColor),
          );
          this.#y += height;
        });
      return { height, draw };
    };
    const heads = rowOf(
      columns.map((column) => column.head),
      head,
      "TH",
    );
    this.within("Table", () => {
      rows.forEach((cells, place) => {
        const row = rowOf(cells, cell, "TD");
        if (place === 0) {
          this.keep(heads.height + row.height);
          heads.draw();
        } else if (row.height > this.left && this.#y > page.top) {
          this.breakPage();
          heads.draw();
        }
        row.draw();
      });
    });
  }

  #cell({ lines, style }: Lines, x: number, width: number, right: boolean, pad: number): void {
    const y = this.#y + pad;
    const shift = right ? (line: string) => width - this.#widthOf(line, style) : () => 0;
    this.#top.children.push(this.#piece(this.#linesAt(lines, style, page.side + x, y, "", shift)));
  }

  #linesAt(
    lines: readonly string[],
    style: TextStyle,
    x: number,
    y: number,
    link: string,
    shift: (line: string) => number = () => 0,
  ) {
    const { size, leading, color } = style;
    return (doc: Doc) => {
      doc.font(fontOf(style)).fontSize(size).fillColor(color);
      lines.forEach((line, place) => {
        const baseline = y + size * ((place + 0.5) * leading + halfCapital);
        const linked = link === "" ? {} : { link };
        if (line !== "")
          doc.text(line, x + shift(line), baseline, { lineBreak: false, baseline: "alphabetic", ...linked });
      });
    };
  }

  #widthOf(text: string, style: TextStyle): number {
    const key = `${fontOf(style)} ${text}`;
    // Widths of one point; a font is as wide as it is large.
    let width = this.#widths.get(key);
    if (width === undefined) {
      width =
        text.length > 80
          ? this.#lengthOf(text, style, 1)
          : this.#doc.font(fontOf(style)).fontSize(1).widthOfString(text);
      if (this.#widths.size > 50_000) this.#widths.clear();
      this.#widths.set(key, width);
    }
    return width * style.size;
  }

  /** Sign by sign: good enough for what is too long to be a word. */
  #lengthOf(text: string, style: TextStyle, size: number = style.size): number {
    let sum = 0;
    for (const sign of text) sum += this.#widthOf(sign, { ...style, size });
    return sum;
  }

  /** A word wider than the line is torn where it must be. */
  #parts(word: string, style: TextStyle, width: number): string[] {
    const parts: string[] = [];
    let part = "";
    let used = 0;
    for (const sign of word) {
      const own = this.#widthOf(sign, style);
      if (part !== "" && used + own > width) {
        parts.push(part);
        part = "";
        used = 0;
      }
      part += sign;
      used += own;
    }
    return [...parts, part];
  }

  /* And onto paper */

  /** Draws it, letting others have their turn in between. */
  async end(): Promise<Buffer> {
    const parts: Buffer[] = [];
    const done = new Promise<void>((resolve, reject) => {
      this.#doc.on("data", (part: Buffer) => parts.push(part));
      this.#doc.on("end", resolve);
      this.#doc.on("error", reject);
    });
    const total = this.#page + 1;
    const drawing = { page: -1, pieces: 0 };
    const root = this.#doc.struct("Document");
    this.#beginPages(0, total, drawing);
    this.#doc.addStructure(root);
    await this.#draw(this.#root, root, total, drawing);
    this.#beginPages(this.#page, total, drawing);
    root.end();
    this.#doc.end();
    await done;
    return Buffer.concat(parts);
  }

  async #draw(
    node: Node,
    element: PDFKit.PDFStructureElement,
    total: number,
    drawing: { page: number; pieces: number },
  ): Promise<void> {
    for (const child of node.children) {
      if ("draw" in child) {
        this.#beginPages(child.page, total, drawing);
        element.add(() => child.draw(this.#doc));
        drawing.pieces += 1;
        if (drawing.pieces % piecesAtOnce === 0) await nextTurn();
      } else {
        const below = this.#doc.struct(child.tag, child.options);
        element.add(below);
        await this.#draw(child, below, total, drawing);
        below.end();
      }
    }
  }

  /** Pages that are left are written out at once: only one is ever held. */
  #beginPages(upTo: number, total: number, drawing: { page: number }): void {
    while (drawing.page < upTo) {
      drawing.page += 1;
      this.#doc.addPage();
      this.#artifact(() => {
        for (const draw of this.#behind.get(drawing.page) ?? []) {
          this.#doc.save();
          draw(this.#doc);
          this.#doc.restore();
        }
        this.#frame(drawing.page, total);
      });
    }
  }

  #artifact(draw: () => void): void {
    this.#doc.markContent("Artifact", { type: "Pagination" });
    draw();
    this.#doc.endMarkedContent();
  }

  /** What the project is, when and where it was made, which page of how many. */
  #frame(at: number, total: number): void {
    const { head, foot, small } = this.#facts;
    const number = `Page ${at + 1} of ${total}`;
    const numberWidth = this.#widthOf(number, small);
    const right = page.side + wide - numberWidth;
    const footY = page.height - page.bottom + 26;
    this.#doc
      .moveTo(page.side, footY - 6)
      .lineTo(page.side + wide, footY - 6)
      .lineWidth(0.5)
      .stroke(ruleColor);
    this.#linesAt([number], small, right, footY, "")(this.#doc);
    this.#linesAt([this.cut(foot, small, wide - numberWidth - 20)], small, page.side, footY, "")(this.#doc);
    if (at > 0) this.#linesAt([this.cut(head, small, wide)], small, page.side, 38, "")(this.#doc);
  }
}
