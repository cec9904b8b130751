/**
 * The report card that an import brings: plan, entries, and what was said about them. Entries are the founder's who brings them,
 * and say in words who wrote them. A support service of another place says nothing here: its comments come as the founder's
 * words, no question waits, nothing counts as read. A meeting's own entry stays nobody's: numbers, and schools of this project.
 */
import type { Id } from "../../../protocol/ids.ts";
import { mostPlanItems } from "../../../protocol/reports/card.ts";
import { EntryBody } from "../../../protocol/reports/entries.ts";
import type { MeetingCounts, SchoolCounts } from "../../../protocol/reports/meetingCounts.ts";
import type {
  ExportedComment,
  ExportedCounts,
  ExportedEntry,
  ExportedEntryBody,
  ExportedEvidence,
} from "../../../protocol/twinspace/exportedReport.ts";
import { newId } from "../../ids.ts";
import { unknownCodes } from "../../registry/lists.ts";
import { lockCard, refreshCard } from "../../reports/cards.ts";
import { incomplete } from "../../reports/saving.ts";
import { insert, lineOr, makerInWords, momentOf, type Taking, Unfit, withMaker } from "./takenRows.ts";

/** What came with it, by what each is called in the file. */
export interface Come {
  readonly materials: ReadonlyMap<string, Id>;
  readonly pages: ReadonlyMap<string, Id>;
}

interface Mapping extends Come {
  readonly taking: Taking;
  readonly plan: ReadonlyMap<string, Id>;
  /** Codes that mean nothing here. */
  readonly unknown: Readonly<Record<"subjects" | "tools" | "criteria", ReadonlySet<string>>>;
  school(name: string | null): Id | null;
}

const atOnce = 100;
const longestComment = 4_000;

export async function takeReport(taking: Taking, come: Come): Promise<void> {
  const { db, project, schools } = taking;
  await lockCard(db, project);
  const byName = new Map(schools.map(({ school, shown }) => [shown.name, school]));
  const school = (name: string | null): Id | null => (name === null ? null : (byName.get(name) ?? null));
  const plan = await takePlan(taking);
  const entries = await takeEntries({ ...come, taking, plan, school, unknown: await unknownTo(taking) });
  await takeComments(taking, entries);
  await refreshCard(db, project);
}

async function takePlan({ db, project, exported, now }: Taking): Promise<Map<string, Id>> {
  const ids = new Map<string, Id>();
  if (exported.reportPlan.length > mostPlanItems) throw new Unfit("import.otherFormat");
  const rows = exported.reportPlan.map(({ id: key, kind, words, target, counted }, position) => {
    const id = named(ids, key);
    const made = { id, project_id: project, position: position + 1, made_at: new Date(now).toISOString() };
    return { ...made, kind, words: lineOr(words, 200, "Untitled"), target, counted };
  });
  const columns =
    "id text, project_id text, position int, kind text, words text, target int, counted text, made_at timestamptz";
  await insert(db, "report_plan", columns.split(", "), rows);
  return ids;
}

/** A new id for what the file calls so, once. */
function named(ids: Map<string, Id>, key: string): Id {
  if (ids.has(key)) throw new Unfit("import.otherFormat");
  const id = newId();
  ids.set(key, id);
  return id;
}

async function unknownTo({ db, exported }: Taking): Promise<Mapping["unknown"]> {
  const lists = { subjects: "subject", tools: "tool", criteria: "criterion" } as const;
  const of = async (field: keyof typeof lists) => {
    const all = new Set(exported.reportEntries.flatMap(({ body }) => body[field]));
    return new Set(await unknownCodes(db, lists[field], [...all]));
  };
  return { subjects: await of("subjects"), tools: await of("tools"), criteria: await of("criteria") };
}

/** Some at a time: others are served between. */
async function takeEntries(mapping: Mapping): Promise<ReadonlyMap<string, Id>> {
  const { db, exported } = mapping.taking;
  const ids = new Map<string, Id>();
  const columns =
    "id text, project_id text, kind text, state text, readers text, author text, school_id text, body jsonb, counts jsonb, day date, made_at timestamptz, shared_at timestamptz, changed_at timestamptz";
  for (let from = 0; from < exported.reportEntries.length; from += atOnce) {
    const some = exported.reportEntries.slice(from, from + atOnce);
    const rows = some.map((entry) => ({ id: named(ids, entry.id), ...entryRow(entry, mapping) }));
    await insert(db, "report_entries", columns.split(", "), rows);
  }
  return ids;
}

function entryRow(entry: ExportedEntry, mapping: Mapping) {
  const { kind, state, readers, author, day, madeAt, sharedAt, changedAt, meeting } = entry;
  const { taking, school } = mapping;
  const isMeetings = kind === "meeting";
  const isOdd = isMeetings !== (meeting !== null) || isMeetings !== (author === null);
  if (isOdd || (state === "shared") !== (sharedAt !== null)) throw new Unfit("import.otherFormat");
  const writer = author === null ? undefined : taking.people.get(author);
  const body = bodyOf(entry, makerInWords(writer), mapping);
  if (state === "shared" && incomplete(kind, body)) throw new Unfit("import.otherFormat");
  return {
    ...{ project_id: taking.project, kind, state, readers, body, day },
    author: isMeetings ? null : taking.author,
    school_id: isMeetings ? null : (school(writer?.school ?? null) ?? taking.school),
    counts: meeting && countsOf(meeting.counts, mapping),
    made_at: momentOf(taking, madeAt),
    shared_at: sharedAt === null ? null : momentOf(taking, sharedAt),
    changed_at: momentOf(taking, changedAt),
  };
}

type MainField = "done" | "difficulties" | "question" | "shownWhere" | "learned";
/** Where people of each kind write the most: there is room for whose it was, and for what has no place of its own here. */
const mainFields: Readonly<Partial<Record<ExportedEntry["kind"], readonly [MainField, number]>>> = {
  meeting: ["learned", 3_000],
  difficulty: ["difficulties", 3_000],
  question: ["question", 2_000],
  dissemination: ["shownWhere", 500],
};

/** Everything is looked at as if somebody had typed it. */
function bodyOf({ kind, body, meeting }: ExportedEntry, maker: string, mapping: Mapping): EntryBody {
  const [field, longest] = mainFields[kind] ?? ["done", 4_000];
  const { pupils, teachers, plan, evidence, ...rest } = body;
  const written = {
    ...rest,
    title: rest.title || lineOr(meeting?.title ?? "", 120, ""),
    [field]: withRest(withMaker(maker, rest[field], longest), restOf(kind, body, mapping), longest),
    pupils: kind === "meeting" ? [] : ofSchools(pupils, mapping),
    teachers: kind === "meeting" ? [] : ofSchools(teachers, mapping),
    subjects: known(rest.subjects, mapping.unknown.subjects),
    tools: known(rest.tools, mapping.unknown.tools),
    criteria: known(rest.criteria, mapping.unknown.criteria),
    plan: planOf(plan, mapping),
    evidence: evidence.flatMap((piece) => evidenceOf(piece, mapping)),
  };
  const read = EntryBody.safeParse(written);
  if (!read.success) throw new Unfit("import.otherFormat");
  return read.data;
}

const known = (codes: readonly string[], unknown: ReadonlySet<string>): string[] =>
  [...new Set(codes)].filter((code) => !unknown.has(code));

const ofSchools = <T extends { school: string }>(counts: readonly T[], { school }: Mapping): T[] =>
  counts.flatMap((count) => {
    const id = school(count.school);
    return id === null ? [] : { ...count, school: id };
  });

/** What schools counted that are not here, and moments of replays, which did not come: as lines. */
function restOf(kind: ExportedEntry["kind"], { pupils, teachers, evidence }: ExportedEntryBody, mapping: Mapping) {
  const strangers = (counts: readonly { school: string; count: number }[], whom: string) =>
    counts
      .filter(({ school }) => kind !== "meeting" && mapping.school(school) === null)
      .map(({ school, count }) => `${school || "A school that is not there any more"}: ${count} ${whom}`);
  const moments = evidence.flatMap((piece) =>
    piece.kind === "moment" ? [[piece.meeting, piece.words].filter((one) => one !== "").join(": ")] : [],
  );
  return [...strangers(pupils, "pupils"), ...strangers(teachers, "teachers"), ...moments].filter((one) => one !== "");
}

/** Below the words, as far as there is room. */
const withRest = (words: string, rest: readonly string[], longest: number): string =>
  rest.reduce((whole, one, n) => {
    const more = `${whole}${whole === "" ? "" : n === 0 ? "\n\n" : "\n"}${one}`;
    return more.length <= longest ? more : whole;
  }, words);

function planOf(touched: ExportedEntryBody["plan"], { plan }: Mapping): EntryBody["plan"] {
  const amounts = new Map<Id, number>();
  for (const { item, amount } of touched) {
    const id = plan.get(item);
    if (id !== undefined && !amounts.has(id)) amounts.set(id, amount);
  }
  return [...amounts].map(([item, amount]) => ({ item, amount }));
}

function evidenceOf(piece: ExportedEvidence, { materials, pages }: Mapping): EntryBody["evidence"] {
  if (piece.kind === "link") return [piece];
  if (piece.kind === "moment") return [];
  const id = piece.kind === "page" ? pages.get(piece.page) : materials.get(piece.material);
  return id === undefined ? [] : [{ kind: piece.kind, id }];
}

/** Schools that are not here are one, of which nobody knows which it was. */
function countsOf({ schools, ...sums }: ExportedCounts, { school }: Mapping): MeetingCounts {
  const counted = new Map<Id | null, SchoolCounts>();
  for (const one of schools) {
    const id = school(one.school);
    const before = counted.get(id);
    counted.set(id, before ? added(before, one) : { ...one, school: id });
  }
  return { ...sums, schools: [...counted.values()] };
}

const added = (one: SchoolCounts, other: Omit<SchoolCounts, "school">): SchoolCounts => ({
  school: one.school,
  adults: one.adults + other.adults,
  pupils: one.pupils + other.pupils,
  classes: one.classes + other.classes,
  turns: one.turns + other.turns,
  spokeMs: one.spokeMs + other.spokeMs,
});

async function takeComments(taking: Taking, entries: ReadonlyMap<string, Id>): Promise<void> {
  const { db, project, exported, account } = taking;
  const rows = exported.reportComments.map((comment) => {
    const entry = comment.entry === null ? null : entries.get(comment.entry);
    if (entry === undefined) throw new Unfit("import.otherFormat");
    const words = withMaker(saidBy(comment), comment.words, longestComment);
    const base = { id: newId(), project_id: project, entry_id: entry, by_account: account };
    return { ...base, side: "partner", kind: "answer", words, at: momentOf(taking, comment.at) };
  });
  const columns =
    "id text, project_id text, entry_id text, by_account text, side text, kind text, words text, at timestamptz";
  await insert(db, "report_comments", columns.split(", "), rows);
}

const sides = { service: "A support service", partner: "A partner" } as const;

/** Who said it there, and what it was. */
function saidBy({ side, by, kind, at, dueDay, doneAt }: ExportedComment): string {
  const facts = [by === "" ? sides[side] : by, kind, new Date(at).toISOString().slice(0, 10)];
  if (dueDay !== null) facts.push(`by ${dueDay}`);
  if (doneAt !== null) facts.push("done");
  return facts.join(", ");
}
