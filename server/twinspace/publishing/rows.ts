/** Published pages as the database has them, with all that decides whether they may be shown now. */
import type { TextNode } from "../../../domain/text/schema.ts";
import type { PageFacts } from "../../../domain/twinspace/page.ts";
import { type HeldThing, heldBack, type ShownThing, whyNotOpen } from "../../../domain/twinspace/publishing.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { Licence } from "../../../protocol/twinspace/materials.ts";
import type { NotOpenWhy, PublishedState } from "../../../protocol/twinspace/publishing.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { missingConsents } from "../pupils/consents.ts";

export interface ThingRow extends ShownThing {
  readonly name: string;
  /** What a picture shows, in words. */
  readonly alt: string;
  readonly type: string;
  readonly sizes: readonly number[];
  readonly licence: Licence;
}

export interface LineRow extends Pick<PageFacts, "view" | "state" | "removed" | "hidden"> {
  readonly id: Id;
  readonly position: number;
}

/** A page and those above it, the nearest first. `page` is an expression. */
export const lineSql = (page: string): string => `(with recursive line as (
    select a.id, a.parent_id, a.position, a.view, a.state, a.removed_at, a.hidden_at, 0 as height
    from pages a where a.id = ${page}
    union all
    select a.id, a.parent_id, a.position, a.view, a.state, a.removed_at, a.hidden_at, l.height + 1
    from line l join pages a on a.id = l.parent_id)
  select jsonb_agg(jsonb_build_object('id', id, 'position', position, 'view', view, 'state', state,
    'removed', removed_at is not null, 'hidden', hidden_at is not null) order by height) from line)`;

/** The materials of a project among these ids, in their order; those of others are not there. Expressions. */
export const thingsSql = (ids: string, project: string): string => `(select coalesce(jsonb_agg(jsonb_build_object(
    'id', m.id, 'kind', m.kind, 'name', m.name, 'alt', m.alt, 'type', m.type, 'sizes', m.sizes, 'licence', m.licence,
    'shows', m.shows, 'hidden', m.hidden_at is not null, 'removed', m.removed_at is not null,
    'pupils', (select coalesce(jsonb_agg(mp.pupil_id order by mp.pupil_id), '[]') from material_people mp
               where mp.material_id = m.id)) order by array_position(${ids}, m.id)), '[]')
  from materials m where m.project_id = ${project} and m.id = any(${ids}))`;

export const thingsIn = async (db: Queryable, project: Id, ids: readonly Id[]): Promise<ThingRow[]> => {
  const { rows } = await db.query<{ things: ThingRow[] }>(`select ${thingsSql("$2::text[]", "$1")} as things`, [
    project,
    ids,
  ]);
  return rows[0]?.things ?? [];
};

/** Asked once for all that is shown together. Without people on it nothing is asked. */
export async function missingOn(db: Queryable, things: readonly ShownThing[], now: number): Promise<ReadonlySet<Id>> {
  const pupils = new Set(things.flatMap((thing) => thing.pupils));
  return new Set(pupils.size === 0 ? [] : await missingConsents(db, [...pupils], "imagePublic", now));
}

export interface PublishedRow {
  readonly page: Id;
  readonly project: Id;
  readonly slug: string;
  readonly state: PublishedState;
  /** Null while there is no copy. */
  readonly title: string | null;
  readonly version: number | null;
  readonly publishedAt: number | null;
  readonly askedBy: string | null;
  readonly at: number;
  readonly note: string;
  readonly vetoedAt: number | null;
  readonly vetoReason: string | null;
  readonly line: readonly LineRow[];
  /** What the copy shows. */
  readonly things: readonly ThingRow[];
  /** Of the copy; only where it was asked for. */
  readonly doc: TextNode | null;
}

/** Of `published_pages x`; `doc` is an expression. */
export const publishedColumns = (
  doc = "null::jsonb",
): string => `x.page_id as page, x.project_id as project, x.slug, x.state,
  x.title, x.version, x.published_at as "publishedAt", x.asked_by as "askedBy", x.at, x.note,
  x.vetoed_at as "vetoedAt", x.veto_reason as "vetoReason",
  ${lineSql("x.page_id")} as line, ${thingsSql("x.materials", "x.project_id")} as things, ${doc} as doc`;

export function notOpenOf(line: readonly LineRow[]): NotOpenWhy | undefined {
  const [page, ...above] = line;
  return page ? whyNotOpen(page, above) : "removed";
}

export const heldOf = (row: Pick<PublishedRow, "things">, missing: ReadonlySet<Id>): HeldThing[] =>
  heldBack(row.things, missing);

/** Whether it is to be read in public now. */
export const isServed = (row: PublishedRow, missing: ReadonlySet<Id>): boolean =>
  row.state === "public" &&
  row.vetoedAt === null &&
  notOpenOf(row.line) === undefined &&
  heldOf(row, missing).length === 0;
