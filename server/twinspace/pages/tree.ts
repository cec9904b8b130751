/** The tree of pages: what somebody finds in it, and who moves what where. */
import * as z from "zod";
import { makesPages, seesPage } from "../../../domain/twinspace/page.ts";
import type { Id } from "../../../protocol/ids.ts";
import {
  deepestPage,
  type FindPages,
  type PageLine,
  type PageList,
  type PlacePage,
  type RemovedPages,
} from "../../../protocol/twinspace/pages.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { cursorOf, keyOf } from "../../http/cursor.ts";
import { isRefused, type RefusedFields } from "../../http/route.ts";
import type { Insider, Space } from "../insider.ts";
import { peopleOf } from "../names.ts";
import { actsOn, lineOf, type PageInSight, type PageRow, pageColumns, pageFor } from "./sight.ts";

/** Up to here all of them are told at once. */
const few = 500;
const pageLength = 200;

export async function listPages(
  db: Queryable,
  space: Space,
  { parent, after }: z.infer<typeof FindPages>,
): Promise<PageList | RefusedFields> {
  const { project, me } = space;
  const mayMake = project.state === "active" && makesPages(me.role);
  if (parent === undefined && after === undefined) {
    if (await areFew(db, project.id)) {
      return { pages: seenTree(me, await allPages(db, project.id)), whole: true, after: null, mayMake };
    }
  }
  if (parent !== undefined) {
    const above = await pageFor(db, space, parent);
    if (isRefused(above)) return above;
  }
  const key = after === undefined ? null : keyOf(after, z.tuple([z.number(), z.string()]));
  if (key === undefined) return { refused: "request.malformed", fields: ["after"] };
  const rows = await childrenSeen(db, project.id, me, parent ?? null, key);
  const shown = rows.slice(0, pageLength);
  const last = rows.length > pageLength ? shown.at(-1) : undefined;
  return {
    pages: shown.map((row) => lineOf(me, row, row.subPages)),
    ...{ whole: false, mayMake },
    after: last ? cursorOf([last.position, last.id]) : null,
  };
}

/** Counted before they are read: of many the first in their order are found only by sorting all. */
async function areFew(db: Queryable, project: Id): Promise<boolean> {
  const { rowCount } = await db.query("select from pages where project_id = $1 and removed_at is null limit $2", [
    project,
    few + 1,
  ]);
  return rowCount !== null && rowCount <= few;
}

async function allPages(db: Queryable, project: Id): Promise<PageRow[]> {
  const { rows } = await db.query<PageRow>(
    `select ${pageColumns} from pages p where p.project_id = $1 and p.removed_at is null order by p.position, p.id`,
    [project],
  );
  return rows;
}

/** Each parent before its own; whoever does not see a page finds nothing of what is below it. */
function seenTree(me: Insider, rows: readonly PageRow[]): PageLine[] {
  const children = Map.groupBy(rows, ({ parent }) => parent);
  const seenBelow = (parent: Id | null) => (children.get(parent) ?? []).filter((row) => seesPage(me, row, []));
  const walk = (parent: Id | null): PageLine[] =>
    seenBelow(parent).flatMap((row) => [lineOf(me, row, seenBelow(row.id).length), ...walk(row.id)]);
  return walk(null);
}

async function childrenSeen(
  db: Queryable,
  project: Id,
  me: Insider,
  parent: Id | null,
  key: [number, string] | null,
): Promise<(PageRow & { subPages: number })[]> {
  const { rows } = await db.query<PageRow & { subPages: number }>(
    `select ${pageColumns},
       (select count(*) from pages c where c.project_id = $1 and c.parent_id = p.id and c.removed_at is null
          and page_seen(c, $2, $3)) as "subPages"
     from pages p
     where p.project_id = $1 and ${parent === null ? "p.parent_id is null and $4::text is null" : "p.parent_id = $4"}
       and p.removed_at is null and page_seen(p, $2, $3)
       and ($5::float8 is null or (p.position, p.id) > ($5, $6))
     order by p.position, p.id limit ${pageLength + 1}`,
    [project, me.author, me.role, parent, key?.[0] ?? null, key?.[1] ?? null],
  );
  return rows;
}

export async function subPagesSeen(db: Queryable, me: Insider, { project, id }: PageRow): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `select count(*) as count from pages c
     where c.project_id = $1 and c.parent_id = $2 and c.removed_at is null and page_seen(c, $3, $4)`,
    [project, id, me.author, me.role],
  );
  return rows[0]?.count ?? 0;
}

/** One after the other in a project, so that two moves at once never make a circle or go deeper than pages may. */
export async function lockTree(db: Queryable, project: Id): Promise<void> {
  await db.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`pages of ${project}`]);
}

/** Behind all the others there. */
export async function lastPosition(db: Queryable, project: Id, parent: Id | null): Promise<number> {
  const { rows } = await db.query<{ last: number }>(
    `select coalesce(max(position), 0) + 1 as last from pages
     where project_id = $1 and ${parent === null ? "parent_id is null and $2::text is null" : "parent_id = $2"}`,
    [project, parent],
  );
  return rows[0]?.last ?? 1;
}

/** Within a transaction, with the tree locked. */
export async function placePage(
  db: Queryable,
  space: Space,
  { row }: PageInSight,
  { parent, before }: PlacePage,
): Promise<RefusedFields | undefined> {
  const above = parent === null ? null : await pageFor(db, space, parent);
  if (isRefused(above)) return above;
  if (above && [above.row, ...above.above].some(({ id }) => id === row.id)) {
    return { refused: "request.malformed", fields: ["parent"] };
  }
  const depth = above ? above.above.length + 1 : 0;
  if (depth + (await heightOf(db, row.id)) > deepestPage) return { refused: "page.tooDeep" };
  const position = await positionBefore(db, row, parent, before);
  if (position === undefined) return { refused: "request.malformed", fields: ["before"] };
  await db.query("update pages set parent_id = $2, position = $3 where id = $1", [row.id, parent, position]);
  return undefined;
}

/** How many levels there are from this page down, also of what was removed: it may come back. */
async function heightOf(db: Queryable, page: Id): Promise<number> {
  const { rows } = await db.query<{ height: number }>(
    `with recursive below as (
       select id, 1 as height from pages where id = $1
       union all select p.id, b.height + 1 from below b join pages p on p.parent_id = b.id
     ) select max(height) as height from below`,
    [page],
  );
  return rows[0]?.height ?? 1;
}

interface Neighbour {
  readonly id: Id;
  readonly position: number;
}

async function positionBefore(
  db: Queryable,
  row: PageRow,
  parent: Id | null,
  before: Id | null,
): Promise<number | undefined> {
  if (before === null) return lastPosition(db, row.project, parent);
  const { rows } = await db.query<Neighbour>(
    `select id, position from pages
     where project_id = $1 and ${parent === null ? "parent_id is null and $2::text is null" : "parent_id = $2"} and id <> $3
     order by position, id`,
    [row.project, parent, row.id],
  );
  const at = rows.findIndex(({ id }) => id === before);
  const next = rows[at];
  if (!next) return undefined;
  const previous = rows[at - 1]?.position ?? next.position - 2;
  const between = (previous + next.position) / 2;
  if (previous < between && between < next.position) return between;
  // So many were put between the same two that there is no number left: all are numbered anew.
  await db.query(
    `update pages p set position = o.n * 2 from unnest($1::text[]) with ordinality as o (id, n) where p.id = o.id`,
    [rows.map(({ id }) => id)],
  );
  return (at + 1) * 2 - 1;
}

const mostRemoved = 200;

/** Those whose place is still there: what is below another removed page comes back with that one. */
export async function removedPages(db: Queryable, space: Space): Promise<RemovedPages> {
  const { project, me } = space;
  const { rows } = await db.query<{ id: Id }>(
    `select id from pages where project_id = $1 and removed_at is not null order by removed_at desc limit ${mostRemoved}`,
    [project.id],
  );
  const found: PageRow[] = [];
  for (const { id } of rows) {
    const page = await pageFor(db, space, id, { removed: true });
    if (!isRefused(page) && mayBringBack(space, page)) found.push(page.row);
  }
  const people = await peopleOf(
    db,
    project.id,
    found.map(({ removedBy, author }) => removedBy ?? author),
  );
  return {
    pages: found.flatMap((row) => {
      const removedBy = people.get(row.removedBy ?? row.author);
      return removedBy && row.removedAt !== null
        ? [{ id: row.id, title: lineOf(me, row, 0).title, removedAt: row.removedAt, removedBy }]
        : [];
    }),
  };
}

/** Who may remove it may bring it back. */
export const mayBringBack = (space: Space, { row, above }: PageInSight): boolean =>
  actsOn(space, { row: { ...row, removed: false }, above }).remove;
