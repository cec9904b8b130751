/** The TwinSpace and the report card of a project. */
import type { Id } from "../../protocol/ids.ts";
import type { Queryable } from "../../storage/pool.ts";

/** Opens both with the approval; a second call finds them open. `now` in milliseconds since 1970. */
export async function openSpaces(db: Queryable, project: Id, now: number): Promise<void> {
  for (const table of ["twin_spaces", "report_cards"] as const) {
    await db.query(
      `insert into ${table} (project_id, opened_at) values ($1, to_timestamp($2::float8 / 1000)) on conflict do nothing`,
      [project, now],
    );
  }
}

/** Since when they are open, in milliseconds since 1970; null before the approval. */
export async function spacesOf(
  db: Queryable,
  project: Id,
): Promise<{ twinSpaceSince: number | null; reportCardSince: number | null }> {
  const { rows } = await db.query<{ twinSpaceSince: number | null; reportCardSince: number | null }>(
    `select (select opened_at from twin_spaces where project_id = $1) as "twinSpaceSince",
            (select opened_at from report_cards where project_id = $1) as "reportCardSince"`,
    [project],
  );
  return rows[0] ?? { twinSpaceSince: null, reportCardSince: null };
}
