/** An active project of two schools, and somebody of every kind in its TwinSpace. */
import { sessionCookie } from "../../server/accounts/sessions.ts";
import { hashOfToken } from "../../server/accounts/tokens.ts";
import { aveiro, type Browser, type FrontDoor, oulu, type Person } from "./frontDoor.ts";
import { schoolOf } from "./projects.ts";

export interface ActiveSpace {
  readonly id: string;
  /** Founders of two schools, and a teacher of the first one. */
  readonly ana: Person;
  readonly mikko: Person;
  readonly rui: Person;
  readonly schools: { readonly aveiro: string; readonly oulu: string };
  pupil(alias: string, school: "aveiro" | "oulu"): Promise<{ id: string; browser: Browser }>;
  visitor(name: string): Promise<{ id: string; browser: Browser }>;
}

let made = 0;

/** Written by SQL: how a project becomes active is tried elsewhere. */
export async function openSpace(
  front: Pick<FrontDoor, "pool" | "person" | "browser">,
  slug = "two-rivers",
): Promise<ActiveSpace> {
  const { pool } = front;
  const tag = slug.replaceAll("-", " ");
  const ana = await front.person("teacher", `Ana of ${tag}`, aveiro);
  const mikko = await front.person("teacher", `Mikko of ${tag}`, oulu);
  const rui = await front.person("teacher", `Rui of ${tag}`, aveiro);
  const schools = { aveiro: await schoolOf(ana), oulu: await schoolOf(mikko) };
  await pool.query(
    `insert into projects (id, slug, title, summary, state, scope, created_by, activated_at, languages, subjects)
     values ($1, $1, $2, 'Rivers', 'active', 'european', $3, now(), '{en}', '{}')`,
    [slug, "Two rivers", ana.id],
  );
  await pool.query(
    `insert into project_schools (project_id, school_id, country, founder, service_state)
     values ($1, $2, 'PT', true, 'approved'), ($1, $3, 'FI', true, 'approved')`,
    [slug, schools.aveiro, schools.oulu],
  );
  await pool.query(
    `insert into project_members (project_id, account_id, school_id, role, state, agreed)
     values ($1, $2, $5, 'founder', 'accepted', true), ($1, $3, $6, 'founder', 'accepted', true),
       ($1, $4, $5, 'teacher', 'accepted', true)`,
    [slug, ana.id, mikko.id, rui.id, schools.aveiro, schools.oulu],
  );
  const signedIn = async (column: "pupil_id" | "visitor_id", id: string): Promise<Browser> => {
    const browser = front.browser();
    const token = `token-of-${id}`;
    await pool.query(
      `insert into sessions (token_hash, ${column}, expires_at) values ($1, $2, now() + interval '1 hour')`,
      [hashOfToken(token), id],
    );
    browser.cookies.set(sessionCookie, token);
    return browser;
  };
  return {
    ...{ id: slug, ana, mikko, rui, schools },
    async pupil(alias, school) {
      made += 1;
      const id = `pupil-${made}`;
      await pool.query(
        `insert into pupils (id, project_id, school_id, alias, picture, login_code, secret_kind)
         values ($1, $2, $3, $4, 'fox', $1, 'word')`,
        [id, slug, schools[school], alias],
      );
      return { id, browser: await signedIn("pupil_id", id) };
    },
    async visitor(name) {
      made += 1;
      const id = `visitor-${made}`;
      await pool.query(
        `insert into visitors (id, project_id, name, relation, token_hash, expires_at)
         values ($1, $2, $3, 'parent', $4, now() + interval '30 days')`,
        [id, slug, name, hashOfToken(id)],
      );
      return { id, browser: await signedIn("visitor_id", id) };
    },
  };
}
