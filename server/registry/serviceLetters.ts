/** Letters to a country's support service: that something waits for it. */
import type { Queryable } from "../../storage/pool.ts";
import { type Letter, writeLetter } from "../mail/letters.ts";

/** To so many of its people at most, where a service has no address of its own. */
const mostPeople = 20;

type ToService = Extract<Letter, { kind: "schoolSubmitted" | "personAsked" | "qualityLabelSubmitted" }>;
type Told = ToService extends infer L ? (L extends ToService ? Pick<L, "kind" | "facts"> : never) : never;

/** To the country's own service, or else to the central one; to its address, or else to everybody who works there. */
export async function tellService(db: Queryable, country: string, told: Told): Promise<void> {
  const { rows } = await db.query<{ to: string; account: string | null; language: string }>(
    `with service as (
       select id, email, coalesce(languages[1], 'en') as language from support_services
       where country = $1 or country is null order by country nulls last limit 1
     )
     select email as to, null as account, language from service where email <> ''
     union all
     (select a.email, a.id, a.language from service v join support_staff st on st.service_id = v.id
      join accounts a on a.id = st.account_id
      where v.email = '' and a.ended_at is null and a.password_hash is not null order by st.since limit ${mostPeople})`,
    [country],
  );
  // One kind with its own facts, whichever of them it is; spreading a union forgets that they belong together.
  for (const to of rows) await writeLetter(db, { ...to, ...told } as ToService);
}
