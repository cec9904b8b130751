/** Approved projects in a database, as the desks leave them behind, with their labels. */
import { randomBytes } from "node:crypto";
import { issueLabel } from "../../server/projects/labels.ts";
import type { Pool } from "../../storage/pool.ts";

export interface SchoolWish {
  readonly name: string;
  readonly town: string;
  readonly country: string;
}

export const volos: SchoolWish = { name: "4ο Γυμνάσιο Βόλου «Ρήγας Φεραίος»", town: "Βόλος", country: "GR" };
export const tarnovo: SchoolWish = { name: "СУ „Васил Левски“", town: "Велико Търново", country: "BG" };
export const zilina: SchoolWish = { name: "Základná škola Ľudovíta Štúra", town: "Žilina", country: "SK" };

export interface ProjectWish {
  readonly title?: string;
  readonly slug?: string;
  readonly summary?: string;
  readonly state?: string;
  readonly languages?: readonly string[];
  readonly subjects?: readonly string[];
  readonly ages?: readonly [number, number];
  readonly activatedAt?: number;
  readonly founders?: readonly SchoolWish[];
}

export interface LabelledProject {
  readonly id: string;
  readonly slug: string;
  /** Codes in the order of the founders. */
  readonly codes: readonly string[];
  readonly schools: readonly string[];
}

export async function addSchool(pool: Pool, { name, town, country }: SchoolWish): Promise<string> {
  const id = randomBytes(9).toString("base64url");
  await pool.query("insert into schools (id, name, town, country) values ($1, $2, $3, $4)", [id, name, town, country]);
  return id;
}

export async function joinProject(pool: Pool, project: string, school: string, founder: boolean, state = "approved") {
  await pool.query(
    `insert into project_schools (project_id, school_id, country, founder, service_state)
     select $1, id, country, $3, $4 from schools where id = $2`,
    [project, school, founder, state],
  );
}

export async function labelledProject(pool: Pool, wish: ProjectWish = {}): Promise<LabelledProject> {
  const id = randomBytes(9).toString("base64url");
  const slug = wish.slug ?? `project-${id}`.toLowerCase();
  const at = wish.activatedAt ?? Date.UTC(2026, 10, 20, 10);
  await pool.query(
    `insert into projects (id, slug, title, summary, state, languages, subjects, age_min, age_max, activated_at, description)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, to_timestamp($10::double precision / 1000), 'only for members')`,
    [
      ...[id, slug, wish.title ?? "Two rivers", wish.summary ?? "We measure two rivers on the same day."],
      ...[wish.state ?? "active", wish.languages ?? ["en"], wish.subjects ?? ["biology"]],
      ...[wish.ages?.[0] ?? 10, wish.ages?.[1] ?? 12, at],
    ],
  );
  const schools: string[] = [];
  for (const founder of wish.founders ?? [volos, tarnovo]) {
    const school = await addSchool(pool, founder);
    await joinProject(pool, id, school, true);
    schools.push(school);
  }
  const issued = await issueLabel(pool, { id }, at);
  const codes = schools.flatMap((school) => issued.filter((label) => label.school === school).map(({ code }) => code));
  return { id, slug, codes, schools };
}
