/**
 * What each kind of entry asks for, pure: first what is enough for most, so that an activity takes a minute; the others are
 * behind "more". A further kind is one more line of data here.
 */
import { type EntryBody, type EntryField, type EntryKind, emptyBody } from "../../protocol/reports/entries.ts";

export interface KindFields {
  /** In the order in which they are asked. */
  readonly first: readonly EntryField[];
  readonly more: readonly EntryField[];
  /** Without these it cannot be shared. */
  readonly needed: readonly EntryField[];
}

interface KindLine {
  readonly first: readonly EntryField[];
  readonly needed: readonly EntryField[];
  /** What this kind has no use for. */
  readonly without?: readonly EntryField[];
}

/** As they stand in a form from top to bottom. */
const inOrder = Object.keys(emptyBody) as EntryField[]; // The keys of an EntryBody, which TypeScript widens to strings.

const lines: Readonly<Record<EntryKind, KindLine>> = {
  activity: { first: ["title", "done", "toDay", "pupils", "plan", "evidence"], needed: ["title", "done"] },
  meeting: {
    first: ["learned", "nextSteps", "plan", "criteria", "evidence"],
    needed: [],
    // It counted them itself.
    without: ["fromDay", "toDay", "pupils", "teachers"],
  },
  milestone: { first: ["title", "toDay", "done", "plan", "evidence"], needed: ["title", "done"] },
  difficulty: { first: ["title", "difficulties", "nextSteps", "question"], needed: ["title", "difficulties"] },
  change: { first: ["title", "done", "plan", "nextSteps", "nextDay"], needed: ["title", "done"] },
  result: { first: ["title", "done", "plan", "evidence", "criteria"], needed: ["title", "done"] },
  dissemination: {
    first: ["title", "shownWhere", "shownLink", "audience", "consentsChecked", "evidence"],
    needed: ["title", "shownWhere"],
  },
  question: { first: ["title", "question"], needed: ["title", "question"] },
  interim: {
    first: [
      ...([
        "title",
        "fromDay",
        "toDay",
        "done",
        "plan",
        "pupils",
        "communication",
        "collaboration",
        "learned",
      ] as const),
      ...(["difficulties", "nextSteps", "nextDay", "question"] as const),
    ],
    needed: ["title", "done"],
  },
  final: {
    first: [
      ...([
        "title",
        "fromDay",
        "toDay",
        "done",
        "plan",
        "pupils",
        "teachers",
        "communication",
        "collaboration",
      ] as const),
      ...(["curriculum", "tools", "learned", "difficulties", "shownWhere", "shownLink", "consentsChecked"] as const),
      ...(["incidents", "safeguarding", "criteria", "evidence"] as const),
    ],
    needed: ["title", "done", "learned"],
  },
};

/** Which fields this kind asks for, and where. */
export function fieldsOf(kind: EntryKind): KindFields {
  const { first, needed, without = [] } = lines[kind];
  const more = inOrder.filter((field) => !first.includes(field) && !without.includes(field));
  return { first, more, needed };
}

/** Whether nothing was said in this field. */
export function isEmptyField(value: EntryBody[EntryField]): boolean {
  if (typeof value === "string") return value.trim() === "";
  return value === null || (Array.isArray(value) && value.length === 0);
}

/** What it still needs to be shared, in the order of its form. */
export const missingFor = (kind: EntryKind, body: EntryBody): EntryField[] =>
  fieldsOf(kind).needed.filter((field) => isEmptyField(body[field]));

/** The texts in it, for whoever looks for something in what people wrote. */
export const textFields = [
  ...([
    "title",
    "done",
    "communication",
    "collaboration",
    "curriculum",
    "learned",
    "difficulties",
    "question",
  ] as const),
  ...(["safeguarding", "shownWhere", "shownLink", "audience", "nextSteps"] as const),
] satisfies readonly EntryField[];
