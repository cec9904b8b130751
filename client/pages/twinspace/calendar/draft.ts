/** What is being written of a date, kept in this tab through a reload and a dialog that was closed by mistake. */

const names = ["title", "place", "description"] as const;
export type Draft = Partial<Record<(typeof names)[number], string>>;

const keyOf = (slug: string, item: string | undefined): string => `calendar:${slug}:${item ?? "new"}`;

export function readDraft(slug: string, item: string | undefined): Draft {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(slug, item)) ?? "{}");
    if (typeof kept !== "object" || kept === null) return {};
    const texts = Object.entries(kept).filter(
      ([name, text]) => names.some((known) => known === name) && typeof text === "string",
    );
    return Object.fromEntries(texts);
  } catch {
    // A browser that keeps nothing: what is written then lives as long as the dialog.
    return {};
  }
}

export function keepDraft(slug: string, item: string | undefined, form: HTMLFormElement): void {
  const fields = new FormData(form);
  const draft = Object.fromEntries(names.map((name) => [name, String(fields.get(name) ?? "")]));
  try {
    sessionStorage.setItem(keyOf(slug, item), JSON.stringify(draft));
  } catch {
    // As above.
  }
}

export function dropDraft(slug: string, item: string | undefined): void {
  try {
    sessionStorage.removeItem(keyOf(slug, item));
  } catch {
    // As above.
  }
}
