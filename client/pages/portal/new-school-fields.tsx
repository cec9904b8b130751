import type { NewSchool } from "../../../protocol/http/accounts.ts";
import { TextField } from "../../parts/field.tsx";
import type { FieldErrors } from "../../views/field-errors.ts";
import { t } from "../../words/words.ts";
import { CountrySelect } from "./country-select.tsx";
import type { Form } from "./use-form.ts";

export const schoolLabels = () => ({
  schoolName: t("operate.schoolName"),
  town: t("operate.schoolTown"),
  country: t("operate.schoolCountry"),
});

/** A school that this server does not know yet. */
export function NewSchoolFields({ form }: { form: Form }) {
  const labels = schoolLabels();
  return (
    <>
      <TextField
        label={labels.schoolName}
        name="schoolName"
        autoComplete="off"
        maxLength={120}
        error={form.error("schoolName")}
      />
      <div className="form__pair">
        <TextField label={labels.town} name="town" autoComplete="off" maxLength={80} error={form.error("town")} />
        <CountrySelect
          label={labels.country}
          name="country"
          nothing={t("operate.chooseCountry")}
          error={form.error("country")}
        />
      </div>
    </>
  );
}

/** Reads them, and writes into `errors` what is missing. */
export function readNewSchool(fields: FormData, errors: FieldErrors): NewSchool {
  const text = (field: string) => String(fields.get(field) ?? "").trim();
  for (const field of ["schoolName", "town"]) if (text(field) === "") errors[field] = "form.missing";
  if (text("country") === "") errors.country = "form.choose";
  return { name: text("schoolName"), town: text("town"), country: text("country") };
}
