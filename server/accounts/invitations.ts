/** One-time links: to become the first operator, to answer an invitation, to choose a new password. */
import type { AnswerInvitation, Invitation, Invite, School } from "../../protocol/http/accounts.ts";
import type { Registrant } from "../../protocol/http/registry.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Refused } from "../../protocol/refusals.ts";
import { inTransaction, type Pool, type Queryable } from "../../storage/pool.ts";
import type { RefusedFields } from "../http/route.ts";
import { newId } from "../ids.ts";
import { type Account, addAccount, findAccount, findByEmail, hasAnybody, roleOf, setPassword } from "./accounts.ts";
import { keepAct } from "./acts.ts";
import { writeInvitation, writeReset } from "./linkLetters.ts";
import { hashPassword, isWeak } from "./passwords.ts";
import { findSchool, schoolOfName } from "./schools.ts";
import { endSessions } from "./sessions.ts";
import { hashOfToken, newToken } from "./tokens.ts";

type Purpose = Invitation["purpose"];

const dayMs = 86_400_000;
const lifetimeMs: Record<Purpose, number> = {
  firstOperator: 7 * dayMs,
  invitation: 14 * dayMs,
  password: 3 * dayMs,
  registration: 3 * dayMs,
};

/** The address of a one-time link: behind the `#`, where no log and no referrer sees it. */
export const linkOfToken = (origin: string, token: string): string => `${origin}/begin#k=${token}`;

export interface MadeLink {
  token: string;
  expiresAt: number;
}

/** A new link for an account; those it had before stop working. */
async function makeLink(db: Queryable, purpose: Purpose, account: Id | null, by: Id | null): Promise<MadeLink> {
  await db.query(
    "delete from invitations where used_at is null and account_id is not distinct from $1 and purpose <> 'registration'",
    [account],
  );
  return addLink(db, purpose, account, by, null);
}

/** Another link for an account; those it had before go on working until one of them is answered. */
export const makeFurtherLink = (db: Queryable, purpose: "invitation" | "password", account: Id): Promise<MadeLink> =>
  addLink(db, purpose, account, null, null);

/** A link that confirms an address; the account is made when it is answered. */
export async function makeRegistrationLink(db: Queryable, registered: Registrant): Promise<MadeLink> {
  // Who never answered is forgotten.
  await db.query("delete from invitations where purpose = 'registration' and used_at is null and expires_at < now()");
  return addLink(db, "registration", null, null, registered);
}

async function addLink(
  db: Queryable,
  purpose: Purpose,
  account: Id | null,
  by: Id | null,
  about: Registrant | null,
): Promise<MadeLink> {
  const token = newToken();
  const { rows } = await db.query<{ expiresAt: number }>(
    `insert into invitations (token_hash, purpose, account_id, created_by, expires_at, about)
     values ($1, $2, $3, $4, now() + $5 * interval '1 ms', $6) returning expires_at as "expiresAt"`,
    [hashOfToken(token), purpose, account, by, lifetimeMs[purpose], about],
  );
  const expiresAt = rows[0]?.expiresAt;
  if (expiresAt === undefined) throw new Error("An inserted invitation did not come back");
  return { token, expiresAt };
}

/**
 * The link by which the operator begins, or null once anybody has an account. Each start makes a new one and the one
 * before stops working.
 */
export async function firstOperatorLink(pool: Pool, origin: string): Promise<string | null> {
  return inTransaction(pool, async (db) => {
    await lockBeginning(db);
    if (await hasAnybody(db)) return null;
    const { token } = await makeLink(db, "firstOperator", null, null);
    return linkOfToken(origin, token);
  });
}

/** Who makes the first account waits for whoever else does. */
const lockBeginning = (db: Queryable) => db.query("select pg_advisory_xact_lock(hashtext('firstOperator'))");

interface OpenInvitation {
  purpose: Purpose;
  accountId: Id | null;
  expiresAt: number;
  /** Of a registration: what the account will be. */
  about: Registrant | null;
}

async function findOpen(db: Queryable, token: string): Promise<OpenInvitation | undefined> {
  const { rows } = await db.query<OpenInvitation>(
    `select purpose, account_id as "accountId", expires_at as "expiresAt", about from invitations
     where token_hash = $1 and used_at is null and expires_at > now()`,
    [hashOfToken(token)],
  );
  return rows[0];
}

/** What a link is for, without using it up. */
export async function lookAtInvitation(pool: Pool, token: string): Promise<Invitation | Refused> {
  const open = await findOpen(pool, token);
  if (!open) return { refused: "invitation.invalid" };
  const { purpose, expiresAt } = open;
  if (purpose === "firstOperator") return { purpose, name: "", email: "", role: "operator", school: null, expiresAt };
  if (open.about) {
    const { name, email } = open.about;
    return { purpose, name, email, role: "teacher", school: null, expiresAt };
  }
  const account = await liveAccount(pool, open.accountId);
  if (!account) return { refused: "invitation.invalid" };
  const { name, email, actor, school } = account;
  return { purpose, name, email, role: roleOf(actor), school, expiresAt };
}

async function liveAccount(db: Queryable, id: Id | null): Promise<Account | undefined> {
  const account = id === null ? undefined : await findAccount(db, id);
  return account?.endedAt === null ? account : undefined;
}

/**
 * Answers a link by choosing a password. However often and at the same time it is clicked, one answer is taken.
 * A password that is too weak, or a missing name, does not use it up.
 */
export async function answerInvitation(pool: Pool, answer: AnswerInvitation): Promise<Account | RefusedFields> {
  const open = await findOpen(pool, answer.token);
  if (!open) return { refused: "invitation.invalid" };
  if (open.purpose === "firstOperator") return answerAsFirstOperator(pool, answer);
  if (open.about) return answerAsRegistered(pool, answer, open.about);
  const account = await liveAccount(pool, open.accountId);
  if (!account) return { refused: "invitation.invalid" };
  if (answer.email !== undefined) return { refused: "request.malformed", fields: ["email"] };
  const name = answer.name ?? account.name;
  if (isWeak(answer.password, { name, email: account.email })) return weak;
  const passwordHash = await hashPassword(answer.password);
  return inTransaction(pool, async (db) => {
    if (!(await spend(db, answer.token))) return { refused: "invitation.invalid" };
    const { rowCount } = await db.query(
      `update accounts set password_hash = $2, name = $3, time_zone = coalesce($4, time_zone),
         email_confirmed_at = coalesce(email_confirmed_at, now())
       where id = $1 and ended_at is null`,
      [account.id, passwordHash, name, answer.timeZone ?? null],
    );
    if (rowCount !== 1) return { refused: "invitation.invalid" };
    await db.query("delete from invitations where account_id = $1 and used_at is null", [account.id]);
    await endSessions(db, account.id);
    await keepAct(db, open.purpose === "password" ? "passwordChosen" : "invitationAnswered", account.id, account.id);
    return mustFind(db, account.id);
  });
}

const weak: RefusedFields = { refused: "account.weakPassword", fields: ["password"] };

async function answerAsFirstOperator(pool: Pool, answer: AnswerInvitation): Promise<Account | RefusedFields> {
  const { name, email, password } = answer;
  if (name === undefined || email === undefined) {
    const missing = Object.entries({ name, email }).filter(([, value]) => value === undefined);
    return { refused: "request.malformed", fields: missing.map(([field]) => field) };
  }
  if (isWeak(password, { name, email })) return weak;
  const passwordHash = await hashPassword(password);
  const id = newId();
  return inTransaction(pool, async (db) => {
    await lockBeginning(db);
    if (await hasAnybody(db)) return { refused: "invitation.invalid" };
    if (!(await spend(db, answer.token))) return { refused: "invitation.invalid" };
    const timeZone = answer.timeZone ?? "UTC";
    await addAccount(db, { id, email, name, role: "operator", school: null, country: null, passwordHash, timeZone });
    await keepAct(db, "firstOperator", id, id);
    return mustFind(db, id);
  });
}

/** Who registered has an account from here on, and a place at no school yet. */
async function answerAsRegistered(
  pool: Pool,
  answer: AnswerInvitation,
  { email, language, ...about }: Registrant,
): Promise<Account | RefusedFields> {
  if (answer.email !== undefined) return { refused: "request.malformed", fields: ["email"] };
  const name = answer.name ?? about.name;
  if (isWeak(answer.password, { name, email })) return weak;
  const passwordHash = await hashPassword(answer.password);
  const id = newId();
  return inTransaction(pool, async (db) => {
    if (!(await spend(db, answer.token))) return { refused: "invitation.invalid" };
    const { rowCount } = await db.query(
      `insert into accounts (id, email, name, password_hash, language, time_zone, email_confirmed_at)
       values ($1, $2, $3, $4, $5, $6, now()) on conflict (email) where ended_at is null do nothing`,
      [id, email, name, passwordHash, language, answer.timeZone ?? about.timeZone],
    );
    // Invited meanwhile, or registered by an earlier letter: that account goes on.
    if (rowCount !== 1) return { refused: "invitation.invalid" };
    await keepAct(db, "registered", id, id);
    return mustFind(db, id);
  });
}

/** The row is the lock: of two at the same time the second waits, and then finds it used. */
async function spend(db: Queryable, token: string): Promise<boolean> {
  const { rowCount } = await db.query(
    "update invitations set used_at = now() where token_hash = $1 and used_at is null and expires_at > now()",
    [hashOfToken(token)],
  );
  return rowCount === 1;
}

async function mustFind(db: Queryable, id: Id): Promise<Account> {
  const account = await findAccount(db, id);
  if (!account) throw new Error("An account that was just written is not there");
  return account;
}

/** The operator invites somebody; the link is theirs to hand over, and goes out by letter where there is an `origin`. */
export async function invite(
  pool: Pool,
  by: Id | null,
  invitation: Invite,
  origin?: string,
): Promise<{ account: Account; link: MadeLink } | RefusedFields> {
  const { role, name, email } = invitation;
  if ((role === "teacher" || role === "lead") && invitation.school === null) {
    return { refused: "request.malformed", fields: ["school"] };
  }
  return inTransaction(pool, async (db) => {
    const known = await findByEmail(db, email);
    if (known && known.endedAt === null) return { refused: "account.exists", fields: ["email"] };
    const school = await schoolOf(db, invitation.school);
    if (school === "unknown") return { refused: "request.malformed", fields: ["school.id"] };
    const id = newId();
    const country = role === "support" ? (invitation.country ?? null) : null;
    const added = await addAccount(db, {
      ...{ id, email, name, role, country },
      school: school?.id ?? null,
      passwordHash: null,
      timeZone: "UTC",
    });
    if (!added) return { refused: "account.exists", fields: ["email"] };
    await keepAct(db, "invited", by, id);
    const made = { account: await mustFind(db, id), link: await makeLink(db, "invitation", id, by) };
    if (origin) await writeInvitation(db, made.account, linkOfToken(origin, made.link.token), made.link.expiresAt);
    return made;
  });
}

async function schoolOf(db: Queryable, asked: Invite["school"]): Promise<School | null | "unknown"> {
  if (asked === null) return null;
  if ("id" in asked) return (await findSchool(db, asked.id)) ?? "unknown";
  return schoolOfName(db, asked);
}

/**
 * A new one-time link for somebody: who had a password has none now and is signed out everywhere; who never answered
 * is invited again. `by` is null where the machine's own command line asks. With an `origin` they get it by letter too.
 */
export async function renewLink(
  pool: Pool,
  by: Id | null,
  id: Id,
  origin?: string,
): Promise<{ account: Account; link: MadeLink } | Refused> {
  return inTransaction(pool, async (db) => {
    const account = await liveAccount(db, id);
    if (!account) return { refused: "request.notFound" };
    const purpose = (await hasEverAnswered(db, id)) ? "password" : "invitation";
    await setPassword(db, id, null);
    await endSessions(db, id);
    await keepAct(db, purpose === "password" ? "passwordReset" : "linkRenewed", by, id);
    const made = { account: await mustFind(db, id), link: await makeLink(db, purpose, id, by) };
    const write = purpose === "password" ? writeReset : writeInvitation;
    if (origin) await write(db, made.account, linkOfToken(origin, made.link.token), made.link.expiresAt);
    return made;
  });
}

async function hasEverAnswered(db: Queryable, id: Id): Promise<boolean> {
  const { rows } = await db.query<{ answered: boolean }>(
    `select exists (select from account_acts where account_id = $1 and act in ('firstOperator', 'invitationAnswered', 'registered'))
       as answered`,
    [id],
  );
  return rows[0]?.answered ?? false;
}
