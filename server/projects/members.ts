/** Who is in a project: the one co-founder that is chosen for the draft, and partners who come in once it is active. */
import { may } from "../../domain/permissions.ts";
import { type GivenRole, type Member, whyNotGone, whyNotRole } from "../../domain/twinspace/members.ts";
import type { PossiblePartners } from "../../protocol/http/projects.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Refused } from "../../protocol/refusals.ts";
import { inTransaction, type Pool, type Queryable } from "../../storage/pool.ts";
import { isRefused, type RefusedFields } from "../http/route.ts";
import { addNews } from "../twinspace/news.ts";
import { issueLabel } from "./labels.ts";
import { addressOf, schoolName, tellServices, writeTo } from "./letters.ts";
import type { Acting } from "./projects.ts";
import { findProject, foundersOf, keepAct, type ProjectRow, settleSchools } from "./rows.ts";
import { projectFor, roleCounts } from "./sight.ts";

export type Chosen = { account: Id } | { email: string };

interface Colleague {
  account: Id;
  name: string;
  email: string;
  language: string;
  /** The first of the validated schools they work at. */
  school: Id;
  country: string;
  isContact: boolean;
}

const colleagues = `accounts a join standings t on t.account_id = a.id
  where a.ended_at is null and a.id <> $1 and jsonb_array_length(t.schools) > 0
    and not exists (select from contacts b where b.state = 'blocked'
      and ((b.from_account = a.id and b.to_account = $1) or (b.from_account = $1 and b.to_account = a.id)))`;
const isContact = `exists (select from contacts c where c.state = 'mutual'
  and ((c.from_account = $1 and c.to_account = a.id) or (c.from_account = a.id and c.to_account = $1)))`;

const mostOffered = 200;

/** Contacts of mine who work at a validated school, by name. */
export async function possiblePartners(db: Queryable, mine: Id): Promise<PossiblePartners> {
  const { rows } = await db.query<PossiblePartners["people"][number]>(
    `select a.id as account, a.name,
       (select jsonb_build_object('id', s.id, 'name', s.name, 'town', s.town, 'country', s.country)
        from schools s where s.id = t.schools -> 0 ->> 'id') as school
     from ${colleagues} and ${isContact} order by lower(a.name), a.id limit ${mostOffered}`,
    [mine],
  );
  return { people: rows };
}

/**
 * Whom the caller means: a contact, or by their e-mail somebody who works at a validated school. Whoever has blocked the
 * caller, and whoever is not there, are answered alike.
 */
async function colleagueOf(db: Queryable, mine: Id, chosen: Chosen): Promise<Colleague | RefusedFields> {
  const byEmail = "email" in chosen;
  const { rows } = await db.query<Colleague>(
    `select a.id as account, a.name, a.email, a.language, t.schools -> 0 ->> 'id' as school,
       t.schools -> 0 ->> 'country' as country, ${isContact} as "isContact"
     from ${colleagues} and ${byEmail ? "a.email" : "a.id"} = $2`,
    [mine, byEmail ? chosen.email : chosen.account],
  );
  const found = rows[0];
  if (!found || !(byEmail || found.isContact)) {
    return { refused: "project.partnerUnknown", fields: [byEmail ? "email" : "account"] };
  }
  return found;
}

/**
 * Chooses the co-founder of a draft. A contact is in at once, since they have agreed to be one; whoever is named by their
 * e-mail alone is asked first. Instead of somebody who has not joined yet, another can be chosen.
 */
export async function choosePartner(
  pool: Pool,
  { caller, now, origin }: Acting,
  key: string,
  chosen: Chosen,
): Promise<undefined | RefusedFields> {
  return inTransaction(pool, async (db) => {
    const row = await projectFor(db, "project.found", caller.actor, key, now, { lock: true });
    if (isRefused(row)) return row;
    const partner = foundersOf(row).find(({ account }) => account !== caller.id);
    if (row.state !== "draft" || partner?.state === "accepted") return { refused: "project.notNow" } as const;
    const found = await colleagueOf(db, caller.id, chosen);
    if (isRefused(found)) return found;
    if (!found.isContact && found.school === ownSchool(row, caller.id)) {
      return { refused: "project.sameSchool", fields: ["email"] };
    }
    if (partner)
      await db.query("delete from project_members where project_id = $1 and account_id = $2", [
        row.id,
        partner.account,
      ]);
    await place(db, row, found, {
      role: "founder",
      state: found.isContact ? "accepted" : "invited",
      by: caller.id,
      now,
    });
    await settleSchools(db, row.id);
    await keepAct(db, row.id, "partnerChosen", caller.id);
    await tellInvited(db, row, found, caller.id, origin);
    return undefined;
  });
}

const ownSchool = (row: ProjectRow, account: Id): Id | undefined =>
  row.members.find((member) => member.account === account)?.school ?? undefined;

async function place(
  db: Queryable,
  row: ProjectRow,
  { account, school }: Colleague,
  { role, state, by, now }: { role: string; state: string; by: Id; now: number },
): Promise<void> {
  await db.query(
    `insert into project_members (project_id, account_id, school_id, role, state, invited_by, at)
     values ($1, $2, $3, $4, $5, $6, to_timestamp($7::float8 / 1000))
     on conflict (project_id, account_id) do update set school_id = excluded.school_id, role = excluded.role,
       state = excluded.state, agreed = false, invited_by = excluded.invited_by, at = excluded.at`,
    [row.id, account, school, role, state, by, now],
  );
}

async function tellInvited(db: Queryable, row: ProjectRow, to: Colleague, by: Id, origin: string): Promise<void> {
  const me = row.members.find(({ account }) => account === by);
  const facts = {
    // A draft may have no title yet.
    project: row.title || "…",
    person: me?.name ?? "",
    school: schoolName(row, me?.school ?? ""),
    link: addressOf(origin, row),
  };
  await writeTo(db, [to], "memberInvited", facts);
}

/** Asks somebody to take part in an active project, as a teacher. */
export async function inviteMember(
  pool: Pool,
  { caller, now, origin }: Acting,
  key: string,
  chosen: Chosen,
): Promise<undefined | RefusedFields> {
  return inTransaction(pool, async (db) => {
    const row = await projectFor(db, "project.invite", caller.actor, key, now, { lock: true });
    if (isRefused(row)) return row;
    if (row.state !== "active") return { refused: "project.notNow" } as const;
    const found = await colleagueOf(db, caller.id, chosen);
    if (isRefused(found)) return found;
    const fields = ["email" in chosen ? "email" : "account"];
    const known = row.members.find(({ account }) => account === found.account);
    if (known?.state === "accepted" || known?.state === "invited") return { refused: "project.alreadyIn", fields };
    const isOutside = !row.schools.some(({ school }) => school === found.school);
    if (row.scope === "sameSchool" && isOutside) return { refused: "project.onlySameSchool", fields };
    await place(db, row, found, { role: "teacher", state: "invited", by: caller.id, now });
    await keepAct(db, row.id, "memberInvited", caller.id);
    await tellInvited(db, row, found, caller.id, origin);
    return undefined;
  });
}

/** Says yes to an invitation; or, in a draft, says for which of one's schools one takes part. */
export async function join(
  pool: Pool,
  { caller, now, origin }: Acting,
  key: string,
  wanted: Id | undefined,
): Promise<undefined | RefusedFields> {
  return inTransaction(pool, async (db) => {
    const row = await projectFor(db, "project.answer", caller.actor, key, now, { lock: true });
    if (isRefused(row)) return row;
    const me = row.members.find(({ account }) => account === caller.id);
    // Experts and observers answer in the TwinSpace itself; here schools join.
    if (!me || me.state === "expired" || me.role === "expert" || me.role === "observer")
      return { refused: "invitation.invalid" } as const;
    const isFounder = me.role === "founder";
    if (row.state !== (isFounder ? "draft" : "active")) return { refused: "project.notNow" } as const;
    if (!isFounder && me.state === "accepted") return undefined;
    const school = wanted ?? me.school;
    if (school === null || !may("project.start", caller.actor, { schools: [school] })) {
      return { refused: "project.schoolNotValidated", fields: ["school"] };
    }
    await db.query(
      `update project_members set state = 'accepted', school_id = $3, at = to_timestamp($4::float8 / 1000)
       where project_id = $1 and account_id = $2`,
      [row.id, caller.id, school, now],
    );
    await keepAct(db, row.id, "memberJoined", caller.id);
    if (isFounder) await settleSchools(db, row.id);
    else {
      await addSchool(db, row, school, now, origin);
      await tellJoined(db, row.id, caller.id, now);
    }
    return undefined;
  });
}

/** Whoever is in the TwinSpace reads that somebody came. */
export const tellJoined = (db: Queryable, project: Id, account: Id, now: number): Promise<void> =>
  addNews(db, { project, by: `account:${account}`, kind: "memberJoined", thing: account, seenBy: "members" }, now);

/**
 * The school of a further partner. The service of a country that was not in it is told, and approves it only where that
 * service wants to; until then its people have no part in the project.
 */
async function addSchool(db: Queryable, row: ProjectRow, school: Id, now: number, origin: string): Promise<void> {
  const { rows } = await db.query<{ country: string; approves: boolean }>(
    `select s.country, coalesce((select v.approves_added_partners from support_services v
       where v.country = s.country or v.country is null order by v.country nulls last limit 1), false) as approves
     from schools s where s.id = $1`,
    [school],
  );
  const added = rows[0];
  if (!added || row.schools.some((one) => one.school === school)) return;
  const isNew = !row.schools.some(({ country }) => country === added.country);
  const state = isNew && added.approves ? "pending" : "approved";
  await db.query(
    `insert into project_schools (project_id, school_id, country, founder, service_state) values ($1, $2, $3, false, $4)
     on conflict do nothing`,
    [row.id, school, added.country, state],
  );
  if (state === "approved") await issueLabel(db, row, now);
  if (!isNew) return;
  const grown = await findProject(db, row.id, now);
  const kind = state === "pending" ? "projectToService" : "projectPartnerAdded";
  if (grown) await tellServices(db, grown, [added.country], kind, origin);
}

/** Whoever has joined, and whether their role counts by now; for the rules. */
async function joinedMembers(db: Queryable, project: Id): Promise<Member[]> {
  const { rows } = await db.query<Member>(
    `select m.account_id as account, m.role, m.school_id as school, ${roleCounts} as counts
     from project_members m join accounts a on a.id = m.account_id join standings t on t.account_id = a.id
     where m.project_id = $1 and m.state = 'accepted'`,
    [project],
  );
  return rows;
}

/** What somebody may do in it, other than a founder. The rules see to it that somebody stays who can administer it. */
export async function changeRole(
  pool: Pool,
  { caller, now }: Acting,
  key: string,
  account: Id,
  role: GivenRole,
): Promise<undefined | Refused> {
  return inTransaction(pool, async (db) => {
    const row = await projectFor(db, "project.changeRoles", caller.actor, key, now, { lock: true });
    if (isRefused(row)) return row;
    if (row.state !== "active") return { refused: "project.notNow" } as const;
    const no = whyNotRole(await joinedMembers(db, row.id), caller.id, account, role);
    if (no) return no;
    await db.query("update project_members set role = $3 where project_id = $1 and account_id = $2", [
      row.id,
      account,
      role,
    ]);
    await keepAct(db, row.id, "roleChanged", caller.id, `${account}: ${role}`);
    return undefined;
  });
}

/** Takes somebody out of it; what they did in it stays. */
export async function removeMember(
  pool: Pool,
  { caller, now }: Acting,
  key: string,
  account: Id,
): Promise<undefined | Refused> {
  return inTransaction(pool, async (db) => {
    const row = await projectFor(db, "project.removeMember", caller.actor, key, now, { lock: true });
    return isRefused(row) ? row : takeOut(db, row, { by: caller.id, account, now });
  });
}

/** Somebody goes; what they did in it stays. Founders close it instead. */
export async function leave(pool: Pool, { caller, now }: Acting, key: string): Promise<undefined | Refused> {
  return inTransaction(pool, async (db) => {
    const row = await projectFor(db, "project.leave", caller.actor, key, now, { lock: true });
    return isRefused(row) ? row : takeOut(db, row, { by: caller.id, account: caller.id, now });
  });
}

async function takeOut(
  db: Queryable,
  row: ProjectRow,
  { by, account, now }: { by: Id; account: Id; now: number },
): Promise<undefined | Refused> {
  if (row.state !== "active") return { refused: "project.notNow" };
  const no = whyNotGone(await joinedMembers(db, row.id), by, account);
  if (no) return no;
  await db.query(
    `update project_members set state = 'left', at = to_timestamp($3::float8 / 1000)
     where project_id = $1 and account_id = $2`,
    [row.id, account, now],
  );
  await keepAct(db, row.id, by === account ? "memberLeft" : "memberRemoved", by, by === account ? "" : account);
  return undefined;
}
