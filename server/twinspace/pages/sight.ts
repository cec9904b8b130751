/** A page as whoever asks may see it: the row, those above it, and the rules of domain/twinspace/page.ts about them. */
import {
  arrangesPage,
  isCovered,
  makesPages,
  type PageFacts,
  readsHistory,
  removesPage,
  seesPage,
  settlesPage,
  writesPage,
} from "../../../domain/twinspace/page.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { Refused } from "../../../protocol/refusals.ts";
import type { Hidden } from "../../../protocol/twinspace/hidden.ts";
import type { NewsReader } from "../../../protocol/twinspace/news.ts";
import {
  deepestPage,
  type PageActs,
  type PageEdit,
  type PageLine,
  type PageState,
  type PageView,
} from "../../../protocol/twinspace/pages.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { type Insider, isTeacher, type Space } from "../insider.ts";

export interface PageRow extends PageFacts {
  readonly id: Id;
  readonly project: Id;
  readonly parent: Id | null;
  readonly position: number;
  readonly title: string;
  readonly view: PageView;
  readonly edit: PageEdit;
  readonly state: PageState;
  readonly madeAt: number;
  readonly changedAt: number;
  readonly changedBy: string | null;
  readonly removedAt: number | null;
  readonly removedBy: string | null;
  readonly hiddenReason: string | null;
}

/** Of a page `p`. */
export const pageColumns = `p.id, p.project_id as project, p.parent_id as parent, p.position, p.title, p.view, p.edit, p.state,
  p.author, p.made_at as "madeAt", p.changed_at as "changedAt", p.changed_by as "changedBy",
  p.removed_at as "removedAt", p.removed_by as "removedBy", p.removed_at is not null as removed,
  p.hidden_at is not null as hidden, p.hidden_reason as "hiddenReason"`;

export interface PageInSight {
  readonly row: PageRow;
  /** Those above it, the nearest first. */
  readonly above: readonly PageRow[];
}

/**
 * A page of this project that who asks may see; of others nothing is told, not even that they exist.
 *
 * @param removed look among those that were removed instead
 */
export async function pageFor(
  db: Queryable,
  { project, me }: Space,
  page: Id,
  { removed = false }: { removed?: boolean } = {},
): Promise<PageInSight | Refused> {
  const { rows } = await db.query<PageRow>(
    `with recursive line as (
       select p.*, 0 as height from pages p where p.id = $2 and p.project_id = $1
       union all
       select p.*, l.height + 1 from line l join pages p on p.id = l.parent_id
     )
     select ${pageColumns} from line p order by p.height`,
    [project.id, page],
  );
  const [row, ...above] = rows;
  if (!row || row.removed !== removed || !seesPage(me, { ...row, removed: false }, above)) {
    return { refused: "request.notFound" };
  }
  return { row, above };
}

/** What they may do with it now. In a closed project everything is read only. */
export function actsOn({ project, me }: Space, { row, above }: PageInSight): PageActs {
  const open = project.state === "active";
  const may = (rule: (reader: Insider, page: PageFacts, above: readonly PageFacts[]) => boolean) =>
    open && rule(me, row, above);
  const write = may(writesPage);
  return {
    write,
    settings: row.state !== "archived" && may(settlesPage),
    arrange: may(arrangesPage),
    remove: may(removesPage),
    hide: open && isTeacher(me),
    addSubPage: write && makesPages(me.role) && above.length + 1 < deepestPage,
    history: readsHistory(me, row, above),
  };
}

export const hiddenFor = (me: Insider, row: PageRow): Hidden | null =>
  row.hidden ? { reason: isTeacher(me) ? row.hiddenReason : null } : null;

/** What others are shown of its words. */
export const titleFor = (me: Insider, row: PageRow): string => (isCovered(me, row) ? "" : row.title);

export function lineOf(me: Insider, row: PageRow, subPages: number): PageLine {
  const { id, parent, view, edit, state, changedAt } = row;
  return {
    ...{ id, parent, view, edit, state, changedAt, subPages },
    title: titleFor(me, row),
    hidden: hiddenFor(me, row),
  };
}

const circles: readonly PageView[] = ["teachers", "members", "visitors"];

/** Who may hear of it: the narrowest circle of it and those above; nobody of what is still a draft. */
export function newsReaderOf({ row, above }: PageInSight): NewsReader | null {
  const line = [row, ...above];
  if (line.some(({ state, removed }) => state !== "shown" || removed)) return null;
  return circles[Math.min(...line.map(({ view }) => circles.indexOf(view)))] ?? null;
}
