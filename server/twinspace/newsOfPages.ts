/** The pages that news tell of, as far as their reader may see them and every page above them. */
import type { Id } from "../../protocol/ids.ts";
import type { Queryable } from "../../storage/pool.ts";
import type { Space } from "./insider.ts";

export async function titlesOfPages(
  db: Queryable,
  { project, me }: Space,
  things: readonly Id[],
): Promise<ReadonlyMap<Id, { title: string; path: string }>> {
  const { rows } = await db.query<{ id: Id; title: string }>(
    `select p.id, p.title from pages p
     where p.project_id = $1 and p.id = any($2) and p.hidden_at is null and page_seen_through(p, $3, $4)`,
    [project.id, things, me.author, me.role],
  );
  const at = `/twinspace/${encodeURIComponent(project.slug)}/pages`;
  return new Map(rows.map(({ id, title }) => [id, { title, path: `${at}/${encodeURIComponent(id)}` }]));
}
