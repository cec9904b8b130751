/** How many schools, people and projects there were, month by month: counts and nothing else. */
import type { Figures } from "../../../protocol/http/desk.ts";
import type { Queryable } from "../../../storage/pool.ts";

const monthsShown = 12;

/**
 * The last twelve months, by UTC. Schools: validated ones by when they were registered. People: who works at a validated
 * school, by when they came to their first. Projects: by when they were approved. `countries` null: everywhere.
 */
export async function figures(db: Queryable, countries: readonly string[] | null): Promise<Figures> {
  const { rows } = await db.query<Figures["months"][number]>(
    `with month as (
       select generate_series(date_trunc('month', now() at time zone 'utc') - ($2 - 1) * interval '1 month',
                              date_trunc('month', now() at time zone 'utc'), interval '1 month') as month
     ), came as (
       select 'schools' as what, created_at at time zone 'utc' as at from schools
       where state = 'validated' and ($1::text[] is null or country = any($1))
       union all
       select 'people', min(m.created_at) at time zone 'utc' from memberships m join schools s on s.id = m.school_id
       where m.state = 'active' and s.state = 'validated' and ($1::text[] is null or s.country = any($1))
       group by m.account_id
       union all
       select 'projects', p.activated_at at time zone 'utc' from projects p
       where p.activated_at is not null and ($1::text[] is null or exists (
         select from project_schools ps where ps.project_id = p.id and ps.country = any($1)))
     ), counted as (
       select what, greatest(date_trunc('month', at), (select min(month) from month) - interval '1 month') as month,
         count(*) as n
       from came group by 1, 2
     )
     select to_char(month, 'YYYY-MM') as month, ${["schools", "people", "projects"]
       .map(
         (what) => `
       coalesce((select n from counted c where c.what = '${what}' and c.month = month.month), 0) as "${what}",
       coalesce((select sum(n)::int8 from counted c where c.what = '${what}' and c.month <= month.month), 0) as "${what}Total"`,
       )
       .join(",")}
     from month order by month.month`,
    [countries, monthsShown],
  );
  return { months: rows };
}
