/**
 * The form of a project: its fields, in which step each is asked, and what must be there before it can be sent. Drafts
 * may be as empty as they like, so that every field can be saved by itself as soon as it is typed.
 */

import type { ListName } from "../../protocol/http/lists.ts";

/** As they are called in protocol, domain and client; a value is a text, a whole number, codes of a list, or a day. */
export const textFields = ["title", "summary", "description", "aims", "workProcess", "expectedResults"] as const;
export const listFields = ["languages", "subjects", "vocationalSubjects", "competences", "tools"] as const;
export const numberFields = ["pupilNumber", "ageMin", "ageMax"] as const;
export const dayFields = ["startDate", "endDate"] as const;
export const formFields = [...textFields, ...listFields, ...numberFields, ...dayFields] as const;

export type TextField = (typeof textFields)[number];
export type ListField = (typeof listFields)[number];
export type NumberField = (typeof numberFields)[number];
export type DayField = (typeof dayFields)[number];
export type FormField = (typeof formFields)[number];

/** Null: not said yet. Days are `2026-11-23`. */
export type FieldValue = string | number | readonly string[] | null;
export type ProjectForm = { readonly [F in TextField]: string } & {
  readonly [F in ListField]: readonly string[];
} & { readonly [F in NumberField]: number | null } & { readonly [F in DayField]: string | null };

/** In letters. */
export const longest: Readonly<Record<TextField, number>> = {
  title: 120,
  summary: 400,
  description: 4000,
  aims: 3000,
  workProcess: 4000,
  expectedResults: 3000,
};
export const youngest = 3;
export const oldest = 20;
export const mostPupils = 100_000;

/** Which list of the registry a field's codes are from. */
export const listOfField: Readonly<Record<ListField, ListName>> = {
  languages: "language",
  subjects: "subject",
  vocationalSubjects: "vocationalSubject",
  competences: "competence",
  tools: "tool",
};

export const formSteps = ["school", "partner", "idea", "pupils", "subjects", "plan", "preview"] as const;
export type FormStep = (typeof formSteps)[number];
export const fieldsOfStep: Readonly<Record<FormStep, readonly FormField[]>> = {
  school: [],
  partner: [],
  idea: ["title", "summary", "description"],
  pupils: ["languages", "ageMin", "ageMax", "pupilNumber"],
  subjects: ["subjects", "vocationalSubjects", "competences", "tools"],
  plan: ["aims", "workProcess", "expectedResults", "startDate", "endDate"],
  preview: [],
};

export const emptyForm: ProjectForm = {
  ...{ title: "", summary: "", description: "", aims: "", workProcess: "", expectedResults: "" },
  ...{ languages: [], subjects: [], vocationalSubjects: [], competences: [], tools: [] },
  ...{ pupilNumber: null, ageMin: null, ageMax: null, startDate: null, endDate: null },
};

/** May stay empty. Subjects are asked together with vocational ones: one of both is enough. */
const optional: readonly FormField[] = ["vocationalSubjects", "competences", "tools", "endDate"];

/** Fields that must be filled in before it can be sent. */
export function missingIn(form: ProjectForm): FormField[] {
  return formFields.filter((field) => {
    if (optional.includes(field)) return false;
    if (field === "subjects" && form.vocationalSubjects.length > 0) return false;
    return isEmpty(form[field]);
  });
}

/** Fields that are filled in and do not fit together. */
export function misfitsIn(form: ProjectForm): FormField[] {
  const { ageMin, ageMax, startDate, endDate } = form;
  return [
    ...(ageMin !== null && ageMax !== null && ageMin > ageMax ? (["ageMax"] as const) : []),
    ...(startDate !== null && endDate !== null && endDate < startDate ? (["endDate"] as const) : []),
  ];
}

export function isEmpty(value: FieldValue): boolean {
  if (value === null) return true;
  return typeof value === "number" ? false : typeof value === "string" ? value.trim() === "" : value.length === 0;
}

/** Whether two values of a field are the same; the order of a list's codes says nothing. */
export function sameValue(one: FieldValue, other: FieldValue): boolean {
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return one === other;
  return one.length === other.length && one.every((code) => other.includes(code));
}

/** Both, for who does not want to choose; undefined where that makes no sense. */
export function joined(mine: FieldValue, theirs: FieldValue): FieldValue | undefined {
  if (typeof mine === "string" && typeof theirs === "string") return `${theirs.trimEnd()}\n\n${mine.trimStart()}`;
  if (typeof mine !== "object" || typeof theirs !== "object" || mine === null || theirs === null) return undefined;
  return [...theirs, ...mine.filter((code) => !theirs.includes(code))];
}

/**
 * The readable part of an address: letters and digits of any script, joined by dashes. At most 60 letters, cut between
 * words where there is room. Empty when there is nothing to be read.
 */
export function slugOf(title: string): string {
  const words =
    title
      .normalize("NFC")
      .toLowerCase()
      .normalize("NFC")
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  let slug = "";
  for (const word of words) {
    const longer = slug === "" ? word : `${slug}-${word}`;
    if ([...longer].length > 60) break;
    slug = longer;
  }
  return slug === "" ? [...(words[0] ?? "")].slice(0, 60).join("") : slug;
}
