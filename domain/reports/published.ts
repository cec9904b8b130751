/** What of an entry becomes public, pure: its copy, what its project would read as changed, and what the copies add up to. */
import type { Id } from "../../protocol/ids.ts";
import type { EntryBody, EntryKind } from "../../protocol/reports/entries.ts";
import type { MeetingCounts } from "../../protocol/reports/meetingCounts.ts";
import type { CopyChange, EntryCopy, MeetingCopy, PublicEntry } from "../../protocol/reports/published.ts";

export interface CopiedEntry {
  readonly kind: EntryKind;
  readonly school: Id | null;
  /** `2026-11-24`. */
  readonly day: string;
  readonly body: EntryBody;
  readonly counts: MeetingCounts | null;
  /** Of the meeting that wrote it. */
  readonly meetingTitle: string;
}

/** @param plan lines of the plan by their ids, and `pages` titles; those that are gone are left out */
export function copyOf(
  { kind, school, day, body, counts, meetingTitle }: CopiedEntry,
  plan: ReadonlyMap<Id, string>,
  pages: ReadonlyMap<Id, string> = new Map(),
) {
  const copy: EntryCopy = {
    ...{ kind, school, day, title: body.title || meetingTitle, fromDay: body.fromDay, toDay: body.toDay },
    ...{ done: body.done, learned: body.learned },
    results: body.plan.flatMap(({ item, amount }) => {
      const words = plan.get(item);
      return words === undefined ? [] : [{ words, amount }];
    }),
    ...{ shownWhere: body.shownWhere, shownLink: body.shownLink, audience: body.audience },
    links: body.evidence.flatMap((piece) => (piece.kind === "link" ? [{ link: piece.link, words: piece.words }] : [])),
    pages: body.evidence.flatMap((piece) => {
      const title = piece.kind === "page" ? pages.get(piece.id) : undefined;
      return piece.kind === "page" && title !== undefined ? [{ id: piece.id, title }] : [];
    }),
    ...{ pupils: body.pupils, teachers: body.teachers },
    meeting: counts && meetingCopy(counts),
  };
  return copy;
}

const meetingCopy = ({ lengthMs, adults, pupils, classes, turns, schools }: MeetingCounts): MeetingCopy => ({
  ...{ lengthMs, adults, pupils, classes, turns },
  schools: schools.map((one) => ({
    ...{ school: one.school, adults: one.adults, pupils: one.pupils, turns: one.turns, spokeMs: one.spokeMs },
  })),
});

/** Everything of a copy that somebody wrote. */
export const textsOf = ({ title, done, learned, shownWhere, audience, results, links }: EntryCopy): string[] => [
  ...[title, done, learned, shownWhere, audience],
  ...results.map(({ words }) => words),
  ...links.map(({ words }) => words),
];

/** Field by field, in words. @param schoolName of a school by its id */
export function changesBetween(was: EntryCopy, is: EntryCopy, schoolName: (school: Id) => string): CopyChange[] {
  const before = inWords(was, schoolName);
  const after = inWords(is, schoolName);
  return Object.entries(before).flatMap(([field, words]) => {
    const now = after[field] ?? "";
    return words === now ? [] : [{ field, was: words, is: now }];
  });
}

function inWords(copy: EntryCopy, schoolName: (school: Id) => string): Record<string, string> {
  const counted = ({ school, count, ages = "" }: { school: Id; count: number; ages?: string }) =>
    `${schoolName(school)}${ages}: ${count}`;
  const ages = (from: number | null, to: number | null) =>
    from === null && to === null ? "" : ` (${[from, to].filter((age) => age !== null).join("–")})`;
  const { meeting } = copy;
  return {
    title: copy.title,
    day: [copy.fromDay, copy.toDay ?? copy.day].filter((day) => day !== null).join(" – "),
    done: copy.done,
    learned: copy.learned,
    results: copy.results.map(({ words, amount }) => `${words} (${amount})`).join("\n"),
    shown: [copy.shownWhere, copy.shownLink, copy.audience].filter((words) => words !== "").join("\n"),
    links: copy.links.map(({ link, words }) => [words, link].filter((one) => one !== "").join(": ")).join("\n"),
    pages: copy.pages.map(({ title }) => title).join("\n"),
    pupils: copy.pupils.map((one) => counted({ ...one, ages: ages(one.ageMin, one.ageMax) })).join("\n"),
    teachers: copy.teachers.map((one) => counted(one)).join("\n"),
    meeting: meeting === null ? "" : [meeting.lengthMs, meeting.adults, meeting.pupils, meeting.turns].join(", "),
  };
}

/* At a glance */

export interface Bar {
  readonly name: string;
  readonly value: number;
}
export interface PublicGlance {
  /** How many entries each school wrote. */
  readonly entries: readonly Bar[];
  /** Minutes that each spoke in meetings. */
  readonly minutes: readonly Bar[];
  /** The most pupils of each that one entry counts. */
  readonly pupils: readonly Bar[];
  /** What came of it: lines of the plan, and how many. */
  readonly results: readonly Bar[];
}

/** Of what is public alone. Schools in the order in which they come; what nobody counted is not there. */
export function publicGlance(entries: readonly PublicEntry[]): PublicGlance {
  const written = entries.flatMap(({ school }) => (school === null ? [] : [{ name: school, value: 1 }]));
  const spoke = entries.flatMap(({ meeting }) =>
    (meeting?.schools ?? []).flatMap(({ school, spokeMs }) =>
      school === null ? [] : [{ name: school, value: spokeMs }],
    ),
  );
  const results = entries.flatMap((entry) =>
    entry.results.map(({ words, amount }) => ({ name: words, value: amount })),
  );
  return {
    entries: added(written),
    minutes: added(spoke).map(({ name, value }) => ({ name, value: Math.round(value / 60_000) })),
    pupils: mostOf(entries.flatMap(pupilsOf)),
    results: added(results),
  };
}

/** By school, as its teachers counted, or as the meeting did. */
function pupilsOf({ pupils, meeting }: PublicEntry): Bar[] {
  const counted = pupils.length > 0 ? pupils.map(({ school, count }) => ({ school, value: count })) : [];
  const met = (meeting?.schools ?? []).map(({ school, pupils: value }) => ({ school, value }));
  const named = (counted.length > 0 ? counted : met).flatMap(({ school, value }) =>
    school === null ? [] : [{ name: school, value }],
  );
  return added(named);
}

function folded(bars: readonly Bar[], fold: (one: number, other: number) => number): Bar[] {
  const sums = new Map<string, number>();
  for (const { name, value } of bars) sums.set(name, fold(sums.get(name) ?? 0, value));
  return [...sums].filter(([, value]) => value > 0).map(([name, value]) => ({ name, value }));
}
const added = (bars: readonly Bar[]): Bar[] => folded(bars, (one, other) => one + other);
const mostOf = (bars: readonly Bar[]): Bar[] => folded(bars, Math.max);

/* Who counts as a reader */

/** How a page was asked for, as far as that says whether somebody reads it. */
export interface Asking {
  readonly method: string;
  /** What the program says it is, or nothing. */
  readonly agent: string | undefined;
  /** `Sec-Purpose` and its elders. */
  readonly purpose: string | undefined;
  /** It has this very answer already and only asks whether it still holds. */
  readonly has: boolean;
}

/** A maker of telephones is called Cubot. */
const robots =
  /(?<!cu)bot(\b|[/;_-])|crawl|spider|slurp|archiver|preview|facebookexternalhit|whatsapp|monitor|uptime|headless|lighthouse|curl|wget|python|httpclient|scrapy|feedvalidator/i;

/** Programs that say so, pages fetched ahead, looks at the head alone and what the reader has already are no reading. */
export function isReading({ method, agent, purpose, has }: Asking): boolean {
  if (method !== "GET" || has || agent === undefined || agent === "") return false;
  return !robots.test(agent) && !/prefetch|prerender|preview/i.test(purpose ?? "");
}
