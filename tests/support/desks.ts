/** Schools, people and projects as they wait on a desk, put into the database as they would be after registering. */
import type { Id } from "../../protocol/ids.ts";
import { newId } from "../../server/ids.ts";
import { appointToService } from "../../server/registry/standing.ts";
import type { Pool } from "../../storage/pool.ts";
import type { FrontDoor, Person } from "./frontDoor.ts";

/** Somebody of a country's support service; null: of the central one. */
export async function deskPerson(front: FrontDoor, name: string, ...countries: (string | null)[]): Promise<Person> {
  const person = await front.person("ambassador", name, null);
  await front.pool.query("delete from ambassadors where account_id = $1", [person.id]);
  for (const country of countries) await appointToService(front.pool, person.id, country, null);
  return person;
}

export interface WaitingSchool {
  name?: string;
  town?: string;
  country?: string;
  state?: string;
  by?: Id | null;
  principal?: string;
}

export async function schoolOnDesk(pool: Pool, given: WaitingSchool = {}): Promise<Id> {
  const { name = "Agrupamento do Vouga", town = "Aveiro", country = "PT", state = "submitted" } = given;
  const { by = null, principal = "" } = given;
  const id = newId();
  await pool.query(
    `insert into schools (id, name, town, country, state, submitted_by, principal_name, principal_email)
     values ($1, $2, $3, $4, $5, $6, 'Maria Lopes', $7)`,
    [id, name, town, country, state, by, principal],
  );
  return id;
}

export async function accountNamed(pool: Pool, name: string): Promise<Id> {
  const id = newId();
  await pool.query("insert into accounts (id, email, name) values ($1, $2, $3)", [
    id,
    `${id.toLowerCase()}@school.test`,
    name,
  ]);
  return id;
}

/** Answers the membership. */
export async function askingOnDesk(pool: Pool, account: Id, school: Id, state = "asked"): Promise<Id> {
  const id = newId();
  await pool.query("insert into memberships (id, account_id, school_id, state) values ($1, $2, $3, $4)", [
    ...[id, account, school, state],
  ]);
  return id;
}

export interface WaitingProject {
  title?: string;
  founders: readonly { readonly account: Id; readonly school: Id; readonly country: string }[];
}

/** Both founders have said yes. */
export async function projectOnDesk(pool: Pool, { title = "Two rivers", founders }: WaitingProject): Promise<Id> {
  const id = newId();
  const scope = new Set(founders.map(({ country }) => country)).size > 1 ? "european" : "national";
  await pool.query(
    `insert into projects (id, slug, title, summary, aims, scope, state, created_by, pupil_number, age_min, age_max)
     values ($1, lower($1), $2, 'Rivers, and who lives at them', 'To listen', $3, 'awaitingService', $4, 40, 10, 12)`,
    [id, title, scope, founders[0]?.account ?? null],
  );
  for (const { account, school, country } of founders) {
    await pool.query(
      `insert into project_schools (project_id, school_id, country, founder) values ($1, $2, $3, true)
       on conflict do nothing`,
      [id, school, country],
    );
    await pool.query(
      `insert into project_members (project_id, account_id, school_id, role, state, agreed)
       values ($1, $2, $3, 'founder', 'accepted', true)`,
      [id, account, school],
    );
  }
  return id;
}
