/** What stands in a form that is not sent yet, by the names of its fields. A field may have several values, or none. */
export type Draft = Readonly<Record<string, readonly string[]>>;

/** Where drafts are kept: the browser's own store, or one that a test brings. */
export type DraftStore = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export const draftOfFields = (fields: Iterable<readonly [string, unknown]>): Draft => {
  const draft: Record<string, string[]> = {};
  for (const [name, value] of fields) {
    if (typeof value === "string") draft[name] = [...(draft[name] ?? []), value];
  }
  return draft;
};

export const textIn = (draft: Draft | undefined, field: string): string => draft?.[field]?.[0] ?? "";
export const textsIn = (draft: Draft | undefined, field: string): readonly string[] => draft?.[field] ?? [];

/** Undefined where there is none, or what is kept there is no draft. */
export function readDraft(store: DraftStore, key: string): Draft | undefined {
  try {
    const kept: unknown = JSON.parse(store.getItem(key) ?? "null");
    return isDraft(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

const isDraft = (kept: unknown): kept is Draft =>
  typeof kept === "object" &&
  kept !== null &&
  Object.values(kept).every((values) => Array.isArray(values) && values.every((value) => typeof value === "string"));

/** False where the browser keeps nothing (a private window, a full store). */
export function keepDraft(store: DraftStore, key: string, draft: Draft): boolean {
  try {
    store.setItem(key, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function forgetDraft(store: DraftStore, key: string): void {
  try {
    store.removeItem(key);
  } catch {
    // It keeps nothing: there is nothing to forget.
  }
}

export interface Merged {
  draft: Draft;
  /** Changed by both, to different ends: mine stands in the draft. */
  clashes: string[];
}

/** What I wrote upon what somebody else has saved meanwhile: only what both have changed needs a look. */
export function mergeDrafts(base: Draft, mine: Draft, theirs: Draft): Merged {
  const same = (a: Draft, b: Draft, field: string) => textsIn(a, field).join("\n") === textsIn(b, field).join("\n");
  const fields = [...new Set([...Object.keys(base), ...Object.keys(mine), ...Object.keys(theirs)])];
  const chosen = fields.map((field) => [field, textsIn(same(base, mine, field) ? theirs : mine, field)] as const);
  return {
    draft: Object.fromEntries(chosen),
    clashes: fields.filter(
      (field) => !same(base, mine, field) && !same(base, theirs, field) && !same(mine, theirs, field),
    ),
  };
}
