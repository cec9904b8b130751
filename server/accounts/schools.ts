import type { NewSchool, School } from "../../protocol/http/accounts.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Queryable } from "../../storage/pool.ts";
import { newId } from "../ids.ts";

export async function findSchools(db: Queryable, ids: readonly Id[]): Promise<School[]> {
  const { rows } = await db.query<School>("select id, name, town, country from schools where id = any($1)", [ids]);
  return rows;
}

export async function findSchool(db: Queryable, id: Id): Promise<School | undefined> {
  const { rows } = await db.query<School>("select id, name, town, country from schools where id = $1", [id]);
  return rows[0];
}

/** The school of this name in this town, made when there is none: two invitations do not make it twice. */
export async function schoolOfName(db: Queryable, { name, town, country }: NewSchool): Promise<School> {
  // One at a time, so that two who add the same school at once get the same one.
  await db.query("select pg_advisory_xact_lock(hashtext('schools'))");
  const found = await db.query<School>(
    `select id, name, town, country from schools
     where lower(name) = lower($1) and lower(town) = lower($2) and country = $3`,
    [name, town, country],
  );
  if (found.rows[0]) return found.rows[0];
  const school = { id: newId(), name, town, country };
  await db.query("insert into schools (id, name, town, country) values ($1, $2, $3, $4)", [
    school.id,
    name,
    town,
    country,
  ]);
  return school;
}
