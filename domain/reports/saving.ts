/**
 * Saving fields of an entry, pure. Every field has the version of the entry at which it was changed last: whoever saves it on
 * an older one has not seen what stands there, so theirs is not taken and they are told. Nobody's words are lost: what was
 * taken is only ever replaced by somebody who had it before their eyes, and what was not taken stays with who wrote it.
 */
import type { EntryBody, EntryField } from "../../protocol/reports/entries.ts";

/** Of each field that was ever changed: at which version of the entry last, and by whom. */
export type FieldVersions = Readonly<Partial<Record<EntryField, readonly [version: number, by: string]>>>;

export interface KeptEntry {
  readonly version: number;
  readonly body: EntryBody;
  readonly fieldVersions: FieldVersions;
}
/** What is not in it, or undefined, is left as it is. */
export type ChangedFields = { readonly [F in EntryField]?: EntryBody[F] | undefined };
/** `base`: the version that its author had before their eyes. */
export interface FieldChanges {
  readonly base: number;
  readonly changes: ChangedFields;
}
export interface SavedFields {
  /** The same as before where nothing has changed. */
  readonly entry: KeptEntry;
  readonly changed: readonly EntryField[];
  readonly conflicts: readonly { readonly field: EntryField; readonly by: string }[];
}

export function saveFields(before: KeptEntry, { base, changes }: FieldChanges, by: string): SavedFields {
  // The keys of a partial body, which TypeScript widens to strings. What is there already need not be saved.
  const fields = (Object.keys(changes) as EntryField[]).filter(
    (field) => changes[field] !== undefined && !isSame(changes[field], before.body[field]),
  );
  const conflicts = fields.flatMap((field) => {
    const [version, theirs] = before.fieldVersions[field] ?? [0, ""];
    return version > base ? [{ field, by: theirs }] : [];
  });
  const changed = fields.filter((field) => !conflicts.some((conflict) => conflict.field === field));
  if (changed.length === 0) return { entry: before, changed, conflicts };
  const version = before.version + 1;
  const taken = Object.fromEntries(changed.map((field) => [field, changes[field]]));
  const versions = Object.fromEntries(changed.map((field) => [field, [version, by]]));
  const body = { ...before.body, ...taken };
  return {
    entry: { version, body, fieldVersions: { ...before.fieldVersions, ...versions } },
    ...{ changed, conflicts },
  };
}

/** Whether two values of a field say the same; the order of an object's keys says nothing. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((each, n) => isSame(each, other[n]));
  }
  if (!isObject(one) || !isObject(other)) return one === other;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => isSame(one[key], other[key]));
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
