/** Between whom mail goes: adults who take part in the same active project. Pupils and visitors have no account, so no mail. */
import type { Id } from "../../../protocol/ids.ts";
import type { Correspondent, PossibleRecipients } from "../../../protocol/twinspace/correspondence.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { roleCounts } from "../../projects/sight.ts";

/** The adults of active projects whose role counts by now. */
export const adultsIn = `select m.project_id, m.account_id, a.name,
    coalesce((select name from schools where id = coalesce(m.school_id, t.schools -> 0 ->> 'id')), '') as school
  from project_members m join accounts a on a.id = m.account_id join standings t on t.account_id = a.id
    join projects p on p.id = m.project_id
  where m.state = 'accepted' and p.state = 'active' and ${roleCounts}`;

const mostOffered = 1_000;

/** Whom I have blocked is not offered; who has blocked me is, for they are not told. */
export async function possibleRecipients(db: Queryable, me: Id): Promise<PossibleRecipients> {
  const { rows } = await db.query<{ id: Id; slug: string; title: string; account: Id; name: string; school: string }>(
    `select p.id, p.slug, p.title, q.account_id as account, q.name, q.school
     from project_members mine join projects p on p.id = mine.project_id
       join lateral (${adultsIn} and m.project_id = mine.project_id) q on true
     where mine.account_id = $1 and mine.state = 'accepted' and q.account_id <> $1
       and exists (${adultsIn} and m.project_id = p.id and m.account_id = $1)
       and not exists (select from contacts b where b.from_account = $1 and b.to_account = q.account_id
         and b.state = 'blocked')
     order by lower(p.title), p.id, lower(q.name), q.account_id limit ${mostOffered}`,
    [me],
  );
  const projects = new Map<Id, PossibleRecipients["projects"][number]>();
  for (const { id, slug, title, account, name, school } of rows) {
    const known = projects.get(id) ?? { project: { id, slug, title }, people: [] };
    known.people.push({ account, name, school });
    projects.set(id, known);
  }
  return { projects: [...projects.values()] };
}

/** Those of `accounts` who are adults of this project now. */
export async function stillIn(db: Queryable, project: Id, accounts: readonly Id[]): Promise<ReadonlySet<Id>> {
  const { rows } = await db.query<{ id: Id }>(
    `select account_id as id from (${adultsIn} and m.project_id = $1 and m.account_id = any($2)) q`,
    [project, accounts],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Whom of these `me` has blocked. */
export async function blockedBy(db: Queryable, me: Id, accounts: readonly Id[]): Promise<ReadonlySet<Id>> {
  const { rows } = await db.query<{ id: Id }>(
    `select to_account as id from contacts where from_account = $1 and to_account = any($2) and state = 'blocked'`,
    [me, accounts],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Of these conversations everybody but `me`, by name. */
export async function correspondentsOf(
  db: Queryable,
  me: Id,
  conversations: readonly Id[],
): Promise<ReadonlyMap<Id, Correspondent[]>> {
  const { rows } = await db.query<Correspondent & { conversation: Id }>(
    `select c.conversation_id as conversation, a.id as account, case when a.ended_at is null then a.name else '' end as name,
       coalesce(q.school, '') as school, q.account_id is not null as here
     from conversation_people c join conversations v on v.id = c.conversation_id join accounts a on a.id = c.account_id
       left join lateral (${adultsIn} and m.project_id = v.project_id and m.account_id = c.account_id) q on true
     where c.conversation_id = any($2) and c.account_id <> $1 order by lower(a.name), a.id`,
    [me, conversations],
  );
  const people = new Map<Id, Correspondent[]>(conversations.map((id) => [id, []]));
  for (const { conversation, ...person } of rows) people.get(conversation)?.push(person);
  return people;
}
