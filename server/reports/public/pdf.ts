/** A public report to print: of what everybody may read alone. */
import { publicGlance } from "../../../domain/reports/published.ts";
import type { PublicEntry } from "../../../protocol/reports/published.ts";
import { tagOf } from "../../publicPages/answers.ts";
import { printedImage } from "../../twinspace/materials/images.ts";
import { materialPath } from "../../twinspace/materials/parts.ts";
import type { ThingRow } from "../../twinspace/publishing/rows.ts";
import { type PdfEntry, type PdfFigure, type PdfPicture, type ReportPdfFacts, reportPdf } from "../pdf.ts";
import { fieldNames, say } from "../pdfWords.ts";
import type { ServedReport } from "./finding.ts";
import { kindWords, words } from "./words.ts";

/** Those that were made last, by what stands in them. */
const made = new Map<string, Promise<Buffer>>();
const mostKept = 20;
const mostPictures = 60;

export function publicPdf(shown: ServedReport, materialsFolder: string, origin: string): Promise<Buffer> {
  const key = tagOf(JSON.stringify([shown.report, shown.parts, shown.subjects, origin]));
  const known = made.get(key);
  if (known) return known;
  const making = factsOf(shown, materialsFolder, origin).then(reportPdf);
  made.set(key, making);
  making.catch(() => made.delete(key));
  const oldest = made.size > mostKept ? made.keys().next().value : undefined;
  if (oldest !== undefined) made.delete(oldest);
  return making;
}

async function factsOf(shown: ServedReport, materialsFolder: string, origin: string): Promise<ReportPdfFacts> {
  const { report, parts } = shown;
  const things = new Map(shown.things.map((thing) => [thing.id, thing]));
  const room = { left: mostPictures, leftOut: 0 };
  const pathOf = ({ id, sizes }: ThingRow) =>
    materialPath(materialsFolder, shown.project, id, [...sizes].sort((a, b) => a - b)[0]);
  const entries: PdfEntry[] = [];
  for (const entry of report.entries) {
    entries.push(pdfEntry(entry, await picturesOf(entry, things, pathOf, room), origin));
  }
  return {
    title: report.project.title,
    address: origin + report.address,
    // Not the moment it was asked for: the same report is the same file.
    madeAt: report.changedAt,
    readers: "public",
    schools: report.project.schools,
    ...{ line: report.line, intro: report.intro, period: "", state: "" },
    labels: report.labels.map(({ school }) => words.labelOf(school)),
    figures: parts.includes("glance") ? figuresOf(report.entries) : [],
    entries,
    ...{ leftOut: 0, picturesLeftOut: room.leftOut, comments: [] },
  };
}

/** As far as there is room; one whose file is not there, or cannot be read, is left out. */
async function picturesOf(
  { files }: PublicEntry,
  things: ReadonlyMap<string, ThingRow>,
  pathOf: (thing: ThingRow) => string,
  room: { left: number; leftOut: number },
): Promise<PdfPicture[]> {
  const pictures: PdfPicture[] = [];
  for (const { id, kind, alt, name } of files) {
    const thing = things.get(id);
    if (kind !== "image" || !thing) continue;
    const bytes = room.left === 0 ? "broken" : await printedImage(pathOf(thing));
    if (bytes === "broken") {
      room.leftOut += 1;
      continue;
    }
    room.left -= 1;
    pictures.push({ bytes, alt: alt || name, caption: name });
  }
  return pictures;
}

function pdfEntry(entry: PublicEntry, pictures: readonly PdfPicture[], origin: string): PdfEntry {
  const { kind, day, fromDay, toDay, school, meeting } = entry;
  const last = toDay ?? day;
  const whole = (address: string) => (address.startsWith("/") ? origin + address : address);
  return {
    kind,
    title: entry.title || kindWords[kind],
    days: fromDay !== null && fromDay < last ? [fromDay, last] : [last, last],
    // A school alone: nobody is named in public.
    by: "",
    school: school ?? "",
    notes: [],
    texts: [
      { head: fieldNames.done, text: entry.done },
      { head: fieldNames.learned, text: entry.learned },
      { head: fieldNames.shownWhere, text: entry.shownWhere },
      { head: fieldNames.audience, text: entry.audience },
    ].filter(({ text }) => text !== ""),
    facts: numbersOf(entry),
    meeting: meeting && {
      ...meeting,
      schools: meeting.schools.map((one) => ({ ...one, school: one.school ?? "" })),
    },
    pictures,
    evidence: [
      ...(entry.shownLink === "" ? [] : [{ words: entry.shownLink, link: entry.shownLink }]),
      ...entry.pages.map(({ title, address }) => ({ words: title, link: whole(address) })),
      ...entry.links.map(({ link, words: line }) => ({ words: line || link, link })),
      ...entry.files
        .filter(({ kind: of }) => of !== "image")
        .map(({ name, address }) => ({ words: name, link: whole(address) })),
    ],
    comments: [],
  };
}

function numbersOf({ pupils, teachers, results }: PublicEntry) {
  const of = (school: string | null) => school ?? say.unknownSchool;
  const came = [
    ...pupils.map((group) => say.pupilsCounted(group.count, of(group.school), say.ages(group.ageMin, group.ageMax))),
    ...teachers.map((group) => say.teachersCounted(group.count, of(group.school))),
  ];
  const lines: [string, readonly string[]][] = [
    [say.tookPart, came],
    [words.results, results.map(({ words: line, amount }) => say.amount(line, amount))],
  ];
  return lines.flatMap(([head, all]) => (all.length === 0 ? [] : [{ head, text: all.join("; ") }]));
}

function figuresOf(entries: readonly PublicEntry[]): PdfFigure[] {
  const of = publicGlance(entries);
  const figures: [string, readonly { readonly name: string; readonly value: number }[]][] = [
    [words.glanceEntries, of.entries],
    [words.glanceMinutes, of.minutes],
    [words.glancePupils, of.pupils],
    [words.glanceResults, of.results],
  ];
  return figures.flatMap(([title, bars]): PdfFigure[] =>
    bars.length === 0
      ? []
      : [{ is: "bars", title, note: "", bars: bars.map((bar) => ({ ...bar, said: say.number(bar.value) })) }],
  );
}
