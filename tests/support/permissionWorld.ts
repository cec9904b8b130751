/**
 * Everybody there can be and one of everything they could ask about: schools of two countries, people of every standing,
 * a project in each state that matters, a meeting, a letter. Written by SQL, so that no rule stands in its way.
 */
import { type Actor, nobody, type Place, type SpaceRole } from "../../domain/permissions.ts";
import { addAccount } from "../../server/accounts/accounts.ts";
import { hashPassword } from "../../server/accounts/passwords.ts";
import { sessionCookie } from "../../server/accounts/sessions.ts";
import { hashOfToken } from "../../server/accounts/tokens.ts";
import { appointToService } from "../../server/registry/standing.ts";
import type { Pool } from "../../storage/pool.ts";
import { Browser } from "./frontDoor.ts";
import { sentApplication } from "./sentApplication.ts";

export const schools = ["aveiro", "oulu", "athens", "silent"] as const;

/** By name: the role of their account, their school, the country they serve. */
const everybody = {
  ana: { role: "teacher", school: "aveiro" },
  rui: { role: "teacher", school: "aveiro" },
  mikko: { role: "teacher", school: "oulu" },
  tea: { role: "teacher", school: "oulu" },
  leadPt: { role: "lead", school: "aveiro" },
  leadFi: { role: "lead", school: "oulu" },
  silent: { role: "teacher", school: "silent" },
  newcomer: { role: "teacher", school: null },
  nssPt: { role: "support", country: "PT" },
  nssGr: { role: "support", country: "GR" },
  css: { role: "support", country: null },
  ambassador: { role: "ambassador", school: null },
  operator: { role: "operator" },
  expert: { role: "teacher", school: null },
  observer: { role: "teacher", school: null },
  /** About whom others decide. */
  spare: { role: "teacher", school: null },
} as const;
/** Who has no account but a place in the TwinSpace of `project-active`. */
const places = {
  pupil: { id: "pupil", project: "project-active", role: "pupil", school: "aveiro" },
  pupilAdmin: { id: "pupil-admin", project: "project-active", role: "pupilAdmin", school: "oulu" },
  visitor: { id: "visitor", project: "project-active", role: "visitor", school: null },
} as const satisfies Record<string, Place>;

type AccountName = keyof typeof everybody;
export type Name = AccountName | keyof typeof places | "nobody";
export const names: readonly Name[] = [
  "nobody",
  ...(Object.keys(places) as (keyof typeof places)[]), // the keys' own type is forgotten
  ...(Object.keys(everybody) as AccountName[]), // here too
];

export const projectStates = ["draft", "awaitingPartner", "awaitingService", "active", "suspended", "closed"] as const;

/** Who is in every project here, and as what. */
export const rolesInProjects: Partial<Record<Name, SpaceRole>> = {
  ana: "founder",
  mikko: "founder",
  tea: "teacher",
  expert: "expert",
  observer: "observer",
};

const isPlace = (name: Name): name is keyof typeof places => Object.hasOwn(places, name);

/** The role of somebody in the project of this state: others than founders join once it is active. */
export function roleOf(name: Name, state: (typeof projectStates)[number]): SpaceRole | null {
  if (isPlace(name)) return state === "active" ? places[name].role : null;
  const known = rolesInProjects[name] ?? null;
  return known === "founder" || ["active", "suspended", "closed"].includes(state) ? known : null;
}

/** Of who has no account. */
export const placeActorOf = (name: Name): Actor | null => (isPlace(name) ? { ...nobody, place: places[name] } : null);

export const labelCode = "23456789CD";

const password = "seven rivers meet";

/** Account ids are the names in lower case; project ids `project-<state>`. */
export const accountOf = (name: Name): string | null =>
  name === "nobody" || isPlace(name) ? null : name.toLowerCase();

export async function makePermissionWorld(pool: Pool): Promise<void> {
  await pool.query(
    `insert into schools (id, name, town, country, state, submitted_by) values
       ('aveiro', 'Escola de Aveiro', 'Aveiro', 'PT', 'validated', null),
       ('oulu', 'Oulun koulu', 'Oulu', 'FI', 'validated', null),
       ('athens', 'Σχολείο Αθηνών', 'Αθήνα', 'GR', 'submitted', null),
       ('silent', 'Escola do Silêncio', 'Faro', 'PT', 'suspended', null)`,
  );
  const passwordHash = await hashPassword(password);
  for (const [name, person] of Object.entries(everybody)) {
    const id = name.toLowerCase();
    const added = await addAccount(pool, {
      ...{ id, email: `${id}@permissions.test`, name, role: person.role, passwordHash, timeZone: "UTC" },
      school: "school" in person ? person.school : null,
      country: null,
    });
    if (!added) throw new Error(`${name} is there already`);
    if ("country" in person && person.country) {
      await pool.query("delete from support_staff where account_id = $1", [id]);
      await appointToService(pool, id, person.country, null);
    }
  }
  await pool.query(
    `insert into memberships (id, account_id, school_id, state) values
       ('place-asked', 'newcomer', 'aveiro', 'asked'), ('place-athens', 'newcomer', 'athens', 'evidenceWanted')`,
  );
  for (const state of projectStates) await addProject(pool, state);
  await addPlaces(pool);
  await pool.query(
    "insert into awards (id, code, project_id, school_id) values ('award', $1, 'project-active', 'aveiro')",
    [labelCode],
  );
  await sentApplication(pool, { id: "application", account: "rui", project: "project-active", school: "aveiro" });
  await pool.query(
    `insert into notices (id, author, school_id, kind, title, body, age_min, age_max, languages, expires_at)
     values ('notice', 'ana', 'aveiro', 'looking', 'Rivers', 'Who measures a river with us this spring?', 8, 12, '{en}',
       now() + interval '30 days')`,
  );
  await pool.query(
    "insert into saved_searches (id, account, name, query, stop_token) values ('search', 'ana', 'Finland', '{}', 'stop')",
  );
  await pool.query(
    `insert into meetings (id, code, title, starts_at, length_minutes, settings, chair_account, school_id)
     values ('meeting', 'meeting-of-ana', 'Rivers', now() + interval '1 day', 60,
       (select jsonb_build_object('next', 'byQueue', 'capacity', 1, 'turnLimitMs', null, 'lobby', true, 'locked', false,
         'recorded', true, 'maxSeats', 300, 'graceMs', 8000)), 'ana', 'aveiro')`,
  );
  await pool.query(
    "insert into meeting_links (id, meeting_id, key, role) values ('link', 'meeting', 'meeting-of-ana', 'participant')",
  );
}

async function addProject(pool: Pool, state: (typeof projectStates)[number]): Promise<void> {
  const id = `project-${state.toLowerCase()}`;
  const wasActive = ["active", "suspended", "closed"].includes(state);
  const service = wasActive ? "approved" : "pending";
  await pool.query(
    `insert into projects (id, slug, title, summary, state, scope, created_by, activated_at, closed_at, languages, subjects)
     values ($1, $1, 'Two rivers', 'Rivers', $2, 'european', 'ana', case when $3 then now() end,
       case when $2 = 'closed' then now() end, '{en}', '{}')`,
    [id, state, wasActive],
  );
  await pool.query(
    `insert into project_schools (project_id, school_id, country, founder, service_state) values
       ($1, 'aveiro', 'PT', true, $2), ($1, 'oulu', 'FI', true, $2)`,
    [id, service],
  );
  await pool.query(
    `insert into project_members (project_id, account_id, school_id, role, state, agreed) values
       ($1, 'ana', 'aveiro', 'founder', 'accepted', true), ($1, 'mikko', 'oulu', 'founder', 'accepted', true)`,
    [id],
  );
  // Others join once it is active.
  if (!wasActive) return;
  await pool.query(
    `insert into project_members (project_id, account_id, school_id, role, state)
     values ($1, 'tea', 'oulu', 'teacher', 'accepted'), ($1, 'expert', null, 'expert', 'accepted'),
       ($1, 'observer', null, 'observer', 'accepted')`,
    [id],
  );
}

async function addPlaces(pool: Pool): Promise<void> {
  await pool.query(
    `insert into pupils (id, project_id, school_id, alias, picture, role, login_code, secret_kind) values
       ('pupil', 'project-active', 'aveiro', 'Kingfisher', 'fox', 'pupil', 'code-1', 'word'),
       ('pupil-admin', 'project-active', 'oulu', 'Otter', 'fox', 'pupilAdmin', 'code-2', 'word')`,
  );
  await pool.query(
    `insert into visitors (id, project_id, name, relation, token_hash, expires_at)
     values ('visitor', 'project-active', 'A parent', 'parent', 'x', now() + interval '30 days')`,
  );
  await pool.query(
    `insert into sessions (token_hash, pupil_id, visitor_id, expires_at) values
       ($1, 'pupil', null, now() + interval '1 hour'), ($2, 'pupil-admin', null, now() + interval '1 hour'),
       ($3, null, 'visitor', now() + interval '1 hour')`,
    ["pupil", "pupilAdmin", "visitor"].map(hashOfToken),
  );
}

/** Everybody's own browser, signed in. */
export async function browsersOf(url: string): Promise<ReadonlyMap<Name, Browser>> {
  const browsers = new Map<Name, Browser>([["nobody", new Browser(url)]]);
  for (const name of Object.keys(places) as (keyof typeof places)[]) {
    const browser = new Browser(url);
    browser.cookies.set(sessionCookie, name);
    browsers.set(name, browser);
  }
  for (const name of Object.keys(everybody) as AccountName[]) {
    const browser = new Browser(url);
    const answer = await browser.post("/api/sign-in", { email: `${name.toLowerCase()}@permissions.test`, password });
    if (answer.status !== 200) throw new Error(`${name} could not sign in: ${answer.text}`);
    browsers.set(name, browser);
  }
  return browsers;
}
