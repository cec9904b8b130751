/** Projects as the database has them: read, locked, and written back after the rules have spoken. */

import type { ProjectRole } from "../../domain/permissions.ts";
import type {
  FounderSchool,
  Project,
  ProjectScope,
  ProjectState,
  ServiceState,
} from "../../domain/projects/project.ts";
import { scopeOf } from "../../domain/projects/project.ts";
import type { School } from "../../protocol/http/accounts.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Queryable } from "../../storage/pool.ts";

export type MemberState = "invited" | "accepted" | "declined" | "expired" | "left";

export interface SchoolRow extends FounderSchool {
  readonly founder: boolean;
  readonly shown: School;
  /** As the registry has it now: a suspended school founds nothing. */
  readonly isValidated: boolean;
  readonly note: string;
  readonly at: number | null;
  /** The code of its eTwinning Label, if it has one that holds. */
  readonly label: string | null;
}

export interface MemberRow {
  readonly account: Id;
  readonly name: string;
  readonly email: string;
  readonly language: string;
  /** Null for an expert or observer of no school. */
  readonly school: Id | null;
  readonly role: ProjectRole;
  readonly state: MemberState;
  readonly agreed: boolean;
  readonly at: number;
}

export interface ProjectRow {
  readonly id: Id;
  readonly slug: string;
  readonly title: string;
  readonly state: ProjectState;
  readonly scope: ProjectScope;
  readonly origin: "foundHere" | "existingPartnership";
  readonly version: number;
  readonly note: string;
  readonly noteBy: string | null;
  /** Who began it; null once their account is gone. */
  readonly createdBy: Id | null;
  readonly createdAt: number;
  readonly stateAt: number;
  readonly activatedAt: number | null;
  readonly closedAt: number | null;
  readonly schools: readonly SchoolRow[];
  readonly members: readonly MemberRow[];
}

/** An invitation that nobody answered ends after this. */
export const invitationLastsMs = 30 * 86_400_000;

const columns = `p.id, p.slug, p.title, p.state, p.scope, p.origin, p.version, p.note,
  (select name from accounts where id = p.note_by) as "noteBy", p.created_by as "createdBy", p.created_at as "createdAt", p.state_at as "stateAt",
  p.activated_at as "activatedAt", p.closed_at as "closedAt"`;

type Bare = Omit<ProjectRow, "schools" | "members">;
interface OfProject {
  readonly project: Id;
}

/** By its id or its slug. `lock`: nobody else does anything to it until the transaction ends. */
export async function findProject(
  db: Queryable,
  key: string,
  now: number,
  { lock = false }: { lock?: boolean } = {},
): Promise<ProjectRow | undefined> {
  const { rows } = await db.query<Bare>(
    `select ${columns} from projects p where p.id = $1 or p.slug = $1 ${lock ? "for update of p" : ""}`,
    [key],
  );
  // A slug is never another one's id: ids are longer than words, and both are unique among themselves.
  const project = rows.find(({ id }) => id === key) ?? rows[0];
  return project && (await whole(db, [project], now))[0];
}

/** Several at once, in the order of their ids as given; what is not there is left out. */
export async function findProjects(db: Queryable, ids: readonly Id[], now: number): Promise<ProjectRow[]> {
  const { rows } = await db.query<Bare>(`select ${columns} from projects p where p.id = any($1)`, [ids]);
  return whole(
    db,
    ids.flatMap((id) => rows.find((row) => row.id === id) ?? []),
    now,
  );
}

async function whole(db: Queryable, projects: readonly Bare[], now: number): Promise<ProjectRow[]> {
  const ids = projects.map(({ id }) => id);
  const [schools, members] = [await schoolsOf(db, ids), await membersOf(db, ids, now)];
  const of = <T extends OfProject>(rows: readonly T[], id: Id) => rows.filter((row) => row.project === id);
  return projects.map((project) => ({
    ...project,
    schools: of(schools, project.id),
    members: of(members, project.id),
  }));
}

async function schoolsOf(db: Queryable, projects: readonly Id[]): Promise<(SchoolRow & OfProject)[]> {
  const { rows } = await db.query<SchoolRow & OfProject>(
    `select ps.project_id as project, ps.school_id as school, ps.country, ps.founder, ps.service_state as service, ps.service_note as note,
       ps.service_at as at,
       (select code from awards w where w.project_id = ps.project_id and w.school_id = ps.school_id
          and w.kind = 'etwinningLabel' and w.revoked_at is null limit 1) as label,
       s.state = 'validated' as "isValidated",
       jsonb_build_object('id', s.id, 'name', s.name, 'town', s.town, 'country', s.country) as shown
     from project_schools ps join schools s on s.id = ps.school_id
     where ps.project_id = any($1) order by ps.founder desc, s.country, s.name, s.id`,
    [projects],
  );
  return rows;
}

async function membersOf(db: Queryable, projects: readonly Id[], now: number): Promise<(MemberRow & OfProject)[]> {
  const { rows } = await db.query<MemberRow & OfProject>(
    `select m.project_id as project, m.account_id as account, a.name, a.email, a.language, m.school_id as school, m.role,
       case when m.state = 'invited' and m.role <> 'founder' and m.at < to_timestamp($2::float8 / 1000)
         then 'expired' else m.state end as state,
       m.agreed, m.at
     from project_members m join accounts a on a.id = m.account_id
     where m.project_id = any($1) order by m.role = 'founder' desc, m.at, a.name, a.id`,
    [projects, now - invitationLastsMs],
  );
  return rows;
}

export const foundersOf = ({ members }: ProjectRow): MemberRow[] =>
  members.filter(({ role, state }) => role === "founder" && (state === "accepted" || state === "invited"));

/** What the rules must know of it. A co-founder who has not joined yet has not been won. */
export function projectOf(row: ProjectRow): Project {
  const { state, closedAt } = row;
  const founders = foundersOf(row)
    .filter((founder) => founder.state === "accepted")
    .map(({ account, agreed }) => ({ account, agreed }));
  const schools = row.schools
    .filter(({ founder }) => founder)
    .map(({ school, country, service }) => ({ school, country, service }));
  return { state, founders, schools, closedAt };
}

/** Writes back what an act has made of it. */
export async function keepProject(db: Queryable, row: ProjectRow, next: Project, now: number): Promise<void> {
  if (next.state !== row.state) await keepState(db, row.id, next.state, now);
  for (const { account, agreed } of next.founders) {
    await db.query(
      "update project_members set agreed = $3 where project_id = $1 and account_id = $2 and agreed is distinct from $3",
      [row.id, account, agreed],
    );
  }
  for (const { school, service } of next.schools) await keepService(db, row.id, school, service);
}

async function keepState(db: Queryable, id: Id, state: ProjectState, now: number): Promise<void> {
  await db.query(
    `update projects set state = $2, state_at = to_timestamp($3::float8 / 1000),
       activated_at = case when $2 = 'active' then coalesce(activated_at, to_timestamp($3::float8 / 1000)) else activated_at end,
       closed_at = case when $2 = 'closed' then to_timestamp($3::float8 / 1000)
                        when $2 = 'active' then null else closed_at end
     where id = $1`,
    [id, state, now],
  );
}

async function keepService(db: Queryable, id: Id, school: Id, service: ServiceState): Promise<void> {
  await db.query(
    `update project_schools set service_state = $3
     where project_id = $1 and school_id = $2 and service_state is distinct from $3`,
    [id, school, service],
  );
}

/** What somebody wrote to an act of theirs; shown until the next one. */
export async function keepNote(db: Queryable, id: Id, note: string, by: Id | null): Promise<void> {
  await db.query("update projects set note = $2, note_by = $3 where id = $1", [id, note, by]);
}

/** Schools of founders as their members say, and what follows from them. */
export async function settleSchools(db: Queryable, id: Id): Promise<void> {
  await db.query(
    `delete from project_schools ps where ps.project_id = $1 and ps.founder and not exists (
       select from project_members m where m.project_id = $1 and m.school_id = ps.school_id and m.role = 'founder'
         and m.state in ('invited', 'accepted'))`,
    [id],
  );
  await db.query(
    `insert into project_schools (project_id, school_id, country, founder)
     select distinct $1, s.id, s.country, true from project_members m join schools s on s.id = m.school_id
     where m.project_id = $1 and m.role = 'founder' and m.state in ('invited', 'accepted')
     on conflict (project_id, school_id) do nothing`,
    [id],
  );
  const { rows } = await db.query<{ school: Id; country: string }>(
    `select s.id as school, s.country from project_members m join schools s on s.id = m.school_id
     where m.project_id = $1 and m.role = 'founder' and m.state in ('invited', 'accepted')`,
    [id],
  );
  await db.query("update projects set scope = $2 where id = $1", [id, scopeOf(rows)]);
}

/** Who did what to it, for whoever asks later. */
export async function keepAct(db: Queryable, id: Id, act: string, by: Id | null, note = ""): Promise<void> {
  await db.query(
    "insert into registry_acts (by_account, kind, object_id, act, note) values ($1, 'project', $2, $3, $4)",
    [by, id, act, note],
  );
}
