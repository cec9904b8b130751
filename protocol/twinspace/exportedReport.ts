/**
 * A project's report card as it leaves, part of protocol/twinspace/exported.ts. Schools are there by their names, as they are
 * everywhere in that file. What support services said between themselves is not in it.
 */
import * as z from "zod";
import { At } from "../ids.ts";
import { PlanCounted, PlanKind } from "../reports/card.ts";
import { CommentKind, CommentSide } from "../reports/comments.ts";
import { EntryKind, EntryReaders, EntryState } from "../reports/entries.ts";
import { count, Day, Key, line, list, words } from "./exportedParts.ts";

export const ExportedPlanLine = z.strictObject({
  id: Key,
  kind: PlanKind,
  words: line(200),
  target: z.int().min(1).max(1_000).nullable(),
  counted: PlanCounted,
});
export type ExportedPlanLine = z.infer<typeof ExportedPlanLine>;

const school = line(200);
const age = z.int().min(3).max(20).nullable();
const codes = list(line(60), 60);
const webAddress = line(500).regex(/^https?:\/\/\S+$/);

/** `moment`: of a replay, which does not leave; only what it was called. */
export const ExportedEvidence = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("material"), material: Key }),
  z.strictObject({ kind: z.literal("page"), page: Key }),
  z.strictObject({ kind: z.literal("moment"), meeting: line(200), words: line(200) }),
  z.strictObject({ kind: z.literal("link"), link: webAddress, words: line(200) }),
]);
export type ExportedEvidence = z.infer<typeof ExportedEvidence>;

/** As protocol/reports/entries.ts EntryBody says what each of them is. */
export const ExportedEntryBody = z.strictObject({
  ...{ title: line(120), fromDay: Day.nullable(), toDay: Day.nullable(), done: words(4_000) },
  pupils: list(z.strictObject({ school, ageMin: age, ageMax: age, count }), 60),
  teachers: list(z.strictObject({ school, count }), 30),
  ...{ communication: words(2_000), collaboration: words(2_000), curriculum: words(2_000) },
  ...{ subjects: codes, tools: codes, learned: words(3_000), difficulties: words(3_000), question: words(2_000) },
  ...{ consentsChecked: z.boolean().nullable(), incidents: count.nullable(), safeguarding: words(2_000) },
  ...{ shownWhere: words(500), shownLink: z.union([z.literal(""), webAddress]), audience: line(200) },
  ...{ nextSteps: words(2_000), nextDay: Day.nullable() },
  plan: list(z.strictObject({ item: Key, amount: z.int().min(0).max(1_000) }), 60),
  ...{ criteria: codes, evidence: list(ExportedEvidence, 30) },
});
export type ExportedEntryBody = z.infer<typeof ExportedEntryBody>;

const sums = { adults: count, pupils: count, classes: count, turns: count, spokeMs: z.int().nonnegative() };

/** What a meeting counted: numbers, and nobody's name. `school` null: nobody knew. */
export const ExportedCounts = z.strictObject({
  ...{ openedAt: At, lengthMs: z.int().nonnegative(), ...sums, messages: count },
  schools: list(z.strictObject({ school: school.nullable(), ...sums }), 1_000),
});
export type ExportedCounts = z.infer<typeof ExportedCounts>;

export const ExportedEntry = z.strictObject({
  ...{ id: Key, kind: EntryKind, state: EntryState, readers: EntryReaders },
  /** Null: the meeting wrote it. */
  author: Key.nullable(),
  day: Day,
  ...{ madeAt: At, sharedAt: At.nullable(), changedAt: At },
  body: ExportedEntryBody,
  /** Of a meeting's own entry. `title`: what the meeting was called; empty when it is not there any more. */
  meeting: z.strictObject({ title: line(200), counts: ExportedCounts }).nullable(),
});
export type ExportedEntry = z.infer<typeof ExportedEntry>;

export const ExportedComment = z.strictObject({
  /** Null: about the card as a whole. */
  entry: Key.nullable(),
  side: CommentSide,
  /** The service, or the teacher who wrote it; empty when they are gone. */
  by: line(200),
  ...{ kind: CommentKind, words: words(4_000), at: At, dueDay: Day.nullable(), doneAt: At.nullable() },
});
export type ExportedComment = z.infer<typeof ExportedComment>;
