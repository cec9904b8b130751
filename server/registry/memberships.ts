/** Places at schools, from the side of who has or wants one: asked for, withdrawn, left. */
import { isDecided, nextMembership } from "../../domain/registry/membership.ts";
import { nextSchool, takesPeople } from "../../domain/registry/school.ts";
import type { MyPlace, MySchools, Place, SchoolCard } from "../../protocol/http/registry.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Refused } from "../../protocol/refusals.ts";
import type { MembershipState } from "../../protocol/registry.ts";
import { inTransaction, type Pool, type Queryable } from "../../storage/pool.ts";
import { type Caller, isRefused, type RefusedFields } from "../http/route.ts";
import { newId } from "../ids.ts";
import { keepRegistryAct } from "./acts.ts";
import { unknownCodes } from "./lists.ts";
import { cardColumns, findSchoolRow } from "./schoolRows.ts";
import { tellService } from "./serviceLetters.ts";

/** Somebody waits for an answer from so many schools at once, and no more. */
const mostAsked = 10;

const evidenceColumn = `coalesce((select case when e.deleted_at is null then 'kept' else 'deleted' end
  from evidence e where e.membership_id = m.id order by e.given_at desc limit 1), 'none')`;
const placeColumns = `m.id, m.state, m.reason, m.staff_role as "staffRole", m.lead, m.state_at as "stateAt",
  ${evidenceColumn} as evidence`;

/** The place that counts: the one there is, else the newest that came to nothing. */
export async function myPlaceAt(db: Queryable, account: Id, school: Id): Promise<MyPlace | undefined> {
  const { rows } = await db.query<MyPlace>(
    `select ${placeColumns} from memberships m where m.account_id = $1 and m.school_id = $2
     order by m.state in ('refused', 'ended'), m.state_at desc limit 1`,
    [account, school],
  );
  return rows[0];
}

/**
 * The schools somebody works at, has asked, or was refused by, newest first; what they left is not among them, nor what
 * they asked anew.
 */
export async function listMySchools(db: Queryable, account: Id): Promise<MySchools> {
  const { rows } = await db.query<{ place: MyPlace; schoolReason: string } & SchoolCard>(
    `select distinct on (m.state_at, s.id) ${cardColumns}, s.state_reason as "schoolReason",
       jsonb_build_object('id', m.id, 'state', m.state, 'reason', m.reason, 'staffRole', m.staff_role, 'lead', m.lead,
         'stateAt', floor(extract(epoch from m.state_at) * 1000), 'evidence', ${evidenceColumn}) as place
     from memberships m join schools s on s.id = m.school_id
     where m.account_id = $1 and m.state <> 'ended' and not exists (
       select from memberships later where later.account_id = m.account_id and later.school_id = m.school_id
         and later.created_at > m.created_at)
     order by m.state_at desc, s.id`,
    [account],
  );
  return {
    schools: rows.map(({ place, schoolReason, ...school }) => ({ school, reason: schoolReason, place })),
  };
}

/** Undefined where the list has it. */
export async function unknownRole(db: Queryable, role: string, path = ""): Promise<RefusedFields | undefined> {
  const unknown = await unknownCodes(db, "staffRole", [role]);
  return unknown.length > 0 ? { refused: "request.malformed", fields: [`${path}staffRole`] } : undefined;
}

/** False where they have asked already, or work there. */
export async function addAsking(db: Queryable, account: Id, school: Id, { staffRole, lead }: Place): Promise<boolean> {
  const id = newId();
  const { rowCount } = await db.query(
    `insert into memberships (id, account_id, school_id, staff_role, lead, state) values ($1, $2, $3, $4, $5, 'asked')
     on conflict (account_id, school_id) where state not in ('refused', 'ended') do nothing`,
    [id, account, school, staffRole, lead],
  );
  if (rowCount === 1) await keepRegistryAct(db, "asked", account, "membership", id);
  return rowCount === 1;
}

export async function askToJoin(
  pool: Pool,
  caller: Pick<Caller, "id" | "name">,
  school: Id,
  place: Place,
  origin: string,
): Promise<MySchools | RefusedFields> {
  return inTransaction(pool, async (db): Promise<MySchools | RefusedFields> => {
    await db.query("select pg_advisory_xact_lock(hashtext('school:' || $1))", [caller.id]);
    const row = await findSchoolRow(db, school);
    if (!row) return { refused: "request.notFound" };
    if (!takesPeople(row.state)) return { refused: "school.takesNobody" };
    const wrong = await unknownRole(db, place.staffRole);
    if (wrong) return wrong;
    if ((await countAsked(db, caller.id)) >= mostAsked) return { refused: "request.tooMany" };
    if (!(await addAsking(db, caller.id, school, place))) return { refused: "membership.already" };
    const facts = { person: caller.name, school: row.name, link: `${origin}/desk` };
    await tellService(db, row.country, { kind: "personAsked", facts });
    return listMySchools(db, caller.id);
  });
}

async function countAsked(db: Queryable, account: Id): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    "select count(*) from memberships where account_id = $1 and state in ('asked', 'evidenceWanted')",
    [account],
  );
  return rows[0]?.count ?? 0;
}

export interface LockedPlace {
  id: Id;
  account: Id;
  school: Id;
  country: string;
  state: MembershipState;
}

/** Nobody else decides on it until the transaction ends. */
export async function lockPlace(db: Queryable, id: Id): Promise<LockedPlace | undefined> {
  const { rows } = await db.query<LockedPlace>(
    `select m.id, m.account_id as account, m.school_id as school, s.country, m.state
     from memberships m join schools s on s.id = m.school_id where m.id = $1 for update of m`,
    [id],
  );
  return rows[0];
}

/** Somebody leaves a school, or takes back that they asked. A school that nobody is left to ask about is closed. */
export async function endMyPlace(pool: Pool, account: Id, id: Id): Promise<MySchools | Refused> {
  return inTransaction(pool, async (db): Promise<MySchools | Refused> => {
    const place = await lockPlace(db, id);
    if (!place || place.account !== account) return { refused: "request.notFound" };
    const leaves = place.state === "active";
    const state = nextMembership(place.state, { type: leaves ? "end" : "withdraw" });
    if (isRefused(state)) return state;
    await db.query("update memberships set state = $2, state_at = now() where id = $1", [id, state]);
    await keepRegistryAct(db, leaves ? "left" : "withdrawn", account, "membership", id);
    await closeIfForsaken(db, place.school, account);
    return listMySchools(db, account);
  });
}

/** Only one that was never validated: its number is then free for who comes next. */
async function closeIfForsaken(db: Queryable, id: Id, by: Id): Promise<void> {
  const school = await findSchoolRow(db, id, true);
  if (!school || (school.state !== "submitted" && school.state !== "refused")) return;
  const { rows } = await db.query<{ state: MembershipState }>("select state from memberships where school_id = $1", [
    id,
  ]);
  const then = nextSchool(school.state, { type: "close" });
  if (isRefused(then) || rows.some(({ state }) => !isDecided(state) || state === "active")) return;
  await db.query("update schools set state = $2, state_at = now() where id = $1", [id, then]);
  await keepRegistryAct(db, "closed", by, "school", id);
}
