/** An active project `rivers`, written by SQL, for tests of its TwinSpace. */
import type { FrontDoor, Person } from "./frontDoor.ts";
import { schoolOf } from "./projects.ts";

/** With these two as its founders. */
export async function activeProject(front: FrontDoor, one: Person, other: Person): Promise<void> {
  await front.pool.query(
    `insert into projects (id, slug, title, summary, state, scope, created_by, activated_at)
     values ('rivers', 'rivers', 'Two rivers', 'Rivers', 'active', 'european', $1, now())`,
    [one.id],
  );
  for (const person of [one, other]) await joins(front, person, "founder");
}

/** A teacher, of their first school. */
export async function joins(front: FrontDoor, person: Person, role: string): Promise<void> {
  const school = await schoolOf(person);
  await front.pool.query(
    `insert into project_schools (project_id, school_id, country, founder, service_state)
     select 'rivers', id, country, $2, 'approved' from schools where id = $1 on conflict do nothing`,
    [school, role === "founder"],
  );
  await front.pool.query(
    `insert into project_members (project_id, account_id, school_id, role, state, agreed)
     values ('rivers', $1, $2, $3, 'accepted', true)`,
    [person.id, school, role],
  );
}
