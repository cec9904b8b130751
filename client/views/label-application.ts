/**
 * An application for a Quality Label while it is written: what stands in each field, what of it the server has, and where the
 * same teacher was faster in another window. Every function answers the application as it then is.
 */
import type {
  ApplicationBody,
  ApplicationSaved,
  ApplicationView,
  ChosenPiece,
  SaveApplication,
} from "../../protocol/qualityLabels/applications.ts";
import type { GateQuestion } from "../../protocol/qualityLabels/gate.ts";
import type { DraftStore } from "./drafts.ts";

// As in the protocol, whose schemas would weigh more than the page.
export const questions: readonly GateQuestion[] = ["plan", "finished", "contributed", "together", "protected"];
export const longestText = 3_000;
/** For one criterion. */
export const mostPieces = 20;

export type LabelValue = boolean | null | string | readonly ChosenPiece[];
/** `answers.ql-2023.online`: what the server calls it too. */
export type LabelField = `gate.${GateQuestion}` | `answers.${string}` | `chosen.${string}`;
type FieldPart = "gate" | "answers" | "chosen";

export interface LabelFieldNow {
  readonly value: LabelValue;
  /** What the server has, as far as is known here. */
  readonly there: LabelValue;
  /** On its way to the server. */
  readonly sending?: LabelValue | undefined;
  /** The server does not take it: it is not sent again as it is. */
  readonly wrong?: LabelValue | undefined;
  /** Written in another window meanwhile: nothing of it is sent until one is chosen. */
  readonly conflict?: { readonly theirs: string } | undefined;
}
export interface LabelNow {
  readonly version: number;
  readonly fields: Readonly<Record<string, LabelFieldNow>>;
}
type Known = Pick<ApplicationView, "body" | "version">;

/** Two that have it show the same. */
export const pieceKey = ({ entry, evidence }: ChosenPiece): string => {
  if (evidence === null) return entry;
  if (evidence.kind === "link") return `${entry} link ${evidence.link}`;
  return evidence.kind === "moment"
    ? `${entry} moment ${evidence.meeting} ${evidence.atMs}`
    : `${entry} ${evidence.kind} ${evidence.id}`;
};

const said = (value: LabelValue | undefined): string =>
  typeof value === "object" && value !== null ? value.map(pieceKey).join("\n") : String(value);
export const sameLabelValue = (one: LabelValue | undefined, other: LabelValue | undefined): boolean =>
  typeof one === typeof other && said(one) === said(other);

const partOf = (field: string): FieldPart =>
  field.startsWith("gate.") ? "gate" : field.startsWith("answers.") ? "answers" : "chosen";
const nameIn = (field: string): string => field.slice(field.indexOf(".") + 1);

function valueIn({ gate, answers, chosen }: ApplicationBody, field: string): LabelValue {
  const name = nameIn(field);
  const part = partOf(field);
  if (part === "answers") return answers[name] ?? "";
  if (part === "chosen") return chosen[name] ?? [];
  const question = questions.find((one) => one === name);
  return question === undefined ? null : gate[question];
}

/** @param criteria of the rubric that is valid: there are a text and things to show for each */
export function beginLabelForm({ body, version }: Known, criteria: readonly string[]): LabelNow {
  const names = [
    ...questions.map((question) => `gate.${question}`),
    ...criteria.flatMap((code) => [`answers.${code}`, `chosen.${code}`]),
  ];
  const fields = names.map((field) => [field, { value: valueIn(body, field), there: valueIn(body, field) }]);
  return { version, fields: Object.fromEntries(fields) };
}

const each = (now: LabelNow, change: (here: LabelFieldNow, field: string) => LabelFieldNow): LabelNow => ({
  ...now,
  fields: Object.fromEntries(Object.entries(now.fields).map(([field, here]) => [field, change(here, field)])),
});

export const textOf = ({ fields }: LabelNow, code: string): string => {
  const value = fields[`answers.${code}`]?.value;
  return typeof value === "string" ? value : "";
};
export const chosenOf = ({ fields }: LabelNow, code: string): readonly ChosenPiece[] => {
  const value = fields[`chosen.${code}`]?.value;
  return typeof value === "object" && value !== null ? value : [];
};
export const gateOf = ({ fields }: LabelNow, question: GateQuestion): boolean | null => {
  const value = fields[`gate.${question}`]?.value;
  return typeof value === "boolean" ? value : null;
};

const isDirty = ({ value, there }: LabelFieldNow) => !sameLabelValue(value, there);
export const unsavedFields = ({ fields }: LabelNow): string[] =>
  Object.keys(fields).filter((field) => {
    const here = fields[field];
    return here !== undefined && isDirty(here);
  });

export const typedInto = (now: LabelNow, field: LabelField, value: LabelValue): LabelNow =>
  each(now, (here, name) => (name === field ? { ...here, value } : here));

/** What can be sent now: not what is on its way, was refused as it is, or waits to be chosen. Null: nothing. */
export function changesOf(now: LabelNow): SaveApplication | null {
  const going = Object.entries(now.fields).filter(
    ([, here]) =>
      isDirty(here) &&
      here.sending === undefined &&
      here.conflict === undefined &&
      (here.wrong === undefined || !sameLabelValue(here.wrong, here.value)),
  );
  if (going.length === 0) return null;
  const of = (part: FieldPart) => {
    const own = going.filter(([field]) => partOf(field) === part);
    if (own.length === 0) return {};
    return { [part]: Object.fromEntries(own.map(([field, { value }]) => [nameIn(field), value])) };
  };
  return { base: now.version, changes: { ...of("gate"), ...of("answers"), ...of("chosen") } };
}

const namesIn = ({ changes }: SaveApplication): string[] =>
  Object.entries(changes).flatMap(([part, all]) => Object.keys(all ?? {}).map((name) => `${part}.${name}`));

export function sentAs(now: LabelNow, going: SaveApplication): LabelNow {
  const names = new Set(namesIn(going));
  return each(now, (here, field) => (names.has(field) ? { ...here, sending: here.value, wrong: undefined } : here));
}

export const isUnderWay = ({ fields }: LabelNow): boolean =>
  Object.values(fields).some(({ sending }) => sending !== undefined);

/** No answer came: it may have arrived, and is sent once more. */
export const notAnswered = (now: LabelNow): LabelNow => each(now, ({ sending: _, ...here }) => here);

/** These were refused; what was sent along can be sent again. Where none of what was sent is named, all of it is refused. */
export function notTaken(now: LabelNow, refused: readonly string[]): LabelNow {
  const isNamed = ({ sending }: LabelFieldNow, field: string) =>
    sending !== undefined && refused.some((path) => path === field || path.includes(field));
  const some = Object.entries(now.fields).some(([field, here]) => isNamed(here, field));
  return each(now, (here, field) => {
    const { sending, ...rest } = here;
    if (sending === undefined || (some && !isNamed(here, field))) return rest;
    return { ...rest, wrong: sending };
  });
}

export function savedAs(now: LabelNow, { application, conflicts }: ApplicationSaved): LabelNow {
  const { version, body } = application;
  const after = each(now, (here, field) => {
    const { sending, ...rest } = here;
    const there = valueIn(body, field);
    if (sending === undefined) return beside(here, there);
    if (conflicts.includes(field)) return beside(rest, there);
    // The server may have tidied what was typed: as long as nothing was typed since, it stands as the server has it.
    return { ...rest, there: sameLabelValue(rest.value, sending) ? rest.value : there };
  });
  return { ...after, version: Math.max(now.version, version) };
}

/** What the server has by now, as another window left it. While something is under way its answer tells as well. */
export function learntOf(now: LabelNow, { version, body }: Known): LabelNow {
  if (version <= now.version || isUnderWay(now)) return now;
  return { ...each(now, (here, field) => beside(here, valueIn(body, field))), version };
}

/** Of two ticks the last one counts; of two texts none is lost. */
function beside(here: LabelFieldNow, there: LabelValue): LabelFieldNow {
  if (sameLabelValue(there, here.there)) return here;
  if (!isDirty(here)) return { ...here, value: there, there };
  if (typeof there !== "string" || sameLabelValue(here.value, there)) return { ...here, there };
  return { ...here, there, conflict: { theirs: there } };
}

export const chosenText = (now: LabelNow, code: string, value: string): LabelNow =>
  each(now, (here, field) => {
    if (field !== `answers.${code}`) return here;
    const { conflict: _, ...rest } = here;
    return { ...rest, value };
  });

/* What is kept in this tab until the server has it */

export const keptLabelUnder = (author: string, application: string): string =>
  `twinlight.qualityLabel.${author}.${application}`;

/** Keeps what the server does not have, or forgets it where it has everything. False where this browser keeps nothing. */
export function keepLabel(store: DraftStore, key: string, now: LabelNow): boolean {
  const unsaved = Object.entries(now.fields).filter(([, here]) => isDirty(here));
  try {
    if (unsaved.length === 0) store.removeItem(key);
    else
      store.setItem(
        key,
        JSON.stringify(Object.fromEntries(unsaved.map(([field, { value, there }]) => [field, { value, there }]))),
      );
    return true;
  } catch {
    return false;
  }
}

/** Puts back what was kept; where another window has written something else since, both stand there to choose from. */
export function putLabelBack(now: LabelNow, store: DraftStore, key: string): LabelNow {
  const kept = readKept(store, key);
  return each(now, (here, field) => {
    const back = kept.get(field);
    if (back === undefined || !isLike(here.there, back.value) || !isLike(here.there, back.there)) return here;
    return beside({ value: back.value, there: back.there }, here.there);
  });
}

const isLike = (one: LabelValue, other: LabelValue): boolean => kindOf(one) === kindOf(other);
const kindOf = (value: LabelValue): string =>
  typeof value === "string" ? "text" : Array.isArray(value) ? "list" : "yes";

function readKept(store: DraftStore, key: string): ReadonlyMap<string, { value: LabelValue; there: LabelValue }> {
  try {
    const kept: unknown = JSON.parse(store.getItem(key) ?? "{}");
    if (typeof kept !== "object" || kept === null) return new Map();
    return new Map(
      Object.entries(kept).flatMap(([field, one]) =>
        isKept(one) ? [[field, { value: one.value, there: one.there }] as const] : [],
      ),
    );
  } catch {
    return new Map();
  }
}

const isKept = (one: unknown): one is { value: LabelValue; there: LabelValue } =>
  typeof one === "object" &&
  one !== null &&
  "value" in one &&
  "there" in one &&
  isValue(one.value) &&
  isValue(one.there);
const isValue = (value: unknown): value is LabelValue =>
  value === null ||
  typeof value === "string" ||
  typeof value === "boolean" ||
  (Array.isArray(value) && value.every((one) => typeof one === "object" && one !== null && "entry" in one));
