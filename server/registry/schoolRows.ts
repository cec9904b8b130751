/** A school as its row has it, and as it is shown. */
import type { SchoolCard, SchoolForm } from "../../protocol/http/registry.ts";
import type { Id } from "../../protocol/ids.ts";
import type { SchoolState } from "../../protocol/registry.ts";
import type { Queryable } from "../../storage/pool.ts";

/** Where each field of the form stands. */
const columnOf: Readonly<Record<keyof SchoolForm, string>> = {
  legalName: "legal_name",
  name: "name",
  country: "country",
  region: "region",
  number: "number",
  address: "address",
  town: "town",
  postcode: "postcode",
  website: "website",
  type: "type",
  languages: "languages",
  subjects: "subjects",
  ageMin: "age_min",
  ageMax: "age_max",
  pupilCount: "pupil_count",
  principalName: "principal_name",
  principalEmail: "principal_email",
  leadName: "lead_name",
  leadEmail: "lead_email",
  description: "description",
  available: "available",
};
const fields = Object.keys(columnOf) as (keyof SchoolForm)[]; // Object.keys forgets what the keys are.

export const cardColumns = `s.id, s.name, s.legal_name as "legalName", s.number, s.town, s.country, s.state`;

/** The form as it is kept; of a school that was there before the form, some of it is missing. */
export type KeptForm = Omit<SchoolForm, "ageMin" | "ageMax" | "pupilCount"> & {
  ageMin: number | null;
  ageMax: number | null;
  pupilCount: number | null;
};

export interface SchoolRow extends KeptForm {
  id: Id;
  state: SchoolState;
  reason: string;
  stateAt: number;
  version: number;
  submittedBy: Id | null;
  principalToldAt: number | null;
}

/** `lock`: nobody else changes it until the transaction ends. */
export async function findSchoolRow(db: Queryable, id: Id, lock = false): Promise<SchoolRow | undefined> {
  const { rows } = await db.query<SchoolRow>(
    `select id, state, state_reason as reason, state_at as "stateAt", version, submitted_by as "submittedBy",
       principal_told_at as "principalToldAt", ${fields.map((field) => `${columnOf[field]} as "${field}"`).join(", ")}
     from schools where id = $1 ${lock ? "for update" : ""}`,
    [id],
  );
  return rows[0];
}

export const cardOf = ({ id, name, legalName, number, town, country, state }: SchoolRow): SchoolCard => ({
  ...{ id, name, legalName, number, town, country, state },
});

export const formOf = (row: SchoolRow): KeptForm =>
  // Each field is one of the row's own, with its type.
  Object.fromEntries(fields.map((field) => [field, row[field]])) as unknown as KeptForm;

/** Numbered values for the form's columns, beginning at `$first`; the school's own language is its first one. */
function written(form: SchoolForm, first: number) {
  const columns = [...fields.map((field) => columnOf[field]), "main_language"];
  const values = [...fields.map((field) => form[field]), form.languages[0] ?? "en"];
  return { columns, places: columns.map((_, i) => `$${first + i}`), values };
}

export async function insertSchool(db: Queryable, id: Id, form: SchoolForm, by: Id): Promise<void> {
  const { columns, places, values } = written(form, 3);
  await db.query(
    `insert into schools (id, submitted_by, state, ${columns.join(", ")}) values ($1, $2, 'submitted', ${places.join(", ")})`,
    [id, by, ...values],
  );
}

export async function updateSchool(db: Queryable, id: Id, form: SchoolForm, state: SchoolState): Promise<void> {
  const { columns, places, values } = written(form, 3);
  await db.query(
    `update schools set ${columns.map((column, i) => `${column} = ${places[i]}`).join(", ")}, version = version + 1,
       state_at = case when state = $2 then state_at else now() end,
       state_reason = case when state = $2 then state_reason else '' end, state = $2
     where id = $1`,
    [id, state, ...values],
  );
}
