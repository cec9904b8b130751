/** Pages are made, given another title and other settings, moved, archived, removed and brought back. */
import type * as z from "zod";
import { emptyText } from "../../../domain/text/schema.ts";
import { keptText } from "../../../domain/text/steps.ts";
import { isCovered, makesPages, viewsOf } from "../../../domain/twinspace/page.ts";
import type { Id } from "../../../protocol/ids.ts";
import {
  type ChangePage,
  deepestPage,
  type MadePage,
  type MakePage,
  type PageLine,
  type PlacePage,
  pagesPerProject,
} from "../../../protocol/twinspace/pages.ts";
import { inTransaction, type Pool, type Queryable } from "../../../storage/pool.ts";
import { isRefused, type RefusedFields } from "../../http/route.ts";
import { newId } from "../../ids.ts";
import type { Space } from "../insider.ts";
import type { TellSpace } from "../live.ts";
import { addNews } from "../news.ts";
import { actsOn, lineOf, newsReaderOf, type PageInSight, pageFor } from "./sight.ts";
import { addChange, beginText } from "./texts.ts";
import { lastPosition, lockTree, mayBringBack, placePage, subPagesSeen } from "./tree.ts";

export interface PageParts {
  readonly pool: Pool;
  readonly now: () => number;
  readonly tell: TellSpace;
}

const notAllowed = { refused: "account.notAllowed" } as const;

export async function makePage(
  { pool, now, tell }: PageParts,
  space: Space,
  { title, parent, view, edit, state }: z.output<typeof MakePage>,
): Promise<MadePage | RefusedFields> {
  const { project, me } = space;
  if (!makesPages(me.role)) return notAllowed;
  if (!viewsOf(me.role).includes(view)) return { refused: "request.malformed", fields: ["view"] };
  const id = newId();
  const made = await inTransaction(pool, async (db): Promise<RefusedFields | undefined> => {
    await lockTree(db, project.id);
    const above = parent === null ? null : await pageFor(db, space, parent);
    if (isRefused(above)) return above;
    if (above && above.above.length + 1 >= deepestPage) return { refused: "page.tooDeep" };
    if (above && !actsOn(space, above).addSubPage) return notAllowed;
    const { rows } = await db.query<{ count: number }>("select count(*) as count from pages where project_id = $1", [
      project.id,
    ]);
    if ((rows[0]?.count ?? 0) >= pagesPerProject) return { refused: "page.tooMany" };
    await db.query(
      `insert into pages (id, project_id, parent_id, position, title, view, edit, state, author, made_at, changed_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, to_timestamp($10::float8 / 1000), to_timestamp($10::float8 / 1000))`,
      [
        ...[id, project.id, parent, await lastPosition(db, project.id, parent), title, view, edit, state, me.author],
        now(),
      ],
    );
    await beginText(db, id, keptText(emptyText));
    await newsOfPage(db, space, id, "pageMade", now());
    return undefined;
  });
  if (made) return made;
  tell(project.id, { type: "page", page: id });
  return { id };
}

/** Told to nobody who may not see it, and not at all while it is a draft. */
export async function newsOfPage(
  db: Queryable,
  space: Space,
  page: Id,
  kind: "pageMade" | "pageChanged",
  now: number,
): Promise<void> {
  const found = await pageFor(db, space, page);
  const seenBy = isRefused(found) ? null : newsReaderOf(found);
  if (seenBy === null) return;
  await addNews(db, { project: space.project.id, by: space.me.author, kind, thing: page, seenBy }, now);
}

/** What comes of an act on a page: done, or refused with what it is by now. */
type Act = (db: Queryable, page: PageInSight) => Promise<RefusedFields | undefined>;

/** Acts on a page that stays as it is meanwhile, tells it, and answers the page as it is then. */
async function actOn(
  { pool, tell }: PageParts,
  space: Space,
  page: Id,
  act: Act,
  { removed = false }: { removed?: boolean } = {},
): Promise<PageLine | RefusedFields> {
  const answer = await inTransaction(pool, async (db) => {
    await lockTree(db, space.project.id);
    const found = await pageFor(db, space, page, { removed });
    if (isRefused(found)) return found;
    const refused = await act(db, found);
    if (refused) return refused;
    const now = await pageFor(db, space, page);
    if (isRefused(now)) return now;
    return lineOf(space.me, now.row, await subPagesSeen(db, space.me, now.row));
  });
  if (!isRefused(answer)) tell(space.project.id, { type: "page", page });
  return answer;
}

export function changePage(
  parts: PageParts,
  space: Space,
  page: Id,
  change: ChangePage,
): Promise<PageLine | RefusedFields> {
  return actOn(parts, space, page, async (db, found) => {
    const { row } = found;
    const acts = actsOn(space, found);
    const { title, titleWas, view, edit, state } = change;
    const settles = view !== undefined || edit !== undefined || state !== undefined;
    if (row.state === "archived" && (acts.history || acts.arrange)) return { refused: "page.archived" };
    if ((title !== undefined && !acts.write) || (settles && !acts.settings)) return notAllowed;
    if (view !== undefined && !viewsOf(space.me.role).includes(view)) {
      return { refused: "request.malformed", fields: ["view"] };
    }
    if (title !== undefined && titleWas !== undefined && titleWas !== row.title && title !== row.title) {
      return { refused: "page.titleChanged", current: lineOf(space.me, row, await subPagesSeen(db, space.me, row)) };
    }
    await db.query(
      `update pages set title = coalesce($2, title), view = coalesce($3, view), edit = coalesce($4, edit),
         state = coalesce($5, state) where id = $1`,
      [page, title ?? null, view ?? null, edit ?? null, state ?? null],
    );
    if (title !== undefined && title !== row.title) await noteTitle(db, space, row.title, title, page, parts.now());
    if (state === "shown" && row.state === "draft") await newsOfPage(db, space, page, "pageMade", parts.now());
    return undefined;
  });
}

async function noteTitle(db: Queryable, { me }: Space, was: string, is: string, page: Id, now: number): Promise<void> {
  const { rows } = await db.query<{ version: number }>("select version from page_texts where page_id = $1", [page]);
  const version = rows[0]?.version ?? 0;
  await addChange(db, {
    ...{ page, kind: "titled", author: me.author, now },
    ...{ from: version, to: version, title: { was, is } },
  });
}

export function movePage(
  parts: PageParts,
  space: Space,
  page: Id,
  place: PlacePage,
): Promise<PageLine | RefusedFields> {
  return actOn(parts, space, page, async (db, found) =>
    actsOn(space, found).arrange ? placePage(db, space, found, place) : notAllowed,
  );
}

/** Or out of the archive again, as it was. */
export function archivePage(
  parts: PageParts,
  space: Space,
  page: Id,
  archived: boolean,
): Promise<PageLine | RefusedFields> {
  return actOn(parts, space, page, async (db, found) => {
    if (!actsOn(space, found).arrange) return notAllowed;
    await db.query(
      archived
        ? "update pages set archived_from = state, state = 'archived' where id = $1 and state <> 'archived'"
        : `update pages set state = coalesce(archived_from, 'shown'), archived_from = null
           where id = $1 and state = 'archived'`,
      [page],
    );
    return undefined;
  });
}

/** With all that is below it, until it is brought back. */
export async function removePage(
  { pool, now, tell }: PageParts,
  space: Space,
  page: Id,
): Promise<RefusedFields | undefined> {
  const found = await pageFor(pool, space, page);
  if (isRefused(found)) return found;
  if (!actsOn(space, found).remove) return notAllowed;
  await pool.query(
    `update pages set removed_at = to_timestamp($2::float8 / 1000), removed_by = $3
     where id = $1 and removed_at is null`,
    [page, now(), space.me.author],
  );
  tell(space.project.id, { type: "page", page });
  return undefined;
}

export function bringBackPage(parts: PageParts, space: Space, page: Id): Promise<PageLine | RefusedFields> {
  const act: Act = async (db, found) => {
    if (!mayBringBack(space, found)) return notAllowed;
    await db.query("update pages set removed_at = null, removed_by = null where id = $1", [page]);
    return undefined;
  };
  return actOn(parts, space, page, act, { removed: true });
}

/** Whether its words are left out for who asks. */
export const coveredFor = ({ me }: Space, { row }: PageInSight): boolean => isCovered(me, row);
