/** Applications for labels as the database has them. */

import type { Id } from "../../protocol/ids.ts";
import type { ApplicationState, ChosenPiece, LabelKind } from "../../protocol/qualityLabels/applications.ts";
import type { Frozen, FrozenRubric } from "../../protocol/qualityLabels/frozen.ts";
import type { Gate } from "../../protocol/qualityLabels/gate.ts";
import type { Licence } from "../../protocol/twinspace/materials.ts";
import type { Queryable } from "../../storage/pool.ts";

export interface ApplicationRow {
  readonly id: Id;
  readonly kind: LabelKind;
  /** Null: their account is gone altogether. */
  readonly account: Id | null;
  readonly school: Id;
  readonly project: Id;
  /** Of the applicant's school: whose service judges it. */
  readonly country: string;
  readonly rubric: string;
  readonly state: ApplicationState;
  readonly gate: Partial<Gate>;
  readonly answers: Readonly<Record<string, string>>;
  readonly chosen: Readonly<Record<string, readonly ChosenPiece[]>>;
  readonly version: number;
  readonly fieldVersions: Readonly<Record<string, number>>;
  readonly attempt: number;
  readonly begunAt: number;
  readonly changedAt: number;
  readonly submittedAt: number | null;
  /** Once it was sent; null again when it is withdrawn. */
  readonly frozen: Frozen | null;
  readonly criteria: FrozenRubric | null;
  readonly reviewBeganAt: number | null;
  readonly decidedAt: number | null;
  readonly decidedBy: Id | null;
  readonly feedback: string;
  readonly award: Id | null;
}

/** Of `label_applications a`. */
export const applicationColumns = `a.id, a.kind, a.account_id as account, a.school_id as school, a.project_id as project, a.country,
  a.rubric, a.state, a.gate, a.answers, a.chosen, a.version, a.field_versions as "fieldVersions", a.attempt,
  a.begun_at as "begunAt", a.changed_at as "changedAt", a.submitted_at as "submittedAt", a.frozen, a.criteria,
  a.review_began_at as "reviewBeganAt", a.decided_at as "decidedAt", a.decided_by as "decidedBy", a.feedback,
  a.award_id as award`;

/** `lock`: nobody else does anything to it until the transaction ends. */
export async function findApplication(
  db: Queryable,
  application: Id,
  { lock = false }: { lock?: boolean } = {},
): Promise<ApplicationRow | undefined> {
  const { rows } = await db.query<ApplicationRow>(
    `select ${applicationColumns} from label_applications a where a.id = $1 ${lock ? "for update" : ""}`,
    [application],
  );
  return rows[0];
}

export interface FileRow {
  readonly key: string;
  readonly material: Id;
  readonly kind: "image" | "video" | "sound" | "file";
  readonly name: string;
  readonly type: string;
  readonly sha256: Buffer;
  readonly bytes: number;
  readonly sizes: readonly number[];
  readonly alt: string;
  readonly caption: string;
  readonly credit: string;
  readonly licence: Licence;
  readonly shows: "nobody" | "people" | "unknown";
  readonly pupils: readonly Id[];
  readonly erasedAt: number | null;
}

/** Of `label_application_files f`. */
export const fileColumns = `f.key, f.material_id as material, f.kind, f.name, f.type, f.sha256, f.bytes, f.sizes, f.alt, f.caption,
  f.credit, f.licence, f.shows, f.pupils, f.erased_at as "erasedAt"`;
