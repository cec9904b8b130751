/** Who somebody is in a project, and so what they may do with it and read of it. */
import { type About, type Action, type Actor, may, type SpaceRole } from "../../domain/permissions.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Refused } from "../../protocol/refusals.ts";
import type { Queryable } from "../../storage/pool.ts";
import { findProject, type MemberRow, type ProjectRow } from "./rows.ts";

export const memberOf = (row: ProjectRow, account: Id | null): MemberRow | undefined =>
  row.members.find((member) => member.account === account);

/**
 * Their role where it counts. Teachers have joined, still work at that school, and its country has let it in; experts and
 * observers have joined; pupils and visitors have their place.
 */
export function roleIn(row: ProjectRow, actor: Actor): SpaceRole | null {
  if (actor.place !== null) return actor.place.project === row.id ? actor.place.role : null;
  const member = memberOf(row, actor.account);
  if (member?.state !== "accepted") return null;
  if (member.role === "expert" || member.role === "observer") return member.role;
  if (!actor.schools.some(({ id }) => id === member.school)) return null;
  if (member.role === "founder") return member.role;
  return row.schools.some(({ school, service }) => school === member.school && service === "approved")
    ? member.role
    : null;
}

/**
 * The same of many at once, in a query over `project_members m` with `accounts a` and `standings t`: whether who has joined has
 * their role by now.
 */
export const roleCounts = `(a.ended_at is null and (m.role in ('expert', 'observer')
  or exists (select from jsonb_array_elements(t.schools) s where s ->> 'id' = m.school_id)
    and (m.role = 'founder' or exists (select from project_schools ps where ps.project_id = m.project_id
      and ps.school_id = m.school_id and ps.service_state = 'approved'))))`;

/** `account` is there when the actor has a place in it, or is asked to take one. */
export function aboutProject(row: ProjectRow, actor: Actor): About {
  const member = memberOf(row, actor.account);
  const isIn = member?.state === "accepted" || member?.state === "invited";
  return {
    role: roleIn(row, actor),
    account: isIn ? actor.account : null,
    schools: row.schools.map(({ school }) => school),
    // A draft is nobody's business but its founders'.
    countries: row.activatedAt === null && isUnsent(row) ? [] : row.schools.map(({ country }) => country),
  };
}

const isUnsent = ({ state }: ProjectRow): boolean => state === "draft" || state === "awaitingPartner";

/** The project, if this actor may do this to it. Of others' projects nothing is told, not even that they exist. */
export async function projectFor(
  db: Queryable,
  action: Action,
  actor: Actor,
  key: string,
  now: number,
  options: { lock?: boolean } = {},
): Promise<ProjectRow | Refused> {
  const row = await findProject(db, key, now, options);
  if (!row || !mayRead(row, actor)) return { refused: "request.notFound" };
  return may(action, actor, aboutProject(row, actor)) ? row : { refused: "account.notAllowed" };
}

/** The central service sees every project once it was sent on by its founders; nobody sees others' drafts. */
function mayRead(row: ProjectRow, actor: Actor): boolean {
  const about = aboutProject(row, actor);
  if (about.account !== null || about.role !== null) return may("project.read", actor, about);
  return !(row.activatedAt === null && isUnsent(row)) && may("project.read", actor, about);
}
