/** Who somebody is in a TwinSpace, and so what they may do there. Every route of a TwinSpace begins here. */
import { type About, type Action, may, type SpaceRole } from "../../domain/permissions.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Refused } from "../../protocol/refusals.ts";
import type { Queryable } from "../../storage/pool.ts";
import { actorOfWho, type Identified } from "../http/route.ts";
import { findProject, type ProjectRow } from "../projects/rows.ts";
import { memberOf, roleIn } from "../projects/sight.ts";

/**
 * Somebody in a TwinSpace. `author` is what is kept beside what they make: `account:<id>`, `pupil:<id>` or `visitor:<id>`;
 * names are looked up when they are shown (names.ts), so that a name that was changed or erased is so everywhere.
 */
export interface Insider {
  readonly author: string;
  readonly kind: "account" | "pupil" | "visitor";
  /** Of the account, pupil or visitor. */
  readonly id: Id;
  readonly role: SpaceRole;
  /** For which school they are here; null for visitors, and for experts and observers of none. */
  readonly school: Id | null;
  readonly name: string;
}

export interface Space {
  readonly project: ProjectRow;
  readonly me: Insider;
}

/**
 * The TwinSpace of a project (by its id or slug), if they have a role there and the table lets that role. Of a TwinSpace
 * that somebody has no role in nothing is told, not even that it exists. A closed one is there to be read; `writes` says
 * that this is more than reading.
 *
 * @param now milliseconds since 1970
 */
export async function spaceFor(
  db: Queryable,
  action: Action,
  who: Identified,
  key: string,
  now: number,
  { writes = false, lock = false }: { writes?: boolean; lock?: boolean } = {},
): Promise<Space | Refused> {
  const project = await findProject(db, key, now, { lock });
  const me = project && insiderOf(project, who);
  if (!project || !me || project.activatedAt === null) return { refused: "request.notFound" };
  if (project.state === "suspended") return { refused: "space.suspended" };
  if (!may(action, actorOfWho(who), aboutMe(me))) return { refused: "account.notAllowed" };
  if (writes && project.state !== "active") return { refused: "space.readOnly" };
  return { project, me };
}

/** For `may`, of a thing that is this insider's own, or belongs to nobody in particular. */
export const aboutMe = (me: Insider): About => ({
  role: me.role,
  account: me.kind === "account" ? me.id : null,
  ...(me.school === null ? {} : { schools: [me.school] }),
});

function insiderOf(project: ProjectRow, who: Identified): Insider | undefined {
  const role = roleIn(project, actorOfWho(who));
  if (role === null) return undefined;
  const { caller, place } = who;
  if (caller) {
    const school = memberOf(project, caller.id)?.school ?? null;
    return { author: `account:${caller.id}`, kind: "account", id: caller.id, role, school, name: caller.name };
  }
  if (!place) return undefined;
  const { kind, id, name } = place;
  return { author: `${kind}:${id}`, kind, id, role, school: place.actor.place.school, name };
}

const teachers: readonly SpaceRole[] = ["founder", "teacherAdmin", "teacher"];
export const isTeacher = ({ role }: Pick<Insider, "role">): boolean => teachers.includes(role);
export const isAdmin = ({ role }: Pick<Insider, "role">): boolean => role === "founder" || role === "teacherAdmin";
export const isPupil = ({ role }: Pick<Insider, "role">): boolean => role === "pupil" || role === "pupilAdmin";
