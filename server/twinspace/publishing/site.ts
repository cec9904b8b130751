/** A project's public site as it may be shown now: looked up anew each time, so that what may not be shown any more is gone. */
import type { TextNode } from "../../../domain/text/schema.ts";
import { isShowable, withoutOthers } from "../../../domain/twinspace/publishing.ts";
import type { PublicProject } from "../../../protocol/http/publicProjects.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { PublicTheme } from "../../../protocol/twinspace/publishing.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { findPublicProject } from "../../projects/publicProjects.ts";
import { isServed, missingOn, type PublishedRow, publishedColumns, type ThingRow } from "./rows.ts";

export interface ServedPage {
  readonly id: Id;
  readonly slug: string;
  readonly title: string;
  readonly publishedAt: number;
  /** Of the pages that were asked for. */
  readonly doc: TextNode | null;
  readonly things: readonly ThingRow[];
  /** The nearest public page above it. */
  readonly parent: Id | null;
}

export interface Site {
  readonly project: PublicProject;
  readonly id: Id;
  readonly theme: PublicTheme;
  readonly tagline: string;
  readonly listed: boolean;
  /** In the order of the tree, each parent before its own. */
  readonly pages: readonly ServedPage[];
}

export interface SiteLooks {
  readonly theme: PublicTheme;
  readonly tagline: string;
  readonly listed: boolean;
}
export const usualLooks: SiteLooks = { theme: "river", tagline: "", listed: false };

export async function looksOf(db: Queryable, project: Id): Promise<SiteLooks> {
  const { rows } = await db.query<SiteLooks>("select theme, tagline, listed from public_sites where project_id = $1", [
    project,
  ]);
  return rows[0] ?? usualLooks;
}

/**
 * Undefined where there is nothing to be shown: no such project, none that was approved, a suspended one, or no public page.
 *
 * @param docs whose text is wanted: one page's by its slug, that of all, or of none
 * @param now milliseconds since 1970
 */
export async function findSite(
  db: Queryable,
  slug: string,
  now: number,
  docs: { page: string } | "all" | "none" = "none",
): Promise<Site | undefined> {
  if (!isSlug(slug) || (typeof docs === "object" && !isSlug(docs.page))) return undefined;
  const project = await findPublicProject(db, slug);
  if (!project) return undefined;
  const rows = await publicRows(db, slug, docs);
  const [first] = rows;
  if (!first) return undefined;
  const missing = await missingOn(
    db,
    rows.flatMap(({ things }) => things),
    now,
  );
  const served = rows.filter((row) => isServed(row, missing));
  if (served.length === 0) return undefined;
  const { theme, tagline, listed } = first;
  return { project, id: first.project, theme, tagline, listed, pages: pagesOf(served) };
}

/** Nothing else is ever part of an address of ours; the database takes no text with a zero in it. */
const isSlug = (text: string): boolean => /^[\p{L}\p{M}\p{N}_-]{1,200}$/u.test(text);

async function publicRows(
  db: Queryable,
  slug: string,
  docs: { page: string } | "all" | "none",
): Promise<(PublishedRow & SiteLooks)[]> {
  const doc = docs === "none" ? "null::jsonb" : docs === "all" ? "x.doc" : "case when x.slug = $2 then x.doc end";
  const { rows } = await db.query<PublishedRow & SiteLooks>(
    `select ${publishedColumns(doc)}, coalesce(s.theme, '${usualLooks.theme}') as theme,
       coalesce(s.tagline, '') as tagline, coalesce(s.listed, false) as listed
     from projects p join published_pages x on x.project_id = p.id left join public_sites s on s.project_id = p.id
     where p.slug = $1 and x.state = 'public' and x.vetoed_at is null`,
    typeof docs === "object" ? [slug, docs.page] : [slug],
  );
  return rows;
}

function pagesOf(rows: readonly PublishedRow[]): ServedPage[] {
  const served = new Set(rows.map(({ page }) => page));
  return [...rows].sort(byPlace).map((row) => {
    const things = row.things.filter(isShowable);
    return {
      ...{ id: row.page, slug: row.slug, title: row.title ?? "", publishedAt: row.publishedAt ?? row.at, things },
      doc: row.doc && withoutOthers(row.doc, new Set(things.map(({ id }) => id))),
      parent: row.line.slice(1).find(({ id }) => served.has(id))?.id ?? null,
    };
  });
}

/** As they stand in the tree: from the top down, each before what is below it. */
function byPlace(a: PublishedRow, b: PublishedRow): number {
  const [one, other] = [[...a.line].reverse(), [...b.line].reverse()];
  for (let depth = 0; depth < Math.max(one.length, other.length); depth += 1) {
    const [mine, theirs] = [one[depth], other[depth]];
    if (!mine) return -1;
    if (!theirs) return 1;
    if (mine.id !== theirs.id) return mine.position - theirs.position || (mine.id < theirs.id ? -1 : 1);
  }
  return 0;
}
