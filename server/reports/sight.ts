/**
 * Who reads a report card for a support service: the national ones where a school of theirs takes part, the central one
 * everywhere. Its own teachers come by their role in the TwinSpace (server/twinspace/insider.ts).
 */
import { type Action, type Actor, may } from "../../domain/permissions.ts";
import type { Refused } from "../../protocol/refusals.ts";
import type { Queryable } from "../../storage/pool.ts";
import { findProject, type ProjectRow } from "../projects/rows.ts";

/** Schools that take part: founders, and those whose country has let them in. */
export const takesPart = ({ founder, service }: ProjectRow["schools"][number]): boolean =>
  founder || service === "approved";

/** Of others' projects nothing is told, not even that they exist. @param now milliseconds since 1970 */
export async function reportFor(
  db: Queryable,
  action: Action,
  actor: Actor,
  key: string,
  now: number,
): Promise<ProjectRow | Refused> {
  const project = await findProject(db, key, now);
  const countries = project?.schools.filter(takesPart).map(({ country }) => country) ?? [];
  if (!project || project.activatedAt === null || !may(action, actor, { countries })) {
    return { refused: "request.notFound" };
  }
  return project;
}

/** Which countries of this project they speak for: those they serve that have a school in it; null: for the central one. */
export function speaksFor(project: ProjectRow, actor: Actor): (string | null)[] {
  const countries = new Set(project.schools.filter(takesPart).map(({ country }) => country));
  return actor.serves.filter((country) => country === null || countries.has(country));
}
