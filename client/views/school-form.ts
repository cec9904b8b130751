/** A school's form between its fields and what is sent. */
import type { Place, SchoolForm, SchoolSeen } from "../../protocol/http/registry.ts";
import { leastAge, mostAge } from "../../protocol/registry.ts";
import { type Draft, textIn, textsIn } from "./drafts.ts";
import type { FieldErrors } from "./field-errors.ts";

type KeptForm = NonNullable<SchoolSeen["form"]>;

export const ages: readonly number[] = Array.from({ length: mostAge - leastAge + 1 }, (_, i) => leastAge + i);

/** A box that is ticked has this value; one that is not has none. */
const ticked = "on";
export const isTicked = (draft: Draft | undefined, field: string): boolean => textIn(draft, field) === ticked;

export function draftOfSchool(form: KeptForm): Draft {
  const { languages, subjects, available, ageMin, ageMax, pupilCount, ...texts } = form;
  const one = (value: string | number | null) => [value === null ? "" : String(value)];
  return {
    ...Object.fromEntries(Object.entries(texts).map(([field, text]) => [field, [text]])),
    ...{ ageMin: one(ageMin), ageMax: one(ageMax), pupilCount: one(pupilCount) },
    mainLanguage: languages.slice(0, 1),
    languages: languages.slice(1),
    subjects,
    ...(available ? { available: [ticked] } : {}),
  };
}

const neededTexts = ["name", "address", "town", "principalName"] as const;
const chosen = ["country", "type", "mainLanguage", "ageMin", "ageMax"] as const;
const looksLikeEmail = (text: string) => /^[^\s@,;<>"()]{1,64}@[^\s@,;<>"()]{1,189}$/.test(text);

/** The form to be sent, or what is wrong with it; the server looks at everything again. */
export function readSchool(draft: Draft, me: { email: string }): { form: SchoolForm } | { errors: FieldErrors } {
  const text = (field: string) => textIn(draft, field).trim();
  const errors: FieldErrors = {};
  for (const field of neededTexts) if (text(field) === "") errors[field] = "form.missing";
  for (const field of chosen) if (text(field) === "") errors[field] = "form.choose";
  const pupilCount = Number(text("pupilCount").replace(/[\s.,\u00a0\u202f]/g, ""));
  if (!Number.isInteger(pupilCount) || pupilCount < 1 || pupilCount > 50_000) errors.pupilCount = "register.countWrong";
  const [ageMin, ageMax] = [Number(text("ageMin")), Number(text("ageMax"))];
  if (!errors.ageMin && !errors.ageMax && ageMin > ageMax) errors.ageMax = "register.agesWrong";
  const principal = text("principalEmail").toLowerCase();
  if (!looksLikeEmail(principal)) errors.principalEmail = "account.emailWrong";
  else if (principal === me.email) errors.principalEmail = "refusal.school.ownPrincipal";
  if (text("leadEmail") !== "" && !looksLikeEmail(text("leadEmail"))) errors.leadEmail = "account.emailWrong";
  if (Object.keys(errors).length > 0) return { errors };
  return {
    form: {
      legalName: text("legalName"),
      name: text("name"),
      country: text("country"),
      region: text("region"),
      number: text("number"),
      address: text("address"),
      town: text("town"),
      postcode: text("postcode"),
      website: text("website"),
      type: text("type"),
      // The school's own is the first one.
      languages: [...new Set([text("mainLanguage"), ...textsIn(draft, "languages")])],
      subjects: [...textsIn(draft, "subjects")],
      ageMin,
      ageMax,
      pupilCount,
      principalName: text("principalName"),
      principalEmail: principal,
      leadName: text("leadName"),
      leadEmail: text("leadEmail").toLowerCase(),
      description: text("description"),
      available: isTicked(draft, "available"),
    },
  };
}

/** How somebody works there, or what is wrong with it. */
export function readPlace(draft: Draft): { place: Place } | { errors: FieldErrors } {
  const staffRole = textIn(draft, "staffRole");
  if (staffRole === "") return { errors: { staffRole: "form.choose" } };
  return { place: { staffRole, lead: isTicked(draft, "lead") } };
}
