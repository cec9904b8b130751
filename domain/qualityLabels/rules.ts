/** When somebody may apply for a Quality Label, and what an application needs before it is sent. Pure. */
import type { BeginObstacle, Missing, SendObstacle } from "../../protocol/qualityLabels/applications.ts";
import { type Gate, gateQuestions } from "../../protocol/qualityLabels/gate.ts";
import { type ProjectScope, type ProjectState, reopenUntil } from "../projects/project.ts";

/** Moments in milliseconds since 1970. */
export interface LabelFacts {
  readonly scope: ProjectScope;
  readonly state: ProjectState;
  readonly closedAt: number | null;
  /** They hold the label for this project. */
  readonly holds: boolean;
  /** There is a rubric today. */
  readonly hasRubric: boolean;
  /** How many of theirs count in this school year, and how many may. */
  readonly sent: number;
  readonly most: number;
}

/** Who has a role in the project may do it unless one of these stands in the way. */
export function beginObstacles(facts: LabelFacts, now: number): BeginObstacle[] {
  // What is not European never will be; nothing else is worth saying then.
  if (facts.scope !== "european") return ["onlyEuropean"];
  if (facts.holds) return ["alreadyGranted"];
  if (!isInTime(facts, now)) return ["tooLate"];
  return [
    ...(facts.hasRubric ? [] : ["noRubric" as const]),
    ...(facts.sent >= facts.most ? ["yearFull" as const] : []),
  ];
}

/** While it goes on, and for twelve months after it was closed. */
export function isInTime({ state, closedAt }: Pick<LabelFacts, "state" | "closedAt">, now: number): boolean {
  if (state === "active") return true;
  return state === "closed" && closedAt !== null && now <= reopenUntil(closedAt);
}

/** The last moment at which it can be sent; null while the project goes on. */
export const lastMoment = ({ state, closedAt }: Pick<LabelFacts, "state" | "closedAt">): number | null =>
  state === "closed" && closedAt !== null ? reopenUntil(closedAt) : null;

/** What was sent counts in its year, unless it was taken back before anybody began to judge it. */
export const counts = ({
  submittedAt,
  withdrawn,
  reviewBegan,
}: {
  readonly submittedAt: number | null;
  readonly withdrawn: boolean;
  readonly reviewBegan: boolean;
}): boolean => submittedAt !== null && (!withdrawn || reviewBegan);

export interface Filled {
  readonly gate: Gate;
  readonly answers: Readonly<Record<string, string>>;
  /** How many pieces that are there are shown for each criterion. */
  readonly pieces: Readonly<Record<string, number>>;
}

/** What of the form is missing, in its order. */
export function missingIn(
  { gate, answers, pieces }: Filled,
  criteria: readonly { readonly code: string; readonly leastPoints: number }[],
): Missing[] {
  const said = (obstacle: SendObstacle, about: readonly string[]): Missing[] =>
    about.length === 0 ? [] : [{ obstacle, about: [...about] }];
  const codes = (which: (typeof criteria)[number][]) => which.map(({ code }) => code);
  return [
    ...said(
      "gateOpen",
      gateQuestions.filter((question) => gate[question] === null),
    ),
    ...said(
      "gateNo",
      gateQuestions.filter((question) => gate[question] === false),
    ),
    ...said("answerMissing", codes(criteria.filter(({ code }) => (answers[code] ?? "").trim() === ""))),
    ...said(
      "nothingChosen",
      codes(criteria.filter(({ code, leastPoints }) => leastPoints > 0 && (pieces[code] ?? 0) === 0)),
    ),
  ];
}
