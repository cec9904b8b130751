/**
 * An interim or final entry as its teachers find it, pure: put together from what was shared with the support services since
 * the last interim entry, or of the whole project. What was shared between the partners only stays between them. They go on
 * from there; nothing of it is a statement that only they can make.
 */
import type { Id } from "../../protocol/ids.ts";
import { type EntryBody, type Evidence, mostEvidence, type PupilCount } from "../../protocol/reports/entries.ts";
import type { MeetingCounts } from "../../protocol/reports/meetingCounts.ts";

/** An entry that was shared with the services. */
export interface Told {
  readonly kind: string;
  /** `2026-11-24`. */
  readonly day: string;
  readonly sharedAt: number;
  /** As it is shown: of a meeting's own entry the meeting's. */
  readonly title: string;
  readonly body: EntryBody;
  readonly counts: MeetingCounts | null;
}

export interface PrefillFacts {
  readonly today: string;
  /** The day on which the project began. */
  readonly beganOn: string;
  /** The lines of the plan as it is. */
  readonly plan: ReadonlySet<Id>;
}

export function prefill(kind: "interim" | "final", all: readonly Told[], facts: PrefillFacts): Partial<EntryBody> {
  const { today, beganOn, plan } = facts;
  const last = kind === "interim" ? newest(all.filter((entry) => entry.kind === "interim")) : undefined;
  // Also what was written down late: the last one did not know of it.
  const told = all
    .filter((entry) => entry.kind !== "interim" && entry.kind !== "final" && entry.sharedAt > (last?.sharedAt ?? 0))
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.sharedAt - b.sharedAt));
  const body: Partial<EntryBody> = {
    fromDay: earlier(last ? dayAfter(last.body.toDay ?? last.day) : beganOn, today),
    toDay: today,
    done: gathered(told, ({ title }) => title, 4000, "\n"),
    pupils: mostBySchool(told.map(pupilsIn)).slice(0, 60),
    teachers: mostBySchool(told.map(({ body: { teachers } }) => teachers)).slice(0, 30),
    ...{ subjects: united(told, "subjects"), tools: united(told, "tools"), criteria: united(told, "criteria") },
    plan: planSums(told, plan),
    evidence: newestEvidence(told),
    difficulties: gathered(told, ({ body: { difficulties } }) => difficulties, 3000),
    shownWhere: joined(
      told.map(({ body: { shownWhere } }) => shownWhere.replace(/\s+/g, " ").trim()),
      500,
    ),
    shownLink: told.findLast(({ body: { shownLink } }) => shownLink !== "")?.body.shownLink ?? "",
    audience: joined(
      told.map(({ body }) => body.audience),
      200,
    ),
  };
  if (kind === "final") return body;
  const nextDays = told.flatMap(({ body: { nextDay } }) => (nextDay !== null && nextDay >= today ? nextDay : []));
  return {
    ...body,
    nextSteps: gathered(told, ({ body: { nextSteps } }) => nextSteps, 2000),
    nextDay: nextDays.sort()[0] ?? null,
  };
}

const newest = (entries: readonly Told[]): Told | undefined =>
  entries.reduce<Told | undefined>((best, one) => (best && best.sharedAt >= one.sharedAt ? best : one), undefined);

const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00.000Z`) + 86_400_000).toISOString().slice(0, 10);
const earlier = (a: string, b: string): string => (a < b ? a : b);

/** Each with its day before it, the oldest first. Where there is no room for all of them, the newest that fit. */
function gathered(told: readonly Told[], textOf: (entry: Told) => string, longest: number, between = "\n\n"): string {
  const parts = told.flatMap((entry) => {
    const text = textOf(entry).trim();
    return text === "" ? [] : [`${entry.day}: ${text}`];
  });
  const left = "…";
  let text = parts.pop() ?? "";
  for (const part of parts.toReversed()) {
    const more = `${part}${between}${text}`;
    if (more.length + left.length + between.length > longest) return cut(`${left}${between}${text}`, longest);
    text = more;
  }
  return cut(text, longest);
}

const cut = (text: string, longest: number): string =>
  text.length <= longest
    ? text
    : `${text
        .slice(0, longest - 1)
        .toWellFormed()
        .replace(/\ufffd$/, "")}…`;

/** Each once, as many as there is room for. */
function joined(texts: readonly string[], longest: number): string {
  let all = "";
  for (const text of new Set(texts)) {
    const more = all === "" ? text : text === "" ? all : `${all}; ${text}`;
    if (more.length <= longest) all = more;
  }
  return all;
}

/** What its teachers counted, or the meeting did. Of a meeting: only those whose school is known. */
function pupilsIn({ body, counts }: Told): readonly PupilCount[] {
  if (body.pupils.length > 0 || counts === null) return body.pupils;
  return counts.schools.flatMap(({ school, pupils }) =>
    school === null || pupils === 0 ? [] : [{ school, ageMin: null, ageMax: null, count: pupils }],
  );
}

/** The same pupils come again and again: of each school the most that one entry says, by age as it says it. */
function mostBySchool<C extends { readonly school: Id; readonly count: number }>(
  entries: readonly (readonly C[])[],
): C[] {
  const most = new Map<Id, readonly C[]>();
  const sum = (counts: readonly C[]) => counts.reduce((all, { count }) => all + count, 0);
  for (const counts of entries) {
    for (const [school, own] of Map.groupBy(counts, (count) => count.school)) {
      if (sum(own) > sum(most.get(school) ?? [])) most.set(school, own);
    }
  }
  return [...most.values()].flat();
}

const united = (told: readonly Told[], field: "subjects" | "tools" | "criteria"): string[] =>
  [...new Set(told.flatMap(({ body }) => body[field]))].slice(0, 60);

/** Of the lines that are still in the plan. */
function planSums(told: readonly Told[], plan: ReadonlySet<Id>): EntryBody["plan"] {
  const sums = new Map<Id, number>();
  for (const { item, amount } of told.flatMap(({ body }) => body.plan)) {
    if (plan.has(item)) sums.set(item, Math.min(1_000, (sums.get(item) ?? 0) + amount));
  }
  return [...sums].slice(0, 60).map(([item, amount]) => ({ item, amount }));
}

/** Each once, the newest first. */
function newestEvidence(told: readonly Told[]): Evidence[] {
  const seen = new Map(told.toReversed().flatMap(({ body }) => body.evidence.map((piece) => [sameAs(piece), piece])));
  return [...seen.values()].slice(0, mostEvidence);
}

function sameAs(piece: Evidence): string {
  switch (piece.kind) {
    case "material":
    case "page":
      return `${piece.kind} ${piece.id}`;
    case "moment":
      return `moment ${piece.meeting} ${piece.atMs}`;
    case "link":
      return `link ${piece.link}`;
  }
}
