/** Which pages show which materials: what a visitor may see of them follows from that, and what a teacher is told. */
import type { Id } from "../../../protocol/ids.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { type Insider, isTeacher } from "../insider.ts";

const mostNamed = 50;

/** The pages that show this material and that they may see. */
export async function pagesShowing(
  db: Queryable,
  project: Id,
  me: Insider,
  material: Id,
): Promise<{ id: Id; title: string }[]> {
  const { rows } = await db.query<{ id: Id; title: string }>(
    `select p.id, p.title from pages p
     where p.project_id = $1 and p.materials @> array[$2] and (p.hidden_at is null or $3)
       and page_seen_through(p, $4, $5)
     order by lower(p.title), p.id limit ${mostNamed}`,
    [project, material, isTeacher(me), me.author, me.role],
  );
  return rows;
}

/**
 * All materials on pages that somebody may see; what was hidden with its page is not on one. For visitors, who see these and
 * nothing else.
 */
export async function materialsOnPages(db: Queryable, project: Id, me: Insider): Promise<Id[]> {
  const { rows } = await db.query<{ id: Id }>(
    `select distinct unnest(p.materials) as id from pages p
     where p.id = any (array(select pages_seen($1, $2, $3))) and p.materials <> '{}' and p.hidden_at is null`,
    [project, me.author, me.role],
  );
  return rows.map(({ id }) => id);
}
