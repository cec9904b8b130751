/** What makes an account somebody: a place at a school, in a support service, among the ambassadors. */
import type { Id } from "../../protocol/ids.ts";
import type { Queryable } from "../../storage/pool.ts";
import { newId } from "../ids.ts";

/** Somebody works there from now on, without being asked: for who was invited by somebody who knows them. */
export async function addMembership(
  db: Queryable,
  account: Id,
  school: Id,
  { lead = false, staffRole = "teacher" }: { lead?: boolean; staffRole?: string } = {},
): Promise<void> {
  await db.query(
    `insert into memberships (id, account_id, school_id, staff_role, lead, state) values ($1, $2, $3, $4, $5, 'active')
     on conflict (account_id, school_id) where state not in ('refused', 'ended')
     do update set state = 'active', lead = memberships.lead or excluded.lead, state_at = now()`,
    [newId(), account, school, staffRole, lead],
  );
}

/** `country` null: the central service. A country's service is made when it has none yet. */
export async function appointToService(
  db: Queryable,
  account: Id,
  country: string | null,
  by: Id | null,
): Promise<void> {
  if (country !== null) {
    await db.query(
      `insert into support_services (id, kind, country, name) values ($1, 'nss', $2, 'National support service, ' || $2)
       on conflict (country) do nothing`,
      [newId(), country],
    );
  }
  await db.query(
    `insert into support_staff (service_id, account_id, appointed_by)
     select id, $1, $3 from support_services where country is not distinct from $2
     on conflict do nothing`,
    [account, country, by],
  );
}

/** An ambassador of the country of their school, or of none in particular. */
export async function appointAmbassador(db: Queryable, account: Id, by: Id | null): Promise<void> {
  await db.query(
    `insert into ambassadors (account_id, country, appointed_by)
     select $1, (select s.country from memberships m join schools s on s.id = m.school_id
                 where m.account_id = $1 and m.state = 'active' order by m.created_at limit 1), $2
     on conflict (account_id) do nothing`,
    [account, by],
  );
}
