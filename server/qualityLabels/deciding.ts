/** Deciding about an application for a Quality Label, and taking that back while nothing stands on it. */

import { whyNotGranted } from "../../domain/qualityLabels/scoring.ts";
import { afterAct } from "../../domain/qualityLabels/states.ts";
import { undoWithinMs } from "../../domain/registry/desk.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Decide } from "../../protocol/qualityLabels/review.ts";
import type { Refused } from "../../protocol/refusals.ts";
import { inTransaction, type Pool, type Queryable } from "../../storage/pool.ts";
import { isRefused, type RefusedFields } from "../http/route.ts";
import { writeLetter } from "../mail/letters.ts";
import { issueAward } from "../projects/labels.ts";
import { keepLabelAct, mayReview, type Reviewer, reviewsOf, sentApplication, toJudge } from "./reviewing.ts";
import type { ApplicationRow } from "./rows.ts";

export interface Deciding {
  readonly reviewer: Reviewer;
  /** For the links in letters, without a slash at its end. */
  readonly origin: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Grants the label or not. Of two who decide at once the second one is told that it is decided. */
export function decideLabel(
  pool: Pool,
  deciding: Deciding,
  application: Id,
  { decision, feedback }: Decide,
): Promise<RefusedFields | undefined> {
  const { reviewer, now } = deciding;
  return inTransaction(pool, async (db): Promise<RefusedFields | undefined> => {
    const row = await toJudge(db, reviewer, application);
    if (isRefused(row)) return row;
    const state = afterAct(row.state, decision === "granted" ? "grant" : "refuse");
    // Nobody has looked at it yet.
    if (state === undefined) return { refused: "label.noWholeReview" };
    const award = decision === "granted" ? await grant(db, deciding, row) : null;
    if (isRefused(award)) return award;
    await db.query(
      `update label_applications set state = $2, decided_at = to_timestamp($3::float8 / 1000), decided_by = $4, feedback = $5,
         award_id = $6 where id = $1`,
      [row.id, state, now, reviewer.id, feedback.trim(), award],
    );
    await keepLabelAct(db, row.id, reviewer.id, decision);
    await tellApplicant(db, row, decision === "granted" ? "qualityLabelGranted" : "qualityLabelNotGranted", deciding);
    return undefined;
  });
}

/** The award's id, or why it cannot be. */
async function grant(db: Queryable, { reviewer, now }: Deciding, row: ApplicationRow): Promise<Id | Refused> {
  // Who is not here any more holds nothing.
  if (row.account === null || !(await isHere(db, row.account))) return { refused: "label.applicantGone" };
  const reviews = await reviewsOf(db, row.id, reviewer.id);
  const why = whyNotGranted(
    reviews.map(({ scores }) => scores),
    row.criteria?.criteria ?? [],
  );
  if (why !== undefined) return { refused: why };
  const { rows: agreed } = await db.query<{ named: boolean }>("select named from label_applications where id = $1", [
    row.id,
  ]);
  const holder = { account: row.account, application: row.id, named: agreed[0]?.named ?? false };
  const award = { kind: "qualityLabel", project: row.project, school: row.school, holder } as const;
  if ((await issueAward(db, award, now)) === null) return { refused: "label.decided" };
  const { rows } = await db.query<{ id: Id }>(
    "select id from awards where application_id = $1 and revoked_at is null",
    [row.id],
  );
  if (!rows[0]) throw new Error("A label that was just issued is gone");
  return rows[0].id;
}

async function isHere(db: Queryable, account: Id): Promise<boolean> {
  const { rows } = await db.query("select from accounts where id = $1 and ended_at is null", [account]);
  return rows.length > 0;
}

/**
 * Puts it back into review. A label that was given by it is taken back for ever, and if it is granted after all it has a code of
 * its own: whoever has the badge by now must see that it does not hold.
 */
export function undoDecision(pool: Pool, deciding: Deciding, application: Id): Promise<Refused | undefined> {
  const { reviewer, now } = deciding;
  return inTransaction(pool, async (db): Promise<Refused | undefined> => {
    const row = await sentApplication(db, reviewer, application, { lock: true });
    if (isRefused(row)) return row;
    const answer = await mayReview(db, reviewer, row);
    if (answer === "conflict") return { refused: "label.conflict" };
    if (answer === "otherService") return { refused: "account.notAllowed" };
    if (answer !== "over" || row.decidedAt === null) return { refused: "desk.nothingToUndo" };
    if (now > row.decidedAt + undoWithinMs) return { refused: "desk.tooLate" };
    if (await isBuiltOn(db, row)) return { refused: "desk.followed" };
    await db.query(
      `update awards set revoked_at = to_timestamp($2::float8 / 1000), revoked_reason = 'issuedInError', revoked_by = $3
       where id = $1 and revoked_at is null`,
      [row.award, now, reviewer.id],
    );
    await db.query(
      `update label_applications set state = 'inReview', decided_at = null, decided_by = null, award_id = null where id = $1`,
      [row.id],
    );
    await keepLabelAct(db, row.id, reviewer.id, "undone");
    await tellApplicant(db, row, "decisionUndone", deciding);
    return undefined;
  });
}

/** Whether they have begun to apply anew since, or the label was taken back already. */
async function isBuiltOn(db: Queryable, { account, project, award, id }: ApplicationRow): Promise<boolean> {
  const { rows } = await db.query(
    `select from label_applications where account_id = $1 and project_id = $2 and id <> $3
       and state in ('draft', 'submitted', 'inReview')
     union all select from awards where id = $4 and revoked_at is not null limit 1`,
    [account, project, id, award],
  );
  return rows.length > 0;
}

type Told = "qualityLabelGranted" | "qualityLabelNotGranted" | "decisionUndone";

/** That it was decided, and where to read how: what the service wrote is read after signing in. */
async function tellApplicant(db: Queryable, row: ApplicationRow, kind: Told, { origin }: Deciding): Promise<void> {
  const { rows } = await db.query<{
    to: string;
    account: Id;
    language: string;
    name: string;
    slug: string;
    title: string;
  }>(
    `select a.email as to, a.id as account, a.language, a.name, p.slug, p.title from accounts a, projects p
     where a.id = $1 and p.id = $2 and a.ended_at is null`,
    [row.account, row.project],
  );
  const reader = rows[0];
  if (!reader) return;
  const { name, slug, title, ...to } = reader;
  const link = `${origin}/twinspace/${encodeURIComponent(slug)}/quality-label`;
  if (kind === "decisionUndone") await writeLetter(db, { ...to, kind, facts: { name, what: title, link } });
  else await writeLetter(db, { ...to, kind, facts: { name, project: title, link } });
}
