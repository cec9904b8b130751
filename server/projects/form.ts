/**
 * The form of a project, saved field by field. Every field counts its own changes: a value that was written on an older
 * version than the one there is, is not taken but kept, and its author reads what the other wrote.
 */
import {
  type FieldValue,
  type FormField,
  formFields,
  listFields,
  listOfField,
  missingIn,
  type ProjectForm,
  sameValue,
} from "../../domain/projects/form.ts";
import type { FieldChange, FieldConflict, FieldHistory, ShownField } from "../../protocol/http/projects.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Queryable } from "../../storage/pool.ts";
import type { RefusedFields } from "../http/route.ts";
import { unknownCodes } from "../registry/lists.ts";

const columnOf: Readonly<Record<FormField, string>> = {
  title: "title",
  summary: "summary",
  description: "description",
  aims: "aims",
  workProcess: "work_process",
  expectedResults: "expected_results",
  languages: "languages",
  subjects: "subjects",
  vocationalSubjects: "vocational_subjects",
  competences: "competences",
  tools: "tools",
  pupilNumber: "pupil_number",
  ageMin: "age_min",
  ageMax: "age_max",
  startDate: "start_date",
  endDate: "end_date",
};
// Days as text: a date has no zone, and must not be given one on its way.
const selected = formFields
  .map((field) => `${columnOf[field]}${/Date$/.test(field) ? "::text" : ""} as "${field}"`)
  .join(", ");

/** One's own changes within this count as one in the history: else every second of typing would be kept. */
const oneSittingMs = 10 * 60_000;
const mostHistory = 100;

export async function readForm(db: Queryable, project: Id): Promise<ProjectForm> {
  const { rows } = await db.query<ProjectForm>(`select ${selected} from projects where id = $1`, [project]);
  if (!rows[0]) throw new Error("A project that was just read is not there");
  return rows[0];
}

interface LastChange {
  field: FormField;
  version: number;
  byAccount: Id | null;
  by: string | null;
  at: number;
}

async function lastChanges(db: Queryable, project: Id): Promise<Map<FormField, LastChange>> {
  const { rows } = await db.query<LastChange>(
    `select distinct on (h.field) h.field, h.version, h.by_account as "byAccount", a.name as by, h.at
     from project_fields_history h left join accounts a on a.id = h.by_account
     where h.project_id = $1 and h.version is not null order by h.field, h.version desc`,
    [project],
  );
  return new Map(rows.map((row) => [row.field, row]));
}

export async function shownForm(db: Queryable, project: Id): Promise<Record<FormField, ShownField>> {
  const [form, changes] = [await readForm(db, project), await lastChanges(db, project)];
  const shown = formFields.map((field): [FormField, ShownField] => {
    const last = changes.get(field);
    const value = form[field];
    return [
      field,
      {
        value: typeof value === "object" && value !== null ? [...value] : value,
        version: last?.version ?? 0,
        by: last?.by ?? null,
        at: last?.at ?? null,
      },
    ];
  });
  // Every field is there: they were listed.
  return Object.fromEntries(shown) as Record<FormField, ShownField>;
}

export interface FormSaved {
  readonly saved: { field: FormField; version: number }[];
  readonly conflicts: FieldConflict[];
  /** Whether anything is otherwise than before. */
  readonly changed: boolean;
}

/**
 * Saves these changes, to be called in a transaction that has locked the project. `whole`: what must be there must stay
 * there (an active project's title is not emptied).
 */
export async function saveChanges(
  db: Queryable,
  project: Id,
  by: Id,
  changes: readonly FieldChange[],
  { now, whole }: { now: number; whole: boolean },
): Promise<FormSaved | RefusedFields> {
  const form = await readForm(db, project);
  const unknown = await withUnknownCodes(db, form, changes);
  if (unknown.length > 0) return { refused: "request.malformed", fields: unknown };
  if (whole) {
    const emptied = missingIn({ ...form, ...Object.fromEntries(changes.map(({ field, value }) => [field, value])) });
    if (emptied.length > 0) return { refused: "project.incomplete", fields: emptied };
  }
  const last = await lastChanges(db, project);
  const saved: FormSaved["saved"] = [];
  const conflicts: FieldConflict[] = [];
  let changed = false;
  for (const change of changes) {
    const { field, value, base } = change;
    const before = last.get(field);
    const version = before?.version ?? 0;
    if (sameValue(form[field], value)) {
      saved.push({ field, version });
    } else if (base !== version) {
      await setAside(db, project, by, change, now);
      conflicts.push(conflictOf(field, form[field], before, now));
    } else {
      await take(db, project, by, change, before, now);
      saved.push({ field, version: version + 1 });
      changed = true;
    }
  }
  if (changed) await db.query("update projects set version = version + 1 where id = $1", [project]);
  return { saved, conflicts, changed };
}

/** Only codes that are new: one whose entry ended since it was chosen may stay. */
async function withUnknownCodes(db: Queryable, form: ProjectForm, changes: readonly FieldChange[]): Promise<string[]> {
  const fields: string[] = [];
  for (const { field, value } of changes) {
    const list = listFields.find((one) => one === field);
    if (list === undefined || !Array.isArray(value)) continue;
    const added = value.filter((code) => !form[list].includes(code));
    if ((await unknownCodes(db, listOfField[list], added)).length > 0) fields.push(field);
  }
  return fields;
}

function conflictOf(field: FormField, value: FieldValue, last: LastChange | undefined, now: number): FieldConflict {
  const theirs = typeof value === "object" && value !== null ? [...value] : value;
  return { field, theirs, version: last?.version ?? 0, by: last?.by ?? "", at: last?.at ?? now };
}

async function take(
  db: Queryable,
  project: Id,
  by: Id,
  { field, value, base }: FieldChange,
  before: LastChange | undefined,
  now: number,
): Promise<void> {
  await db.query(`update projects set ${columnOf[field]} = $2 where id = $1`, [project, value]);
  const isSameSitting = before !== undefined && before.byAccount === by && now - before.at < oneSittingMs;
  if (isSameSitting) {
    await db.query(
      `update project_fields_history set version = version + 1, value = $4 where project_id = $1 and field = $2 and version = $3`,
      [project, field, base, JSON.stringify(value)],
    );
    return;
  }
  await addHistory(db, project, by, { field, value, base }, base + 1, now);
}

/** Not taken, and not lost. */
async function setAside(db: Queryable, project: Id, by: Id, change: FieldChange, now: number): Promise<void> {
  const same = await db.query(
    `select from project_fields_history
     where project_id = $1 and field = $2 and version is null and by_account = $3 and value = $4`,
    [project, change.field, by, JSON.stringify(change.value)],
  );
  if (same.rowCount === 0) await addHistory(db, project, by, change, null, now);
}

async function addHistory(
  db: Queryable,
  project: Id,
  by: Id,
  { field, value, base }: Pick<FieldChange, "field" | "value" | "base">,
  version: number | null,
  now: number,
): Promise<void> {
  await db.query(
    `insert into project_fields_history (project_id, field, version, base, value, by_account, at)
     values ($1, $2, $3, $4, $5, $6, to_timestamp($7::float8 / 1000))`,
    [project, field, version, base, JSON.stringify(value), by, now],
  );
}

/** Newest first. */
export async function historyOf(db: Queryable, project: Id, field: FormField): Promise<FieldHistory> {
  const { rows } = await db.query<FieldHistory["versions"][number]>(
    `select h.value, h.version is not null as taken, coalesce(a.name, '') as by, h.at
     from project_fields_history h left join accounts a on a.id = h.by_account
     where h.project_id = $1 and h.field = $2 order by h.id desc limit ${mostHistory}`,
    [project, field],
  );
  return { versions: rows };
}
