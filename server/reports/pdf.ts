/** A report card as a PDF to print: what it is, its figures, its entries in their order. Who may see what is decided by who gathers it. */

import { setImmediate as nextTurn } from "node:timers/promises";
import type { EntryKind } from "../../protocol/reports/entries.ts";
import {
  type Bar,
  type BarWords,
  barLines,
  type MonthBar,
  monthBars,
  monthsHeight,
  splitBar,
  splitBarHeight,
} from "../print/bars.ts";
import { PrintedDocument, page, wide } from "../print/document.ts";
import { PrintedWords, type TextStyle } from "../print/printedWords.ts";
import { kindNames, say } from "./pdfWords.ts";

export interface PdfText {
  /** Empty: without a head of its own. */
  readonly head: string;
  readonly text: string;
}

export interface PdfPicture {
  /** A small JPEG. */
  readonly bytes: Buffer;
  readonly alt: string;
  readonly caption: string;
}

/** Numbers only. `school` empty: nobody knew. */
export interface PdfMeeting {
  readonly lengthMs: number;
  readonly adults: number;
  readonly pupils: number;
  readonly turns: number;
  readonly schools: readonly {
    readonly school: string;
    readonly adults: number;
    readonly pupils: number;
    readonly turns: number;
    readonly spokeMs: number;
  }[];
}

export interface PdfComment {
  readonly by: string;
  readonly kind: string;
  /** Beside the kind: by when, or that it is done. */
  readonly note: string;
  readonly words: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface PdfEntry {
  readonly kind: EntryKind;
  readonly title: string;
  /** `2026-11-24`, the first and the last day of it; the same twice for one day. */
  readonly days: readonly [from: string, to: string];
  /** A teacher's name; empty where nobody is named. */
  readonly by: string;
  readonly school: string;
  /** "For the partners only". */
  readonly notes: readonly string[];
  readonly texts: readonly PdfText[];
  /** Who took part and the like, a line each. */
  readonly facts: readonly PdfText[];
  readonly meeting: PdfMeeting | null;
  readonly pictures: readonly PdfPicture[];
  /** What else it shows. `link`: whole addresses only. */
  readonly evidence: readonly { readonly words: string; readonly link: string }[];
  readonly comments: readonly PdfComment[];
}

/** A figure of "At a glance". `split`: one whole and whose it is; `bars`: each by itself; `planned`: with what was meant. */
export type PdfFigure =
  | { readonly is: "split" | "bars"; readonly title: string; readonly note: string; readonly bars: readonly Bar[] }
  | {
      readonly is: "planned";
      readonly title: string;
      readonly note: string;
      readonly bars: readonly { readonly name: string; readonly done: number; readonly planned: number | null }[];
    }
  | {
      readonly is: "months";
      readonly title: string;
      readonly note: string;
      readonly parts: readonly Omit<Bar, "value" | "said">[];
      readonly months: readonly MonthBar[];
    };

export interface ReportPdfFacts {
  readonly title: string;
  /** Where it is read, whole. */
  readonly address: string;
  /** Milliseconds since 1970. */
  readonly madeAt: number;
  readonly readers: keyof typeof say.readers;
  readonly schools: readonly { readonly name: string; readonly town: string; readonly country: string }[];
  /** A line below the title, and words to begin with; empty where there are none. */
  readonly line: string;
  readonly intro: string;
  readonly period: string;
  readonly state: string;
  readonly labels: readonly string[];
  readonly figures: readonly PdfFigure[];
  readonly entries: readonly PdfEntry[];
  /** How many more there are, which are not printed. */
  readonly leftOut: number;
  readonly picturesLeftOut: number;
  /** About the card as a whole. */
  readonly comments: readonly PdfComment[];
}

const ink = "#14302a";
const soft = "#4a615a";
const pen = "#1d4e9e";
const body = (weight: number, size: number, color = ink, leading = 1.38): TextStyle => ({
  ...{ family: "commissioner", weight, size, color, leading },
});
const title = (size: number): TextStyle => ({ family: "literata", weight: 700, color: ink, size, leading: 1.18 });
const styles = {
  title: title(27),
  section: title(17),
  entry: title(13),
  lead: body(450, 12),
  text: body(450, 10),
  soft: body(450, 9, soft),
  strong: body(650, 10),
  field: body(650, 9.5, soft),
  cell: body(450, 9.5),
  link: body(450, 9.5, pen),
  small: body(450, 8, soft),
} as const;
const bars: BarWords = { text: styles.text, strong: styles.strong };

/** One at a time: each holds all of its words until it is drawn. */
let before: Promise<unknown> = Promise.resolve();

/** Does not hold up the server: it is made in slices, one document after the other. */
export function reportPdf(facts: ReportPdfFacts): Promise<Buffer> {
  const mine = before.then(() => made(facts));
  before = mine.catch(() => {});
  return mine;
}

async function made(given: ReportPdfFacts): Promise<Buffer> {
  const words = new PrintedWords();
  const facts = await settled(given, words);
  const to = await PrintedDocument.open(
    {
      title: `${facts.title}: ${say.report}`,
      author: say.maker,
      madeAt: new Date(facts.madeAt),
      head: `${facts.title} · ${say.report}`,
      foot: `${say.date(facts.madeAt)} · ${facts.address.replace(/^https?:\/\//, "")}`,
      small: styles.small,
    },
    words,
  );
  cover(to, facts);
  if (facts.figures.length > 0) glance(to, facts.figures);
  to.space(18);
  to.write(say.entries, styles.section, "H2", { keep: 80 });
  if (facts.entries.length === 0) to.write(say.noEntries, styles.text, "P");
  for (const one of facts.entries) {
    to.within("Sect", () => entry(to, one));
    await nextTurn();
  }
  if (facts.leftOut > 0) note(to, say.leftOut(facts.leftOut));
  if (facts.picturesLeftOut > 0) note(to, say.picturesLeftOut(facts.picturesLeftOut));
  if (facts.comments.length > 0) {
    to.space(18);
    to.write(say.comments, styles.section, "H2", { keep: 60 });
    comments(to, facts.comments);
  }
  return to.end();
}

function note(to: PrintedDocument, text: string): void {
  to.space(10);
  to.write(text, styles.soft, "P");
}

/* The first page */

const bandHeight = 96;
const rivers = ["#5b8cc6", "#b98200"] as const;

function cover(to: PrintedDocument, facts: ReportPdfFacts): void {
  to.decorate((doc) => {
    doc.rect(0, 0, page.width, bandHeight).fill("#eef2ed");
    doc.rect(0, bandHeight, page.width, 2).fill("#6a8078");
    const [blue, gold] = rivers;
    const middle = bandHeight / 2;
    doc.save().rect(0, 0, page.width, bandHeight).clip();
    doc.lineWidth(5).lineCap("round");
    doc
      .moveTo(330, -10)
      .bezierCurveTo(390, middle, 450, middle + 34, page.width + 10, middle - 8)
      .stroke(blue);
    doc
      .moveTo(330, bandHeight + 10)
      .bezierCurveTo(390, middle, 450, middle - 34, page.width + 10, middle + 8)
      .stroke(gold);
    doc.restore();
  });
  to.moveTo(40);
  to.write(say.report, styles.lead, "P", { width: 250 });
  to.moveTo(bandHeight + 26);
  to.write(facts.title, styles.title, "H1");
  if (facts.line !== "") {
    to.space(4);
    to.write(facts.line, styles.lead, "P");
  }
  to.space(14);
  const lines: [string, string][] = [
    [say.schools, facts.schools.map(schoolLine).join("; ")],
    [say.period, facts.period],
    [say.state, facts.state],
    [say.labels, facts.labels.join("; ")],
    [say.read, say.readers[facts.readers]],
    [say.made, say.date(facts.madeAt)],
    [say.address, facts.address],
  ];
  const x = 90;
  for (const [head, text] of lines) {
    if (text === "") continue;
    const y = to.y;
    to.put(head, styles.field, "P", { x: 0, y, width: x - 10 });
    to.write(text, head === say.address ? styles.link : styles.text, "P", {
      x,
      ...(head === say.address ? { link: facts.address } : {}),
    });
    to.space(3);
  }
  if (facts.intro !== "") {
    to.space(12);
    for (const line of facts.intro.split("\n")) paragraph(to, line);
  }
}

/** A name that cannot be printed says the country itself. */
const schoolLine = ({ name, town, country }: ReportPdfFacts["schools"][number]): string =>
  name === say.school_(country) ? name : [name, town.trim(), country].filter((part) => part !== "").join(", ");

function paragraph(to: PrintedDocument, text: string): void {
  to.write(text, styles.text, "P");
  to.space(4);
}

/* At a glance */

function glance(to: PrintedDocument, figures: readonly PdfFigure[]): void {
  to.space(18);
  to.write(say.glance, styles.section, "H2", { keep: 90 });
  for (const figure of figures) {
    to.space(10);
    to.within("Sect", () => {
      const keep = heightOf(figure);
      to.write(figure.title, styles.strong, "H3", { keep: keep + 4 + (figure.note === "" ? 0 : 14) });
      if (figure.note !== "") to.write(figure.note, styles.soft, "P", { keep });
      to.space(4);
      if (figure.is === "months") monthBars(to, figure.title, figure.parts, figure.months, bars);
      else if (figure.is === "planned") barLines(to, figure.bars.map(plannedBar), bars);
      else if (figure.is === "split") splitBar(to, figure.title, figure.bars, bars);
      else barLines(to, figure.bars, bars);
    });
  }
}

/** What of a figure stays together, and with its title. */
function heightOf(figure: PdfFigure): number {
  if (figure.is === "split") return splitBarHeight(figure.bars, bars);
  if (figure.is === "months") return monthsHeight + figure.parts.length * styles.text.size * styles.text.leading;
  return 40;
}

/** What is not counted has no end to reach, and so no bar. */
const plannedBar = ({ name, done, planned }: { name: string; done: number; planned: number | null }) => ({
  ...{ name, value: done, said: planned === null ? say.number(done) : say.of(done, planned) },
  of: planned,
});

/* An entry */

function entry(to: PrintedDocument, one: PdfEntry): void {
  const headed = to.fit(one.title, styles.entry).height + 60;
  to.space(16);
  to.keep(headed);
  const y = to.y;
  to.decorate((doc) =>
    doc
      .moveTo(page.side, y - 6)
      .lineTo(page.side + wide, y - 6)
      .lineWidth(0.8)
      .stroke("#6a8078"),
  );
  to.write([kindNames[one.kind], say.days(...one.days), ...one.notes].join(" · "), styles.soft, "P");
  to.write(one.title, styles.entry, "H3");
  to.write(one.meeting === null ? say.by(one.by, one.school) : say.byMeeting, styles.soft, "P");
  to.space(4);
  if (one.meeting !== null) meeting(to, one.meeting);
  for (const text of one.texts) field(to, text);
  for (const { head, text } of one.facts) {
    to.write(`${head}: ${text}`, styles.text, "P");
  }
  if (one.pictures.length > 0) pictures(to, one.pictures);
  if (one.evidence.length > 0) {
    to.space(4);
    to.write(say.seen, styles.field, "H4", { keep: 20 });
    to.within("L", () => {
      for (const { words, link } of one.evidence) {
        to.within("LI", () =>
          to.within("LBody", () => to.write(`• ${words}`, link === "" ? styles.cell : styles.link, "P", { link })),
        );
      }
    });
  }
  comments(to, one.comments);
}

function field(to: PrintedDocument, { head, text }: PdfText): void {
  to.space(3);
  if (head !== "") to.write(head, styles.field, "H4", { keep: 2 * styles.text.size * styles.text.leading });
  for (const line of text.split("\n")) paragraph(to, line);
}

function meeting(to: PrintedDocument, { lengthMs, adults, pupils, turns, schools }: PdfMeeting): void {
  to.write(say.meeting(Math.round(lengthMs / 60_000), adults, pupils, turns), styles.text, "P");
  if (schools.length === 0) return;
  to.space(4);
  to.table(
    [
      { head: say.school, share: 0.48 },
      { head: say.adults, share: 0.13, number: true },
      { head: say.pupils, share: 0.13, number: true },
      { head: say.turns, share: 0.13, number: true },
      { head: say.spoke, share: 0.13, number: true },
    ],
    schools.map((one) => [
      one.school,
      say.number(one.adults),
      say.number(one.pupils),
      say.number(one.turns),
      say.minutes(one.spokeMs),
    ]),
    styles.field,
    styles.cell,
  );
  to.space(6);
}

const inRow = 3;
const pictureHeight = 96;

function pictures(to: PrintedDocument, all: readonly PdfPicture[]): void {
  const gap = 10;
  const width = (wide - gap * (inRow - 1)) / inRow;
  const line = styles.small.size * styles.small.leading;
  to.space(6);
  for (let at = 0; at < all.length; at += inRow) {
    const row = all.slice(at, at + inRow);
    to.keep(pictureHeight + line + 8);
    const y = to.y;
    row.forEach(({ bytes, alt, caption }, place) => {
      const x = place * (width + gap);
      to.figure(
        alt || caption,
        pictureHeight,
        (doc, left, top) => doc.image(bytes, left, top, { fit: [width, pictureHeight], valign: "bottom" }),
        { x, flows: false },
      );
      to.put(caption, styles.small, "Caption", { x, y: y + pictureHeight + 3, width });
    });
    to.moveTo(y + pictureHeight + line + 8);
  }
}

function comments(to: PrintedDocument, all: readonly PdfComment[]): void {
  for (const { by, kind, note: more, words, at } of all) {
    to.space(5);
    const head = [kind, by, say.date(at), more].filter((part) => part !== "").join(" · ");
    to.write(head, styles.field, "P", { x: 14, keep: 20 });
    for (const line of words.split("\n")) to.write(line, styles.text, "P", { x: 14 });
  }
}

/* Everything as it can be set */

/** Every sign of our own sentences. */
const ours = `${Array.from({ length: 95 }, (_, place) => String.fromCharCode(32 + place)).join("")}·•…–“”’`;

/** Every text of it without what has no glyph; the words are noted, so that the fonts have them. */
async function settled(facts: ReportPdfFacts, words: PrintedWords): Promise<ReportPdfFacts> {
  for (const style of Object.values(styles)) words.note(ours, style);
  const line = (text: string, style: TextStyle, instead: string = say.unsetName) =>
    text.trim() === "" ? Promise.resolve("") : words.take(text, style, instead);
  const lines = async (text: string, instead: string = say.unset) =>
    (await words.takeLines(text, styles.text, instead)).join("\n");
  const both = async (text: string, ...all: TextStyle[]) => {
    let set = text;
    for (const style of all) set = await line(set, style);
    return set;
  };
  const pdfTexts = (texts: readonly PdfText[]) =>
    inOrder(texts, async ({ head, text }) => ({ head: await line(head, styles.field), text: await lines(text) }));
  const said = (all: readonly PdfComment[]) =>
    inOrder(all, async (one) => ({
      ...one,
      by: await line(one.by, styles.field),
      kind: await line(one.kind, styles.field),
      note: await line(one.note, styles.field),
      words: await lines(one.words),
    }));
  const address = await both(facts.address, styles.link, styles.small);
  const entries = await inOrder(facts.entries, async (one): Promise<PdfEntry> => {
    // A long card has many: somebody else's turn.
    await nextTurn();
    words.note(say.days(...one.days), styles.soft);
    return {
      ...one,
      title: (await line(one.title, styles.entry, kindNames[one.kind])) || say.untitled,
      by: await line(one.by, styles.soft),
      school: await line(one.school, styles.soft),
      notes: await inOrder(one.notes, (text) => line(text, styles.soft)),
      texts: (await pdfTexts(one.texts)).filter(({ text }) => text !== ""),
      facts: await inOrder(one.facts, async ({ head, text }) => ({
        head: await line(head, styles.text),
        text: await line(text, styles.text),
      })),
      meeting: one.meeting && {
        ...one.meeting,
        schools: await inOrder(one.meeting.schools, async (school) => ({
          ...school,
          school: (await line(school.school, styles.cell)) || say.unknownSchool,
        })),
      },
      pictures: await inOrder(one.pictures, async (picture) => ({
        ...picture,
        caption: await line(picture.caption, styles.small),
      })),
      evidence: await inOrder(one.evidence, async (piece) => ({
        ...piece,
        words: await line(piece.words, styles.link),
      })),
      comments: await said(one.comments),
    };
  });
  return {
    ...facts,
    entries,
    address,
    title: (await both(facts.title, styles.title, styles.small)) || say.report,
    line: await line(facts.line, styles.lead),
    intro: await lines(facts.intro),
    period: await line(facts.period, styles.text),
    state: await line(facts.state, styles.text),
    labels: await inOrder(facts.labels, (label) => line(label, styles.text)),
    schools: await inOrder(facts.schools, async ({ name, town, country }) => ({
      name: await line(name, styles.text, say.school_(say.country(country))),
      // In letters that are not there the country alone says where it is.
      town: await line(town, styles.text, " "),
      country: await line(say.country(country), styles.text),
    })),
    figures: await inOrder(facts.figures, (figure) => settledFigure(figure, line)),
    comments: await said(facts.comments),
  };
}

async function settledFigure(
  figure: PdfFigure,
  line: (text: string, style: TextStyle) => Promise<string>,
): Promise<PdfFigure> {
  const titled = { title: await line(figure.title, styles.strong), note: await line(figure.note, styles.soft) };
  if (figure.is === "months") {
    return {
      ...figure,
      ...titled,
      parts: await inOrder(figure.parts, async (part) => ({ ...part, name: await line(part.name, styles.text) })),
      months: await inOrder(figure.months, async (month) => ({ ...month, name: await line(month.name, styles.text) })),
    };
  }
  if (figure.is === "planned") {
    return {
      ...figure,
      ...titled,
      bars: await inOrder(figure.bars, async (bar) => ({ ...bar, name: await line(bar.name, styles.text) })),
    };
  }
  return {
    ...figure,
    ...titled,
    bars: await inOrder(figure.bars, async (bar) => ({
      ...bar,
      name: await line(bar.name, styles.text),
      said: await line(bar.said, styles.strong),
    })),
  };
}

/** One after the other: fonts are read once, and nobody waits for a thousand promises. */
async function inOrder<T, U>(all: readonly T[], each: (one: T) => Promise<U>): Promise<U[]> {
  const done: U[] = [];
  for (const one of all) done.push(await each(one));
  return done;
}
