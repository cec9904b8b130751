/**
 * Deciding about schools, people and projects. Several at once are decided in one transaction: where one of them may not
 * be, none is.
 */

import { type Actor, may } from "../../../domain/permissions.ts";
import { asMembershipAct, asSchoolAct } from "../../../domain/registry/desk.ts";
import { nextMembership } from "../../../domain/registry/membership.ts";
import { nextSchool } from "../../../domain/registry/school.ts";
import type { Decision, DeskRef } from "../../../protocol/http/desk.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { Refused } from "../../../protocol/refusals.ts";
import { inTransaction, type Pool, type Queryable } from "../../../storage/pool.ts";
import { isRefused, type RefusedFields } from "../../http/route.ts";
import { writeLetter } from "../../mail/letters.ts";
import { decideProject } from "../../projects/approval.ts";
import { noticeToPrincipal } from "../schools.ts";
import { keepDecision, keepDeskAct } from "./decisions.ts";
import { lockApproval, lockPlace, lockSchool, readersOfSchool } from "./locked.ts";

export interface Deciding {
  readonly by: Id;
  readonly actor: Actor;
  /** For the links in letters, without a slash at its end. */
  readonly origin: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The approvals of one project must come from different persons. */
  readonly twoPersons: boolean;
  /** Of the project's form that was read; another one by now is refused. */
  readonly version?: number | undefined;
}

/** Ends a transaction in which something was not to be; only `decideAll` sees it. */
class NotDone extends Error {
  readonly refusal: RefusedFields;
  constructor(refusal: RefusedFields) {
    super(refusal.refused);
    this.refusal = refusal;
  }
}

const reasonOf = (decision: Decision) => ("reason" in decision ? decision.reason : "");

/** How many were decided; or why one was not, and then none was. */
export async function decideAll(
  pool: Pool,
  deciding: Deciding,
  items: readonly DeskRef[],
  decision: Decision,
): Promise<number | RefusedFields> {
  const foreign = items.some(({ country }) => !may("desk.decide", deciding.actor, { countries: [country] }));
  if (foreign) return { refused: "account.notAllowed" };
  // In one order, so that two who decide the same things do not wait for each other.
  const sorted = items.toSorted((a, b) => (a.kind + a.id + a.country < b.kind + b.id + b.country ? -1 : 1));
  try {
    await inTransaction(pool, async (db) => {
      for (const item of sorted) {
        const refused = await decideOne(db, deciding, item, decision);
        if (!refused) continue;
        throw new NotDone(items.length === 1 ? refused : { ...refused, fields: [`items.${items.indexOf(item)}`] });
      }
    });
  } catch (fault) {
    if (fault instanceof NotDone) return fault.refusal;
    throw fault;
  }
  return items.length;
}

function decideOne(db: Queryable, deciding: Deciding, item: DeskRef, decision: Decision): Promise<Refused | undefined> {
  const decide = { school: decideSchool, person: decidePerson, project: decideApproval }[item.kind];
  return decide(db, deciding, item, decision);
}

async function decideSchool(
  db: Queryable,
  { by, origin }: Deciding,
  item: DeskRef,
  decision: Decision,
): Promise<Refused | undefined> {
  const school = await lockSchool(db, item);
  if (!school) return { refused: "request.notFound" };
  const reason = reasonOf(decision);
  const act = asSchoolAct(decision.act, reason);
  if (!act) return { refused: "school.notNow" };
  const state = nextSchool(school.state, act);
  if (isRefused(state)) return state;
  await db.query(
    "update schools set state = $2, state_reason = $3, state_at = clock_timestamp(), decided_by = $4 where id = $1",
    [school.id, state, reason, by],
  );
  await keepDecision(db, item, by, decision.act, { state: school.state, reason: school.reason }, { state });
  await keepDeskAct(db, item, by, act.type, reason);
  const readers = await readersOfSchool(db, school.id);
  for (const { account, name, email, language } of readers) {
    const to = { to: email, account, language };
    const facts = { name, school: school.name, link: `${origin}/school/${school.id}` };
    if (act.type === "validate") await writeLetter(db, { ...to, kind: "schoolValidated", facts });
    if (act.type === "refuse") await writeLetter(db, { ...to, kind: "schoolRefused", facts: { ...facts, reason } });
    if (act.type === "suspend") await writeLetter(db, { ...to, kind: "schoolSuspended", facts: { ...facts, reason } });
    if (act.type === "restore") await writeLetter(db, { ...to, kind: "schoolRestored", facts });
  }
  if (act.type === "validate") await noticeToPrincipal(db, school.id, origin);
  return undefined;
}

async function decidePerson(
  db: Queryable,
  { by, origin }: Deciding,
  item: DeskRef,
  decision: Decision,
): Promise<Refused | undefined> {
  const place = await lockPlace(db, item);
  if (!place) return { refused: "request.notFound" };
  const reason = reasonOf(decision);
  const act = asMembershipAct(decision.act, reason);
  if (!act) return { refused: "membership.notNow" };
  const state = nextMembership(place.state, act);
  if (isRefused(state)) return state;
  await db.query(
    "update memberships set state = $2, reason = $3, state_at = clock_timestamp(), decided_by = $4 where id = $1",
    [place.id, state, reason, by],
  );
  await keepDecision(db, item, by, decision.act, { state: place.state, reason: place.reason }, { state });
  await keepDeskAct(db, item, by, act.type, reason);
  const to = { to: place.email, account: place.account, language: place.language };
  const facts = { name: place.name, school: place.school, link: `${origin}/account` };
  if (act.type === "accept") await writeLetter(db, { ...to, kind: "personValidated", facts });
  if (act.type === "refuse") await writeLetter(db, { ...to, kind: "personRefused", facts: { ...facts, reason } });
  if (act.type === "end") await writeLetter(db, { ...to, kind: "placeEnded", facts: { ...facts, reason } });
  if (act.type === "wantEvidence") {
    await writeLetter(db, { ...to, kind: "evidenceWanted", facts: { ...facts, note: reason } });
  }
  return undefined;
}

const projectDecisions = { accept: "approve", return: "return", refuse: "refuse" } as const;

async function decideApproval(
  db: Queryable,
  { by, actor, now, twoPersons, origin, version }: Deciding,
  item: DeskRef,
  decision: Decision,
): Promise<Refused | undefined> {
  const before = await lockApproval(db, item);
  if (!before) return { refused: "request.notFound" };
  if (decision.act !== "accept" && decision.act !== "return" && decision.act !== "refuse") {
    return { refused: "project.notNow" };
  }
  // Only approving: whoever approved for one country may still stop it for the other.
  if (twoPersons && decision.act === "accept" && before.approvedBy.includes(by)) return { refused: "desk.samePerson" };
  const asked = projectDecisions[decision.act];
  const note = reasonOf(decision);
  const refused = await decideProject(db, actor, item.id, item.country, asked, note, now, origin, version);
  if (refused && isRefused(refused)) return refused;
  const after = await lockApproval(db, item);
  if (!after) throw new Error("A project that was just decided is gone");
  const was = { state: before.state, service: before.service };
  await keepDecision(db, item, by, decision.act, was, {
    ...{ state: after.state, service: after.service, version: after.version },
  });
  return undefined;
}
