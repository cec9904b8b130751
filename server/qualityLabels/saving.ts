/** Saving what is typed: field by field, each on the version its author had before their eyes. */
import type { ApplicationSaved, SaveApplication } from "../../protocol/qualityLabels/applications.ts";
import { noGate } from "../../protocol/qualityLabels/gate.ts";
import { inTransaction } from "../../storage/pool.ts";
import type { RefusedFields } from "../http/route.ts";
import type { Space } from "../twinspace/insider.ts";
import { applicationView, bodyOf, ownApplications } from "./applications.ts";
import type { LabelParts } from "./parts.ts";
import type { ApplicationRow } from "./rows.ts";
import { standingOf } from "./standing.ts";

type Part = "gate" | "answers" | "chosen";
interface Change {
  readonly field: string;
  readonly part: Part;
  readonly name: string;
  readonly value: unknown;
}

/** Its applicant in another window is the only other one who can have changed it. What is theirs there stays theirs. */
export async function saveApplication(
  parts: LabelParts,
  space: Space,
  { base, changes }: SaveApplication,
): Promise<ApplicationSaved | RefusedFields> {
  const standing = await standingOf(parts.pool, space, parts);
  const known = new Set(standing.rubric?.criteria.map(({ code }) => code));
  const asked = changesOf(changes);
  const strange = asked.filter(({ part, name }) => (part === "gate" ? !(name in noGate) : !known.has(name)));
  if (strange.length > 0) return { refused: "request.malformed", fields: strange.map(({ field }) => field) };
  return inTransaction(parts.pool, async (db): Promise<ApplicationSaved | RefusedFields> => {
    const [row] = await ownApplications(db, space, { lock: true });
    if (!row) return { refused: "request.notFound" };
    if (row.state !== "draft") return { refused: "label.sent" };
    if (base > row.version) return { refused: "request.malformed", fields: ["base"] };
    const fresh = asked.filter((change) => !isSame(kept(row, change), change.value));
    const conflicts = fresh.filter(({ field }) => (row.fieldVersions[field] ?? 0) > base);
    const taken = fresh.filter((change) => !conflicts.includes(change));
    const next = taken.length === 0 ? row : withChanges(row, taken, parts.now());
    if (taken.length > 0) {
      await db.query(
        `update label_applications set gate = $2, answers = $3, chosen = $4, version = $5, field_versions = $6,
           changed_at = to_timestamp($7::float8 / 1000) where id = $1`,
        [
          ...[row.id, JSON.stringify(next.gate), JSON.stringify(next.answers), JSON.stringify(next.chosen)],
          ...[next.version, JSON.stringify(next.fieldVersions), next.changedAt],
        ],
      );
    }
    const application = await applicationView(db, space, next, standing);
    return { application, conflicts: conflicts.map(({ field }) => field) };
  });
}

function changesOf({ gate = {}, answers = {}, chosen = {} }: SaveApplication["changes"]): Change[] {
  const of = (part: Part, all: object) =>
    Object.entries(all).map(([name, value]) => ({ field: `${part}.${name}`, part, name, value }));
  return [...of("gate", gate), ...of("answers", answers), ...of("chosen", chosen)];
}

function kept(row: ApplicationRow, { part, name }: Change): unknown {
  const body = bodyOf(row);
  if (part === "gate") return Object.entries(body.gate).find(([question]) => question === name)?.[1];
  return part === "answers" ? (body.answers[name] ?? "") : (body.chosen[name] ?? []);
}

/** The order of keys is not the same behind the database. */
const isSame = (one: unknown, other: unknown): boolean => inOrder(one) === inOrder(other);
const inOrder = (value: unknown): string =>
  JSON.stringify(value, (_key, part) =>
    part !== null && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

function withChanges(row: ApplicationRow, taken: readonly Change[], now: number): ApplicationRow {
  const version = row.version + 1;
  const fields = (part: Part) => taken.filter((change) => change.part === part).map(({ name, value }) => [name, value]);
  return {
    ...row,
    gate: { ...row.gate, ...Object.fromEntries(fields("gate")) },
    answers: { ...row.answers, ...Object.fromEntries(fields("answers")) },
    chosen: { ...row.chosen, ...Object.fromEntries(fields("chosen")) },
    version,
    fieldVersions: { ...row.fieldVersions, ...Object.fromEntries(taken.map(({ field }) => [field, version])) },
    changedAt: now,
  };
}
