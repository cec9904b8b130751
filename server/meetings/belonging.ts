/** Which school and which project a meeting is of: chosen by who books it, among their own. */
import type { ProjectState } from "../../domain/projects/project.ts";
import type { BookableProject, MeetingProject } from "../../protocol/http/meetings.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Queryable } from "../../storage/pool.ts";
import { type Caller, mainSchool, type RefusedFields } from "../http/route.ts";

export interface Belonging {
  school: Id | null;
  project: Id | null;
}

/**
 * What a meeting is booked for. Without a choice of theirs it is of the school by which they are in the project, or of the
 * first one. Refused: a school that is not theirs (with a sentence of its own while it is suspended), a project they are
 * not in or that is not active, one in which they are neither founder nor administrator (with a sentence of its own), a
 * school that is not theirs in that project.
 */
export async function belongingOf(
  db: Queryable,
  caller: Pick<Caller, "id" | "actor">,
  asked: { school?: Id | undefined; project?: Id | undefined },
): Promise<Belonging | RefusedFields> {
  if (asked.school !== undefined && !caller.actor.schools.some(({ id }) => id === asked.school)) {
    if (await isSuspended(db, caller.id, asked.school))
      return { refused: "booking.schoolSuspended", fields: ["school"] };
    return { refused: "request.malformed", fields: ["school"] };
  }
  if (asked.project === undefined) return { school: asked.school ?? mainSchool(caller), project: null };
  const project = (await projectsToBookFor(db, caller)).find(({ id }) => id === asked.project);
  if (!project) {
    const isIn = await isProjectTeacher(db, asked.project, caller, { states: ["active"] });
    return { refused: isIn ? "booking.notAdmin" : "request.malformed", fields: ["project"] };
  }
  if (asked.school !== undefined && asked.school !== project.school) {
    return { refused: "request.malformed", fields: ["school"] };
  }
  return { school: project.school, project: project.id };
}

async function isSuspended(db: Queryable, account: Id, school: Id): Promise<boolean> {
  const { rowCount } = await db.query(
    `select from memberships m join schools s on s.id = m.school_id
     where m.account_id = $1 and s.id = $2 and m.state = 'active' and s.state = 'suspended'`,
    [account, school],
  );
  return rowCount === 1;
}

/**
 * `m`: somebody's place in `p` that counts, as server/projects/sight.ts sees it: they have joined, and the country of an
 * added school has let it in.
 */
const counts = `m.state = 'accepted' and (m.role = 'founder' or exists (
  select from project_schools s where s.project_id = p.id and s.school_id = m.school_id and s.service_state = 'approved'))`;

/** The active projects that they found or administer, for a school where they still work. */
export async function projectsToBookFor(
  db: Queryable,
  { id, actor }: Pick<Caller, "id" | "actor">,
): Promise<BookableProject[]> {
  const { rows } = await db.query<BookableProject>(
    `select p.id, p.slug, p.title, m.school_id as school
     from project_members m join projects p on p.id = m.project_id
     where m.account_id = $1 and p.state = 'active' and m.school_id = any($2) and ${counts}
       and m.role in ('founder', 'teacherAdmin')
     order by p.activated_at desc nulls last, p.id limit 200`,
    [id, actor.schools.map((school) => school.id)],
  );
  return rows;
}

/** What is shown of the projects that meetings are of. */
export async function projectsNamed(db: Queryable, ids: readonly Id[]): Promise<MeetingProject[]> {
  if (ids.length === 0) return [];
  const { rows } = await db.query<MeetingProject>("select id, slug, title from projects where id = any($1)", [
    [...new Set(ids)],
  ]);
  return rows;
}

const wasActive: readonly ProjectState[] = ["active", "closed", "archived"];
const adminRoles: readonly string[] = ["founder", "teacherAdmin"];

/**
 * Whether somebody is one of its accepted teachers, for a school where they still work. Of a project that never was
 * active, or is suspended, nobody is.
 */
export async function isProjectTeacher(
  db: Queryable,
  project: Id,
  { id, actor }: Pick<Caller, "id" | "actor">,
  { states = wasActive, admins = false }: { states?: readonly ProjectState[]; admins?: boolean } = {},
): Promise<boolean> {
  const { rowCount } = await db.query(
    `select from project_members m join projects p on p.id = m.project_id
     where p.id = $1 and m.account_id = $2 and m.school_id = any($3) and ${counts}
       and m.role = any($5) and p.state = any($4)
     limit 1`,
    [project, id, actor.schools.map((school) => school.id), states, admins ? adminRoles : [...adminRoles, "teacher"]],
  );
  return rowCount === 1;
}
