/** How it stands with a teacher and the Quality Label of a project: what stands in the way, what counts in this year. */

import { rubricOf } from "../../domain/qualityLabels/rubric.ts";
import { beginObstacles, lastMoment } from "../../domain/qualityLabels/rules.ts";
import { type SchoolYear, schoolYearOf } from "../../domain/qualityLabels/schoolYear.ts";
import { zoneOfSchool } from "../../domain/twinspace/calendarZones.ts";
import type { Id } from "../../protocol/ids.ts";
import type { BeginObstacle, QualityLabelView } from "../../protocol/qualityLabels/applications.ts";
import type { FrozenRubric } from "../../protocol/qualityLabels/frozen.ts";
import type { Queryable } from "../../storage/pool.ts";
import { instantOf, localTimeIn } from "../meetings/localTime.ts";
import { entriesOf } from "../registry/lists.ts";
import type { Space } from "../twinspace/insider.ts";
import { type LabelParts, mostAYear } from "./parts.ts";

export interface Standing {
  readonly obstacles: readonly BeginObstacle[];
  readonly year: SchoolYear & { readonly sent: number; readonly most: number };
  /** The last day on which it can be sent; null while the project goes on. */
  readonly lastDay: string | null;
  /** Today's. */
  readonly rubric: FrozenRubric | null;
}

export async function standingOf(
  db: Queryable,
  { project, me }: Space,
  parts: Pick<LabelParts, "now" | "applicationsAYear">,
): Promise<Standing> {
  const now = parts.now();
  const zone = await zoneOf(db, me.school, me.id);
  const year = schoolYearOf(dayIn(now, zone));
  const sent = await sentIn(db, me.id, year, zone);
  const rubric = await rubricToday(db);
  const holds = await holdsLabel(db, me.id, project.id);
  const most = mostAYear(parts);
  const facts = { ...project, holds, hasRubric: rubric !== null, sent, most };
  const last = lastMoment(project);
  return {
    obstacles: beginObstacles(facts, now),
    year: { ...year, sent, most },
    lastDay: last === null ? null : dayIn(last, zone),
    rubric,
  };
}

const dayIn = (moment: number, zone: string): string => localTimeIn(moment, zone).slice(0, 10);

/** Where the school lives: by that its school year begins and ends. */
async function zoneOf(db: Queryable, school: Id | null, account: Id): Promise<string> {
  const { rows } = await db.query<{ country: string; said: string | null; own: string | null }>(
    `select s.country, z.time_zone as said, a.time_zone as own from schools s
       left join school_zones z on z.school_id = s.id left join accounts a on a.id = $2 where s.id = $1`,
    [school, account],
  );
  const row = rows[0];
  return row ? zoneOfSchool(row.country, row.said, row.own) : "UTC";
}

/** How many of theirs count, of all projects. What was taken back before anybody judged it does not (domain, `counts`). */
async function sentIn(db: Queryable, account: Id, { from, to }: SchoolYear, zone: string): Promise<number> {
  const begins = instantOf(`${from}T00:00`, zone);
  const [year = "0"] = to.split("-");
  const ends = instantOf(`${year}-09-01T00:00`, zone);
  const { rows } = await db.query<{ sent: number }>(
    `select count(*)::int as sent from label_applications
     where account_id = $1 and kind = 'qualityLabel' and submitted_at >= to_timestamp($2::float8 / 1000)
       and submitted_at < to_timestamp($3::float8 / 1000) and (state <> 'withdrawn' or review_began_at is not null)`,
    [account, begins, ends],
  );
  return rows[0]?.sent ?? 0;
}

async function holdsLabel(db: Queryable, account: Id, project: Id): Promise<boolean> {
  const { rowCount } = await db.query(
    `select from awards where kind = 'qualityLabel' and account_id = $1 and project_id = $2 and revoked_at is null`,
    [account, project],
  );
  return rowCount !== 0;
}

/** Of several that are valid the last one in the list. */
export async function rubricToday(db: Queryable): Promise<FrozenRubric | null> {
  const rubric = (await entriesOf(db, "rubric")).at(-1);
  return rubric ? rubricOf(rubric, await entriesOf(db, "criterion")) : null;
}

/** Whose it is to judge: the country's own service's, or else the central one's. */
export async function serviceFor(db: Queryable, country: string): Promise<QualityLabelView["service"]> {
  const { rows } = await db.query<QualityLabelView["service"]>(
    "select country, name from support_services where country = $1 or country is null order by country nulls last limit 1",
    [country],
  );
  return rows[0] ?? { country: null, name: "" };
}

/** Whoever counts and then sends one more holds this, to the end of the transaction. */
export async function lockApplicant(db: Queryable, account: Id): Promise<void> {
  await db.query("select pg_advisory_xact_lock(hashtext('labelApplications'), hashtext($1))", [account]);
}
