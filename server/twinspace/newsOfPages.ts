/** The pages that news tell of, as far as their reader may see them. */
import type { Id } from "../../protocol/ids.ts";
import type { Queryable } from "../../storage/pool.ts";
import type { Space } from "./insider.ts";

export async function titlesOfPages(
  _db: Queryable,
  _space: Space,
  _things: readonly Id[],
): Promise<ReadonlyMap<Id, { title: string; path: string }>> {
  return new Map();
}
