/** A thing on a desk while it is decided: locked, with what the rules must know of it. */
import type { DeskRef } from "../../../protocol/http/desk.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { MembershipState, SchoolState } from "../../../protocol/registry.ts";
import type { Queryable } from "../../../storage/pool.ts";

interface Reader {
  readonly account: Id;
  readonly name: string;
  readonly email: string;
  readonly language: string;
}

export interface LockedSchool {
  readonly id: Id;
  readonly name: string;
  readonly state: SchoolState;
  readonly reason: string;
}

/** Undefined where there is none of this country. */
export async function lockSchool(db: Queryable, { id, country }: DeskRef): Promise<LockedSchool | undefined> {
  const { rows } = await db.query<LockedSchool>(
    "select id, name, state, state_reason as reason from schools where id = $1 and country = $2 for update",
    [id, country],
  );
  return rows[0];
}

/** Who is told what became of it: everybody who works there, else whoever sent the form. */
export async function readersOfSchool(db: Queryable, school: Id): Promise<Reader[]> {
  const { rows } = await db.query<Reader>(
    `select a.id as account, a.name, a.email, a.language from accounts a
     where a.ended_at is null and (
       a.id = (select submitted_by from schools where id = $1)
       or exists (select from memberships m where m.account_id = a.id and m.school_id = $1 and m.state = 'active'))
     order by a.id`,
    [school],
  );
  return rows;
}

export interface LockedPlace extends Reader {
  readonly id: Id;
  readonly state: MembershipState;
  readonly reason: string;
  readonly schoolId: Id;
  readonly school: string;
}

/** Undefined where there is none at a school of this country. */
export async function lockPlace(db: Queryable, { id, country }: DeskRef): Promise<LockedPlace | undefined> {
  const { rows } = await db.query<LockedPlace>(
    `select m.id, m.state, m.reason, s.id as "schoolId", s.name as school,
       a.id as account, a.name, a.email, a.language
     from memberships m join schools s on s.id = m.school_id join accounts a on a.id = m.account_id
     where m.id = $1 and s.country = $2 for update of m`,
    [id, country],
  );
  return rows[0];
}

export interface LockedApproval {
  readonly id: Id;
  readonly title: string;
  readonly state: string;
  readonly version: number;
  /** What this country has said. */
  readonly service: string;
  /** Who approved for other countries. */
  readonly approvedBy: readonly Id[];
}

/** Undefined where no school of it is of this country. */
export async function lockApproval(db: Queryable, { id, country }: DeskRef): Promise<LockedApproval | undefined> {
  const { rows: projects } = await db.query<Pick<LockedApproval, "id" | "title" | "state" | "version">>(
    "select id, title, state, version from projects where id = $1 for update",
    [id],
  );
  const { rows } = await db.query<{ service: string; approvedBy: Id[] }>(
    `select (select service_state from project_schools where project_id = $1 and country = $2
              order by service_state = 'pending' desc, founder desc limit 1) as service,
       coalesce((select jsonb_agg(service_by) from project_schools
                 where project_id = $1 and country <> $2 and service_state = 'approved' and service_by is not null),
                '[]') as "approvedBy"`,
    [id, country],
  );
  const [project, said] = [projects[0], rows[0]];
  return project && said?.service ? { ...project, ...said } : undefined;
}
