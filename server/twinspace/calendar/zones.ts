/** The schools of a TwinSpace and the clocks they live on. */
import { mayHaveHoliday } from "../../../domain/twinspace/calendar.ts";
import { zoneOfSchool } from "../../../domain/twinspace/calendarZones.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { CalendarSchool } from "../../../protocol/twinspace/calendar.ts";
import type { Queryable } from "../../../storage/pool.ts";
import type { Space } from "../insider.ts";

/** In the project's own order: founders first. */
export async function schoolsOf(db: Queryable, { project, me }: Space): Promise<CalendarSchool[]> {
  const ids = project.schools.map(({ school }) => school);
  const { rows } = await db.query<{ school: Id; said: string | null; founder: string | null }>(
    `select s.school, z.time_zone as said,
       (select a.time_zone from project_members m join accounts a on a.id = m.account_id
        where m.project_id = $1 and m.school_id = s.school and m.state = 'accepted'
        order by m.role = 'founder' desc, m.at, a.id limit 1) as founder
     from unnest($2::text[]) as s (school) left join school_zones z on z.school_id = s.school`,
    [project.id, ids],
  );
  return project.schools.map(({ shown: { id, name, town, country } }) => {
    const row = rows.find(({ school }) => school === id);
    return {
      ...{ id, name, town, country },
      zone: zoneOfSchool(country, row?.said ?? null, row?.founder ?? null),
      said: row?.said != null,
      mine: mayHaveHoliday(me, id),
    };
  });
}

export async function sayZone(db: Queryable, school: Id, zone: string | null, account: Id, now: number): Promise<void> {
  if (zone === null) {
    await db.query("delete from school_zones where school_id = $1", [school]);
    return;
  }
  await db.query(
    `insert into school_zones (school_id, time_zone, set_by, set_at) values ($1, $2, $3, to_timestamp($4::float8 / 1000))
     on conflict (school_id) do update set time_zone = excluded.time_zone, set_by = excluded.set_by, set_at = excluded.set_at`,
    [school, zone, account, now],
  );
}
