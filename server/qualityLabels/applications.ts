/** Applications as their own applicant has them: begun, looked at, thrown away, begun again. Nobody else sees a draft. */
import { missingIn } from "../../domain/qualityLabels/rules.ts";
import { isOpen } from "../../domain/qualityLabels/states.ts";
import type { Id } from "../../protocol/ids.ts";
import type {
  ApplicationBody,
  ApplicationView,
  Missing,
  QualityLabelView,
} from "../../protocol/qualityLabels/applications.ts";
import type { FrozenRubric } from "../../protocol/qualityLabels/frozen.ts";
import { noGate } from "../../protocol/qualityLabels/gate.ts";
import type { Refused } from "../../protocol/refusals.ts";
import { inTransaction, type Queryable } from "../../storage/pool.ts";
import { newId } from "../ids.ts";
import type { Space } from "../twinspace/insider.ts";
import { gather, pieceState } from "./gathering.ts";
import { judgedOf } from "./judged.ts";
import { refusedBy } from "./obstacles.ts";
import type { LabelParts } from "./parts.ts";
import { type ApplicationRow, applicationColumns } from "./rows.ts";
import { lockApplicant, rubricToday, type Standing, serviceFor, standingOf } from "./standing.ts";

/** Mine of this project: the open one, then the newest first. */
export async function ownApplications(
  db: Queryable,
  { project, me }: Space,
  { lock = false }: { lock?: boolean } = {},
): Promise<ApplicationRow[]> {
  const { rows } = await db.query<ApplicationRow>(
    `select ${applicationColumns} from label_applications a
     where a.account_id = $1 and a.project_id = $2 and a.kind = 'qualityLabel'
     order by a.state in ('draft', 'submitted', 'inReview') desc, a.attempt desc, a.begun_at desc, a.id desc
     ${lock ? "for update" : ""}`,
    [me.id, project.id],
  );
  return rows;
}

/** Of others nothing is told, not even that they exist. */
export async function ownApplication(db: Queryable, space: Space, id: Id): Promise<ApplicationRow | undefined> {
  return (await ownApplications(db, space)).find((row) => row.id === id);
}

export const bodyOf = (row: Pick<ApplicationRow, "gate" | "answers" | "chosen">): ApplicationBody => ({
  gate: { ...noGate, ...row.gate },
  answers: { ...row.answers },
  chosen: Object.fromEntries(Object.entries(row.chosen).map(([code, pieces]) => [code, [...pieces]])),
});

export async function labelView(parts: LabelParts, space: Space): Promise<QualityLabelView> {
  const { pool } = parts;
  const standing = await standingOf(pool, space, parts);
  const [newest, ...older] = await ownApplications(pool, space);
  const country = space.project.schools.find(({ school }) => school === space.me.school)?.country ?? "";
  return {
    scope: space.project.scope,
    obstacles: [...standing.obstacles],
    year: standing.year,
    lastDay: standing.lastDay,
    rubric: newest?.criteria ?? standing.rubric,
    service: await serviceFor(pool, country),
    application: newest ? await applicationView(pool, space, newest, standing) : null,
    earlier: older.map(({ id, attempt, state, submittedAt }) => ({ id, attempt, state, submittedAt })),
    mayBegin: standing.obstacles.length === 0 && !(newest && isOpen(newest.state)),
  };
}

export async function applicationView(
  db: Queryable,
  { project }: Space,
  row: ApplicationRow,
  standing: Pick<Standing, "obstacles" | "rubric">,
): Promise<ApplicationView> {
  const { id, state, attempt, version, changedAt, submittedAt, reviewBeganAt } = row;
  const body = bodyOf(row);
  return {
    ...{ id, state, attempt, version, body, changedAt, submittedAt, reviewBeganAt },
    missing: state === "draft" ? await missingNow(db, project.id, body, standing) : [],
    judged: await judgedOf(db, row),
  };
}

/** What a draft lacks, and what stands in the way of sending it. */
async function missingNow(
  db: Queryable,
  project: Id,
  body: ApplicationBody,
  { obstacles, rubric }: Pick<Standing, "obstacles" | "rubric">,
): Promise<Missing[]> {
  const inTheWay = obstacles.map((obstacle) => ({ obstacle, about: [] }));
  if (rubric === null) return inTheWay;
  return [
    ...inTheWay,
    ...missingIn({ ...body, pieces: await piecesThere(db, project, body, rubric) }, rubric.criteria),
  ];
}

async function piecesThere(
  db: Queryable,
  project: Id,
  { chosen }: ApplicationBody,
  { criteria }: FrozenRubric,
): Promise<Record<string, number>> {
  const all = criteria.flatMap(({ code }) => chosen[code] ?? []);
  const gathered = await gather(db, project, {
    entries: all.map(({ entry }) => entry),
    evidence: all.flatMap(({ evidence }) => evidence ?? []),
  });
  return Object.fromEntries(
    criteria.map(({ code }) => [
      code,
      (chosen[code] ?? []).filter((piece) => !["gone", "notOpen"].includes(pieceState(gathered, code, piece))).length,
    ]),
  );
}

/** Begins one, or answers the one that is open. After one that was not granted or was taken back its texts are taken over. */
export async function beginApplication(parts: LabelParts, space: Space): Promise<Refused | undefined> {
  return inTransaction(parts.pool, async (db): Promise<Refused | undefined> => {
    const { project, me } = space;
    await lockApplicant(db, me.id);
    const [newest, ...older] = await ownApplications(db, space);
    if (newest && isOpen(newest.state)) return undefined;
    const [obstacle] = (await standingOf(db, space, parts)).obstacles;
    if (obstacle) return refusedBy(obstacle);
    const school = project.schools.find((one) => one.school === me.school);
    const rubric = await rubricToday(db);
    if (!school || !rubric) return { refused: "label.noRubric" };
    const judged = [newest, ...older].filter((row) => row?.state === "notGranted" || row?.state === "granted").length;
    const { answers = {}, chosen = {} } = newest ?? {};
    await db.query(
      `insert into label_applications (id, account_id, school_id, project_id, country, rubric, answers, chosen, attempt, begun_at,
         changed_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, to_timestamp($10::float8 / 1000), to_timestamp($10::float8 / 1000))`,
      [
        ...[newId(), me.id, school.school, project.id, school.country, rubric.code],
        ...[JSON.stringify(answers), JSON.stringify(chosen), judged + 1, parts.now()],
      ],
    );
    return undefined;
  });
}

/** A draft is nobody's but its applicant's, and is gone when they throw it away. */
export async function dropDraft(db: Queryable, { project, me }: Space): Promise<Refused | undefined> {
  const { rowCount } = await db.query(
    "delete from label_applications where account_id = $1 and project_id = $2 and kind = 'qualityLabel' and state = 'draft'",
    [me.id, project.id],
  );
  return rowCount === 0 ? { refused: "request.notFound" } : undefined;
}
