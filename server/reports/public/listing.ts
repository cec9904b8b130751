/** What a project's teachers see of its public report: what is public, what differs by now, what could be, and how often it was read. */
import { encode } from "uqr";
import * as z from "zod";
import { changesBetween } from "../../../domain/reports/published.ts";
import { heldBack } from "../../../domain/twinspace/publishing.ts";
import { Id } from "../../../protocol/ids.ts";
import type { HeldEvidence, PublicReportView, PublishableEntry } from "../../../protocol/reports/published.ts";
import type { Person } from "../../../protocol/twinspace/space.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { cursorOf, keyOf } from "../../http/cursor.ts";
import type { RefusedFields } from "../../http/route.ts";
import { type Insider, isAdmin, type Space } from "../../twinspace/insider.ts";
import { peopleOf } from "../../twinspace/names.ts";
import { heldMaterials, namesOf } from "../../twinspace/publishing/checking.ts";
import { missingOn, type ThingRow } from "../../twinspace/publishing/rows.ts";
import { entryRows } from "../rows.ts";
import { type Copied, copiesOf } from "./copying.ts";
import { type NamedSchool, reportPath, schoolsBy, schoolsIn } from "./finding.ts";
import { readsOf } from "./reads.ts";
import { type CopyRow, copyRows, reportRow, writtenOf } from "./rows.ts";

const othersAtOnce = 50;
const Key = z.tuple([z.iso.date(), z.int(), Id]);

export async function publicReportOf(
  db: Queryable,
  { project, me }: Space,
  { after, origin }: { readonly after: string | undefined; readonly origin: string },
  now: number,
): Promise<PublicReportView | RefusedFields> {
  const key = after === undefined ? undefined : keyOf(after, Key);
  if (after !== undefined && key === undefined) return { refused: "request.malformed", fields: ["after"] };
  const row = await reportRow(db, project.id);
  const copies = await copyRows(db, project.id);
  const published = new Set(copies.map(({ id }) => id));
  const isFirst = after === undefined;
  const here = isFirst ? await entryRows(db, project.id, { ids: [...published], only: "shared" }) : [];
  const page = await entryRows(db, project.id, { only: "shared", after: key, limit: othersAtOnce + 1 });
  const rows = page.slice(0, othersAtOnce);
  const last = page.length > othersAtOnce ? rows.at(-1) : undefined;
  const isNow = await copiesOf(db, project.id, here);
  const others = await copiesOf(
    db,
    project.id,
    rows.filter(({ id }) => !published.has(id)),
  );
  const show = await showing(db, project.id, me, { copies: isFirst ? copies : [], now: isNow, others }, now);
  const askers = await peopleOf(db, project.id, row.askedBy === null ? [] : [row.askedBy]);
  const isThere = copies.some(({ withdrawn, gone }) => !withdrawn && !gone) || (row.shown?.intro ?? "") !== "";
  const written = { line: row.line, intro: row.intro, parts: row.parts };
  const address = origin + reportPath(project.slug);
  const { data } = encode(address, { ecc: "M", border: 0 });
  return {
    ...{ slug: project.slug, state: row.state, mayDecide: isAdmin(me) },
    ...{ address, qr: data.map((line) => line.map((dark) => (dark ? "1" : "0")).join("")) },
    served: row.state === "public" && row.vetoedAt === null && isThere,
    written: writtenOf(row),
    wordsChanged: row.shown !== null && JSON.stringify(row.shown) !== JSON.stringify(sameOrder(written, row.shown)),
    publishedAt: row.publishedAt,
    askedBy: row.askedBy === null ? null : (askers.get(row.askedBy) ?? null),
    takenDown: row.vetoedAt === null ? null : { reason: row.vetoReason ?? "", at: row.vetoedAt },
    ...show,
    next: last ? cursorOf([last.day, last.madeAt, last.id]) : null,
    reads: await readsOf(db, project.id, now),
  };
}

/** JSON remembers an order; which parts stand there is what counts. */
const sameOrder = <T extends { readonly parts: readonly string[] }>(written: T, shown: T) => ({
  ...shown,
  ...written,
  parts: [...written.parts].sort().join() === [...shown.parts].sort().join() ? shown.parts : written.parts,
});

interface Shown {
  readonly copies: readonly CopyRow[];
  /** The published ones as they are now. */
  readonly now: readonly Copied[];
  readonly others: readonly Copied[];
}

async function showing(
  db: Queryable,
  project: Id,
  me: Insider,
  shown: Shown,
  now: number,
): Promise<{ entries: PublishableEntry[]; others: PublishableEntry[] }> {
  const things = [...shown.copies, ...shown.now, ...shown.others].flatMap((one) => one.things);
  const missing = await missingOn(db, things, now);
  const people = await namesOf(db, project, missing);
  const held = (some: readonly ThingRow[]) => heldEvidence(some, missing, people, me);
  const schools = await schoolsBy(db, [
    ...[...shown.copies, ...shown.now].flatMap(({ copy }) => schoolsIn(copy)),
    ...shown.others.flatMap(({ copy }) => copy.school ?? []),
  ]);
  const current = new Map(shown.now.map((one) => [one.row.id, one]));
  return {
    entries: shown.copies.map((copy) => publishedEntry(copy, current.get(copy.id), schools, held)),
    others: shown.others.map((one) => otherEntry(one, schools, held)),
  };
}

type Held = (things: readonly ThingRow[]) => HeldEvidence[];

function publishedEntry(
  { id, copy, materials, leftOut, at, withdrawn, gone, things }: CopyRow,
  current: Copied | undefined,
  schools: ReadonlyMap<Id, NamedSchool>,
  held: Held,
): PublishableEntry {
  const now = current?.things.filter((thing) => !leftOut.includes(thing.id)) ?? [];
  const names = (of: readonly Id[]) =>
    of
      .map((each) => [...now, ...things].find((thing) => thing.id === each)?.name ?? "")
      .filter((name) => name !== "")
      .join("\n");
  const ids = now.map((thing) => thing.id);
  const isOther = ids.length !== materials.length || ids.some((each) => !materials.includes(each));
  const all = [...things, ...now.filter((thing) => !materials.includes(thing.id))];
  return {
    ...{ id, kind: copy.kind, title: copy.title, day: copy.day, version: current?.row.version ?? 0 },
    school: copy.school === null ? null : (schools.get(copy.school) ?? null),
    state: gone ? "gone" : withdrawn ? "withdrawn" : "public",
    publishedAt: at,
    changes:
      current === undefined
        ? []
        : [
            ...changesBetween(copy, current.copy, (school) => schools.get(school)?.name ?? ""),
            ...(isOther ? [{ field: "materials", was: names(materials), is: names(ids) }] : []),
          ],
    held: held(all),
    materials: materials.length,
  };
}

function otherEntry(
  { row, copy, things }: Copied,
  schools: ReadonlyMap<Id, NamedSchool>,
  held: Held,
): PublishableEntry {
  return {
    ...{ id: row.id, kind: copy.kind, title: copy.title, day: copy.day, version: row.version },
    school: copy.school === null ? null : (schools.get(copy.school) ?? null),
    ...{ state: null, publishedAt: null, changes: [], held: held(things), materials: things.length },
  };
}

/** Whose school is to be asked; which child it is, only to teachers of that school. */
function heldEvidence(
  things: readonly ThingRow[],
  missing: ReadonlySet<Id>,
  people: ReadonlyMap<string, Person>,
  me: Insider,
): HeldEvidence[] {
  const held = heldBack(things, missing).length === 0 ? [] : heldMaterials(things, missing, people);
  return held.map(({ people: shown, ...one }) => ({
    ...one,
    schools: [...new Set(shown.flatMap(({ school }) => school?.name ?? []))],
    people: shown.filter(({ school }) => school !== null && school.id === me.school),
  }));
}
