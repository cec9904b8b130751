/** Bars on paper, in the colours and patterns of the charts on screens: told apart without any colour, too. */
import { type PrintedDocument, page, wide } from "./document.ts";
import type { TextStyle } from "./printedWords.ts";

type Doc = PDFKit.PDFDocument;

/** The light half of the tokens: paper is never dark. */
const colors = ["#1d4e9e", "#932517", "#1b9f59", "#b0688f", "#492b5c", "#959120", "#63232d", "#8585cb"] as const;
const mark = "#ffffff";
const edge = "#6a8078";
const step = 6;

export interface Bar {
  readonly name: string;
  readonly value: number;
  /** The value as it is written beside it. */
  readonly said: string;
  /** From 1; the ninth is drawn as the first. */
  readonly pattern?: number | undefined;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A box filled with the colour and the pattern of this number. */
export function fillBox(doc: Doc, { x, y, width, height }: Box, pattern: number): void {
  const place = (pattern - 1) % colors.length;
  const color = colors[place] ?? colors[0];
  const round = Math.min(3, width / 2, height / 2);
  doc.roundedRect(x, y, width, height, round).fill(color);
  doc.save();
  doc.roundedRect(x + 0.8, y + 0.8, Math.max(0.1, width - 1.6), Math.max(0.1, height - 1.6), round).clip();
  doc.lineWidth(1.3).strokeColor(mark).fillColor(mark);
  const rising = () => {
    for (let at = x - height; at < x + width; at += step) doc.moveTo(at, y + height).lineTo(at + height, y);
  };
  const falling = () => {
    for (let at = x - height; at < x + width; at += step) doc.moveTo(at, y).lineTo(at + height, y + height);
  };
  switch (place) {
    case 1:
      rising();
      break;
    case 2:
      for (let row = y + step / 2; row < y + height; row += step) {
        for (let at = x + step / 2; at < x + width; at += step) doc.circle(at, row, 1.1);
      }
      doc.fill();
      break;
    case 3:
      for (let row = y + 2; row < y + height; row += 4) doc.moveTo(x, row).lineTo(x + width, row);
      break;
    case 4:
      for (let at = x + 2; at < x + width; at += 4) doc.moveTo(at, y).lineTo(at, y + height);
      break;
    case 5:
      falling();
      break;
    case 6:
      rising();
      falling();
      break;
    case 7:
      for (let row = y + 3; row < y + height; row += step) {
        doc.moveTo(x, row);
        for (let at = x; at < x + width; at += step) {
          doc
            .quadraticCurveTo(at + step / 4, row - 3, at + step / 2, row)
            .quadraticCurveTo(at + (step * 3) / 4, row + 3, at + step, row);
        }
      }
      break;
  }
  if (place !== 0 && place !== 2) doc.stroke();
  doc.restore();
}

export interface BarWords {
  readonly text: TextStyle;
  readonly strong: TextStyle;
}

const sentence = (title: string, bars: readonly Bar[]): string =>
  `${title}: ${bars.map(({ name, said }) => `${name} ${said}`).join(", ")}`;

/** One whole and whose it is, with names and numbers below it. */
export function splitBar(to: PrintedDocument, title: string, bars: readonly Bar[], { text, strong }: BarWords): void {
  const whole = bars.reduce((sum, { value }) => sum + value, 0);
  const line = text.size * text.leading;
  const drawn = bars.filter(({ value }) => value > 0);
  const room = wide - 3 * Math.max(0, drawn.length - 1);
  const height = splitHeight;
  to.figure(sentence(title, bars), height, (doc, x, y) => {
    let at = x;
    for (const bar of drawn) {
      const width = (room * bar.value) / Math.max(1, whole);
      fillBox(doc, { x: at, y, width, height }, bar.pattern ?? bars.indexOf(bar) + 1);
      at += width + 3;
    }
    if (whole === 0) doc.roundedRect(x, y, wide, height, 3).lineWidth(1).stroke(edge);
  });
  to.space(4);
  for (const [place, bar] of bars.entries()) {
    const y = to.y;
    to.decorate((doc) =>
      fillBox(doc, { x: page.side, y: y + 2, width: 14, height: line - 5 }, bar.pattern ?? place + 1),
    );
    to.put(bar.name, text, "P", { x: 20, y, width: wide - 140 });
    to.put(bar.said, strong, "P", { x: wide - 110, y, width: 110 }, true);
    to.moveTo(y + line);
  }
}

/** How high a bar that is divided will be, with what stands below it. */
export const splitBarHeight = (bars: readonly Bar[], { text }: BarWords): number =>
  splitHeight + 4 + bars.length * text.size * text.leading;
const splitHeight = 16;

/** How many of each, a bar a line. `of`: the whole width stands for this; null: there is nothing to draw; else for the largest. */
export function barLines(
  to: PrintedDocument,
  bars: readonly (Bar & { of?: number | null })[],
  { text, strong }: BarWords,
): void {
  const line = Math.max(15, text.size * text.leading);
  const most = Math.max(1, ...bars.map(({ value }) => value));
  const from = wide * 0.46;
  const to_ = wide - 74;
  for (const bar of bars) {
    const set = to.fit(bar.name, text, from - 10);
    const height = Math.max(line, set.height) + 3;
    to.keep(height);
    const y = to.y;
    to.write(bar.name, text, "P", { width: from - 10 });
    const share = Math.min(1, bar.value / Math.max(1, bar.of ?? most));
    if (bar.of !== null)
      to.decorate((doc) => {
        const box = { x: page.side + from, y: y + 2, width: to_ - from, height: 11 };
        if (bar.of !== undefined) doc.roundedRect(box.x, box.y, box.width, box.height, 3).lineWidth(0.8).stroke(edge);
        if (share > 0) fillBox(doc, { ...box, width: Math.max(3, box.width * share) }, bar.pattern ?? 1);
      });
    to.put(bar.said, strong, "P", { x: to_ + 6, y, width: wide - to_ - 6 }, true);
    to.moveTo(y + height);
  }
}

export interface MonthBar {
  /** Below its column. */
  readonly name: string;
  readonly values: readonly number[];
}

const tall = 70;
export const monthsHeight = tall + 32;

/** Month after month, a column each, divided by the parts in their order. */
export function monthBars(
  to: PrintedDocument,
  title: string,
  parts: readonly Omit<Bar, "value" | "said">[],
  months: readonly MonthBar[],
  { text, strong }: BarWords,
): void {
  const totals = months.map(({ values }) => values.reduce((sum, value) => sum + value, 0));
  const most = Math.max(1, ...totals);
  const height = monthsHeight;
  const each = Math.min(44, wide / Math.max(1, months.length));
  const alt = `${title}: ${months.map(({ name }, place) => `${name} ${totals[place]}`).join(", ")}`;
  const top = to.y;
  to.figure(alt, height, (doc, x, y) => {
    months.forEach(({ values }, place) => {
      let foot = y + tall + 14;
      values.forEach((value, part) => {
        const own = (tall * value) / most;
        foot -= own;
        const box = { x: x + place * each + 3, y: foot, width: Math.min(26, each - 4), height: Math.max(0.5, own - 1) };
        if (value > 0) fillBox(doc, box, parts[part]?.pattern ?? part + 1);
      });
    });
    doc
      .moveTo(x, y + tall + 15)
      .lineTo(x + each * months.length, y + tall + 15)
      .lineWidth(0.8)
      .stroke(edge);
  });
  const after = to.y;
  // Where there are many, every other one is named.
  const every = Math.ceil(24 / each);
  months.forEach(({ name }, place) => {
    const total = totals[place] ?? 0;
    const x = place * each + 3;
    if (total > 0) {
      to.put(String(total), strong, "Span", {
        x,
        y: top + 14 + tall - (tall * total) / most - strong.size * strong.leading,
        width: 40,
      });
    }
    if (place % every === 0) to.put(name, text, "Span", { x, y: top + tall + 17, width: each * every });
  });
  to.moveTo(after);
  const line = text.size * text.leading;
  for (const [place, part] of parts.entries()) {
    const y = to.y;
    to.decorate((doc) =>
      fillBox(doc, { x: page.side, y: y + 2, width: 14, height: line - 5 }, part.pattern ?? place + 1),
    );
    to.put(part.name, text, "P", { x: 20, y, width: wide - 20 });
    to.moveTo(y + line);
  }
}
