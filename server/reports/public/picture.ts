/**
 * The picture that goes with a report's address when somebody sends it to others: title, schools, where they are, and their rivers.
 * Words are drawn as outlines of our own typefaces, so that it looks the same on every machine.
 */
import sharp from "sharp";
import { plain, type Style, settable } from "../../print/sheet.ts";
import { Typeface } from "../../print/typeface.ts";
import { tagOf } from "../../publicPages/answers.ts";
import { countryName } from "../../publicPages/frame.ts";
import type { ServedReport } from "./finding.ts";

const [width, height, margin] = [1200, 630, 80];
const board = "#1e3f37";
const light = "#f1f6f0";
const lamp = "#ffc83d";
const river = "#8fc3e6";

const titleStyle: Style = { family: "literata", weight: 700, color: light, sizes: [104, 88, 76, 66, 58, 50] };
const schoolStyle: Style = { family: "commissioner", weight: 650, color: light, sizes: [38, 34, 30, 26] };
const smallStyle: Style = { family: "commissioner", weight: 650, color: lamp, sizes: [30] };
const mostTitleLines = 3;
const mostSchools = 3;
const say = {
  kicker: "What we did together",
  maker: "Twinlight",
  unnamed: "A project of these schools",
  school: "A school",
  more: (count: number) => (count === 1 ? "and one more school" : `and ${count} more schools`),
};

/** Pictures that were drawn last, by what stands on them. */
const drawn = new Map<string, Promise<Buffer>>();
const mostKept = 200;

/** PNG, 1200 by 630. */
export async function cardPicture({ report: { project } }: ServedReport): Promise<Buffer> {
  const schools = await Promise.all(
    project.schools.map(async ({ name, country }) => {
      const known = await settable(name, schoolStyle, say.school);
      return `${known}, ${countryName(country, "en")}`;
    }),
  );
  const key = tagOf(JSON.stringify([project.title, schools]));
  const known = drawn.get(key);
  if (known) return known;
  const drawing = cardSvg(project.title, schools).then((svg) =>
    sharp(Buffer.from(svg)).png({ compressionLevel: 9, palette: true }).toBuffer(),
  );
  drawn.set(key, drawing);
  drawing.catch(() => drawn.delete(key));
  const oldest = drawn.size > mostKept ? drawn.keys().next().value : undefined;
  if (oldest !== undefined) drawn.delete(oldest);
  return drawing;
}

async function cardSvg(title: string, schools: readonly string[]): Promise<string> {
  const inside = width - 2 * margin;
  const parts: string[] = [];
  const kicker = await fitted(say.kicker, smallStyle, inside, 1);
  parts.push(write(kicker, 108));
  const heading = await fitted(await settable(title, titleStyle, say.unnamed), titleStyle, inside, mostTitleLines);
  const below = 124 + heading.lines.length * heading.size * 1.14;
  parts.push(write(heading, 124 + heading.size));
  const named = schools.length > mostSchools ? schools.slice(0, mostSchools - 1) : schools;
  const left = schools.length - named.length;
  let y = Math.max(below + 36, 330);
  for (const school of [...named, ...(left > 0 ? [say.more(left)] : [])]) {
    const set = await fitted(school, schoolStyle, inside, 1);
    parts.push(write(set, y + set.size));
    y += 50;
  }
  const maker = await fitted(say.maker, { ...smallStyle, color: light, sizes: [28] }, inside, 1);
  parts.push(`<g transform="translate(${width - margin - maker.width - margin} 0)">${write(maker, 108)}</g>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><rect width="${width}" height="${height}" fill="${board}"/><g fill="none" stroke-width="12" stroke-linecap="round"><path d="M-20 500C260 500 420 596 640 560S1000 480 1220 520" stroke="${river}"/><path d="M-20 590C260 590 420 486 640 540S1000 600 1220 570" stroke="${lamp}"/></g>${parts.join("")}</svg>`;
}

interface Fitted {
  readonly style: Style;
  readonly size: number;
  readonly lines: readonly string[];
  readonly face: Typeface;
  /** Of its widest line. */
  readonly width: number;
}

/** At the largest size at which it fits; what is too much at the smallest one ends in an ellipsis. */
async function fitted(text: string, style: Style, widest: number, mostLines: number): Promise<Fitted> {
  const face = await Typeface.covering(style.family, style.weight, `${text}…`);
  const words = plain(text).split(" ");
  const set = (size: number) => broken(words, (line) => face.outline(line, size).width <= widest);
  const size = style.sizes.find((each) => set(each).length <= mostLines) ?? style.sizes.at(-1) ?? 30;
  const all = set(size);
  const lines = all.slice(0, mostLines);
  if (all.length > mostLines) lines[mostLines - 1] = shortened(lines[mostLines - 1] ?? "", face, size, widest);
  return { style, size, lines, face, width: Math.max(0, ...lines.map((line) => face.outline(line, size).width)) };
}

/** A word that fits no line by itself is torn where it must be. */
function broken(words: readonly string[], fits: (line: string) => boolean): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && fits(longer)) {
      lines[lines.length - 1] = longer;
      continue;
    }
    lines.push("");
    for (const sign of word) {
      const more = `${lines.at(-1)}${sign}`;
      if (fits(more)) lines[lines.length - 1] = more;
      else lines.push(sign);
    }
  }
  return lines;
}

function shortened(line: string, face: Typeface, size: number, widest: number): string {
  const signs = [...line];
  while (signs.length > 0 && face.outline(`${signs.join("")}…`, size).width > widest) signs.pop();
  return `${signs.join("").trimEnd()}…`;
}

/** @param baseline of the first line */
function write({ style, size, lines, face }: Fitted, baseline: number): string {
  return lines
    .map((line, at) => {
      const { path } = face.outline(line, size);
      return `<path transform="translate(${margin} ${(baseline + at * size * 1.14).toFixed(2)})" d="${path}" fill="${style.color}"/>`;
    })
    .join("");
}
