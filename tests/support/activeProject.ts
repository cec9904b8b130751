/** A project that two schools have begun together and both services have approved, over http. */
import { aveiro, type FrontDoor, oulu, type Person } from "./frontDoor.ts";
import { agrees, decides, wholeDraft } from "./projects.ts";

export interface ActiveProject {
  readonly id: string;
  /** Of Aveiro and of Oulu. */
  readonly ana: Person;
  readonly mikko: Person;
  readonly css: Person;
}

export async function openActiveProject(front: FrontDoor): Promise<ActiveProject> {
  const ana = await front.person("teacher", "Ana Silva", aveiro);
  const mikko = await front.person("teacher", "Mikko Laine", oulu);
  const css = await front.person("support", "Central", null);
  const id = await wholeDraft(front, ana, mikko);
  await agrees(ana, id);
  await agrees(mikko, id);
  await decides(front, css, id, "PT");
  await decides(front, css, id, "FI");
  return { id, ana, mikko, css };
}

/** Somebody else of a school, in the project by their role. */
export async function joins(front: FrontDoor, project: string, person: Person, role: string): Promise<Person> {
  await front.pool.query(
    `insert into project_members (project_id, account_id, school_id, role, state)
     select $1, $2, (select school_id from memberships where account_id = $2 and state = 'active' limit 1), $3, 'accepted'`,
    [project, person.id, role],
  );
  return person;
}
