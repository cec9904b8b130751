/** The tree of a project's pages, and where a page can be moved to in it. */
import { deepestPage } from "../../protocol/twinspace/pageLimits.ts";
import type { PageLine, PlacePage } from "../../protocol/twinspace/pages.ts";
import type { SpaceRoleName } from "../../protocol/twinspace/space.ts";
import { sectionPath } from "./space-sections.ts";

export const pagePath = (slug: string, page: string): string =>
  `${sectionPath(slug, "pages")}/${encodeURIComponent(page)}`;

/** Those right below a page (null: at the top), in their order. */
export const below = (pages: readonly PageLine[], parent: string | null): PageLine[] =>
  pages.filter((page) => page.parent === parent);

/** Every page with how deep it stands, as the tree is read from top to bottom. */
export function inOrder(pages: readonly PageLine[]): { page: PageLine; depth: number }[] {
  const byParent = Map.groupBy(pages, ({ parent }) => parent);
  const known = new Set(pages.map(({ id }) => id));
  const under = (parent: string | null, depth: number): { page: PageLine; depth: number }[] =>
    (byParent.get(parent) ?? []).flatMap((page) => [{ page, depth }, ...under(page.id, depth + 1)]);
  // What stands under a page that is not here stands at the top.
  const lost = pages.filter(({ parent }) => parent !== null && !known.has(parent));
  return [...under(null, 0), ...lost.map((page) => ({ page, depth: 0 }))];
}

/** One place up or down among its own, or null when it is the first or last there. */
export function placeBeside(pages: readonly PageLine[], page: PageLine, way: "up" | "down"): PlacePage | null {
  const siblings = below(pages, page.parent);
  const at = siblings.findIndex(({ id }) => id === page.id);
  const other = siblings[way === "up" ? at - 1 : at + 1];
  if (at === -1 || other === undefined) return null;
  return { parent: page.parent, before: way === "up" ? other.id : (siblings[at + 2]?.id ?? null) };
}

/** Under which pages it can stand: not under itself, what is below it, or so deep that something would not fit. */
export function placesFor(pages: readonly PageLine[], page: PageLine | null): { page: PageLine; depth: number }[] {
  const all = inOrder(pages);
  const own = page === null ? [] : [page.id, ...descendants(pages, page.id)];
  const depthOf = new Map(all.map(({ page: { id }, depth }) => [id, depth]));
  const top = page === null ? 0 : (depthOf.get(page.id) ?? 0);
  const height = 1 + Math.max(0, ...own.map((id) => (depthOf.get(id) ?? top) - top));
  return all.filter(
    ({ page: { id, hidden }, depth }) => !own.includes(id) && hidden === null && depth + 1 + height <= deepestPage,
  );
}

function descendants(pages: readonly PageLine[], parent: string): string[] {
  return below(pages, parent).flatMap(({ id }) => [id, ...descendants(pages, id)]);
}

/** Who may move and archive pages; the server refuses by itself. */
export const arranges = (role: SpaceRoleName): boolean => ["founder", "teacherAdmin", "expert"].includes(role);
