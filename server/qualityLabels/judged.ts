/** What was decided about an application, as its applicant reads it: points and remarks, and no reviewer's name. */
import { writeLabelCode } from "../../domain/projects/labelCode.ts";
import { isWhole, totalsOf } from "../../domain/qualityLabels/scoring.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Judged } from "../../protocol/qualityLabels/applications.ts";
import type { Score } from "../../protocol/qualityLabels/review.ts";
import type { Queryable } from "../../storage/pool.ts";
import type { ApplicationRow } from "./rows.ts";

/** Null until it is decided. */
export async function judgedOf(
  db: Queryable,
  { id, decidedAt, feedback, criteria, award }: ApplicationRow,
): Promise<Judged | null> {
  if (decidedAt === null || criteria === null) return null;
  const { rows } = await db.query<Score & { reviewer: Id }>(
    "select reviewer, criterion, points, remark from label_scores where application_id = $1 order by at, reviewer",
    [id],
  );
  const reviews = [...Map.groupBy(rows, ({ reviewer }) => reviewer).values()];
  const totals = totalsOf(reviews, criteria.criteria);
  const whole = reviews.filter((scores) => isWhole(scores, criteria.criteria)).flat();
  return {
    decidedAt,
    feedback,
    criteria: totals.map(({ criterion, points }) => ({
      criterion,
      points: points === null ? null : Math.round(points * 10) / 10,
      remarks: whole
        .filter((score) => score.criterion === criterion && score.remark.trim() !== "")
        .map(({ remark }) => remark),
    })),
    award: award === null ? null : await awardOf(db, award),
  };
}

export async function awardOf(db: Queryable, award: Id): Promise<Judged["award"]> {
  const { rows } = await db.query<{ code: string; revoked: boolean }>(
    "select code, revoked_at is not null as revoked from awards where id = $1",
    [award],
  );
  const row = rows[0];
  return row ? { code: writeLabelCode(row.code), path: `/labels/${row.code}`, revoked: row.revoked } : null;
}
