/** Whose pupils somebody may see and change: those of the school they are in the project for, and no other's. */
import { type Action, may } from "../../../domain/permissions.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { Refused } from "../../../protocol/refusals.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { actorOfWho, type Identified, isRefused } from "../../http/route.ts";
import { findProject, type ProjectRow } from "../../projects/rows.ts";
import { spaceFor } from "../insider.ts";

export interface OwnSchool {
  readonly project: ProjectRow;
  /** One for a teacher; a lead may be it at several. */
  readonly schools: readonly Id[];
  /** The account that looks or acts. */
  readonly by: Id;
  /** False for a lead who only looks, and in a closed project. */
  readonly mayChange: boolean;
}

/** For a teacher of the project. `writes` as in `spaceFor`. */
export async function ownSchoolFor(
  db: Queryable,
  action: Action,
  who: Identified,
  key: string,
  now: number,
  options: { writes?: boolean; lock?: boolean } = {},
): Promise<(OwnSchool & { school: Id }) | Refused> {
  const space = await spaceFor(db, action, who, key, now, options);
  if (isRefused(space)) return space;
  const { project, me } = space;
  // The table lets teachers alone, and no teacher is without a school.
  if (me.kind !== "account" || me.school === null) return { refused: "account.notAllowed" };
  const mayChange = project.state === "active";
  return { project, school: me.school, schools: [me.school], by: me.id, mayChange };
}

/** To look: for a teacher of the project, or for the safeguarding lead of one of its schools, who need not be in it. */
export async function lookingAtOwnSchool(
  db: Queryable,
  action: Action,
  who: Identified,
  key: string,
  now: number,
): Promise<OwnSchool | Refused> {
  const own = await ownSchoolFor(db, action, who, key, now);
  if (!isRefused(own)) return own;
  return (await asLead(db, action, who, key, now)) ?? own;
}

async function asLead(
  db: Queryable,
  action: Action,
  who: Identified,
  key: string,
  now: number,
): Promise<OwnSchool | undefined> {
  const project = await findProject(db, key, now);
  if (!project || project.activatedAt === null || !who.caller) return undefined;
  const actor = actorOfWho(who);
  const schools = project.schools
    .map(({ school }) => school)
    .filter((school) => actor.schools.some(({ id, lead }) => lead && id === school))
    .filter((school) => may(action, actor, { schools: [school] }));
  return schools.length === 0 ? undefined : { project, schools, by: who.caller.id, mayChange: false };
}
