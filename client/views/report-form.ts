/**
 * An entry of a report card while it is written here and perhaps elsewhere: what stands in each field, what of it the server
 * has, and where somebody else was faster. Every function answers the entry as it then is.
 */
import {
  type EntryBody,
  type EntryField,
  type EntrySaved,
  type EntryView,
  emptyBody,
  type SaveEntry,
} from "../../protocol/reports/entries.ts";
import type { DraftStore } from "./drafts.ts";

export type EntryValue = EntryBody[EntryField];
export interface EntryFieldNow {
  /** What stands in it here. */
  readonly value: EntryValue;
  /** What of it the server has, spelled as it was typed. */
  readonly saved: EntryValue;
  /** What the server has, as far as is known here. */
  readonly there: EntryValue;
  /** On its way to the server. */
  readonly sending?: EntryValue | undefined;
  /** Sent, and not known whether it arrived. */
  readonly lost?: EntryValue | undefined;
  /** The server does not take it: it is not sent again as it is. */
  readonly wrong?: EntryValue | undefined;
  /** The refusal's code, where the server said what is wrong with it. */
  readonly why?: string | undefined;
  /** What somebody else has put there meanwhile; `by` empty: it is not known who. */
  readonly conflict?: { readonly theirs: EntryValue; readonly by: string } | undefined;
}
export interface EntryNow {
  /** All fields stand as of this version of the entry, but for those in conflict. */
  readonly version: number;
  readonly fields: Readonly<Record<EntryField, EntryFieldNow>>;
}

// They are exactly the keys of a body.
export const entryFields = Object.keys(emptyBody) as EntryField[];

const each = (make: (field: EntryField) => EntryFieldNow): EntryNow["fields"] =>
  // Every field is there: they are listed.
  Object.fromEntries(entryFields.map((field) => [field, make(field)])) as EntryNow["fields"];

export const beginEntryForm = ({ body, version }: Pick<EntryView, "body" | "version">): EntryNow => ({
  version,
  fields: each((field) => ({ value: body[field], saved: body[field], there: body[field] })),
});

/** What stands in the fields here, saved or not. */
export const bodyOf = ({ fields }: EntryNow): EntryBody =>
  // A field's value is of its kind: the server and the controls see to it.
  Object.fromEntries(entryFields.map((field) => [field, fields[field].value])) as unknown as EntryBody;

/** Whether two values of a field say the same. */
export const sameEntryValue = (one: EntryValue, other: EntryValue): boolean =>
  one === other || JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

/** Names in one order, so that it makes no difference who wrote it down. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, each]) => [name, sorted(each)]),
  );
}

const isDirty = ({ value, saved }: EntryFieldNow) => !sameEntryValue(value, saved);
const changed = (now: EntryNow, field: EntryField, to: EntryFieldNow): EntryNow => ({
  ...now,
  fields: { ...now.fields, [field]: to },
});

export const typedIn = <F extends EntryField>(now: EntryNow, field: F, value: EntryBody[F]): EntryNow =>
  changed(now, field, { ...now.fields[field], value });

/** Fields that the server does not have as they stand here. */
export const unsavedIn = ({ fields }: EntryNow): EntryField[] => entryFields.filter((field) => isDirty(fields[field]));

/** What the server takes for an address; while it is typed it is none yet. */
export const isWebAddress = (text: string): boolean => text === "" || /^https?:\/\/\S+$/.test(text);

/** What can be sent now: not what is on its way, was refused as it is, or waits to be chosen. Null: nothing. */
export function toSendOf({ version, fields }: EntryNow): SaveEntry | null {
  const names = entryFields.filter((field) => {
    const { value, sending, wrong, conflict } = fields[field];
    const isHalf = field === "shownLink" && typeof value === "string" && !isWebAddress(value.trim());
    const waits = sending !== undefined || conflict !== undefined || isHalf;
    return isDirty(fields[field]) && !waits && (wrong === undefined || !sameEntryValue(wrong, value));
  });
  if (names.length === 0) return null;
  // Each value is of its field's kind; the union of all fields cannot say so.
  const changes = Object.fromEntries(names.map((field) => [field, fields[field].value])) as SaveEntry["changes"];
  return { base: version, changes };
}

export const sentOf = (now: EntryNow, { changes }: SaveEntry): EntryNow => ({
  ...now,
  fields: each((field) =>
    field in changes
      ? { ...now.fields[field], sending: changes[field], wrong: undefined, why: undefined }
      : now.fields[field],
  ),
});

export const isSending = ({ fields }: EntryNow): boolean =>
  entryFields.some((field) => fields[field].sending !== undefined);

/** No answer came. It may have arrived: if so the server's value is the one that was sent. */
export const notAnsweredTo = (now: EntryNow): EntryNow => ({
  ...now,
  fields: each((field) => {
    const { sending, ...rest } = now.fields[field];
    return sending === undefined ? now.fields[field] : { ...rest, lost: sending };
  }),
});

/**
 * These were refused; what else was sent with them was not taken either, and can be sent again. Where none of what was sent is
 * named, all of it is refused.
 */
export function notTakenOf(now: EntryNow, refused: readonly string[], why?: string): EntryNow {
  const isNamed = entryFields.some((field) => now.fields[field].sending !== undefined && refused.includes(field));
  return {
    ...now,
    fields: each((field) => {
      const { sending, ...rest } = now.fields[field];
      if (sending === undefined) return now.fields[field];
      return isNamed && !refused.includes(field) ? rest : { ...rest, wrong: sending, why };
    }),
  };
}

/** Sent again although it was refused: its author is sure. */
export const insistedOn = (now: EntryNow): EntryNow => ({
  ...now,
  fields: each((field) => ({ ...now.fields[field], wrong: undefined, why: undefined })),
});

/** Fields that were refused as they stand, by why. */
export const refusedIn = ({ fields }: EntryNow, why: string): EntryField[] =>
  entryFields.filter((field) => {
    const { wrong, value, why: known } = fields[field];
    return known === why && wrong !== undefined && sameEntryValue(wrong, value);
  });

export function answeredWith(now: EntryNow, { entry, conflicts }: EntrySaved): EntryNow {
  return {
    version: Math.max(now.version, entry.version),
    fields: each((field) => {
      const { sending, ...rest } = now.fields[field];
      const there = entry.body[field];
      if (sending === undefined) return beside(field, now.fields[field], there, "");
      const conflict = conflicts.find((one) => one.field === field);
      if (conflict) return beside(field, rest, there, conflict.by);
      const { lost: _, ...known } = rest;
      return { ...known, saved: sending, there };
    }),
  };
}

/** What the server has by now. While something is on its way nothing is said of it: its answer tells as well. */
export function heardOf(now: EntryNow, { version, body }: Pick<EntryView, "version" | "body">): EntryNow {
  if (version <= now.version || isSending(now)) return now;
  return { version, fields: each((field) => beside(field, now.fields[field], body[field], "")) };
}

/** A field beside what somebody else has made of it: theirs, mine, both of a list, or both to choose from. */
function beside(field: EntryField, here: EntryFieldNow, there: EntryValue, by: string): EntryFieldNow {
  if (sameEntryValue(there, here.there)) return here;
  const { lost, conflict, ...rest } = here;
  const known = { ...rest, saved: there, there };
  if (conflict) return { ...known, conflict: { theirs: there, by: by || conflict.by } };
  if (!isDirty(here)) return { ...known, value: there };
  if (sameEntryValue(rest.value, there)) return known;
  // It had arrived after all, and was written on since.
  if (lost !== undefined && sameEntryValue(lost, there)) return known;
  const merged = mergedLists(field, here.there, rest.value, there);
  return merged === undefined ? { ...known, conflict: { theirs: there, by } } : { ...known, value: merged };
}

/** Chosen, or joined: it is written upon what the other one wrote. */
export const settledOn = (now: EntryNow, field: EntryField, value: EntryValue): EntryNow => {
  const { conflict: _, ...rest } = now.fields[field];
  return changed(now, field, { ...rest, value });
};

/** Both texts, for who does not want to choose; undefined where that makes no sense. */
export const bothTexts = (mine: EntryValue, theirs: EntryValue): string | undefined =>
  typeof mine === "string" && typeof theirs === "string" && mine.trim() !== "" && theirs.trim() !== ""
    ? `${theirs.trimEnd()}\n\n${mine.trimStart()}`
    : undefined;

/* Two who change different things in one list are not in each other's way */

/** What belongs together: the pupils of one school, one line of the plan, one code. */
function keyOf(item: unknown): string {
  if (typeof item !== "object" || item === null) return String(item);
  if ("school" in item) return `school ${item.school}`;
  if ("item" in item) return `item ${item.item}`;
  return JSON.stringify(sorted(item));
}

/** Undefined: it is no list, or both have changed the same of it. */
function mergedLists(
  field: EntryField,
  base: EntryValue,
  mine: EntryValue,
  theirs: EntryValue,
): EntryValue | undefined {
  if (!Array.isArray(base) || !Array.isArray(mine) || !Array.isArray(theirs)) return undefined;
  const parts = [base, mine, theirs].map((list: readonly unknown[]) => Map.groupBy(list, keyOf));
  const keys = new Set([theirs, mine].flatMap((list: readonly unknown[]) => list.map(keyOf)));
  const merged: unknown[] = [];
  for (const key of keys) {
    const [was, here, there] = parts.map((groups) => groups.get(key) ?? []);
    const [wasSaid, hereSaid, thereSaid] = [was, here, there].map((all) => JSON.stringify(sorted(all)));
    if (hereSaid !== wasSaid && thereSaid !== wasSaid && hereSaid !== thereSaid) return undefined;
    merged.push(...((hereSaid === wasSaid ? there : here) ?? []));
  }
  // Made of the items of two lists of this field.
  return { [field]: merged }[field] as unknown as EntryValue;
}

/* What is kept in this tab until the server has it */

type Kept = Partial<Record<EntryField, { value: EntryValue; there: EntryValue }>>;

export const keptEntryUnder = (author: string, entry: string): string => `twinlight.report.${author}.${entry}`;

/** Keeps what the server does not have, or forgets it where it has everything. False where this browser keeps nothing. */
export function keepEntry(store: DraftStore, key: string, now: EntryNow): boolean {
  const unsaved = unsavedIn(now).map((field) => {
    const { value, there } = now.fields[field];
    return [field, { value, there }];
  });
  try {
    if (unsaved.length === 0) store.removeItem(key);
    else store.setItem(key, JSON.stringify(Object.fromEntries(unsaved)));
    return true;
  } catch {
    return false;
  }
}

/** Puts what was kept back into its fields; where somebody has changed one since, both stand there to choose from. */
export function putKeptBack(now: EntryNow, store: DraftStore, key: string): EntryNow {
  const kept = readKeptEntry(store, key);
  return {
    ...now,
    fields: each((field) => {
      const here = now.fields[field];
      const back = kept[field];
      if (back === undefined || sameEntryValue(back.value, here.there)) return here;
      return beside(field, { value: back.value, saved: back.there, there: back.there }, here.there, "");
    }),
  };
}

function readKeptEntry(store: DraftStore, key: string): Kept {
  try {
    const kept: unknown = JSON.parse(store.getItem(key) ?? "{}");
    if (typeof kept !== "object" || kept === null) return {};
    return Object.fromEntries(
      Object.entries(kept).filter(([field, one]) => entryFields.some((name) => name === field && fits(name, one))),
    );
  } catch {
    return {};
  }
}

function fits(field: EntryField, kept: unknown): boolean {
  if (typeof kept !== "object" || kept === null || !("value" in kept) || !("there" in kept)) return false;
  const empty = emptyBody[field];
  return [kept.value, kept.there].every((value) =>
    Array.isArray(empty)
      ? Array.isArray(value)
      : empty === null
        ? typeof value !== "object" || value === null
        : typeof value === typeof empty,
  );
}
