/** What the support services say to a project, and what follows when the last of them has approved it. */
import { type Actor, may } from "../../domain/permissions.ts";
import { follow, type ServiceDecision } from "../../domain/projects/project.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Queryable } from "../../storage/pool.ts";
import { isRefused, type RefusedFields } from "../http/route.ts";
import { issueLabel } from "./labels.ts";
import { addressOf, writeTo } from "./letters.ts";
import { findProject, foundersOf, keepAct, keepProject, type ProjectRow, projectOf } from "./rows.ts";
import { openSpaces } from "./spaces.ts";

/**
 * The service of `country`, or the central one in its stead, approves a project, returns it with a note, or refuses it. To
 * return or refuse needs a note. Runs in the caller's transaction.
 *
 * @param now milliseconds since 1970
 * @param origin this server's address, for the letters
 * @param version of the form that was read; another one is refused, for it was changed since
 */
export async function decideProject(
  db: Queryable,
  actor: Actor,
  projectId: Id,
  country: string,
  decision: ServiceDecision,
  note: string,
  now: number,
  origin: string,
  version?: number,
): Promise<undefined | RefusedFields> {
  const row = await findProject(db, projectId, now, { lock: true });
  if (!row) return { refused: "request.notFound" };
  if (!may("project.decide", actor, { countries: [country] })) return { refused: "account.notAllowed" };
  if (version !== undefined && version !== row.version) return { refused: "project.changed" };
  if (decision !== "approve" && note.trim() === "") return { refused: "request.malformed", fields: ["note"] };
  const said = { country, decision, note };
  return row.state === "active"
    ? decideAdded(db, row, actor, said, now)
    : decideFounded(db, row, actor, said, now, origin);
}

interface Said {
  country: string;
  decision: ServiceDecision;
  note: string;
}

async function decideFounded(
  db: Queryable,
  row: ProjectRow,
  actor: Actor,
  { country, decision, note }: Said,
  now: number,
  origin: string,
): Promise<undefined | RefusedFields> {
  const next = follow(projectOf(row), { type: "decide", country, decision });
  if (isRefused(next)) return next;
  const isSound = row.schools.every(({ founder, isValidated }) => !founder || isValidated);
  if (decision === "approve" && !isSound) return { refused: "project.schoolNotValidated" };
  await keepProject(db, row, next, now);
  await keepSaid(db, row.id, country, actor.account, note, now);
  await keepAct(db, row.id, decision, actor.account, note);
  const facts = { project: row.title, link: addressOf(origin, row) };
  if (next.state === "returned") await writeTo(db, foundersOf(row), "projectReturned", { ...facts, note });
  if (next.state === "refused") await writeTo(db, foundersOf(row), "projectRefused", { ...facts, reason: note });
  if (next.state === "active") await onActive(db, row, now, origin);
  return undefined;
}

async function keepSaid(
  db: Queryable,
  id: Id,
  country: string,
  by: Id | null,
  note: string,
  now: number,
): Promise<void> {
  await db.query(
    `update project_schools set service_by = $3, service_at = to_timestamp($5::float8 / 1000), service_note = $4
     where project_id = $1 and country = $2`,
    [id, country, by, note, now],
  );
}

/** Once, when the last founder's country has approved: TwinSpace and report card open, the Label is issued, both founders are told. */
export async function onActive(db: Queryable, project: ProjectRow, now: number, origin: string): Promise<void> {
  await db.query(
    "update project_members set state = 'accepted' where project_id = $1 and role = 'founder' and state = 'invited'",
    [project.id],
  );
  await openSpaces(db, project.id, now);
  const labels = await issueLabel(db, project, now);
  const facts = { project: project.title, link: addressOf(origin, project) };
  for (const founder of foundersOf(project)) {
    const label = labels.find(({ school }) => school === founder.school);
    if (!label) await writeTo(db, [founder], "projectApprovedWithoutLabel", facts);
    else await writeTo(db, [founder], "projectApproved", { ...facts, labelLink: `${origin}/labels/${label.code}` });
  }
}

/** A further partner's country, where its service wants to be asked. Its school then has the Label too. */
async function decideAdded(
  db: Queryable,
  row: ProjectRow,
  actor: Actor,
  { country, decision, note }: Said,
  now: number,
): Promise<undefined | RefusedFields> {
  const { rowCount } = await db.query(
    `update project_schools set service_state = $3, service_by = $4, service_note = $5,
       service_at = to_timestamp($6::float8 / 1000)
     where project_id = $1 and country = $2 and not founder and service_state = 'pending'`,
    [row.id, country, decision === "approve" ? "approved" : "refused", actor.account, note, now],
  );
  if (rowCount === 0) return { refused: "project.notNow" };
  await keepAct(db, row.id, decision, actor.account, note);
  if (decision === "approve") await issueLabel(db, row, now);
  return undefined;
}
