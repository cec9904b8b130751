/** Letters about report cards, in the transaction of what they tell of: who did what kind of thing, and never its words. */
import type { Id } from "../../protocol/ids.ts";
import type { CommentKind } from "../../protocol/reports/comments.ts";
import type { Queryable } from "../../storage/pool.ts";
import { writeLetter } from "../mail/letters.ts";
import type { ProjectRow } from "../projects/rows.ts";

/** Where its teachers find a report card, or one entry of it. `origin` is without a slash at its end. */
export const cardAddress = (origin: string, { slug }: Pick<ProjectRow, "slug">, entry: Id | null = null): string =>
  `${origin}/twinspace/${encodeURIComponent(slug)}/report${entry === null ? "" : `/entry/${encodeURIComponent(entry)}`}`;
export const deskAddress = (origin: string, { slug }: Pick<ProjectRow, "slug">): string =>
  `${origin}/desk/reports/${encodeURIComponent(slug)}`;

export interface Reader {
  readonly to: string;
  readonly account: Id | null;
  readonly language: string;
  readonly name: string;
}

/** To so many of its people at most, where a service has no address of its own. */
const mostPeople = 20;

/** To the service of the country, or to the central one where there is none: that a question waits, not what it is. */
export async function tellOfQuestion(
  db: Queryable,
  project: Pick<ProjectRow, "title" | "slug">,
  { country, school }: { readonly country: string; readonly school: string },
  origin: string,
): Promise<void> {
  const { rows } = await db.query<Pick<Reader, "to" | "account" | "language">>(
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
  const facts = { project: project.title, school, link: deskAddress(origin, project) };
  for (const to of rows) await writeLetter(db, { ...to, kind: "reportQuestion", facts });
}

/** The teachers of a project who have not ended the letters about its report card. */
export async function teachersToTell(db: Queryable, project: Id): Promise<Reader[]> {
  const { rows } = await db.query<Reader>(
    `select a.email as to, a.id as account, a.language, a.name
     from project_members m join accounts a on a.id = m.account_id
     where m.project_id = $1 and m.state = 'accepted' and m.role in ('founder', 'teacherAdmin', 'teacher')
       and a.ended_at is null and not exists (select from news_choices h where h.account_id = a.id
         and h.kind = 'report' and h.choice = 'never')
     order by a.id`,
    [project],
  );
  return rows;
}

export async function tellOfComment(
  db: Queryable,
  project: ProjectRow,
  { kind, entry, country }: { readonly kind: CommentKind; readonly entry: Id | null; readonly country: string | null },
  origin: string,
): Promise<void> {
  const service = await serviceName(db, country);
  const link = cardAddress(origin, project, entry);
  for (const { name, ...to } of await teachersToTell(db, project.id)) {
    await writeLetter(db, {
      ...to,
      kind: "reportComment",
      facts: { name, project: project.title, service, kind, link },
    });
  }
}

/** From the service itself to every teacher of the project. Answers to how many. */
export async function remindTeachers(
  db: Queryable,
  project: Pick<ProjectRow, "id" | "title" | "slug">,
  { country, days }: { readonly country: string | null; readonly days: number },
  origin: string,
): Promise<number> {
  const service = await serviceName(db, country);
  const link = cardAddress(origin, project);
  const readers = await teachersToTell(db, project.id);
  for (const { name, ...to } of readers) {
    await writeLetter(db, {
      ...to,
      kind: "reportServiceReminds",
      facts: { name, project: project.title, service, days, link },
    });
  }
  return readers.length;
}

async function serviceName(db: Queryable, country: string | null): Promise<string> {
  const { rows } = await db.query<{ name: string }>(
    "select name from support_services where country is not distinct from $1",
    [country],
  );
  return rows[0]?.name ?? "The support service";
}
