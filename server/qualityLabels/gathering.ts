/** What was chosen for an application, looked up as it is now: what of it is there, and what may go outside. */
import type { Id } from "../../protocol/ids.ts";
import type { ChosenPiece } from "../../protocol/qualityLabels/applications.ts";
import type { Evidence } from "../../protocol/reports/entries.ts";
import type { MeetingCounts } from "../../protocol/reports/meetingCounts.ts";
import type { Licence } from "../../protocol/twinspace/materials.ts";
import type { Queryable } from "../../storage/pool.ts";
import { type EntryRow, entryRows } from "../reports/rows.ts";
import { type LineRow, lineSql, notOpenOf } from "../twinspace/publishing/rows.ts";

export interface GatheredMaterial {
  readonly id: Id;
  readonly kind: "image" | "video" | "sound" | "file" | "link";
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  readonly storedBytes: number;
  readonly sizes: readonly number[];
  readonly link: string | null;
  readonly licence: Licence;
  readonly credit: string;
  readonly alt: string;
  readonly shows: "nobody" | "people" | "unknown";
  readonly pupils: readonly Id[];
  /** A film that the recorder has not looked at yet: there is more in it than sound and picture. */
  readonly isWaiting: boolean;
}

export interface GatheredMeeting {
  readonly id: Id;
  readonly title: string;
  readonly day: string;
  readonly counts: MeetingCounts | null;
}

export interface Gathered {
  /** Those that services may read, by id. */
  readonly entries: ReadonlyMap<Id, EntryRow>;
  /** Those that may go outside: neither drafts nor hidden, nor for teachers alone. */
  readonly pages: ReadonlyMap<Id, { readonly id: Id; readonly title: string }>;
  /** Pages that are there, but not for outside. */
  readonly closedPages: ReadonlySet<Id>;
  readonly materials: ReadonlyMap<Id, GatheredMaterial>;
  readonly meetings: ReadonlyMap<Id, GatheredMeeting>;
}

/** `gone`: removed, hidden, not shared any more, or no more shown by its entry. */
export type PieceState = "there" | "gone" | "notOpen" | "notReady";

/** Everything these entries and pieces of evidence name, of this project. */
export async function gather(
  db: Queryable,
  project: Id,
  { entries, evidence }: { readonly entries: readonly Id[]; readonly evidence: readonly Evidence[] },
): Promise<Gathered> {
  const rows =
    entries.length === 0 ? [] : await entryRows(db, project, { ids: [...new Set(entries)], only: "services" });
  const pages = await pagesOf(db, project, idsOf(evidence, "page"));
  const moments = evidence.flatMap((piece) => (piece.kind === "moment" ? [piece.meeting] : []));
  const own = rows.flatMap(({ meeting }) => meeting ?? []);
  return {
    entries: new Map(rows.map((row) => [row.id, row])),
    ...pages,
    materials: await materialsOf(db, project, idsOf(evidence, "material")),
    meetings: await meetingsOf(db, project, [...moments, ...own]),
  };
}

const idsOf = (evidence: readonly Evidence[], kind: "page" | "material"): Id[] => [
  ...new Set(evidence.flatMap((piece) => (piece.kind === kind ? [piece.id] : []))),
];

async function pagesOf(
  db: Queryable,
  project: Id,
  ids: readonly Id[],
): Promise<Pick<Gathered, "pages" | "closedPages">> {
  const { rows } = await db.query<{ id: Id; title: string; line: LineRow[] }>(
    `select p.id, p.title, ${lineSql("p.id")} as line from pages p where p.project_id = $1 and p.id = any($2)`,
    [project, ids],
  );
  const open = rows.filter(({ line }) => notOpenOf(line) === undefined);
  const closed = rows.filter(({ line }) => ["teachers", "draft"].includes(notOpenOf(line) ?? ""));
  return {
    pages: new Map(open.map(({ id, title }) => [id, { id, title }])),
    closedPages: new Set(closed.map(({ id }) => id)),
  };
}

/** Neither removed nor hidden. */
export async function materialsOf(
  db: Queryable,
  project: Id,
  ids: readonly Id[],
): Promise<ReadonlyMap<Id, GatheredMaterial>> {
  const { rows } = await db.query<GatheredMaterial>(
    `select m.id, m.kind, m.name, m.type, m.bytes, m.stored_bytes as "storedBytes", m.sizes, m.link, m.licence, m.credit, m.alt,
       m.shows, coalesce((select array_agg(p.pupil_id order by p.pupil_id) from material_people p where p.material_id = m.id), '{}')
         as pupils, coalesce(m.film_state = 'queued', false) as "isWaiting"
     from materials m where m.project_id = $1 and m.id = any($2) and m.removed_at is null and m.hidden_at is null`,
    [project, ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** With what was counted in them, as far as the report card has it. */
async function meetingsOf(db: Queryable, project: Id, ids: readonly Id[]): Promise<ReadonlyMap<Id, GatheredMeeting>> {
  const { rows } = await db.query<GatheredMeeting>(
    `select m.id, m.title, (coalesce(m.opened_at, m.starts_at) at time zone m.time_zone)::date::text as day, e.counts
     from meetings m left join report_entries e on e.meeting_id = m.id
     where m.project_id = $1 and m.id = any($2) and m.phase = 'ended'`,
    [project, [...new Set(ids)]],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Whether a piece that was chosen for this criterion can be copied now. */
export function pieceState(gathered: Gathered, criterion: string, { entry, evidence }: ChosenPiece): PieceState {
  const row = gathered.entries.get(entry);
  if (!row?.body.criteria.includes(criterion)) return "gone";
  if (evidence === null) return "there";
  return row.body.evidence.some((piece) => isSame(piece, evidence)) ? evidenceState(gathered, evidence) : "gone";
}

export function evidenceState(gathered: Gathered, evidence: Evidence): PieceState {
  switch (evidence.kind) {
    case "link":
      return "there";
    case "moment":
      return gathered.meetings.has(evidence.meeting) ? "there" : "gone";
    case "page":
      if (gathered.pages.has(evidence.id)) return "there";
      return gathered.closedPages.has(evidence.id) ? "notOpen" : "gone";
    case "material": {
      const material = gathered.materials.get(evidence.id);
      if (!material) return "gone";
      return material.isWaiting ? "notReady" : "there";
    }
  }
}

/** The same thing, whatever is said about it by now. */
export function isSame(one: Evidence, other: Evidence): boolean {
  switch (one.kind) {
    case "material":
    case "page":
      return other.kind === one.kind && other.id === one.id;
    case "moment":
      return other.kind === "moment" && other.meeting === one.meeting && other.atMs === one.atMs;
    case "link":
      return other.kind === "link" && other.link === one.link;
  }
}
