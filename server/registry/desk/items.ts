/** One thing on a desk, with everything that helps to decide it. */
import { offersOf } from "../../../domain/registry/desk.ts";
import type {
  DeskItem,
  DeskItemSeen,
  DeskPerson,
  DeskProject,
  DeskRef,
  DeskSchool,
} from "../../../protocol/http/desk.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { findSchoolRow } from "../schoolRows.ts";
import { actsOn } from "./decisions.ts";
import { undoUntil } from "./undo.ts";

type Seen = Pick<DeskItemSeen, "reason" | "school" | "person" | "project"> & { item: DeskItem };

/** Undefined where there is nothing of this kind, id and country. `serves`: the countries whose own service looks at it. */
export async function seeItem(
  db: Queryable,
  ref: DeskRef,
  serves: readonly string[],
): Promise<DeskItemSeen | undefined> {
  const see = { school: seeSchool, person: seePerson, project: seeProject }[ref.kind];
  const seen = await see(db, ref, serves);
  if (!seen) return undefined;
  return {
    ...seen,
    offers: offersOf(ref.kind, seen.item.state),
    acts: await actsOn(db, ref),
    undoUntil: await undoUntil(db, ref),
  };
}

async function seeSchool(db: Queryable, ref: DeskRef): Promise<Seen | undefined> {
  const row = await findSchoolRow(db, ref.id);
  if (!row || row.country !== ref.country) return undefined;
  const { id, state, reason, stateAt, version: _, submittedBy, country: __, ...form } = row;
  const school: DeskSchool = {
    ...form,
    submittedBy: submittedBy === null ? null : await personOf(db, submittedBy),
    people: await peopleOf(db, id),
    alike: await alikeTo(db, id),
  };
  const item = { ...ref, title: row.name, about: row.town, state, since: stateAt, evidence: false };
  return { item, reason, school, person: null, project: null };
}

async function personOf(db: Queryable, account: Id): Promise<DeskSchool["submittedBy"]> {
  const { rows } = await db.query<{ name: string; email: string }>("select name, email from accounts where id = $1", [
    account,
  ]);
  return rows[0] ?? null;
}

async function peopleOf(db: Queryable, school: Id): Promise<DeskSchool["people"]> {
  const { rows } = await db.query<DeskSchool["people"][number]>(
    `select m.id, a.name, a.email, m.staff_role as "staffRole", m.lead, m.state
     from memberships m join accounts a on a.id = m.account_id
     where m.school_id = $1 and m.state in ('asked', 'evidenceWanted', 'active')
     order by m.state <> 'asked', a.name, m.id limit 200`,
    [school],
  );
  return rows;
}

/** The same school, registered twice: the same name in the same town, or the same number. */
async function alikeTo(db: Queryable, school: Id): Promise<DeskSchool["alike"]> {
  const { rows } = await db.query<DeskSchool["alike"][number]>(
    `select o.id, o.name, o.town, o.state from schools s join schools o on o.country = s.country and o.id <> s.id
     where s.id = $1 and o.state <> 'closed'
       and o.find_words like search_latin(search_text(s.name)) || '%'
       and (lower(o.town) = lower(s.town) or (s.number <> '' and o.number = s.number))
     order by o.name, o.id limit 10`,
    [school],
  );
  return rows;
}

async function seePerson(db: Queryable, ref: DeskRef, serves: readonly string[]): Promise<Seen | undefined> {
  const { rows } = await db.query<DeskPerson & { state: string; reason: string; since: number }>(
    `select a.name, a.email, a.email_confirmed_at as "emailConfirmedAt", m.staff_role as "staffRole", m.lead,
       m.state, m.reason, m.state_at as since,
       jsonb_build_object('id', s.id, 'name', s.name, 'town', s.town, 'state', s.state, 'website', s.website) as school,
       coalesce((select jsonb_agg(o.name order by o.name) from memberships w join schools o on o.id = w.school_id
                 where w.account_id = a.id and w.school_id <> s.id and w.state = 'active'), '[]') as elsewhere,
       (select jsonb_build_object('type', e.type, 'bytes', e.bytes,
          'givenAt', floor(extract(epoch from e.given_at) * 1000),
          'foreign', exists (select from support_services v where v.country = s.country) and not s.country = any($3))
        from evidence e where e.membership_id = m.id and e.deleted_at is null) as evidence
     from memberships m join schools s on s.id = m.school_id join accounts a on a.id = m.account_id
     where m.id = $1 and s.country = $2`,
    [ref.id, ref.country, serves],
  );
  const row = rows[0];
  if (!row) return undefined;
  const { state, reason, since, ...person } = row;
  const evidence = person.evidence !== null;
  const item = { ...ref, title: person.name, about: person.school.name, state, since, evidence };
  return { item, reason, school: null, person, project: null };
}

type ProjectForm = Omit<DeskProject, "schools" | "people"> & { since: number };

async function formOf(db: Queryable, id: Id): Promise<ProjectForm | undefined> {
  const { rows } = await db.query<ProjectForm>(
    `select slug, title, summary, description, aims, work_process as "workProcess",
       expected_results as "expectedResults", pupil_number as "pupilNumber", age_min as "ageMin", age_max as "ageMax",
       languages, subjects, vocational_subjects as "vocationalSubjects", competences, tools,
       version, start_date::text as "startDate", end_date::text as "endDate", scope, origin, state, state_at as since
     from projects where id = $1 and state not in ('draft', 'awaitingPartner')`,
    [id],
  );
  return rows[0];
}

/** A project as it was registered, for whoever may read it. Undefined before both founders have said yes. */
export async function registeredProject(db: Queryable, id: Id): Promise<DeskProject | undefined> {
  const row = await formOf(db, id);
  if (!row) return undefined;
  const { since: _, ...form } = row;
  const schools = await schoolsOf(db, id);
  return { ...form, schools: schools.map(({ at: __, ...school }) => school), people: await membersOf(db, id) };
}

async function seeProject(db: Queryable, ref: DeskRef): Promise<Seen | undefined> {
  const [row, schools] = [await formOf(db, ref.id), await schoolsOf(db, ref.id)];
  const ours = schools.filter(({ country }) => country === ref.country);
  const said = ours.find(({ service }) => service === "pending") ?? ours[0];
  if (!row || !said) return undefined;
  const { since, ...form } = row;
  const project = {
    ...form,
    schools: schools.map(({ at: _, ...school }) => school),
    people: await membersOf(db, ref.id),
  };
  // Nobody is asked before every partner has said yes.
  const isAsked = form.state === "awaitingService" || (form.state === "active" && !said.founder);
  const state = said.service === "pending" && !isAsked ? form.state : said.service;
  const others = schools.filter(({ country }) => country !== ref.country);
  const about = (others.length > 0 ? others : schools).map(({ name }) => name).join(", ");
  const item = { ...ref, title: form.title, about, state, since: said.at ?? since, evidence: false };
  return { item, reason: said.note, school: null, person: null, project };
}

async function schoolsOf(db: Queryable, project: Id) {
  const { rows } = await db.query<DeskProject["schools"][number] & { at: number | null }>(
    `select s.id, s.name, s.town, ps.country, ps.founder, s.state as "schoolState", ps.service_state as service,
       (select name from accounts where id = ps.service_by) as by, ps.service_note as note, ps.service_at as at
     from project_schools ps join schools s on s.id = ps.school_id
     where ps.project_id = $1 order by ps.founder desc, s.country, s.name, s.id`,
    [project],
  );
  return rows;
}

async function membersOf(db: Queryable, project: Id): Promise<DeskProject["people"]> {
  const { rows } = await db.query<DeskProject["people"][number]>(
    `select a.name, a.email, m.role, m.state, s.name as school
     from project_members m join accounts a on a.id = m.account_id join schools s on s.id = m.school_id
     where m.project_id = $1 and m.state in ('invited', 'accepted') order by m.role, a.name, a.id`,
    [project],
  );
  return rows;
}
