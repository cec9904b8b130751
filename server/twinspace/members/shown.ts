/** Who is in a TwinSpace, as its members read it: adults with their role, pupils by alias. Visitors stand in a list of their own. */
import type { MemberAct, SpaceInvitation, SpaceMember, SpaceMembers } from "../../../protocol/twinspace/members.ts";
import type { Person } from "../../../protocol/twinspace/space.ts";
import type { Queryable } from "../../../storage/pool.ts";
import type { MemberRow } from "../../projects/rows.ts";
import { isAdmin, isTeacher, type Space } from "../insider.ts";
import { peopleOf } from "../names.ts";

const mostPupils = 500;

export async function shownMembers(db: Queryable, space: Space): Promise<SpaceMembers> {
  const { pupils, count } = await pupilsOf(db, space);
  return {
    members: [...(await adultsOf(db, space)), ...pupils],
    invitations: isTeacher(space.me) ? await invitationsOf(db, space) : [],
    pupils: count,
  };
}

async function adultsOf(db: Queryable, space: Space): Promise<SpaceMember[]> {
  const { project } = space;
  const joined = project.members.filter(({ state }) => state === "accepted");
  const people = await peopleOf(
    db,
    project.id,
    joined.map(({ account }) => `account:${account}`),
  );
  return joined.flatMap((member) => {
    const person = people.get(`account:${member.account}`);
    return person ? { ...person, account: member.account, role: member.role, acts: actsOn(space, member) } : [];
  });
}

/** What the page offers; the server refuses by itself. */
function actsOn({ project, me }: Space, { account, role }: MemberRow): MemberAct[] {
  if (project.state !== "active" || role === "founder") return [];
  const isMe = me.kind === "account" && me.id === account;
  if (!isAdmin(me)) return isMe ? ["leave"] : [];
  return isMe ? ["changeRole", "leave"] : ["changeRole", "remove"];
}

async function pupilsOf(db: Queryable, { project }: Space): Promise<{ pupils: SpaceMember[]; count: number }> {
  const { rows } = await db.query<Person & { role: "pupil" | "pupilAdmin"; count: number }>(
    `select 'pupil:' || u.id as author, 'pupil' as kind, u.alias as name, u.picture, u.role,
       jsonb_build_object('id', s.id, 'name', s.name, 'country', s.country) as school, count(*) over () as count
     from pupils u join schools s on s.id = u.school_id
     where u.project_id = $1 and u.state in ('active', 'locked')
     order by s.country, s.name, lower(u.alias), u.id limit ${mostPupils}`,
    [project.id],
  );
  const pupils = rows.map(({ count: _count, ...pupil }): SpaceMember => ({ ...pupil, account: null, acts: [] }));
  return { pupils, count: rows[0]?.count ?? 0 };
}

async function invitationsOf(db: Queryable, { project, me }: Space): Promise<SpaceInvitation[]> {
  const { rows } = await db.query<{ account: string; by: string | null }>(
    "select account_id as account, invited_by as by from project_members where project_id = $1 and state = 'invited'",
    [project.id],
  );
  const isOpen = project.state === "active";
  return project.members.flatMap(({ account, name, role, state, at }) => {
    if (state !== "invited" && state !== "expired") return [];
    const by = rows.find((row) => row.account === account)?.by ?? null;
    return { account, name, role, at, expired: state === "expired", mine: isOpen && (isAdmin(me) || by === me.id) };
  });
}
