/** Reading an application for a support service, and giving it points. */
import { type Actor, may } from "../../domain/permissions.ts";
import { writeLabelCode } from "../../domain/projects/labelCode.ts";
import { isWhole, totalsOf } from "../../domain/qualityLabels/scoring.ts";
import { afterAct } from "../../domain/qualityLabels/states.ts";
import { undoWithinMs } from "../../domain/registry/desk.ts";
import type { Id } from "../../protocol/ids.ts";
import type { LabelReviewView, MayReview, ScoresSaved } from "../../protocol/qualityLabels/desk.ts";
import type { Reviewed, Score } from "../../protocol/qualityLabels/review.ts";
import type { Refused } from "../../protocol/refusals.ts";
import { inTransaction, type Pool, type Queryable } from "../../storage/pool.ts";
import { isRefused, type RefusedFields } from "../http/route.ts";
import { frozenShown } from "./frozenShown.ts";
import { type ApplicationRow, findApplication } from "./rows.ts";
import { labelItem } from "./worklist.ts";

/** Who looks or acts for a service. */
export interface Reviewer {
  readonly id: Id;
  readonly actor: Actor;
}

const notHere: Refused = { refused: "request.notFound" };

/** One that was sent, of a country they serve. Of others nothing is told, not even that they exist. */
export async function sentApplication(
  db: Queryable,
  { actor }: Reviewer,
  application: Id,
  { lock = false }: { lock?: boolean } = {},
): Promise<ApplicationRow | Refused> {
  const row = await findApplication(db, application, { lock });
  if (!row || row.state === "draft" || row.state === "withdrawn" || row.frozen === null) return notHere;
  return may("qualityLabel.review", actor, { countries: [row.country] }) ? row : notHere;
}

/** Whether they may judge it. The central service does for countries that have none of their own. */
export async function mayReview(db: Queryable, { id, actor }: Reviewer, row: ApplicationRow): Promise<MayReview> {
  const { rows } = await db.query<{ conflict: boolean; served: boolean }>(
    `select $1 is not distinct from $4
         or exists (select from project_members where project_id = $2 and account_id = $1 and state in ('accepted', 'left'))
         or exists (select from memberships m join project_schools ps on ps.school_id = m.school_id
                    where ps.project_id = $2 and m.account_id = $1 and m.state = 'active')
         or exists (select from memberships where school_id = $5 and account_id = $1 and state = 'active') as conflict,
       exists (select from support_services where country = $3) as served`,
    [id, row.project, row.country, row.account, row.school],
  );
  const { conflict, served } = rows[0] ?? { conflict: true, served: true };
  if (served && !actor.serves.includes(row.country)) return "otherService";
  if (conflict) return "conflict";
  return row.state === "granted" || row.state === "notGranted" ? "over" : "review";
}

const refusals = {
  conflict: { refused: "label.conflict" },
  otherService: { refused: "account.notAllowed" },
  over: { refused: "label.decided" },
} as const satisfies Record<Exclude<MayReview, "review">, Refused>;

/** Locked, of their service, without a conflict of interest, not decided yet; or why not. */
export async function toJudge(db: Queryable, reviewer: Reviewer, application: Id): Promise<ApplicationRow | Refused> {
  const row = await sentApplication(db, reviewer, application, { lock: true });
  if (isRefused(row)) return row;
  const answer = await mayReview(db, reviewer, row);
  return answer === "review" ? row : refusals[answer];
}

/** Everything about one. @param filesAt where the copy's files are, for this reader @param now milliseconds since 1970 */
export async function reviewView(
  db: Queryable,
  reviewer: Reviewer,
  application: Id,
  filesAt: string,
  now: number,
): Promise<LabelReviewView | Refused> {
  const row = await sentApplication(db, reviewer, application);
  if (isRefused(row)) return row;
  const [item, copy] = [await labelItem(db, row.id, reviewer.id), await frozenShown(db, row, { filesAt }, now)];
  if (!item || !copy) return notHere;
  const answer = await mayReview(db, reviewer, row);
  const decided = await decisionOf(db, row);
  const undoEnds = (row.decidedAt ?? 0) + undoWithinMs;
  return {
    ...{ item, may: answer, copy, decided },
    ...(await scoresFor(db, reviewer, row, answer)),
    feedback: decided === null && answer === "review" ? row.feedback : "",
    undoUntil: answer === "over" && row.decidedAt !== null && now <= undoEnds ? undoEnds : null,
  };
}

async function decisionOf(db: Queryable, row: ApplicationRow): Promise<LabelReviewView["decided"]> {
  const { state, decidedAt, feedback } = row;
  if (decidedAt === null || (state !== "granted" && state !== "notGranted")) return null;
  const { rows } = await db.query<{ by: string | null; code: string | null; revoked: boolean }>(
    `select (select name from accounts where id = $1 and ended_at is null) as by,
       (select code from awards where id = $2) as code,
       exists (select from awards where id = $2 and revoked_at is not null) as revoked`,
    [row.decidedBy, row.award],
  );
  const { by = null, code = null, revoked = false } = rows[0] ?? {};
  const label = code === null ? null : { code: writeLabelCode(code), revoked };
  return { decision: state, at: decidedAt, by, feedback, label };
}

/**
 * What the others gave is shown to who has given points for everything: nobody judges by somebody else's judgement. Who may not
 * judge it sees it once it is decided, but for those it is about.
 */
async function scoresFor(
  db: Queryable,
  { id }: Reviewer,
  row: ApplicationRow,
  answer: MayReview,
): Promise<ScoresSaved> {
  const reviews = await reviewsOf(db, row.id, id);
  const criteria = row.criteria?.criteria ?? [];
  const mine = reviews.find(({ own }) => own)?.scores ?? [];
  const isOver = row.decidedAt !== null && answer !== "conflict";
  if (!isOver && !isWhole(mine, criteria)) return { mine, others: null, totals: null };
  const totals = totalsOf(
    reviews.map(({ scores }) => scores),
    criteria,
  );
  return { mine, others: reviews.filter(({ own }) => !own), totals };
}

/** Each reviewer's, who began first. */
export async function reviewsOf(db: Queryable, application: Id, me: Id): Promise<Reviewed[]> {
  const { rows } = await db.query<Reviewed>(
    `select x.reviewer, case when v.ended_at is null then v.name else '' end as name, x.reviewer = $2 as own, max(x.at) as at,
       jsonb_agg(jsonb_build_object('criterion', x.criterion, 'points', x.points, 'remark', x.remark) order by x.criterion) as scores
     from label_scores x join accounts v on v.id = x.reviewer
     where x.application_id = $1 group by x.reviewer, v.name, v.ended_at order by min(x.at), x.reviewer`,
    [application, me],
  );
  return rows;
}

/** Says to the others of the service that they work at it. The applicant's year counts it from the first time on. */
export function takeInReview(
  pool: Pool,
  reviewer: Reviewer,
  application: Id,
  now: number,
): Promise<Refused | undefined> {
  return inTransaction(pool, async (db) => {
    const row = await toJudge(db, reviewer, application);
    if (isRefused(row)) return row;
    await beginReview(db, row, reviewer, now);
    return undefined;
  });
}

async function beginReview(db: Queryable, row: ApplicationRow, { id }: Reviewer, now: number): Promise<void> {
  const { rowCount } = await db.query(
    `insert into label_reviews (application_id, reviewer, began_at) values ($1, $2, to_timestamp($3::float8 / 1000))
     on conflict do nothing`,
    [row.id, id, now],
  );
  const state = afterAct(row.state, "review");
  if (state !== undefined) {
    await db.query(
      `update label_applications set state = $2, review_began_at = coalesce(review_began_at, to_timestamp($3::float8 / 1000))
       where id = $1`,
      [row.id, state, now],
    );
  }
  if (rowCount !== 0) await keepLabelAct(db, row.id, id, "taken");
}

/** Some of my points and remarks, as they are given; the others stay as they are. */
export function saveScores(
  pool: Pool,
  reviewer: Reviewer,
  application: Id,
  scores: readonly Score[],
  now: number,
): Promise<ScoresSaved | RefusedFields> {
  return inTransaction(pool, async (db): Promise<ScoresSaved | RefusedFields> => {
    const row = await toJudge(db, reviewer, application);
    if (isRefused(row)) return row;
    const known = new Set(row.criteria?.criteria.map(({ code }) => code));
    if (scores.some(({ criterion }) => !known.has(criterion))) return { refused: "request.malformed" };
    await beginReview(db, row, reviewer, now);
    await db.query(
      `insert into label_scores (application_id, reviewer, criterion, points, remark, at)
       select $1, $2, given.criterion, given.points, given.remark, to_timestamp($4::float8 / 1000)
       from jsonb_to_recordset($3) as given (criterion text, points int, remark text)
       on conflict (application_id, reviewer, criterion)
         do update set points = excluded.points, remark = excluded.remark, at = excluded.at`,
      [row.id, reviewer.id, JSON.stringify(scores), now],
    );
    return scoresFor(db, reviewer, row, "review");
  });
}

/** For whoever asks later what was done. */
export async function keepLabelAct(db: Queryable, application: Id, by: Id, act: string): Promise<void> {
  await db.query(
    "insert into registry_acts (by_account, kind, object_id, act) values ($1, 'labelApplication', $2, $3)",
    [by, application, act],
  );
}
