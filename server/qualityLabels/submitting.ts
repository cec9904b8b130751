/** Sending an application, and taking it back. What is sent is a copy that nothing changes any more. */
import { missingIn } from "../../domain/qualityLabels/rules.ts";
import { afterAct } from "../../domain/qualityLabels/states.ts";
import type { SubmitApplication } from "../../protocol/qualityLabels/applications.ts";
import type { FrozenRubric, FrozenShown } from "../../protocol/qualityLabels/frozen.ts";
import type { Refused } from "../../protocol/refusals.ts";
import { inTransaction, type Queryable } from "../../storage/pool.ts";
import { isRefused, type RefusedFields } from "../http/route.ts";
import { tellService } from "../registry/serviceLetters.ts";
import type { Space } from "../twinspace/insider.ts";
import { bodyOf, ownApplications } from "./applications.ts";
import { type Assembled, assemble } from "./assembling.ts";
import { copyFiles, removeCopies } from "./freezing.ts";
import { shownCopy } from "./frozenShown.ts";
import { refusedBy } from "./obstacles.ts";
import type { LabelParts } from "./parts.ts";
import type { ApplicationRow, FileRow } from "./rows.ts";
import { lockApplicant, standingOf } from "./standing.ts";

/** Exactly what reviewers would see if it were sent now. Files come from where they are now. */
export async function previewOf(parts: LabelParts, space: Space): Promise<FrozenShown | Refused> {
  const { pool, now } = parts;
  const [row] = await ownApplications(pool, space);
  if (row?.state !== "draft") return { refused: "request.notFound" };
  const { rubric } = await standingOf(pool, space, parts);
  if (rubric === null) return { refused: "label.noRubric" };
  const { frozen, files } = await assemble(pool, space, bodyOf(row), rubric);
  const at = `/api/spaces/${encodeURIComponent(space.project.slug)}/materials/`;
  const shown = files.map(({ storedBytes: _all, ...file }) => ({
    ...{ ...file, erasedAt: null },
    path: `${at}${encodeURIComponent(file.material)}/file`,
  }));
  const copy = { project: space.project.id, frozen, rubric, attempt: row.attempt, submittedAt: null, files: shown };
  return shownCopy(pool, copy, { filesAt: at }, now());
}

/** Undefined: it is sent, now or by the same press of the button a moment ago. */
export async function submitApplication(
  parts: LabelParts,
  space: Space,
  { base, named = false }: SubmitApplication,
  origin: string,
): Promise<RefusedFields | undefined> {
  const { pool } = parts;
  const [row] = await ownApplications(pool, space);
  if (!row) return { refused: "request.notFound" };
  const refused = refusalOf(row, base);
  if (refused !== undefined) return refused === "done" ? undefined : refused;
  const { rubric } = await standingOf(pool, space, parts);
  if (rubric === null) return { refused: "label.noRubric" };
  const assembled = await assemble(pool, space, bodyOf(row), rubric);
  const lacking = lackingIn(row, rubric, assembled);
  if (lacking) return lacking;
  const where = { project: space.project.id, application: row.id };
  const files = await copyFiles(parts, where, assembled.files);
  if (isRefused(files)) return files;
  const sent = await inTransaction(pool, (db) =>
    send(db, parts, space, { base, named, rubric, assembled, files, origin }),
  ).catch(async (fault) => {
    await removeCopies(parts, row.id, files);
    throw fault;
  });
  if (sent !== undefined) await removeCopies(parts, row.id, files);
  return sent === "done" ? undefined : sent;
}

/** `done`: it is sent as they saw it. */
function refusalOf(row: ApplicationRow, base: number): Refused | "done" | undefined {
  if (row.version !== base) return { refused: row.state === "draft" ? "label.changed" : "label.sent" };
  if (row.state === "draft") return undefined;
  return row.state === "submitted" || row.state === "inReview" ? "done" : { refused: "label.sent" };
}

function lackingIn(row: ApplicationRow, { criteria }: FrozenRubric, { pieces, notReady }: Assembled) {
  const [missing] = missingIn({ ...bodyOf(row), pieces }, criteria);
  if (missing) return { ...refusedBy(missing.obstacle), fields: missing.about };
  return notReady.length > 0 ? ({ refused: "label.notReady" } as const) : undefined;
}

interface Sending {
  readonly base: number;
  readonly named: boolean;
  readonly rubric: FrozenRubric;
  readonly assembled: Assembled;
  readonly files: readonly Omit<FileRow, "erasedAt">[];
  readonly origin: string;
}

/** Everything is asked once more under the lock: of two that are sent at once the second one counts the first. */
async function send(
  db: Queryable,
  parts: LabelParts,
  space: Space,
  { base, named, rubric, assembled, files, origin }: Sending,
): Promise<Refused | "done" | undefined> {
  await lockApplicant(db, space.me.id);
  const [row] = await ownApplications(db, space, { lock: true });
  if (!row) return { refused: "request.notFound" };
  const refused = refusalOf(row, base);
  if (refused !== undefined) return refused;
  const [obstacle] = (await standingOf(db, space, parts)).obstacles;
  if (obstacle) return refusedBy(obstacle);
  const state = afterAct(row.state, "submit");
  if (!state) return { refused: "label.sent" };
  await db.query(
    `update label_applications set state = $2, submitted_at = to_timestamp($3::float8 / 1000), frozen = $4, criteria = $5,
       rubric = $6, named = $7 where id = $1`,
    [row.id, state, parts.now(), JSON.stringify(assembled.frozen), JSON.stringify(rubric), rubric.code, named],
  );
  for (const file of files) await keepFile(db, row.id, file);
  const { title, schools } = space.project;
  const school = schools.find((one) => one.school === row.school)?.shown.name ?? "";
  const link = `${origin}/desk/quality-labels/${encodeURIComponent(row.id)}`;
  await tellService(db, row.country, { kind: "qualityLabelSubmitted", facts: { school, project: title, link } });
  return undefined;
}

async function keepFile(db: Queryable, application: string, file: Omit<FileRow, "erasedAt">): Promise<void> {
  await db.query(
    `insert into label_application_files (application_id, key, material_id, kind, name, type, sha256, bytes, sizes, alt, caption,
       credit, licence, shows, pupils)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      ...[application, file.key, file.material, file.kind, file.name, file.type, file.sha256, file.bytes, file.sizes],
      ...[file.alt, file.caption, file.credit, file.licence, file.shows, file.pupils],
    ],
  );
}

/** The copy goes, and what was judged of it; the applicant's own texts stay for another one. */
export async function withdrawApplication(parts: LabelParts, space: Space): Promise<Refused | undefined> {
  const withdrawn = await inTransaction(parts.pool, async (db) => {
    const [row] = await ownApplications(db, space, { lock: true });
    if (!row) return { refused: "request.notFound" as const };
    if (afterAct(row.state, "withdraw") !== "withdrawn") return { refused: "label.decided" as const };
    return { application: row.id, files: await takeBack(db, row.id) };
  });
  if (isRefused(withdrawn)) return withdrawn;
  await removeCopies(parts, withdrawn.application, withdrawn.files);
  return undefined;
}

/** In the transaction of who locked it. @returns the files to be deleted once it is committed; else they are swept */
export async function takeBack(db: Queryable, application: string): Promise<Pick<FileRow, "key" | "sizes">[]> {
  await db.query("update label_applications set state = 'withdrawn', frozen = null, criteria = null where id = $1", [
    application,
  ]);
  await db.query("delete from label_scores where application_id = $1", [application]);
  await db.query("delete from label_reviews where application_id = $1", [application]);
  const { rows } = await db.query<Pick<FileRow, "key" | "sizes">>(
    "delete from label_application_files where application_id = $1 returning key, sizes",
    [application],
  );
  return rows;
}
