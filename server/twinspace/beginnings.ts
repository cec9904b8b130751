/** What of the first steps in a TwinSpace is done; for its teachers, on the first day. */
import type { Beginnings } from "../../protocol/twinspace/news.ts";
import type { Queryable } from "../../storage/pool.ts";
import type { Space } from "./insider.ts";

export async function beginningsOf(db: Queryable, { project, me }: Space): Promise<Beginnings> {
  const { rows } = await db.query<Beginnings>(
    `select exists (select from pages where project_id = $1 and removed_at is null) as page,
       exists (select from pupils where project_id = $1 and school_id = $2) as pupils,
       exists (select from meetings where project_id = $1) as meeting,
       exists (select from calendar_items where project_id = $1 and removed_at is null) as calendar,
       exists (select from updates where project_id = $1 and removed_at is null) as update,
       exists (select from report_entries where project_id = $1 and author is not null and removed_at is null) as entry`,
    [project.id, me.school],
  );
  const [found] = rows;
  if (!found) throw new Error("A question without a row has no answer");
  return found;
}
