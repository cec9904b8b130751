/** The figures of a report card as its charts draw them. A school has one pattern in all of them. */
import type { Criterion, Glance, GlanceShare, Missing } from "../../protocol/reports/glance.ts";
import type { ChartColumn, ChartPart } from "./charts.ts";
import { sectionPath } from "./space-sections.ts";

export const glancePath = (slug: string): string => `${sectionPath(slug, "report")}/glance`;

/** What schools are compared by. */
export type Given = "entries" | "spokeMs" | "pages" | "materials" | "updates";

const patternOfSchool = ({ schools }: Pick<Glance, "schools">, school: string | null): number =>
  school === null ? schools.length + 1 : schools.findIndex(({ id }) => id === school) + 1;

/** Each school's share; undefined where there is nothing, or the reader is not shown it. */
export function sharesOf(
  glance: Pick<Glance, "schools" | "balance">,
  given: Given,
  others: string,
): ChartPart[] | undefined {
  const parts = glance.balance.flatMap((share): ChartPart[] => {
    const value = share[given];
    if (value === null || (share.school === null && value === 0)) return [];
    const school = glance.schools.find(({ id }) => id === share.school);
    return [
      {
        key: share.school ?? "others",
        name: school?.name ?? others,
        country: school?.country,
        value,
        pattern: patternOfSchool(glance, share.school),
      },
    ];
  });
  return parts.some(({ value }) => value > 0) ? parts : undefined;
}

/** Who gave most, and how much of all; null where two gave the same. Of one alone nothing is to be compared. */
export function leadIn(parts: readonly Pick<ChartPart, "name" | "value">[]): { name: string; most: number } | null {
  const [most, next] = [...parts].sort((a, b) => b.value - a.value);
  return most && most.value > (next?.value ?? 0) ? { name: most.name, most: most.value } : null;
}

type Parts = Omit<ChartPart, "value">[];

/** A column for each month. `names`: short and in full. */
export function monthsBySchool(
  glance: Pick<Glance, "schools" | "entries">,
  names: (month: string) => readonly [short: string, long: string],
  words: { readonly others: string; readonly meetings: string },
): { parts: Parts; columns: ChartColumn[] } {
  const { months } = glance.entries;
  const hasOthers = months.some(({ schools }) => schools.some(({ school, count }) => school === null && count > 0));
  const hasMeetings = months.some(({ meetings }) => meetings > 0);
  const schools: Parts = glance.schools.map(({ id, name, country }, place) => ({
    ...{ key: id, name, country, pattern: place + 1 },
  }));
  const count = schools.length;
  const others: Parts = hasOthers ? [{ key: "others", name: words.others, pattern: count + 1 }] : [];
  const meetings: Parts = hasMeetings ? [{ key: "meetings", name: words.meetings, pattern: count + 2 }] : [];
  return {
    parts: [...schools, ...others, ...meetings],
    columns: months.map((month) => {
      const [name, longName] = names(month.month);
      const by = (school: string | null) => month.schools.find((one) => one.school === school)?.count ?? 0;
      return {
        ...{ key: month.month, name, longName },
        values: [
          ...schools.map(({ key }) => by(key)),
          ...(hasOthers ? [by(null)] : []),
          ...(hasMeetings ? [month.meetings] : []),
        ],
      };
    }),
  };
}

/** The same by kind, the most frequent first. */
export function monthsByKind(
  { entries: { kinds, months } }: Pick<Glance, "entries">,
  names: (month: string) => readonly [short: string, long: string],
  kindName: (kind: Glance["entries"]["kinds"][number]["kind"]) => string,
): { parts: Parts; columns: ChartColumn[] } {
  return {
    parts: kinds.map(({ kind }) => ({ key: kind, name: kindName(kind) })),
    columns: months.map((month) => {
      const [name, longName] = names(month.month);
      return {
        ...{ key: month.month, name, longName },
        values: kinds.map(({ kind }) => month.kinds.find((one) => one.kind === kind)?.count ?? 0),
      };
    }),
  };
}

export const unshown = (items: readonly Criterion[]): Criterion[] => items.filter(({ pieces }) => pieces === 0);

/** Where a teacher mends it; undefined where nothing on a page does. */
export function mendedAt(slug: string, { what }: Missing): string | undefined {
  const report = sectionPath(slug, "report");
  return what === "plans" || what === "plan" ? `${report}/plan` : what === "school" ? undefined : report;
}

/** Nothing is counted at all. */
export const isBare = ({ entries, balance, plan }: Glance): boolean =>
  entries.count === 0 &&
  plan.length === 0 &&
  balance.every((share: GlanceShare) => !share.pages && !share.materials && !share.updates && share.spokeMs === 0);
