/** People with an account, as the database has them. */
import { type Actor, may, standingsOf } from "../../domain/permissions.ts";
import type { AccountRole, ChangeMe, Me, OwnSchool, Person, School } from "../../protocol/http/accounts.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Queryable } from "../../storage/pool.ts";
import { addMembership, appointAmbassador, appointToService } from "../registry/standing.ts";

export interface Account {
  id: Id;
  email: string;
  name: string;
  passwordHash: string | null;
  actor: Actor;
  /** The first of the schools they work at. */
  school: School | null;
  /** Where they work, the first one first; schools that wait, were refused or are closed are none of them. */
  schools: OwnSchool[];
  timeZone: string;
  language: string;
  createdAt: number;
  seenAt: number | null;
  endedAt: number | null;
  /** A second factor is asked for when they sign in. */
  hasSecondFactor: boolean;
}

/** An Actor, from the view `standings` as `t`. */
export const actorColumn = `jsonb_build_object('account', t.account_id, 'schools', t.schools, 'serves', t.serves,
    'ambassador', t.ambassador, 'operator', t.operator, 'place', null)`;

export const columnsOfAccount = `a.id, a.email, a.name, a.password_hash as "passwordHash", ${actorColumn} as actor,
  a.time_zone as "timeZone", a.language, a.created_at as "createdAt", a.seen_at as "seenAt", a.ended_at as "endedAt",
  exists (select from second_factors f where f.account_id = a.id and f.confirmed_at is not null) as "hasSecondFactor",
  case when s.id is not null
    then jsonb_build_object('id', s.id, 'name', s.name, 'town', s.town, 'country', s.country) end as school,
  coalesce((select jsonb_agg(jsonb_build_object('id', w.id, 'name', w.name, 'town', w.town, 'country', w.country,
                                                'state', w.state) order by m.created_at, m.id)
            from memberships m join schools w on w.id = m.school_id
            where m.account_id = a.id and m.state = 'active' and w.state in ('validated', 'suspended')),
           '[]') as schools`;
export const fromAccounts =
  "accounts a join standings t on t.account_id = a.id left join schools s on s.id = t.schools -> 0 ->> 'id'";

export async function findAccount(db: Queryable, id: Id): Promise<Account | undefined> {
  const { rows } = await db.query<Account>(`select ${columnsOfAccount} from ${fromAccounts} where a.id = $1`, [id]);
  return rows[0];
}

/** The live account of this address, or else the one that was ended last. */
export async function findByEmail(db: Queryable, email: string): Promise<Account | undefined> {
  const { rows } = await db.query<Account>(
    `select ${columnsOfAccount} from ${fromAccounts} where a.email = $1 order by a.ended_at desc nulls first limit 1`,
    [email],
  );
  return rows[0];
}

export interface NewAccount {
  id: Id;
  email: string;
  name: string;
  role: AccountRole;
  school: Id | null;
  country: string | null;
  passwordHash: string | null;
  timeZone: string;
}

/**
 * Validated from the start: whoever the operator invites is who they say. To be called in a transaction. False when the
 * address has an account.
 */
export async function addAccount(db: Queryable, account: NewAccount): Promise<boolean> {
  const { id, email, name, role, school, country, passwordHash, timeZone } = account;
  const { rowCount } = await db.query(
    `insert into accounts (id, email, name, operator, password_hash, time_zone) values ($1, $2, $3, $4, $5, $6)
     on conflict (email) where ended_at is null do nothing`,
    [id, email, name, role === "operator", passwordHash, timeZone],
  );
  if (rowCount !== 1) return false;
  if (school !== null) await addMembership(db, id, school, { lead: role === "lead" });
  if (role === "support") await appointToService(db, id, country, null);
  if (role === "ambassador") await appointAmbassador(db, id, null);
  return true;
}

export async function setPassword(db: Queryable, id: Id, passwordHash: string | null): Promise<void> {
  await db.query("update accounts set password_hash = $2 where id = $1", [id, passwordHash]);
}

export async function changeAccount(db: Queryable, id: Id, change: ChangeMe): Promise<void> {
  await db.query(
    `update accounts set name = coalesce($2, name), time_zone = coalesce($3, time_zone),
       language = coalesce($4, language) where id = $1`,
    [id, change.name ?? null, change.timeZone ?? null, change.language ?? null],
  );
}

/** False when it had ended already. */
export async function endAccount(db: Queryable, id: Id): Promise<boolean> {
  const { rowCount } = await db.query("update accounts set ended_at = now() where id = $1 and ended_at is null", [id]);
  return rowCount === 1;
}

/** Whether anybody ever had an account: until then the first operator's link is open. */
export async function hasAnybody(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ anybody: boolean }>("select exists (select from accounts) as anybody");
  return rows[0]?.anybody ?? false;
}

/** Operators who can sign in. Locks them until the transaction ends, so that the last two cannot end each other. */
export async function lockOperators(db: Queryable): Promise<Id[]> {
  const { rows } = await db.query<{ id: Id }>(
    `select id from accounts where operator and ended_at is null and password_hash is not null
     order by id for update`,
  );
  return rows.map(({ id }) => id);
}

/** What somebody is first of all, where one word must do. */
export function roleOf({ operator, serves, schools, ambassador }: Actor): AccountRole {
  if (operator) return "operator";
  if (serves.length > 0) return "support";
  if (ambassador) return "ambassador";
  return schools.some(({ lead }) => lead) ? "lead" : "teacher";
}

/** Whoever decides about others, or hears what is confided, should show more than a password. */
const callsForSecondFactor = ({ operator, serves, schools }: Actor): boolean =>
  operator || serves.length > 0 || schools.some(({ lead }) => lead);

/** The country of the support service somebody works for; null for the central one, and for who works for none. */
const servedCountry = ({ serves }: Actor): string | null => serves.find((country) => country !== null) ?? null;

export function meOf(account: Account): Me {
  const { id, name, email, school, schools, actor, timeZone, language } = account;
  return {
    ...{ id, name, email, school, schools, timeZone, language },
    role: roleOf(actor),
    standings: standingsOf(actor),
    country: servedCountry(actor),
    books: may("meeting.book", actor, { account: id }),
    secondFactor: account.hasSecondFactor ? "on" : callsForSecondFactor(actor) ? "advised" : "off",
  };
}

export function personOf(account: Account): Person {
  const { id, name, email, school, actor, createdAt, seenAt } = account;
  const state = account.endedAt !== null ? "ended" : account.passwordHash === null ? "invited" : "active";
  const { hasSecondFactor: secondFactor } = account;
  const country = servedCountry(actor);
  return { id, name, email, role: roleOf(actor), school, country, state, secondFactor, createdAt, seenAt };
}
