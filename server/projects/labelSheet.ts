/** A label to print and hang up: A4 landscape, with its code, the address to check it at, and that as a QR code. */
import type { AwardKind } from "../../protocol/http/labels.ts";
import { type SetWords, Sheet, type Style, settable, type Words } from "../print/sheet.ts";

export interface SheetSchool {
  readonly name: string;
  readonly town: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

export interface LabelFacts {
  readonly kind: AwardKind;
  /** The teacher who holds it, if they agreed to be named; of an eTwinning Label nobody: it is the school's. */
  readonly holder: string | null;
  readonly school: SheetSchool;
  readonly partners: readonly SheetSchool[];
  readonly project: { readonly title: string; readonly slug: string };
  /** Milliseconds since 1970. */
  readonly issuedAt: number;
  /** Names of the support services. */
  readonly issuedBy: readonly string[];
  /** As it is read and written, in groups. */
  readonly code: string;
  /** Where it is checked. */
  readonly address: string;
}

const width = 841.89;
const height = 595.28;
const margin = 54;
const bannerHeight = 166;
const bandTop = 468;
/** Schools named as partners, at most. */
const mostNamed = 8;

// The light half of the tokens: paper is never dark.
const wall = "#eef2ed";
const dado = "#dce6dd";
const sheetColor = "#ffffff";
const ink = "#14302a";
const soft = "#4a615a";
const edge = "#6a8078";
const lamp = "#ffc83d";
const pen = "#1d4e9e";
const board = "#1e3f37";
const onBoard = "#f1f6f0";
const river = "#8fc3e6";

const title = (color: string, sizes: readonly number[]): Style => ({
  ...{ family: "literata", weight: 700, color, sizes, leading: 1.16 },
});
const body = (weight: number, color: string, sizes: readonly number[]): Style => ({
  ...{ family: "commissioner", weight, color, sizes, leading: 1.32 },
});

const styles = {
  name: title(onBoard, [48]),
  maker: body(650, onBoard, [15]),
  motto: body(450, onBoard, [14]),
  lead: body(450, soft, [14]),
  school: title(ink, [44, 40, 36, 32, 28, 25, 22, 19]),
  place: body(600, ink, [16, 14]),
  project: title(ink, [32, 28, 25, 22, 19, 17, 15]),
  partners: body(600, ink, [16, 14.5, 13, 12]),
  small: body(450, soft, [10.5]),
  fact: body(650, ink, [14.5, 13, 12, 11]),
  code: body(720, ink, [25]),
  link: body(600, pen, [11.5, 10, 9, 8, 7]),
} satisfies Record<string, Style>;

const ofKind = {
  etwinningLabel: {
    name: "eTwinning Label",
    motto: "A partnership of schools, approved by their support services",
    for: "for its part in the project",
  },
  qualityLabel: {
    name: "Quality Label",
    motto: "A teacher's work in a project of schools, read and scored by the support service",
    for: "for their work in the project",
  },
} as const satisfies Record<AwardKind, object>;

const say = {
  maker: "Twinlight",
  given: "This label is given to",
  together: "together with",
  issued: "Issued on",
  by: "by",
  code: "Code",
  check: "Check it at",
  more: (count: number) => (count === 1 ? "one more school" : `${count} more schools`),
  unnamed: "a project of these schools",
  qr: "QR code of the address at which this label is checked",
} as const;

/** The PDF: one page, its fonts embedded. */
export async function labelSheet(facts: LabelFacts): Promise<Buffer> {
  const partners = await partnersOf(facts);
  const texts = await textsOf(facts, partners);
  const sheet = await Sheet.open(
    {
      title: `${ofKind[facts.kind].name}: ${texts.project.text}`,
      author: say.maker,
      madeAt: new Date(facts.issuedAt),
      width,
      height,
    },
    [...Object.values(texts), { style: styles.partners, text: `and ${say.more(1)} ${say.more(1234567890)}` }],
  );
  drawGround(sheet);
  const set = Object.fromEntries(Object.entries(texts).map(([part, words]) => [part, sheet.fit(words)])) as Record<
    keyof typeof texts, // Object.fromEntries forgets the keys; they are those of `texts`.
    SetWords
  >;
  set.partners = fitPartners(sheet, texts.partners, partners);
  writeBanner(sheet, set);
  writeBody(sheet, set);
  writeBand(sheet, set, facts.address);
  return sheet.end();
}

type Parts = "name" | "maker" | "motto" | "given" | "school" | "place" | "for" | "project" | "together" | "partners";
type BandParts = "issued" | "date" | "by" | "services" | "codeHead" | "code" | "check" | "address";

const date = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
const countries = new Intl.DisplayNames("en", { type: "region" });
const list = new Intl.ListFormat("en", { type: "conjunction" });
const placeOf = ({ town, country }: SheetSchool) => [town, countries.of(country) ?? country].filter(Boolean).join(", ");

const countryOf = ({ country }: SheetSchool) => countries.of(country) ?? country;

/** A name in letters that there are no glyphs for is not half printed: then the country stands there. */
const nameOf = (school: SheetSchool, style: Style) => settable(school.name, style, `A school in ${countryOf(school)}`);
const placeIn = (school: SheetSchool, style: Style) => settable(placeOf(school), style, countryOf(school));

/** In large letters: the school, or the teacher; who is not named is a teacher of their school. */
async function givenTo({ kind, holder, school }: LabelFacts): Promise<string> {
  const name = await nameOf(school, styles.school);
  if (kind === "etwinningLabel") return name;
  const unnamed = `A teacher of ${name}`;
  return holder === null ? unnamed : settable(holder, styles.school, unnamed);
}

async function placeUnder({ kind, holder, school }: LabelFacts): Promise<string> {
  const place = await placeIn(school, styles.place);
  return kind === "etwinningLabel" || holder === null ? place : `${await nameOf(school, styles.place)}, ${place}`;
}

const partnersOf = ({ partners }: LabelFacts): Promise<string[]> =>
  Promise.all(
    partners.map(async (one) => `${await nameOf(one, styles.partners)}, ${await placeIn(one, styles.partners)}`),
  );

/** As many by name as there is room for, and how many more. */
function fitPartners(sheet: Sheet, words: Words, partners: readonly string[]): SetWords {
  for (let named = Math.min(partners.length, mostNamed); named > 0; named -= 1) {
    const rest = partners.length - named;
    const text = list.format([...partners.slice(0, named), ...(rest > 0 ? [say.more(rest)] : [])]);
    const set = sheet.fit({ ...words, text });
    if (!set.cut) return set;
  }
  return sheet.fit(words);
}

async function textsOf(facts: LabelFacts, others: readonly string[]): Promise<Record<Parts | BandParts, Words>> {
  const wide = width - 2 * margin;
  const { project, kind } = facts;
  const to = await givenTo(facts);
  const slug = await settable(project.slug, styles.project, say.unnamed);
  const services = await Promise.all(facts.issuedBy.map((name) => settable(name, styles.fact, "the support service")));
  const line = (text: string, style: Style, lines = 1, room = wide): Words => ({ text, style, lines, width: room });
  return {
    name: line(ofKind[kind].name, styles.name),
    maker: line(say.maker, styles.maker),
    motto: line(ofKind[kind].motto, styles.motto),
    given: line(say.given, styles.lead),
    school: line(to, styles.school, 2),
    place: line(await placeUnder(facts), styles.place, 2),
    for: line(ofKind[kind].for, styles.lead),
    project: line(await settable(project.title, styles.project, slug), styles.project, 3),
    together: line(others.length > 0 ? say.together : "", styles.lead),
    partners: line(list.format(others), styles.partners, 2),
    issued: line(say.issued, styles.small),
    date: line(date.format(facts.issuedAt), styles.fact),
    by: line(say.by, styles.small),
    services: line(list.format(services), styles.fact, 2, 240),
    codeHead: line(say.code, styles.small),
    code: line(facts.code, styles.code),
    check: line(say.check, styles.small),
    address: line(facts.address.replace(/^https?:\/\//, ""), styles.link, 2, 270),
  };
}

/** The two-tone wall, and the two rivers that meet in the mark. */
function drawGround(sheet: Sheet): void {
  sheet.decorate((doc) => {
    doc.rect(0, 0, width, height).fill(wall);
    doc.rect(0, bandTop, width, height - bandTop).fill(dado);
    doc.rect(0, bandTop, width, 3).fill(edge);
    doc.rect(0, 0, width, bannerHeight).fill(board);
    doc.save().rect(0, 0, width, bannerHeight).clip();
    const middle = bannerHeight / 2;
    const [lit, open] = [width - margin - 118, width - margin - 62];
    doc.lineWidth(8).lineCap("round");
    doc.moveTo(width - 372, -14);
    doc.bezierCurveTo(width - 322, 26, width - 296, middle + 36, width - 172, middle - 6).stroke(river);
    doc.moveTo(width - 372, bannerHeight + 14);
    doc.bezierCurveTo(width - 322, bannerHeight - 26, width - 296, middle - 36, width - 172, middle + 6).stroke(lamp);
    for (const [line, color] of [
      [middle - 9, river],
      [middle + 9, lamp],
    ] as const) {
      doc
        .moveTo(width - 40, line)
        .lineTo(width + 8, line)
        .stroke(color);
    }
    doc.circle(lit, middle, 49).fill(lamp);
    doc.circle(open, middle, 45.5).lineWidth(18).stroke(onBoard);
    doc.restore();
    const qr = qrPlace;
    doc
      .roundedRect(qr.x - qr.quiet, qr.y - qr.quiet, qr.size + 2 * qr.quiet, qr.size + 2 * qr.quiet, 9)
      .fill(sheetColor);
  });
}

const qrPlace = { x: width - margin - 88, y: bandTop + 23, size: 80, quiet: 11 };

function writeBanner(sheet: Sheet, set: Record<Parts, SetWords>): void {
  sheet.write(set.maker, margin, 30, "P");
  sheet.write(set.name, margin, 50, "H1");
  sheet.write(set.motto, margin, 112, "P");
}

/** The words stand in the middle of what is between banner and band, however many lines they take. */
function writeBody(sheet: Sheet, set: Record<Parts, SetWords>): void {
  const rows: [SetWords, number, string][] = [
    [set.given, 0, "P"],
    [set.school, 3, "H2"],
    [set.place, 2, "P"],
    [set.for, 16, "P"],
    [set.project, 2, "H2"],
    ...(set.together.words.text === ""
      ? []
      : ([
          [set.together, 10, "P"],
          [set.partners, 1, "P"],
        ] satisfies [SetWords, number, string][])),
  ];
  const total = rows.reduce((sum, [{ height: own }, gap]) => sum + own + gap, 0);
  let y = bannerHeight + (bandTop - bannerHeight - total) / 2;
  for (const [words, gap, tag] of rows) {
    y += gap;
    sheet.write(words, margin, y, tag);
    y += words.height;
  }
}

function writeBand(sheet: Sheet, set: Record<BandParts, SetWords>, address: string): void {
  const top = bandTop + 17;
  const middle = margin + 290;
  sheet.write(set.issued, margin, top, "P");
  sheet.write(set.date, margin, top + 14, "P");
  sheet.write(set.by, margin, top + 39, "P");
  sheet.write(set.services, margin, top + 53, "P");
  sheet.write(set.codeHead, middle, top, "P");
  sheet.write(set.code, middle, top + 12, "P");
  sheet.write(set.check, middle, top + 47, "P");
  sheet.write(set.address, middle, top + 62, "P", address);
  sheet.qrCode(address, qrPlace, ink, say.qr);
}
