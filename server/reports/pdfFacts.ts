/** A report card to print, as one reader may see it: a teacher of the project, or a support service. */
import { cardState } from "../../domain/reports/card.ts";
import { leadOf } from "../../domain/reports/glance.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Comment } from "../../protocol/reports/comments.ts";
import type { EntryKind, EntryView, ShownEvidence } from "../../protocol/reports/entries.ts";
import type { Glance } from "../../protocol/reports/glance.ts";
import type { Pool, Queryable } from "../../storage/pool.ts";
import type { ProjectRow } from "../projects/rows.ts";
import { shownQualityLabels } from "../qualityLabels/shown.ts";
import { printedImage } from "../twinspace/materials/images.ts";
import { materialPath } from "../twinspace/materials/parts.ts";
import { commentsOf } from "./comments.ts";
import { entryViews } from "./entries.ts";
import { glanceOf } from "./glance.ts";
import type { PdfComment, PdfEntry, PdfFigure, PdfPicture, PdfText, ReportPdfFacts } from "./pdf.ts";
import { commentNames, fieldNames, say, stateNames } from "./pdfWords.ts";
import { type EntriesAsked, type EntryRow, entryRows } from "./rows.ts";
import { takesPart } from "./sight.ts";
import { cardFacts } from "./stateSql.ts";
import type { EntryViewer } from "./viewer.ts";

export interface PdfAsked {
  /** Days; null: without an end. */
  readonly from: string | null;
  readonly to: string | null;
  readonly kinds: readonly EntryKind[] | null;
}

/** So much is printed; what is left out is said. */
export const pdfBounds = { entries: 1_000, characters: 2_000_000, pictures: 120 } as const;
const rowsAtOnce = 50;

export interface PdfParts {
  readonly pool: Pool;
  readonly materialsFolder: string;
}

/** @param now milliseconds since 1970 */
export async function pdfFacts(
  { pool, materialsFolder }: PdfParts,
  project: ProjectRow,
  viewer: EntryViewer,
  asked: PdfAsked,
  origin: string,
  now: number,
): Promise<ReportPdfFacts> {
  const glance = await glanceOf(pool, project, viewer, now);
  const pictures = { left: pdfBounds.pictures, leftOut: 0 };
  const names: Names = {
    schools: new Map(project.schools.map(({ shown: { id, name } }) => [id, name])),
    plan: new Map(glance.plan.map(({ id, words }) => [id, words])),
    criteria: new Map(glance.criteria.items.map(({ code, name }) => [code, name])),
  };
  const entries: PdfEntry[] = [];
  let characters = 0;
  for await (const views of viewsOf(pool, project, viewer, asked, now)) {
    for (const view of views) {
      characters += JSON.stringify(view.body).length;
      if (entries.length >= pdfBounds.entries || characters > pdfBounds.characters) break;
      const printed = await picturesOf(view, pictures, (id, size) =>
        materialPath(materialsFolder, project.id, id, size),
      );
      entries.push(entryOf(view, printed, names, origin));
    }
    if (entries.length >= pdfBounds.entries || characters > pdfBounds.characters) break;
  }
  const space = `${origin}/twinspace/${encodeURIComponent(project.slug)}/report`;
  const desk = `${origin}/desk/reports/${encodeURIComponent(project.slug)}`;
  return {
    ...(await aboutProject(pool, project, now)),
    address: viewer.side === "partner" ? space : desk,
    madeAt: now,
    readers: viewer.side === "partner" ? "teachers" : "services",
    ...{ line: "", intro: "" },
    figures: figuresOf(glance),
    // As it happened, the first one first.
    entries: entries.reverse(),
    leftOut: (await countOf(pool, project.id, viewer, asked)) - entries.length,
    picturesLeftOut: pictures.leftOut,
    comments: await ofCard(pool, project.id, viewer, now),
  };
}

interface Names {
  readonly schools: ReadonlyMap<Id, string>;
  readonly plan: ReadonlyMap<Id, string>;
  readonly criteria: ReadonlyMap<string, string>;
}

async function aboutProject(db: Queryable, project: ProjectRow, now: number) {
  const facts = await cardFacts(db, project.id);
  const { startDay = null, endDay = null } = facts ?? {};
  const shown = project.schools.filter(takesPart);
  const labels = await shownQualityLabels(db, project.id);
  return {
    title: project.title,
    schools: shown.map(({ shown: { name, town, country } }) => ({ name, town: town ?? "", country })),
    period:
      startDay !== null && endDay !== null ? say.days(startDay, endDay) : startDay === null ? "" : say.day(startDay),
    state: facts ? stateNames[cardState(facts, new Date(now).toISOString().slice(0, 10))] : "",
    labels: [
      ...shown.flatMap(({ label, shown: { name } }) => (label === null ? [] : [`eTwinning Label of ${name}`])),
      ...labels.map(({ school }) => `Quality Label of ${school.name}`),
    ],
  };
}

const onlyFor = ({ side }: EntryViewer) => (side === "partner" ? "shared" : "services");

/** The newest first, a page at a time. */
async function* viewsOf(
  db: Queryable,
  project: ProjectRow,
  viewer: EntryViewer,
  { from, to, kinds }: PdfAsked,
  now: number,
): AsyncGenerator<EntryView[]> {
  let after: EntriesAsked["after"] = to === null ? undefined : [dayAfter(to), 0, ""];
  for (;;) {
    const rows: EntryRow[] = await entryRows(db, project.id, {
      ...(kinds === null ? {} : { kinds }),
      ...{ only: onlyFor(viewer), after, limit: rowsAtOnce },
    });
    const inside = from === null ? rows : rows.filter(({ day }) => day >= from);
    yield await entryViews(db, project, inside, viewer, now);
    const last = rows.at(-1);
    if (rows.length < rowsAtOnce || inside.length < rows.length || !last) return;
    after = [last.day, last.madeAt, last.id];
  }
}

const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

async function countOf(
  db: Queryable,
  project: Id,
  viewer: EntryViewer,
  { from, to, kinds }: PdfAsked,
): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `select count(*)::int as count from report_entries
     where project_id = $1 and removed_at is null and state = 'shared' and ($2 = 'shared' or readers = 'services')
       and ($3::date is null or day >= $3) and ($4::date is null or day <= $4) and ($5::text[] is null or kind = any($5))`,
    [project, onlyFor(viewer), from, to, kinds],
  );
  return rows[0]?.count ?? 0;
}

async function ofCard(db: Queryable, project: Id, viewer: EntryViewer, now: number): Promise<PdfComment[]> {
  const account = viewer.side === "partner" ? viewer.me.id : viewer.account;
  return said(await commentsOf(db, project, { side: viewer.side, account }, now, { ofCard: true }));
}

/** What services say among themselves is not for paper that is handed on. */
const said = (comments: readonly Comment[]): PdfComment[] =>
  comments
    .filter(({ readers }) => readers === "partners")
    .map(({ by, kind, words, at, dueDay, doneAt }) => ({
      ...{ by, words, at, kind: commentNames[kind] },
      note: doneAt !== null ? say.done : dueDay === null ? "" : say.due(say.day(dueDay)),
    }));

/* An entry */

function entryOf(view: EntryView, pictures: readonly PdfPicture[], names: Names, origin: string): PdfEntry {
  const { body, author, meeting, day, waits } = view;
  const from = body.fromDay ?? day;
  return {
    kind: view.kind,
    title: body.title || (meeting?.title ?? ""),
    days: from < day ? [from, day] : [day, day],
    by: author?.name ?? "",
    school: author?.school?.name ?? "",
    notes: view.readers === "partners" ? [say.partnersOnly] : [],
    texts: (Object.keys(fieldNames) as (keyof typeof fieldNames)[]).map((field) => ({
      ...{ head: fieldNames[field], text: body[field] },
    })),
    facts: factsOf(view, names),
    meeting: meeting && {
      ...meeting.counts,
      schools: meeting.counts.schools.map((one) => ({
        ...one,
        school: (one.school !== null && names.schools.get(one.school)) || "",
      })),
    },
    pictures,
    evidence: [
      ...(body.shownLink === "" ? [] : [{ words: body.shownLink, link: body.shownLink }]),
      ...view.evidence
        .filter((piece) => piece.image === null || piece.heldBack !== null)
        .map((piece) => shownLine(piece, origin)),
    ],
    comments: [
      ...said(view.comments),
      ...(waits === null ? [] : [{ by: "", kind: say.waits, note: "", words: "", at: waits.since }]),
    ],
  };
}

function shownLine({ title, path, heldBack }: ShownEvidence, origin: string): { words: string; link: string } {
  if (heldBack !== null) return { words: say.heldBack(heldBack.schools), link: "" };
  if (title === "") return { words: say.gone, link: "" };
  return { words: title, link: path === null ? "" : path.startsWith("/") ? origin + path : path };
}

function factsOf({ body, kind }: EntryView, { schools, plan, criteria }: Names): PdfText[] {
  const school = (id: Id) => schools.get(id) ?? say.unknownSchool;
  const came = [
    ...body.pupils.map((group) =>
      say.pupilsCounted(group.count, school(group.school), say.ages(group.ageMin, group.ageMax)),
    ),
    ...body.teachers.map((group) => say.teachersCounted(group.count, school(group.school))),
  ];
  const planned = body.plan.flatMap(({ item, amount }) => {
    const words = plan.get(item);
    return words === undefined ? [] : [say.amount(words, amount)];
  });
  const tagged = body.criteria.flatMap((code) => criteria.get(code) ?? []);
  const asks = kind === "dissemination" || kind === "interim" || kind === "final";
  const checks = [
    ...(body.consentsChecked === null || !asks ? [] : [say.consents(body.consentsChecked)]),
    ...(body.incidents === null ? [] : [say.incidents(body.incidents)]),
  ];
  const lines: [string, readonly string[]][] = [
    [say.tookPart, came],
    [say.planned, planned],
    [say.criteriaOf, tagged],
    [fieldNames.safeguarding, checks],
  ];
  return lines.flatMap(([head, all]) => (all.length === 0 ? [] : [{ head, text: all.join("; ") }]));
}

/** As far as there is room for pictures; one whose file is not there, or cannot be read, is only named. */
async function picturesOf(
  { evidence }: EntryView,
  room: { left: number; leftOut: number },
  pathOf: (material: Id, size?: number) => string,
): Promise<PdfPicture[]> {
  const pictures: PdfPicture[] = [];
  for (const { evidence: piece, image, heldBack, title } of evidence) {
    if (piece.kind !== "material" || image === null || heldBack !== null) continue;
    if (room.left === 0) {
      room.leftOut += 1;
      continue;
    }
    const bytes = await printedImage(pathOf(piece.id, [...image.sizes].sort((a, b) => a - b)[0]));
    if (bytes === "broken") {
      room.leftOut += 1;
      continue;
    }
    room.left -= 1;
    pictures.push({ bytes, alt: image.alt || title, caption: title });
  }
  return pictures;
}

/* Figures */

/** The same as on the page: who wrote, who spoke, the months, the plan, the evidence. */
export function figuresOf(glance: Glance): PdfFigure[] {
  const { schools, balance, entries, plan, criteria, pupils } = glance;
  const nameOf = (school: Id | null) => schools.find(({ id }) => id === school)?.name ?? say.others;
  const patternOf = (school: Id | null) =>
    school === null ? schools.length + 1 : schools.findIndex(({ id }) => id === school) + 1;
  const shares = (value: (share: Glance["balance"][number]) => number, words: (value: number) => string) =>
    balance
      .filter((share) => share.school !== null || value(share) > 0)
      .map((share) => ({
        ...{ name: nameOf(share.school), value: value(share), pattern: patternOf(share.school) },
        said: words(value(share)),
      }));
  const others = balance.some(({ school }) => school === null);
  const figures: PdfFigure[] = [];
  if (entries.written > 0) {
    const parts = shares((share) => share.entries, say.number);
    const lead = leadOf(balance);
    const note = lead === undefined ? "" : say.lead(nameOf(lead.school), lead.entries, lead.of);
    figures.push({ is: "split", title: say.whoWrote(entries.written), note, bars: parts });
  }
  if (balance.some(({ spokeMs }) => spokeMs > 0)) {
    figures.push({ is: "split", title: say.whoSpoke, note: "", bars: shares((share) => share.spokeMs, say.minutes) });
  }
  if (entries.months.length > 1) {
    const columns = [...schools.map(({ id }) => id), ...(others ? [null] : [])];
    figures.push({
      ...{ is: "months", title: say.months, note: "" },
      parts: [
        ...columns.map((school) => ({ name: nameOf(school), pattern: patternOf(school) })),
        { name: say.byMeetings, pattern: schools.length + 2 },
      ],
      months: entries.months.map((month) => ({
        name: say.month(month.month),
        values: [
          ...columns.map((school) => month.schools.find((one) => one.school === school)?.count ?? 0),
          month.meetings,
        ],
      })),
    });
  }
  if (plan.length > 0) {
    const bars = plan.map(({ words, actual, target }) => ({ name: words, done: actual, planned: target }));
    figures.push({ is: "planned", title: say.plan, note: "", bars });
  }
  if (pupils.length > 0) {
    const bars = pupils.map(({ school, ageMin, ageMax, count }) => ({
      name: [nameOf(school), say.ages(ageMin, ageMax)].filter((part) => part !== "").join(", "),
      ...{ value: count, said: say.number(count), pattern: patternOf(school) },
    }));
    figures.push({ is: "bars", title: say.pupilsOf, note: "", bars });
  }
  if (criteria.items.some(({ entries: tagged }) => tagged > 0)) {
    const bars = criteria.items.map(({ name, pieces }) => ({ name, value: pieces, said: say.number(pieces) }));
    figures.push({ is: "bars", title: say.criteria, note: criteria.rubric ?? "", bars });
  }
  return figures;
}
