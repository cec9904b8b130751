/**
 * A project's meeting may wait for the yes of schools that want to say it beforehand. For a school speak its founders and
 * teacher administrators in the project and its safeguarding lead. What whoever books is allowed to say they have said by
 * booking.
 */
import { may } from "../../domain/permissions.ts";
import { everybodyInvited, schoolsAsked } from "../../domain/twinspace/invited.ts";
import type { School } from "../../protocol/http/accounts.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Approval, ApprovalState, MeetingToApprove, SayToMeeting } from "../../protocol/twinspace/meetings.ts";
import { inTransaction, type Pool, type Queryable } from "../../storage/pool.ts";
import type { Caller, RefusedFields } from "../http/route.ts";
import { writeLetter } from "../mail/letters.ts";
import { findMeeting, type MeetingRow } from "./booking.ts";

type Speaker = Pick<Caller, "id" | "actor">;

/** Whether a meeting has to wait: some school has not said yes, or not any more. */
export async function waitsForApproval(db: Queryable, meeting: Id): Promise<boolean> {
  const { rowCount } = await db.query(
    "select from meeting_approvals where meeting_id = $1 and state <> 'approved' limit 1",
    [meeting],
  );
  return (rowCount ?? 0) > 0;
}

/** Those of these meetings that wait. */
export async function waitingOf(db: Queryable, meetings: readonly Id[]): Promise<ReadonlySet<Id>> {
  const { rows } = await db.query<{ id: Id }>(
    "select distinct meeting_id as id from meeting_approvals where meeting_id = any($1) and state <> 'approved'",
    [meetings],
  );
  return new Set(rows.map(({ id }) => id));
}

/**
 * Asks every school of the project that wants to be asked and that somebody may come from. Asked again after the list was
 * changed it asks those that were not asked before.
 *
 * @param by who booked it, and for which school
 */
export async function askSchools(
  db: Queryable,
  meeting: MeetingRow,
  by: { id: Id; school: Id | null },
  origin: string,
): Promise<void> {
  for (const school of await schoolsToAsk(db, meeting)) {
    const { rowCount } = await db.query(
      `insert into meeting_approvals (meeting_id, school_id, state, by_account)
       values ($1, $2, $3, $4) on conflict (meeting_id, school_id) do nothing`,
      [meeting.id, school, school === by.school ? "approved" : "waiting", school === by.school ? by.id : null],
    );
    if (rowCount && school !== by.school) await writeToSpeakers(db, meeting, school, origin);
  }
}

async function schoolsToAsk(db: Queryable, { projectId, invited }: MeetingRow): Promise<Id[]> {
  const { people, ...groups } = invited ?? everybodyInvited;
  const { rows } = await db.query<{ id: Id; byName: boolean }>(
    `select s.id, exists (
         select from unnest($2::text[]) as a (author)
         where exists (select from pupils u where 'pupil:' || u.id = a.author and u.school_id = s.id)
            or exists (select from project_members m where 'account:' || m.account_id = a.author
                         and m.project_id = $1 and m.school_id = s.id)) as "byName"
     from project_schools ps join schools s on s.id = ps.school_id
     where ps.project_id = $1 and (ps.founder or ps.service_state = 'approved') and s.approves_meetings
     order by s.id`,
    [projectId, people],
  );
  const named = rows.filter(({ byName }) => byName).map(({ id }) => id);
  return schoolsAsked(
    { people, ...groups },
    rows.map(({ id }) => id),
    named,
  );
}

interface Reader {
  id: Id;
  name: string;
  email: string;
  language: string;
}

/** Who may say yes for a school to a meeting of this project. */
async function speakersOf(db: Queryable, project: Id | null, school: Id): Promise<Reader[]> {
  const { rows } = await db.query<Reader>(
    `select a.id, a.name, a.email, a.language from accounts a
     where a.ended_at is null and exists (
         select from memberships w where w.account_id = a.id and w.school_id = $2 and w.state = 'active' and (w.lead or exists (
           select from project_members m where m.account_id = a.id and m.project_id = $1 and m.school_id = $2
             and m.state = 'accepted' and m.role in ('founder', 'teacherAdmin'))))
     order by a.id limit 20`,
    [project, school],
  );
  return rows;
}

async function writeToSpeakers(db: Queryable, meeting: MeetingRow, school: Id, origin: string): Promise<void> {
  const { rows } = await db.query<{ school: string; project: string }>(
    "select s.name as school, p.title as project from schools s, projects p where s.id = $1 and p.id = $2",
    [school, meeting.projectId],
  );
  const facts = rows[0];
  if (!facts) return;
  for (const { id, name, email, language } of await speakersOf(db, meeting.projectId, school)) {
    await writeLetter(db, {
      ...{ to: email, account: id, language, kind: "spaceMeetingToApprove" },
      facts: { ...facts, name, title: meeting.title, link: `${origin}/school/${encodeURIComponent(school)}` },
    });
  }
}

interface ApprovalRow {
  meeting: Id;
  school: School;
  state: ApprovalState;
  reason: string;
  by: string | null;
  at: number;
}

const approvalColumns = `a.meeting_id as meeting, a.state, a.reason, a.at,
  jsonb_build_object('id', s.id, 'name', s.name, 'town', s.town, 'country', s.country) as school,
  (select name from accounts where id = a.by_account) as by`;

/** What the schools say, those that are waited for first. `speaksFor`: for which schools the reader may say it. */
export async function approvalsOf(db: Queryable, meeting: Id, speaksFor: readonly Id[]): Promise<Approval[]> {
  const { rows } = await db.query<ApprovalRow>(
    `select ${approvalColumns} from meeting_approvals a join schools s on s.id = a.school_id
     where a.meeting_id = $1 order by a.state = 'approved', s.name, s.id`,
    [meeting],
  );
  return rows.map(({ meeting: _meeting, ...row }) => ({ ...row, mine: speaksFor.includes(row.school.id) }));
}

/** For which schools somebody may say it to meetings of this project. */
export async function schoolsSpokenFor(db: Queryable, project: Id, { id, actor }: Speaker): Promise<Id[]> {
  const schools = actor.schools.map((school) => school.id);
  const { rows } = await db.query<{ school: Id; role: "founder" | "teacherAdmin" }>(
    `select school_id as school, role from project_members
     where project_id = $1 and account_id = $2 and state = 'accepted' and role in ('founder', 'teacherAdmin')
       and school_id = any($3)`,
    [project, id, schools],
  );
  return schools.filter((school) => {
    const role = rows.find((row) => row.school === school)?.role ?? null;
    return may("meeting.approve", actor, { account: id, schools: [school], role });
  });
}

const mostListed = 200;

/** Everything that waits for somebody's yes, and what their schools have said to meetings that have not begun. */
export async function meetingsToApprove(db: Queryable, caller: Speaker): Promise<MeetingToApprove[]> {
  const schools = caller.actor.schools.map(({ id }) => id);
  const { rows } = await db.query<Omit<MeetingToApprove, "meeting" | "approval"> & ApprovalRow>(
    `select ${approvalColumns}, m.title, m.purpose, m.starts_at as "startsAt", m.length_minutes as "lengthMinutes",
       coalesce((m.settings ->> 'recorded')::boolean, false) as recorded,
       (select name from accounts where id = m.chair_account) as chair,
       jsonb_build_object('id', p.id, 'slug', p.slug, 'title', p.title) as project
     from meeting_approvals a join meetings m on m.id = a.meeting_id join projects p on p.id = m.project_id
       join schools s on s.id = a.school_id
     where a.school_id = any($1) and m.phase = 'booked' and p.state = 'active'
       and m.starts_at + m.length_minutes * interval '1 minute' > now() - interval '1 day'
     order by a.state <> 'waiting', m.starts_at, m.id limit ${mostListed}`,
    [schools],
  );
  const spoken = new Map<Id, readonly Id[]>();
  for (const { id } of rows.map(({ project }) => project)) {
    if (!spoken.has(id)) spoken.set(id, await schoolsSpokenFor(db, id, caller));
  }
  return rows
    .filter(({ project, school }) => spoken.get(project.id)?.includes(school.id))
    .map(({ school, state, reason, by, at, ...row }) => ({
      ...row,
      approval: { school, state, reason, by, at, mine: true },
    }));
}

/** Says yes or no to a meeting that has not begun, or takes a yes back. The chair is told a no by a letter. */
export async function sayToMeeting(
  pool: Pool,
  caller: Speaker & Pick<Caller, "name">,
  { meeting: id, school }: { meeting: Id; school: Id },
  said: SayToMeeting,
  now: number,
  origin: string,
): Promise<MeetingRow | RefusedFields> {
  return inTransaction(pool, async (db) => {
    // Not opened while this is decided.
    await db.query("select from meetings where id = $1 for update", [id]);
    const meeting = await findMeeting(db, id);
    if (!meeting || meeting.projectId === null) return { refused: "request.notFound" };
    const { rows } = await db.query<{ state: ApprovalState }>(
      "select state from meeting_approvals where meeting_id = $1 and school_id = $2",
      [id, school],
    );
    const was = rows[0]?.state;
    const speaksFor = await schoolsSpokenFor(db, meeting.projectId, caller);
    if (was === undefined || !speaksFor.includes(school)) return { refused: "request.notFound" };
    if (meeting.phase !== "booked") return { refused: "booking.begun" };
    const state = said.say === "approve" ? "approved" : said.say === "refuse" ? "refused" : "withdrawn";
    if (state === was) return meeting;
    // Only a yes can be taken back; a no is said to what nobody said yes to.
    if ((state === "withdrawn") !== (was === "approved") && state !== "approved")
      return { refused: "meeting.approvalNotNow" };
    await db.query(
      `update meeting_approvals set state = $3, reason = $4, by_account = $5, at = to_timestamp($6::float8 / 1000)
       where meeting_id = $1 and school_id = $2`,
      [id, school, state, said.say === "approve" ? "" : said.reason, caller.id, now],
    );
    if (said.say !== "approve") await tellChair(db, meeting, school, said.reason, origin);
    return meeting;
  });
}

async function tellChair(
  db: Queryable,
  meeting: MeetingRow,
  school: Id,
  reason: string,
  origin: string,
): Promise<void> {
  const { rows } = await db.query<Reader & { school: string }>(
    `select a.id, a.name, a.email, a.language, s.name as school from accounts a, schools s
     where a.id = $1 and a.ended_at is null and s.id = $2`,
    [meeting.chairAccount, school],
  );
  const chair = rows[0];
  if (!chair) return;
  await writeLetter(db, {
    ...{ to: chair.email, account: chair.id, language: chair.language, kind: "spaceMeetingRefused" },
    facts: {
      name: chair.name,
      school: chair.school,
      title: meeting.title,
      reason,
      link: `${origin}/meetings/${meeting.id}`,
    },
  });
}
