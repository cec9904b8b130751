/** Which pages show which materials: what a visitor may see of them follows from that, and what a teacher is told. */
import type { Id } from "../../../protocol/ids.ts";
import type { Queryable } from "../../../storage/pool.ts";
import type { Insider } from "../insider.ts";

/** The pages that show this material and that they may see. */
export async function pagesShowing(
  _db: Queryable,
  _project: Id,
  _me: Insider,
  _material: Id,
): Promise<{ id: Id; title: string }[]> {
  return [];
}

/** Of these materials, the ones that a visitor finds on a page. */
export async function materialsOnPages(
  _db: Queryable,
  _project: Id,
  _me: Insider,
  _materials: readonly Id[],
): Promise<ReadonlySet<Id>> {
  return new Set();
}
