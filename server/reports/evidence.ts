/** What entries have to show for themselves, as their reader may see it: a teacher of the project, or a support service. */
import { heldBack } from "../../domain/twinspace/publishing.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Evidence, ShownEvidence } from "../../protocol/reports/entries.ts";
import type { Queryable } from "../../storage/pool.ts";
import type { ProjectRow } from "../projects/rows.ts";
import { pageTitles } from "../twinspace/pages/finding.ts";
import { pagePath } from "../twinspace/publishing/html.ts";
import { missingOn, type ThingRow, thingsIn } from "../twinspace/publishing/rows.ts";
import { findSite } from "../twinspace/publishing/site.ts";
import type { EntryViewer } from "./viewer.ts";

export type ShowEvidence = (entry: Id, evidence: Evidence) => ShownEvidence;

/** Looks up what these pieces name, all at once. @param now milliseconds since 1970 */
export async function evidenceShown(
  db: Queryable,
  project: Pick<ProjectRow, "id" | "slug">,
  pieces: readonly Evidence[],
  viewer: EntryViewer,
  now: number,
): Promise<ShowEvidence> {
  const { side } = viewer;
  const materials = await materialsShown(db, project, idsOf(pieces, "material"), side, now);
  const pages = await pagesShown(db, project, idsOf(pieces, "page"), viewer, now);
  const meetings = await replaysNamed(
    db,
    project.id,
    pieces.flatMap((piece) => (piece.kind === "moment" ? [piece.meeting] : [])),
  );
  return (entry, evidence) => {
    const nothing = { evidence, title: "", path: null, image: null, heldBack: null };
    switch (evidence.kind) {
      case "material":
        return { ...nothing, ...materials(entry, evidence.id) };
      case "page": {
        return { ...nothing, ...pages.get(evidence.id) };
      }
      case "moment": {
        const meeting = meetings.get(evidence.meeting);
        const isOpen = meeting?.recorded && (side === "partner" || meeting.audience === "link");
        const path = meeting && isOpen ? `/r/${meeting.code}?t=${Math.floor(evidence.atMs / 1000)}` : null;
        return { ...nothing, title: evidence.words || (meeting?.title ?? ""), path };
      }
      case "link":
        return { ...nothing, title: evidence.words || evidence.link, path: evidence.link };
    }
  };
}

function idsOf(pieces: readonly Evidence[], kind: "material" | "page"): Id[] {
  return [...new Set(pieces.flatMap((piece) => (piece.kind === kind ? [piece.id] : [])))];
}

interface MaterialWords {
  readonly id: Id;
  readonly alt: string;
  readonly link: string | null;
}

/** To a service only what may be shown outside, asked anew at each look. */
async function materialsShown(
  db: Queryable,
  { id: project, slug }: Pick<ProjectRow, "id" | "slug">,
  ids: readonly Id[],
  side: EntryViewer["side"],
  now: number,
): Promise<(entry: Id, material: Id) => Partial<ShownEvidence>> {
  if (ids.length === 0) return () => ({});
  const things = new Map((await thingsIn(db, project, ids)).map((thing) => [thing.id, thing]));
  const words = await wordsOf(db, project, ids);
  const shown = [...things.values()];
  const held = side === "partner" ? new Map() : await heldOf(db, project, shown, now);
  const inSpace = (id: Id) => `/twinspace/${encodeURIComponent(slug)}/materials/${encodeURIComponent(id)}`;
  const fileInSpace = (id: Id) => `/api/spaces/${encodeURIComponent(slug)}/materials/${encodeURIComponent(id)}/file`;
  const fileForServices = (entry: Id, id: Id) =>
    `/api/desk/reports/${encodeURIComponent(slug)}/entries/${encodeURIComponent(entry)}/materials/${encodeURIComponent(id)}`;
  return (entry, id) => {
    const thing = things.get(id);
    if (!thing || thing.removed) return {};
    const { alt = "", link = null } = words.get(id) ?? {};
    if (side === "service") {
      // What its own school has hidden is not even named outside.
      if (thing.hidden) return {};
      const schools = held.get(id);
      if (schools) return { heldBack: { schools } };
      if (thing.kind === "link") return { title: thing.name, path: link };
    }
    const src = side === "partner" ? fileInSpace(id) : fileForServices(entry, id);
    const image = thing.kind === "image" ? { src, alt, sizes: [...thing.sizes] } : null;
    return { title: thing.name, path: side === "partner" ? inSpace(id) : src, image };
  };
}

async function wordsOf(db: Queryable, project: Id, ids: readonly Id[]): Promise<ReadonlyMap<Id, MaterialWords>> {
  const { rows } = await db.query<MaterialWords>(
    "select id, alt, link from materials where project_id = $1 and id = any($2)",
    [project, ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** What may not be shown outside, and whose schools are to be asked: those of the pupils on it, or of who brought it. */
async function heldOf(
  db: Queryable,
  project: Id,
  things: readonly ThingRow[],
  now: number,
): Promise<ReadonlyMap<Id, string[]>> {
  const held = heldBack(things, await missingOn(db, things, now));
  const { rows } = await db.query<{ material: Id; schools: string[] }>(
    `select w.material, coalesce(array_agg(distinct s.name) filter (where s.id is not null), '{}') as schools
     from jsonb_to_recordset($2) as w (material text, pupils jsonb)
       join materials m on m.id = w.material
       left join pupils u on w.pupils ? u.id
       left join pupils a on m.author = 'pupil:' || a.id
       left join project_members pm on pm.project_id = $1 and m.author = 'account:' || pm.account_id
       left join schools s on s.id = coalesce(u.school_id, a.school_id, pm.school_id)
     group by w.material`,
    [project, JSON.stringify(held.map(({ material, pupils }) => ({ material, pupils })))],
  );
  return new Map(rows.map(({ material, schools }) => [material, schools]));
}

interface ShownPage {
  readonly title: string;
  readonly path: string | null;
}

/** A service reads what a page is called, which a teacher has chosen to show for the entry, and the page if it is public. */
async function pagesShown(
  db: Queryable,
  { id: project, slug }: Pick<ProjectRow, "id" | "slug">,
  ids: readonly Id[],
  viewer: EntryViewer,
  now: number,
): Promise<ReadonlyMap<Id, ShownPage>> {
  if (ids.length === 0) return new Map();
  if (viewer.side === "partner") {
    const path = (id: Id) => `/twinspace/${encodeURIComponent(slug)}/pages/${encodeURIComponent(id)}`;
    const titles = await pageTitles(db, project, viewer.me, ids);
    return new Map([...titles].map(([id, title]) => [id, { title, path: path(id) }]));
  }
  const { rows } = await db.query<{ id: Id; title: string }>(
    "select id, title from pages where project_id = $1 and id = any($2) and removed_at is null and hidden_at is null",
    [project, ids],
  );
  const site = await findSite(db, slug, now);
  const paths = new Map(site?.pages.map((page) => [page.id, pagePath(slug, page.slug)]));
  return new Map(rows.map(({ id, title }) => [id, { title, path: paths.get(id) ?? null }]));
}

export interface Replayed {
  readonly id: Id;
  readonly code: string;
  readonly title: string;
  /** Who may watch besides the teachers of the project; `link`: everybody. */
  readonly audience: string;
  readonly recorded: boolean;
}

/** Those of this project that are over. */
export async function replaysNamed(db: Queryable, project: Id, ids: readonly Id[]): Promise<ReadonlyMap<Id, Replayed>> {
  if (ids.length === 0) return new Map();
  const { rows } = await db.query<Replayed>(
    `select id, code, title, replay_audience as audience, coalesce((settings ->> 'recorded')::boolean, true) as recorded
     from meetings where project_id = $1 and id = any($2) and phase = 'ended'`,
    [project, ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}
