/** Experts and observers: asked by a founder or an administrator, they answer for themselves. Nobody comes in unasked. */

import type { Id } from "../../../protocol/ids.ts";
import type { Refused } from "../../../protocol/refusals.ts";
import type { InviteOutsider, MyInvitation, PossibleOutsiders } from "../../../protocol/twinspace/members.ts";
import { inTransaction, type Pool, type Queryable } from "../../../storage/pool.ts";
import type { Caller, RefusedFields } from "../../http/route.ts";
import { writeLetter } from "../../mail/letters.ts";
import { addressOf } from "../../projects/letters.ts";
import { tellJoined } from "../../projects/members.ts";
import { findProject, invitationLastsMs, keepAct, type ProjectRow } from "../../projects/rows.ts";
import { isAdmin, type Space } from "../insider.ts";

const notBlocked = `a.ended_at is null and a.id <> $1 and not a.operator
  and not exists (select from contacts b where b.state = 'blocked'
    and ((b.from_account = a.id and b.to_account = $1) or (b.from_account = $1 and b.to_account = a.id)))`;
const isContact = `exists (select from contacts c where c.state = 'mutual'
  and ((c.from_account = $1 and c.to_account = a.id) or (c.from_account = a.id and c.to_account = $1)))`;
const mostOffered = 200;

export async function possibleOutsiders(db: Queryable, { project, me }: Space): Promise<PossibleOutsiders> {
  const { rows } = await db.query<PossibleOutsiders["people"][number]>(
    `select a.id as account, a.name, coalesce((select s.name from schools s join standings t on t.account_id = a.id
       where s.id = t.schools -> 0 ->> 'id'), '') as school
     from accounts a where ${notBlocked} and ${isContact}
       and not exists (select from project_members m where m.project_id = $2 and m.account_id = a.id
         and (m.state = 'accepted' or m.state = 'invited' and m.at > now() - ${invitationLastsMs} * interval '1 ms'))
     order by lower(a.name), a.id limit ${mostOffered}`,
    [me.id, project.id],
  );
  return { people: rows };
}

interface Asked {
  readonly id: Id;
  readonly name: string;
  readonly email: string;
  readonly language: string;
}

/** A contact, or somebody by their e-mail. Whoever has blocked the caller, and whoever is not there, are answered alike. */
async function whoIs(db: Queryable, mine: Id, chosen: { account: Id } | { email: string }): Promise<Asked | undefined> {
  const byEmail = "email" in chosen;
  const { rows } = await db.query<Asked>(
    `select a.id, a.name, a.email, a.language from accounts a
     where ${notBlocked} and ${byEmail ? "a.email = $2" : `a.id = $2 and ${isContact}`}`,
    [mine, byEmail ? chosen.email : chosen.account],
  );
  return rows[0];
}

interface Inviting {
  readonly now: number;
  readonly origin: string;
}

/** In a transaction that holds the project, like everything here that changes who is in it. */
export async function inviteOutsider(
  db: Queryable,
  { project, me }: Space,
  asked: InviteOutsider,
  { now, origin }: Inviting,
): Promise<RefusedFields | undefined> {
  const found = await whoIs(db, me.id, asked);
  const fields = ["email" in asked ? "email" : "account"];
  if (!found) return { refused: "project.partnerUnknown", fields };
  const known = project.members.find(({ account }) => account === found.id);
  if (known?.role === "founder" || known?.state === "accepted" || known?.state === "invited") {
    return { refused: "project.alreadyIn", fields };
  }
  await db.query(
    `insert into project_members (project_id, account_id, school_id, role, state, invited_by, invited_note, at)
     values ($1, $2, null, $3, 'invited', $4, $5, to_timestamp($6::float8 / 1000))
     on conflict (project_id, account_id) do update set school_id = null, role = excluded.role, state = 'invited',
       agreed = false, invited_by = excluded.invited_by, invited_note = excluded.invited_note, at = excluded.at`,
    [project.id, found.id, asked.role, me.id, asked.note ?? "", now],
  );
  await keepAct(db, project.id, "memberInvited", me.id);
  await tellOutsider(db, project, found, { role: asked.role, note: asked.note ?? "", person: me.name, origin });
  return undefined;
}

/** `/twinspace/<slug>/invitation`: where they say yes or no. */
export const invitationAt = (origin: string, { slug }: Pick<ProjectRow, "slug">): string =>
  `${origin}/twinspace/${encodeURIComponent(slug)}/invitation`;

async function tellOutsider(
  db: Queryable,
  project: ProjectRow,
  { id, name, email, language }: Asked,
  { role, note, person, origin }: { role: "expert" | "observer"; note: string; person: string; origin: string },
): Promise<void> {
  const facts = { name, project: project.title, person, role, note, link: invitationAt(origin, project) };
  await writeLetter(db, { to: email, account: id, language, kind: "spaceInvited", facts });
}

interface Open {
  readonly role: string;
  readonly by: Id | null;
  readonly note: string;
}

/** An invitation that was not answered, whether or not its time is over; of others' only an administrator's business. */
async function openInvitation(db: Queryable, { project, me }: Space, account: Id): Promise<Open | undefined> {
  const { rows } = await db.query<Open>(
    `select role, invited_by as by, invited_note as note from project_members
     where project_id = $1 and account_id = $2 and state = 'invited' and role <> 'founder'`,
    [project.id, account],
  );
  const [open] = rows;
  return open && (isAdmin(me) || open.by === me.id) ? open : undefined;
}

/** Begins the thirty days anew and writes the letter again. */
export async function inviteAgain(
  db: Queryable,
  space: Space,
  account: Id,
  { now, origin }: Inviting,
): Promise<Refused | undefined> {
  const { project, me } = space;
  const open = await openInvitation(db, space, account);
  const member = project.members.find((one) => one.account === account);
  if (!open || !member) return { refused: "member.notInvited" };
  await db.query(
    `update project_members set at = to_timestamp($3::float8 / 1000), invited_by = $4
     where project_id = $1 and account_id = $2`,
    [project.id, account, now, me.id],
  );
  const asked = { id: account, name: member.name, email: member.email, language: member.language };
  if (open.role === "expert" || open.role === "observer") {
    await tellOutsider(db, project, asked, { role: open.role, note: open.note, person: me.name, origin });
    return undefined;
  }
  const school = project.schools.find((one) => one.school === me.school)?.shown.name ?? "";
  const facts = {
    name: member.name,
    project: project.title,
    person: me.name,
    school,
    link: addressOf(origin, project),
  };
  await writeLetter(db, { ...{ to: member.email, account }, language: member.language, kind: "memberInvited", facts });
  return undefined;
}

/** They are not told; the address of the letter then leads to nothing. */
export async function takeInvitationBack(db: Queryable, space: Space, account: Id): Promise<Refused | undefined> {
  if (!(await openInvitation(db, space, account))) return { refused: "member.notInvited" };
  await db.query("delete from project_members where project_id = $1 and account_id = $2", [space.project.id, account]);
  await keepAct(db, space.project.id, "invitationTakenBack", space.me.id);
  return undefined;
}

/* For who is invited */

/** To what `caller` is invited, if they are and it is not over. */
export async function myInvitation(
  db: Queryable,
  caller: Pick<Caller, "id">,
  key: string,
  now: number,
): Promise<MyInvitation | Refused> {
  const project = await findProject(db, key, now);
  const role = project && invitedAs(project, caller.id);
  if (!project || !role) return { refused: "invitation.invalid" };
  const { rows } = await db.query<{ by: string | null; note: string; at: number; summary: string }>(
    `select a.name as by, m.invited_note as note, m.at, p.summary
     from project_members m join projects p on p.id = m.project_id left join accounts a on a.id = m.invited_by
     where m.project_id = $1 and m.account_id = $2`,
    [project.id, caller.id],
  );
  const [row] = rows;
  if (!row) return { refused: "invitation.invalid" };
  return {
    ...{ slug: project.slug, title: project.title, summary: row.summary, role },
    ...{ by: row.by ?? "", note: row.note, expiresAt: row.at + invitationLastsMs },
    schools: project.schools.map(({ shown: { name, country } }) => ({ name, country })),
  };
}

function invitedAs({ state, members }: ProjectRow, account: Id): "expert" | "observer" | undefined {
  const me = members.find((member) => member.account === account);
  if (state !== "active" || me?.state !== "invited") return undefined;
  return me.role === "expert" || me.role === "observer" ? me.role : undefined;
}

export async function answerInvitation(
  pool: Pool,
  caller: Pick<Caller, "id">,
  key: string,
  accept: boolean,
  now: number,
): Promise<{ project: Id } | Refused> {
  return inTransaction(pool, async (db) => {
    const project = await findProject(db, key, now, { lock: true });
    if (!project || !invitedAs(project, caller.id)) return { refused: "invitation.invalid" } as const;
    await db.query(
      `update project_members set state = $3, invited_note = '', at = to_timestamp($4::float8 / 1000)
       where project_id = $1 and account_id = $2`,
      [project.id, caller.id, accept ? "accepted" : "declined", now],
    );
    await keepAct(db, project.id, accept ? "memberJoined" : "memberDeclined", caller.id);
    if (accept) await tellJoined(db, project.id, caller.id, now);
    return { project: project.id };
  });
}
