/** People with an account, as the database has them. */
import type { AccountRole, ChangeMe, Me, Person, School } from "../../protocol/http/accounts.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Queryable } from "../../storage/pool.ts";

export interface Account {
  id: Id;
  email: string;
  name: string;
  passwordHash: string | null;
  role: AccountRole;
  school: School | null;
  country: string | null;
  validatedAt: number | null;
  timeZone: string;
  language: string;
  createdAt: number;
  seenAt: number | null;
  endedAt: number | null;
}

const columns = `a.id, a.email, a.name, a.password_hash as "passwordHash", a.role, a.country,
  a.validated_at as "validatedAt", a.time_zone as "timeZone", a.language, a.created_at as "createdAt",
  a.seen_at as "seenAt", a.ended_at as "endedAt",
  case when s.id is not null
    then jsonb_build_object('id', s.id, 'name', s.name, 'town', s.town, 'country', s.country) end as school`;
const from = "accounts a left join schools s on s.id = a.school_id";

export async function findAccount(db: Queryable, id: Id): Promise<Account | undefined> {
  const { rows } = await db.query<Account>(`select ${columns} from ${from} where a.id = $1`, [id]);
  return rows[0];
}

/** The live account of this address, or else the one that was ended last. */
export async function findByEmail(db: Queryable, email: string): Promise<Account | undefined> {
  const { rows } = await db.query<Account>(
    `select ${columns} from ${from} where a.email = $1 order by a.ended_at desc nulls first limit 1`,
    [email],
  );
  return rows[0];
}

export async function listPeople(db: Queryable): Promise<Person[]> {
  const { rows } = await db.query<Account>(`select ${columns} from ${from} order by lower(a.name), a.email`);
  return rows.map(personOf);
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

/** Validated from the start: whoever the operator invites is who they say. False when the address has an account. */
export async function addAccount(db: Queryable, account: NewAccount): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into accounts (id, email, name, role, school_id, country, password_hash, time_zone, validated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, now())
     on conflict (email) where ended_at is null do nothing`,
    [
      account.id,
      account.email,
      account.name,
      account.role,
      account.school,
      account.country,
      account.passwordHash,
      account.timeZone,
    ],
  );
  return rowCount === 1;
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
    `select id from accounts where role = 'operator' and ended_at is null and password_hash is not null
     order by id for update`,
  );
  return rows.map(({ id }) => id);
}

/** Who leads meetings. The operator sees no child's data, so leads none. */
export const bookingRoles: readonly AccountRole[] = ["teacher", "lead", "support", "ambassador"];

export function meOf(account: Account): Me {
  const { id, name, email, role, school, country, timeZone, language } = account;
  const books = bookingRoles.includes(role) && account.validatedAt !== null;
  return { id, name, email, role, school, country, books, timeZone, language };
}

export function personOf(account: Account): Person {
  const { id, name, email, role, school, country, createdAt, seenAt } = account;
  const state = account.endedAt !== null ? "ended" : account.passwordHash === null ? "invited" : "active";
  return { id, name, email, role, school, country, state, createdAt, seenAt };
}
