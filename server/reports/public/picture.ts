/**
 * The picture that goes with a report's address when somebody sends it to others: title, schools, where they are, and their rivers.
 * Words are drawn as outlines of our own typefaces, so that it looks the same on every machine.
 */
import { bent, type Dot, Raster, stroked } from "../../print/raster.ts";
import { plain, type Style, settable } from "../../print/sheet.ts";
import { Typeface } from "../../print/typeface.ts";
import { tagOf } from "../../publicPages/answers.ts";
import { countryName } from "../../publicPages/frame.ts";
import type { ServedReport } from "./finding.ts";

const [width, height, margin] = [1200, 630, 80];
const board = "#1e3f37";
const light = "#f1f6f0";
const lamp = "#ffc83d";
const water = "#8fc3e6";

const titleStyle: Style = { family: "literata", weight: 700, color: light, sizes: [104, 88, 76, 66, 58, 50] };
const schoolStyle: Style = { family: "commissioner", weight: 650, color: light, sizes: [38, 34, 30, 26] };
const smallStyle: Style = { family: "commissioner", weight: 650, color: lamp, sizes: [30] };
const leading = 1.14;
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
  const drawing = draw(project.title, schools).then((raster) => raster.png());
  drawn.set(key, drawing);
  drawing.catch(() => drawn.delete(key));
  const oldest = drawn.size > mostKept ? drawn.keys().next().value : undefined;
  if (oldest !== undefined) drawn.delete(oldest);
  return drawing;
}

async function draw(title: string, schools: readonly string[]): Promise<Raster> {
  const inside = width - 2 * margin;
  const raster = new Raster(width, height, board);
  raster.fill([stroked(river(500, 596, 560, 480, 520), 12)], water);
  raster.fill([stroked(river(590, 486, 540, 600, 570), 12)], lamp);
  const kicker = await fitted(say.kicker, smallStyle, inside, 1);
  write(raster, kicker, margin, 108);
  const maker = await fitted(say.maker, { ...smallStyle, color: light, sizes: [28] }, inside, 1);
  write(raster, maker, width - margin - maker.width, 108);
  const heading = await fitted(await settable(title, titleStyle, say.unnamed), titleStyle, inside, mostTitleLines);
  const below = write(raster, heading, margin, 124 + heading.size);
  const named = schools.length > mostSchools ? schools.slice(0, mostSchools - 1) : schools;
  const left = schools.length - named.length;
  let y = Math.max(below + 36, 330);
  for (const school of [...named, ...(left > 0 ? [say.more(left)] : [])]) {
    const set = await fitted(school, schoolStyle, inside, 1);
    write(raster, set, margin, y + set.size);
    y += 50;
  }
  return raster;
}

/** From edge to edge, by these heights. */
function river(start: number, low: number, middle: number, high: number, end: number): Dot[] {
  const from = { x: -20, y: start };
  const half = { x: 640, y: middle };
  return [
    from,
    ...bent(from, { x: 260, y: start }, { x: 420, y: low }, half),
    ...bent(half, { x: 860, y: 2 * middle - low }, { x: 1000, y: high }, { x: 1220, y: end }),
  ];
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
  const set = (size: number) => broken(words, (line) => face.widthOf(line, size) <= widest);
  const size = style.sizes.find((each) => set(each).length <= mostLines) ?? style.sizes.at(-1) ?? 30;
  const all = set(size);
  const lines = all.slice(0, mostLines);
  if (all.length > mostLines) lines[mostLines - 1] = shortened(lines[mostLines - 1] ?? "", face, size, widest);
  return { style, size, lines, face, width: Math.max(0, ...lines.map((line) => face.widthOf(line, size))) };
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
  while (signs.length > 0 && face.widthOf(`${signs.join("")}…`, size) > widest) signs.pop();
  return `${signs.join("").trimEnd()}…`;
}

/** @param y of the first line's baseline; answers that of the last */
function write(raster: Raster, { style, size, lines, face }: Fitted, x: number, y: number): number {
  lines.forEach((line, at) => {
    const { shapes } = face.outline(line, size);
    const down = y + at * size * leading;
    const placed = shapes.map((shape) => shape.map((dot) => ({ x: dot.x + x, y: dot.y + down })));
    raster.fill(placed, style.color);
  });
  return y + (lines.length - 1) * size * leading;
}
