/**
 * The form of a project while it is written here and perhaps elsewhere: what stands in each field, what of it the server
 * has, and where somebody else was faster. Every function answers the form as it then is.
 */
import {
  type FieldValue,
  type FormField,
  formFields,
  type ProjectForm,
  sameValue,
} from "../../domain/projects/form.ts";
import type { ChangeForm, FieldConflict, FormChanged, ProjectView } from "../../protocol/http/projects.ts";
import type { DraftStore } from "./drafts.ts";

export interface FieldNow {
  /** What stands in it here. */
  readonly value: FieldValue;
  /** What the server has, as far as is known here, and which version of it that is. */
  readonly saved: FieldValue;
  readonly version: number;
  /** On its way to the server. */
  readonly sending?: FieldValue | undefined;
  /** Sent, and not known whether it arrived. */
  readonly lost?: FieldValue | undefined;
  /** The server does not take it: it is not sent again as it is. */
  readonly wrong?: FieldValue | undefined;
  /** What somebody else has written meanwhile. */
  readonly conflict?: FieldConflict | undefined;
}
export type FormNow = Readonly<Record<FormField, FieldNow>>;

const each = (make: (field: FormField) => FieldNow): FormNow =>
  // Every field is there: they are listed.
  Object.fromEntries(formFields.map((field) => [field, make(field)])) as Record<FormField, FieldNow>;

export const beginForm = (form: ProjectView["form"]): FormNow =>
  each((field) => ({ value: form[field].value, saved: form[field].value, version: form[field].version }));

/** What stands in the fields here, saved or not. */
export const valuesOf = (now: FormNow): ProjectForm =>
  // A field's value is of its kind: the server and the controls see to it.
  Object.fromEntries(formFields.map((field) => [field, now[field].value])) as unknown as ProjectForm;

export const typed = (now: FormNow, field: FormField, value: FieldValue): FormNow => ({
  ...now,
  [field]: { ...now[field], value },
});

const isDirty = ({ value, saved }: FieldNow) => !sameValue(value, saved);

/** Fields that the server does not have as they stand here. */
export const unsavedFields = (now: FormNow): FormField[] => formFields.filter((field) => isDirty(now[field]));

/** What can be sent now: not what is on its way, was refused as it is, or waits to be chosen. */
export function toSend(now: FormNow): ChangeForm["changes"] {
  const changes = formFields.flatMap((field) => {
    const { value, version, sending, wrong, conflict } = now[field];
    const waits = sending !== undefined || conflict !== undefined || (wrong !== undefined && sameValue(wrong, value));
    return waits || !isDirty(now[field]) ? [] : [{ field, value, base: version }];
  });
  // Each value is of its field's kind; the union of all fields cannot say so.
  return changes as ChangeForm["changes"];
}

export const sent = (now: FormNow, changes: ChangeForm["changes"]): FormNow =>
  each((field) => {
    const change = changes.find((one) => one.field === field);
    return change === undefined ? now[field] : { ...now[field], sending: change.value, wrong: undefined };
  });

/** No answer came. It may have arrived: if so the server's value is the one that was sent. */
export const notAnswered = (now: FormNow): FormNow =>
  each((field) => {
    const { sending, ...rest } = now[field];
    return sending === undefined ? now[field] : { ...rest, lost: sending };
  });

/** These were refused; what else was sent with them was not taken either. */
export const notTaken = (now: FormNow, fields: readonly string[]): FormNow =>
  each((field) => {
    const { sending, ...rest } = now[field];
    if (sending === undefined) return now[field];
    return fields.includes(field) ? { ...rest, wrong: sending } : rest;
  });

export function answered(now: FormNow, { saved, conflicts }: FormChanged): FormNow {
  return each((field) => {
    const { sending, lost, ...rest } = now[field];
    const taken = saved.find((one) => one.field === field);
    const conflict = conflicts.find((one) => one.field === field);
    if (taken && sending !== undefined) return { ...rest, saved: sending, version: taken.version };
    if (!conflict) return now[field];
    const isMine = (lost !== undefined && sameValue(lost, conflict.theirs)) || sameValue(rest.value, conflict.theirs);
    const known = { ...rest, saved: conflict.theirs, version: conflict.version };
    return isMine ? known : { ...known, conflict };
  });
}

/** What the server has by now. A field that is being written here stays as it is: its next save tells of the other's. */
export const heard = (now: FormNow, form: ProjectView["form"]): FormNow =>
  each((field) => {
    const here = now[field];
    const { value, version, by, at } = form[field];
    if (version <= here.version || here.sending !== undefined) return here;
    if (here.conflict) {
      return { ...here, saved: value, version, conflict: { field, theirs: value, version, by: by ?? "", at: at ?? 0 } };
    }
    return isDirty(here) ? here : { ...here, value, saved: value, version };
  });

/** Chosen, or joined: it is written upon what the other one wrote. */
export const settled = (now: FormNow, field: FormField, value: FieldValue): FormNow => {
  const { conflict: _, ...rest } = now[field];
  return { ...now, [field]: { ...rest, value } };
};

/* What is kept on this device until the server has it */

export type KeptFields = Partial<Record<FormField, { value: FieldValue; base: number }>>;

export const keptUnder = (account: string, project: string): string => `twinlight.project.${account}.${project}`;

/**
 * Keeps what the server does not have, or forgets it where it has everything. `offered`: what is still offered from before,
 * and stays kept. False where this browser keeps nothing.
 */
export function keepUnsaved(store: DraftStore, key: string, now: FormNow, offered: KeptFields = {}): boolean {
  const unsaved = unsavedFields(now).map((field) => [field, { value: now[field].value, base: now[field].version }]);
  const kept: KeptFields = { ...offered, ...Object.fromEntries(unsaved) };
  try {
    if (Object.keys(kept).length === 0) store.removeItem(key);
    else store.setItem(key, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

/** What was kept and is still not what the server has; empty when there is nothing. */
export function readKept(store: DraftStore, key: string, form: ProjectView["form"]): KeptFields {
  try {
    const kept: unknown = JSON.parse(store.getItem(key) ?? "{}");
    if (typeof kept !== "object" || kept === null) return {};
    const fields = Object.entries(kept).filter(
      (entry): entry is [FormField, { value: FieldValue; base: number }] =>
        formFields.some((field) => field === entry[0]) && isKept(entry[1]),
    );
    return Object.fromEntries(fields.filter(([field, { value }]) => !sameValue(value, form[field].value)));
  } catch {
    return {};
  }
}

function isKept(kept: unknown): boolean {
  if (typeof kept !== "object" || kept === null || !("value" in kept) || !("base" in kept)) return false;
  const { value, base } = kept;
  const isList = Array.isArray(value) && value.every((code) => typeof code === "string");
  return Number.isInteger(base) && (value === null || isList || typeof value === "string" || typeof value === "number");
}

/** Puts it back into the fields; where somebody has changed one since, both stand there to choose from. */
export function putBack(now: FormNow, kept: KeptFields, form: ProjectView["form"]): FormNow {
  return each((field) => {
    const back = kept[field];
    if (back === undefined) return now[field];
    const { value, version, by, at } = form[field];
    const conflict = { field, theirs: value, version, by: by ?? "", at: at ?? 0 };
    return { ...now[field], value: back.value, ...(back.base === version ? {} : { conflict }) };
  });
}
