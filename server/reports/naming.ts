/** Pupils' names have no place in a report card. Looked for before anybody outside reads it; never said which was found. */
import { namesSomebody, type SoughtName } from "../../domain/reports/naming.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Queryable } from "../../storage/pool.ts";
import type { Secrets } from "../../storage/secrets.ts";
import type { ProjectRow } from "../projects/rows.ts";
import { openRosterName } from "../twinspace/pupils/rosterNames.ts";

/** Whether a text names a pupil. */
export type NamesPupil = (text: string) => boolean;

/**
 * By the aliases of all pupils of the project, and by the roster names of one school: the own one of who writes, who alone may
 * know them. They are opened in memory and leave it in no answer.
 */
export async function pupilNames(
  db: Queryable,
  secrets: Secrets,
  project: Pick<ProjectRow, "id" | "schools" | "members">,
  school: Id | null,
): Promise<NamesPupil> {
  const { rows } = await db.query<{ id: Id; alias: string; sealed: Buffer | null }>(
    `select id, alias, case when school_id = $2 then roster_name end as sealed from pupils
     where project_id = $1 and state <> 'purged'`,
    [project.id, school],
  );
  const sought = rows.flatMap(({ id, alias, sealed }): SoughtName[] => {
    const name = openRosterName(secrets, id, sealed);
    return [{ name: alias, byParts: false }, ...(name === null ? [] : [{ name, byParts: true }])];
  });
  const known = [
    ...project.members.map(({ name }) => name),
    ...project.schools.flatMap(({ shown }) => [shown.name, shown.town]),
  ];
  return (text) => namesSomebody(text, sought, known);
}
