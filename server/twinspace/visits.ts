/** When somebody was in a TwinSpace last, so that its Home marks what is new to them. */
import type { Queryable } from "../../storage/pool.ts";
import type { Space } from "./insider.ts";

/** Coming back within this is the same visit: what was marked stays marked. */
const sameVisitMs = 30 * 60_000;

/** From when on things are new to them; null on their first visit. */
export async function newSince(db: Queryable, { project, me }: Space, now: number): Promise<number | null> {
  const { rows } = await db.query<{ since: number | null }>(
    `select case when at < to_timestamp($3::float8 / 1000) then at else before_at end as since
     from space_visits where project_id = $1 and author = $2`,
    [project.id, me.author, now - sameVisitMs],
  );
  return rows[0]?.since ?? null;
}

export async function keepVisit(db: Queryable, { project, me }: Space, now: number): Promise<void> {
  await db.query(
    `insert into space_visits as v (project_id, author, at) values ($1, $2, to_timestamp($3::float8 / 1000))
     on conflict (project_id, author) do update set at = excluded.at,
       before_at = case when v.at < to_timestamp($4::float8 / 1000) then v.at else v.before_at end`,
    [project.id, me.author, now, now - sameVisitMs],
  );
}
