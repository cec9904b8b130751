/** What a report card waits for, as its teachers read it; and where its pages are. */
import type { Card } from "../../protocol/reports/card.ts";
import type { EntryView, WrittenKind } from "../../protocol/reports/entries.ts";
import { sectionPath } from "./space-sections.ts";

export const entryPath = (slug: string, entry: string): string =>
  `${sectionPath(slug, "report")}/entry/${encodeURIComponent(entry)}`;
export const writeEntryPath = (slug: string, entry: string): string => `${entryPath(slug, entry)}/edit`;
export const planPath = (slug: string): string => `${sectionPath(slug, "report")}/plan`;

/** `day`: by when; `writes`: what is to be written now. The sentence for it is `reports.wants.<sentence>`. */
export interface Wanted {
  readonly sentence:
    | "interimSoon"
    | "interimNow"
    | "interimSent"
    | "finalSoon"
    | "finalSoonRead"
    | "finalNow"
    | "finalSent"
    | "finalRead"
    | "closed";
  readonly day: string;
  readonly writes: WrittenKind | null;
}

/** What is wanted of the teachers, and by when. */
export function wantedOf({ state, interimDue, finalDue }: Card): Wanted {
  const day = finalDue ?? "";
  switch (state) {
    case "open":
      return interimDue === null
        ? { sentence: "finalSoon", day, writes: null }
        : { sentence: "interimSoon", day: interimDue, writes: null };
    case "interimDue":
      return { sentence: "interimNow", day: interimDue ?? day, writes: "interim" };
    case "interimSent":
      return { sentence: "interimSent", day, writes: null };
    case "interimRead":
      return { sentence: "finalSoonRead", day, writes: null };
    case "finalDue":
      return { sentence: "finalNow", day, writes: "final" };
    case "finalSent":
    case "finalRead":
    case "closed":
      return { sentence: state, day, writes: null };
  }
}

/** The newest page of a list, and behind it what was loaded before of older ones. */
export function joinEntries(older: readonly EntryView[], newest: readonly EntryView[]): EntryView[] {
  const last = newest.at(-1);
  if (last === undefined) return [];
  const orderOf = ({ day, madeAt, id }: EntryView) => `${day} ${String(madeAt).padStart(15, "0")} ${id}`;
  const isBehind = (entry: EntryView) => orderOf(entry) < orderOf(last);
  return [...newest, ...older.filter(isBehind)];
}
