/** What is read off an entry of a report card before it is drawn. */
import type { EntryKind, EntryView } from "../../protocol/reports/entries.ts";
import type { IconName } from "../looks/icons.ts";

export interface ReportSchool {
  id: string;
  name: string;
  country: string;
}

export const kindIcons: Readonly<Record<EntryKind, IconName>> = {
  activity: "pencil-simple",
  meeting: "video-camera",
  milestone: "flag-banner",
  difficulty: "warning-circle",
  change: "path",
  result: "star",
  dissemination: "broadcast",
  question: "megaphone",
  interim: "clipboard-text",
  final: "seal-check",
};

const dayMs = 86_400_000;
/** Whole days that something waits by now. */
export const daysSince = (since: number, now: number): number => Math.max(0, Math.floor((now - since) / dayMs));

/** What a card says in a few lines: the words that its kind is about, else the first there are. */
export function shortWords({ kind, body }: Pick<EntryView, "kind" | "body">): string {
  const { question, difficulties, learned, done, shownWhere, nextSteps } = body;
  const first = { question, difficulty: difficulties, meeting: learned, dissemination: shownWhere };
  const own = kind in first ? first[kind as keyof typeof first] : done; // `in` tells it, and the compiler does not know.
  return [own, done, question, learned, difficulties, shownWhere, nextSteps].find((text) => text.trim() !== "") ?? "";
}

const sum = (counts: readonly { count: number }[]): number => counts.reduce((all, { count }) => all + count, 0);
export const pupilsIn = ({ body: { pupils } }: Pick<EntryView, "body">): number => sum(pupils);
export const teachersIn = ({ body: { teachers } }: Pick<EntryView, "body">): number => sum(teachers);

/** Entries of one month after the other, in the order in which they came. */
export function byMonth(entries: readonly EntryView[]): { month: string; entries: EntryView[] }[] {
  const months: { month: string; entries: EntryView[] }[] = [];
  for (const entry of entries) {
    const month = entry.day.slice(0, 7);
    const last = months.at(-1);
    if (last?.month === month) last.entries.push(entry);
    else months.push({ month, entries: [entry] });
  }
  return months;
}
