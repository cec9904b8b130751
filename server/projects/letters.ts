/** Letters about a project, in the transaction of what they tell of. To founders, to who is invited, to support services. */
import type { Id } from "../../protocol/ids.ts";
import type { Queryable } from "../../storage/pool.ts";
import { type Letter, writeLetter } from "../mail/letters.ts";
import { foundersOf, type MemberRow, type ProjectRow } from "./rows.ts";

/** Where a project is found; `origin` is this server's address without a slash at its end. */
export const addressOf = (origin: string, { slug }: Pick<ProjectRow, "slug">): string =>
  `${origin}/projects/${encodeURIComponent(slug)}`;

/** The languages of a service's letters are its own; without any, English. */
interface ServiceReader {
  email: string;
  language: string;
}

export const schoolName = (row: ProjectRow, id: Id | null): string =>
  row.schools.find(({ school }) => school === id)?.shown.name ?? "";

type Facts<K extends Letter["kind"]> = Omit<Extract<Letter, { kind: K }>["facts"], "name">;
type ToPeople =
  | "projectInvited"
  | "projectAgreed"
  | "projectDeclined"
  | "projectChangeAsked"
  | "projectReset"
  | "projectReturned"
  | "projectRefused"
  | "projectApproved"
  | "projectApprovedWithoutLabel"
  | "memberInvited";

/** The same letter to each of these people, greeted by name. */
export async function writeTo<K extends ToPeople>(
  db: Queryable,
  people: readonly Pick<MemberRow, "account" | "name" | "email" | "language">[],
  kind: K,
  facts: Facts<K>,
): Promise<void> {
  for (const { account, name, email, language } of people) {
    // The facts are those of the kind but for the name, which is put in here; TypeScript cannot join the two.
    await writeLetter(db, { to: email, account, language, kind, facts: { ...facts, name } } as unknown as Letter);
  }
}

/** The founders but this one. */
export const othersThan = (row: ProjectRow, account: Id): MemberRow[] =>
  foundersOf(row).filter((founder) => founder.account !== account && founder.state === "accepted");

/** To the services of these countries, or to the central one where a country has none. */
export async function tellServices(
  db: Queryable,
  row: ProjectRow,
  countries: readonly string[],
  kind: "projectToService" | "projectPartnerAdded",
  origin: string,
): Promise<void> {
  const schools = row.schools.map(({ shown }) => `${shown.name} (${shown.country})`).join(", ");
  for (const { email, language } of await serviceReaders(db, countries)) {
    const facts = { project: row.title, schools, link: `${origin}/desk` };
    await writeLetter(db, { to: email, language, kind, facts });
  }
}

const mostReaders = 20;

/** A service's own address; where it gave none, the people who work for it. */
async function serviceReaders(db: Queryable, countries: readonly string[]): Promise<ServiceReader[]> {
  const { rows } = await db.query<ServiceReader>(
    `with services as (
       select distinct on (c.country) v.id, v.email, v.languages
       from unnest($1::text[]) as c (country)
       join support_services v on v.country = c.country or v.country is null
       order by c.country, v.country nulls last
     )
     select email, coalesce(languages[1], 'en') as language from services where email <> ''
     union
     select a.email, a.language from services v join support_staff s on s.service_id = v.id
       join accounts a on a.id = s.account_id and a.ended_at is null
     where v.email = ''
     limit ${mostReaders}`,
    [countries],
  );
  return rows;
}
