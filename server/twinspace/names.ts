/** Who wrote something in a TwinSpace, as it is shown now. */
import type { Id } from "../../protocol/ids.ts";
import type { Person } from "../../protocol/twinspace/space.ts";
import type { Queryable } from "../../storage/pool.ts";

/**
 * By author (`account:<id>`, as server/twinspace/insider.ts names them). Somebody who is not there any more has an empty
 * name; a purged pupil too, whose page then says "pupil of" their school. Never a roster name.
 */
export async function peopleOf(
  db: Queryable,
  project: Id,
  authors: readonly string[],
): Promise<ReadonlyMap<string, Person>> {
  const wanted = [...new Set(authors)];
  if (wanted.length === 0) return new Map();
  const { rows } = await db.query<Person>(
    `with wanted as (
       select author, split_part(author, ':', 1) as kind, split_part(author, ':', 2) as id from unnest($2::text[]) as w (author)
     )
     select w.author, case w.kind when 'account' then 'adult' else w.kind end as kind,
       coalesce(case when a.erased_at is null then a.name end, case when u.state <> 'purged' then u.alias end, v.name, '') as name,
       case when u.state <> 'purged' then u.picture end as picture,
       case when s.id is not null then jsonb_build_object('id', s.id, 'name', s.name, 'country', s.country) end as school
     from wanted w
       left join accounts a on w.kind = 'account' and a.id = w.id
       left join pupils u on w.kind = 'pupil' and u.id = w.id
       left join visitors v on w.kind = 'visitor' and v.id = w.id
       left join project_members m on m.project_id = $1 and m.account_id = a.id
       left join schools s on s.id = coalesce(u.school_id, m.school_id)`,
    [project, wanted],
  );
  return new Map(rows.map((person) => [person.author, person]));
}
