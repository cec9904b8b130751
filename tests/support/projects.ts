/** Teachers and services over http, and how a project gets from one to the other. */
import { findAccount } from "../../server/accounts/accounts.ts";
import type { RefusedFields } from "../../server/http/route.ts";
import { decideProject } from "../../server/projects/approval.ts";
import { inTransaction, type Pool } from "../../storage/pool.ts";
import type { Answer, FrontDoor, Person } from "./frontDoor.ts";

/** Everything that must be there, in values of the lists as the migrations fill them. */
export const wholeForm = {
  title: "Two rivers",
  summary: "Two classes watch what lives in their rivers.",
  description: "A year at the Vouga and the Oulujoki.",
  aims: "To know water.",
  workProcess: "One meeting a month.",
  expectedResults: "A book of both rivers.",
  languages: ["en"],
  subjects: ["biology"],
  pupilNumber: 41,
  ageMin: 12,
  ageMax: 14,
  startDate: "2027-01-11",
};

/** What an answer must be, or what it was instead. */
export function good(answer: Answer): Answer["body"] {
  if (answer.status >= 300) throw new Error(`${answer.status}: ${answer.text}`);
  return answer.body;
}

export const changesOf = (fields: Record<string, unknown>, base = 0) =>
  Object.entries(fields).map(([field, value]) => ({ field, value, base }));

/** Both have accepted to be each other's contacts. */
export async function makeContacts(pool: Pool, one: string, other: string): Promise<void> {
  await pool.query(
    "insert into contacts (from_account, to_account, state) values ($1, $2, 'mutual'), ($2, $1, 'mutual') on conflict do nothing",
    [one, other],
  );
}

export async function schoolOf({ browser }: Person): Promise<string> {
  return good(await browser.get("/api/me")).me.school.id;
}

/** A draft of these two, with everything written down; not sent yet. */
export async function wholeDraft(front: Pick<FrontDoor, "pool">, one: Person, other: Person): Promise<string> {
  await makeContacts(front.pool, one.id, other.id);
  const { id } = good(await one.browser.post("/api/projects", { school: await schoolOf(one) }));
  good(await one.browser.post(`/api/projects/${id}/partner`, { account: other.id }));
  good(await one.browser.patch(`/api/projects/${id}`, { changes: changesOf(wholeForm) }));
  return id;
}

/** Says yes to what is there now. */
export async function agrees({ browser }: Person, project: string): Promise<Answer> {
  const { version } = good(await browser.get(`/api/projects/${project}`));
  return browser.post(`/api/projects/${project}/agree`, { version });
}

/** As the desk of a support service does it. */
export async function decides(
  front: Pick<FrontDoor, "pool" | "clock" | "url">,
  service: Person,
  project: string,
  country: string,
  decision: "approve" | "return" | "refuse" = "approve",
  note = "",
): Promise<RefusedFields | undefined> {
  const account = await findAccount(front.pool, service.id);
  if (!account) throw new Error("There is no such account");
  return inTransaction(front.pool, (db) =>
    decideProject(db, account.actor, project, country, decision, note, front.clock.now, front.url),
  );
}
