/** Taking a decision back: within ten minutes, and only while nothing stands on it. */
import { may } from "../../../domain/permissions.ts";
import { refusalOfUndo, undoWithinMs } from "../../../domain/registry/desk.ts";
import type { DeskRef } from "../../../protocol/http/desk.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { Refused } from "../../../protocol/refusals.ts";
import { inTransaction, type Pool, type Queryable } from "../../../storage/pool.ts";
import { writeLetter } from "../../mail/letters.ts";
import type { Deciding } from "./decide.ts";
import { type KeptDecision, keepDeskAct, lastDecision, markUndone } from "./decisions.ts";
import { type LockedApproval, lockApproval, lockPlace, lockSchool, readersOfSchool } from "./locked.ts";

/** Puts it back to what it was. What was told by letter is corrected by letter; a file that was deleted stays so. */
export async function undo(
  pool: Pool,
  { by, actor, origin }: Pick<Deciding, "by" | "actor" | "origin">,
  item: DeskRef,
): Promise<Refused | undefined> {
  if (!may("desk.decide", actor, { countries: [item.country] })) return { refused: "account.notAllowed" };
  return inTransaction(pool, async (db) => {
    const undoing = { school: undoSchool, person: undoPerson, project: undoApproval }[item.kind];
    const refused = await undoing(db, item, origin);
    if (refused) return refused;
    const last = await lastDecision(db, item);
    if (!last) throw new Error("A decision that was just taken back is gone");
    await markUndone(db, last.id, by);
    await keepDeskAct(db, item, by, "undone");
    return undefined;
  });
}

/** Until when the last decision may be taken back; null where there is none, or it is too late. */
export async function undoUntil(db: Queryable, item: DeskRef): Promise<number | null> {
  const last = await lastDecision(db, item);
  return last && last.now <= last.at + undoWithinMs ? last.at + undoWithinMs : null;
}

async function undoSchool(db: Queryable, item: DeskRef, origin: string): Promise<Refused | undefined> {
  const school = await lockSchool(db, item);
  if (!school) return { refused: "request.notFound" };
  const last = await lastDecision(db, item);
  if (!last) return { refused: "desk.nothingToUndo" };
  const isUnchanged = school.state === last.became.state;
  const isBuiltOn = last.act === "accept" && (await hasBegun(db, last, { school: school.id }));
  const refused = refusalOfUndo({ ...last, isUnchanged, isBuiltOn });
  if (refused) return refused;
  const readers = await readersOfSchool(db, school.id);
  await db.query("update schools set state = $2, state_reason = $3, state_at = clock_timestamp() where id = $1", [
    ...[school.id, last.was.state, last.was.reason],
  ]);
  for (const { account, name, email, language } of readers) {
    const facts = { name, what: school.name, link: `${origin}/school/${school.id}` };
    await writeLetter(db, { to: email, account, language, kind: "decisionUndone", facts });
  }
  return undefined;
}

async function undoPerson(db: Queryable, item: DeskRef, origin: string): Promise<Refused | undefined> {
  const place = await lockPlace(db, item);
  if (!place) return { refused: "request.notFound" };
  const last = await lastDecision(db, item);
  if (!last) return { refused: "desk.nothingToUndo" };
  const isUnchanged =
    place.state === last.became.state && !(await hasAskedAnew(db, place.account, place.schoolId, place.id));
  const isBuiltOn =
    last.act === "accept" && (await hasBegun(db, last, { school: place.schoolId, account: place.account }));
  const refused = refusalOfUndo({ ...last, isUnchanged, isBuiltOn });
  if (refused) return refused;
  await db.query("update memberships set state = $2, reason = $3, state_at = clock_timestamp() where id = $1", [
    ...[place.id, last.was.state, last.was.reason],
  ]);
  const facts = { name: place.name, what: place.school, link: `${origin}/account` };
  const to = { to: place.email, account: place.account, language: place.language };
  await writeLetter(db, { ...to, kind: "decisionUndone", facts });
  return undefined;
}

/** Whether a project or a meeting was begun since, by that school's people (or by this one of them). */
async function hasBegun(
  db: Queryable,
  { at }: Pick<KeptDecision, "at">,
  { school, account }: { school: Id; account?: Id },
): Promise<boolean> {
  const { rows } = await db.query(
    `select from meetings m where m.school_id = $1 and m.created_at >= to_timestamp($3::float8 / 1000)
       and ($2::text is null or m.chair_account = $2)
     union all
     select from project_members m where m.school_id = $1 and m.at >= to_timestamp($3::float8 / 1000)
       and m.state in ('invited', 'accepted') and ($2::text is null or m.account_id = $2)
     limit 1`,
    [school, account ?? null, at],
  );
  return rows.length > 0;
}

/** Whoever was refused or whose place ended may have asked again. */
async function hasAskedAnew(db: Queryable, account: Id, school: Id, but: Id): Promise<boolean> {
  const { rows } = await db.query(
    `select from memberships where account_id = $1 and school_id = $2 and id <> $3 and state not in ('refused', 'ended')`,
    [account, school, but],
  );
  return rows.length > 0;
}

async function undoApproval(db: Queryable, item: DeskRef, origin: string): Promise<Refused | undefined> {
  const project = await lockApproval(db, item);
  if (!project) return { refused: "request.notFound" };
  const last = await lastDecision(db, item);
  if (!last) return { refused: "desk.nothingToUndo" };
  // With the last approval the TwinSpace opened and the Label was issued.
  if (last.became.state === "active") return { refused: "desk.projectOpen" };
  const refused = refusalOfUndo({ ...last, isUnchanged: isAsDecided(project, last), isBuiltOn: false });
  if (refused) return refused;
  await db.query(
    `update project_schools set service_state = 'pending', service_by = null, service_at = null, service_note = ''
     where project_id = $1 and country = $2 and founder`,
    [item.id, item.country],
  );
  await db.query("update projects set state = $2, state_at = clock_timestamp() where id = $1 and state <> $2", [
    ...[item.id, last.was.state],
  ]);
  if (last.act !== "accept") await tellFounders(db, project, origin);
  return undefined;
}

/** An edit counts the version, and what another country said changes the state. */
function isAsDecided({ state, service, version }: LockedApproval, { became }: KeptDecision): boolean {
  return state === became.state && service === became.service && version === became.version;
}

async function tellFounders(db: Queryable, { id, title }: LockedApproval, origin: string): Promise<void> {
  const { rows } = await db.query<{ to: string; account: Id; language: string; name: string }>(
    `select a.email as to, a.id as account, a.language, a.name
     from project_members m join accounts a on a.id = m.account_id
     where m.project_id = $1 and m.role = 'founder' and m.state = 'accepted' and a.ended_at is null`,
    [id],
  );
  for (const { name, ...to } of rows) {
    await writeLetter(db, { ...to, kind: "decisionUndone", facts: { name, what: title, link: `${origin}/projects` } });
  }
}
