/** From counted rows to the figures of a report card, pure. Whatever was counted is in exactly one place of each figure. */
import type { Id } from "../../protocol/ids.ts";
import type { PlanItem } from "../../protocol/reports/card.ts";
import type { EntryKind } from "../../protocol/reports/entries.ts";
import type {
  Criterion,
  Glance,
  GlanceMonth,
  GlanceSchool,
  GlanceShare,
  Missing,
} from "../../protocol/reports/glance.ts";

/** How many entries of one month, kind and school. `month` is `2026-11`; `school` null where a meeting wrote them. */
export interface EntryCount {
  readonly month: string;
  readonly kind: EntryKind;
  readonly school: Id | null;
  readonly count: number;
}

/** How much of something there is by one school. */
export interface SchoolCount {
  readonly school: Id | null;
  readonly count: number;
}

export interface CountedEntries {
  readonly schools: readonly GlanceSchool[];
  readonly entries: readonly EntryCount[];
  readonly spokeMs: readonly SchoolCount[];
  /** Null where the reader is not shown them. */
  readonly made: { readonly [What in "pages" | "materials" | "updates"]: readonly SchoolCount[] | null };
}

/** So many months are drawn. */
export const mostMonths = 36;

type Id0 = Id | null;

/** In the order of the schools; what belongs to none of them comes last, as null. */
function bySchool(schools: readonly GlanceSchool[], rows: readonly SchoolCount[]): Map<Id0, number> {
  const known = new Map<Id0, number>(schools.map(({ id }) => [id, 0]));
  for (const { school, count } of rows) {
    const key = school !== null && known.has(school) ? school : null;
    known.set(key, (known.get(key) ?? 0) + count);
  }
  return known;
}

const sum = (counts: Iterable<number>): number => [...counts].reduce((all, one) => all + one, 0);
const sumOf = (rows: readonly { readonly count: number }[]): number => sum(rows.map(({ count }) => count));
const isWritten = ({ kind }: Pick<EntryCount, "kind">): boolean => kind !== "meeting";

/** What each school gave. Who is in no school of the project has a line only where there is something on it. */
export function balanceOf({ schools, entries, spokeMs, made }: CountedEntries): GlanceShare[] {
  const wrote = bySchool(schools, entries.filter(isWritten));
  const spoke = bySchool(schools, spokeMs);
  const counts = (rows: readonly SchoolCount[] | null) => rows && bySchool(schools, rows);
  const [pages, materials, updates] = [counts(made.pages), counts(made.materials), counts(made.updates)];
  const keys = new Set([wrote, spoke, pages, materials, updates].flatMap((all) => [...(all?.keys() ?? [])]));
  // Null, if it is there at all, stands last.
  const order = [...keys].sort((a, b) => Number(a === null) - Number(b === null));
  return order.map((school) => ({
    school,
    entries: wrote.get(school) ?? 0,
    spokeMs: spoke.get(school) ?? 0,
    pages: pages && (pages.get(school) ?? 0),
    materials: materials && (materials.get(school) ?? 0),
    updates: updates && (updates.get(school) ?? 0),
  }));
}

/** The most frequent kind first. */
function kindsOf(rows: readonly EntryCount[]): { kind: EntryKind; count: number }[] {
  const kinds = new Map<EntryKind, number>();
  for (const { kind, count } of rows) kinds.set(kind, (kinds.get(kind) ?? 0) + count);
  return [...kinds]
    .map(([kind, count]) => ({ kind, count }))
    .sort((a, b) => b.count - a.count || compare(a.kind, b.kind));
}
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Months count from year nought, so that neighbours differ by one. */
const numberOf = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
const monthOf = (number: number): string =>
  `${String(Math.floor(number / 12)).padStart(4, "0")}-${String((number % 12) + 1).padStart(2, "0")}`;

/** Every month from the first to the last, at most the newest `mostMonths`; how many entries are older. */
export function monthsOf(
  schools: readonly GlanceSchool[],
  rows: readonly EntryCount[],
): { months: GlanceMonth[]; earlier: number } {
  if (rows.length === 0) return { months: [], earlier: 0 };
  const numbers = rows.map(({ month }) => numberOf(month));
  const last = numbers.reduce((a, b) => Math.max(a, b));
  const first = Math.max(
    last - mostMonths + 1,
    numbers.reduce((a, b) => Math.min(a, b)),
  );
  const months = Array.from({ length: last - first + 1 }, (_, place): GlanceMonth => {
    const month = monthOf(first + place);
    const here = rows.filter((row) => row.month === month);
    return {
      month,
      schools: [...bySchool(schools, here.filter(isWritten))].map(([school, count]) => ({ school, count })),
      meetings: sumOf(here.filter((row) => !isWritten(row))),
      kinds: kindsOf(here),
    };
  });
  return { months, earlier: sumOf(rows.filter(({ month }) => numberOf(month) < first)) };
}

export function entriesOf({ schools, entries }: Pick<CountedEntries, "schools" | "entries">): Glance["entries"] {
  return {
    count: sumOf(entries),
    written: sumOf(entries.filter(isWritten)),
    kinds: kindsOf(entries),
    ...monthsOf(schools, entries),
  };
}

/** Which school wrote most, and how much of all; undefined while nothing is written or two wrote the same. */
export function leadOf(
  balance: readonly Pick<GlanceShare, "school" | "entries">[],
): { school: Id; entries: number; of: number } | undefined {
  const [most, next] = [...balance].sort((a, b) => b.entries - a.entries);
  if (!most || most.school === null || most.entries === 0 || most.entries === next?.entries) return undefined;
  return { school: most.school, entries: most.entries, of: sum(balance.map(({ entries }) => entries)) };
}

/** The longest stretch without a word, in whole days, the present one too. Moments in ms since 1970, in any order. */
export function longestSilence(openedAt: number, shared: readonly number[], now: number): number {
  const moments = [openedAt, ...[...shared].sort((a, b) => a - b), now];
  const days = moments.slice(1).map((at, place) => Math.floor((at - (moments[place] ?? at)) / 86_400_000));
  return Math.max(0, ...days);
}

/** What its teachers would do well to look after: who has not written, what was planned and not begun, what nothing shows. */
export function missingIn({
  balance,
  plan,
  criteria,
  entries,
  most,
}: {
  readonly balance: readonly GlanceShare[];
  readonly plan: readonly PlanItem[];
  readonly criteria: readonly Criterion[];
  readonly entries: number;
  readonly most: Glance["most"];
}): Missing[] {
  // Of an empty card everything is missing; one sentence says it.
  if (entries === 0) return [{ what: "entries" }];
  const silent = balance.flatMap(({ school, entries: own }): Missing[] =>
    school !== null && own === 0 ? [{ what: "school", school }] : [],
  );
  const begun = plan.flatMap((item): Missing[] =>
    item.actual === 0 && item.entries === 0 ? [{ what: "plan", item: item.id }] : [],
  );
  const unshown = criteria.filter(({ pieces }) => pieces === 0);
  const evidence: Missing[] =
    criteria.length > 0 && unshown.length === criteria.length
      ? [{ what: "evidence" }]
      : unshown.map(({ code }) => ({ what: "criterion", code }));
  return [
    ...silent,
    ...(plan.length === 0 ? [{ what: "plans" } as const] : begun),
    ...(most.pupils === 0 ? [{ what: "pupils" } as const] : []),
    ...evidence,
  ];
}
