/** An active project `rivers`, written by SQL, for tests of its TwinSpace. */
import { sessionCookie } from "../../server/accounts/sessions.ts";
import { hashOfToken } from "../../server/accounts/tokens.ts";
import { aveiro, Browser, type FrontDoor, type Person } from "./frontDoor.ts";
import { schoolOf } from "./projects.ts";

/** With these two as its founders. */
export async function activeProject(front: FrontDoor, one: Person, other: Person): Promise<void> {
  await front.pool.query(
    `insert into projects (id, slug, title, summary, state, scope, created_by, activated_at)
     values ('rivers', 'rivers', 'Two rivers', 'Rivers', 'active', 'european', $1, now())`,
    [one.id],
  );
  for (const person of [one, other]) await joins(front, person, "founder");
}

/** A teacher, of their first school. */
export async function joins(front: FrontDoor, person: Person, role: string): Promise<void> {
  const school = await schoolOf(person);
  await front.pool.query(
    `insert into project_schools (project_id, school_id, country, founder, service_state)
     select 'rivers', id, country, $2, 'approved' from schools where id = $1 on conflict do nothing`,
    [school, role === "founder"],
  );
  await front.pool.query(
    `insert into project_members (project_id, account_id, school_id, role, state, agreed)
     values ('rivers', $1, $2, $3, 'accepted', true)`,
    [person.id, school, role],
  );
}

/** The pupil `otter` of Aveiro and the visitor `parent`, both signed in. */
export async function pupilAndVisitor(front: FrontDoor): Promise<{ pupil: Browser; visitor: Browser }> {
  await front.pool.query(
    `insert into pupils (id, project_id, school_id, alias, picture, login_code, secret_kind)
     select 'otter', 'rivers', id, 'Otter', 'fish', 'otter-1', 'word' from schools where name = $1`,
    [aveiro.name],
  );
  await front.pool.query(
    `insert into visitors (id, project_id, name, relation, token_hash, expires_at)
     values ('parent', 'rivers', 'A parent', 'parent', 'x', now() + interval '30 days')`,
  );
  await front.pool.query(
    `insert into sessions (token_hash, pupil_id, visitor_id, expires_at) values
       ($1, 'otter', null, now() + interval '1 hour'), ($2, null, 'parent', now() + interval '1 hour')`,
    ["otter", "parent"].map(hashOfToken),
  );
  const signedInBy = (token: string) => {
    const browser = new Browser(front.url);
    browser.cookies.set(sessionCookie, token);
    return browser;
  };
  return { pupil: signedInBy("otter"), visitor: signedInBy("parent") };
}
