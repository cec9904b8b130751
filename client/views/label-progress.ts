/** How far an application is: its parts in the order of the page, and what each of them still wants. */
import { missingIn } from "../../domain/qualityLabels/rules.ts";
import type { Candidates, SendObstacle } from "../../protocol/qualityLabels/applications.ts";
import type { FrozenRubric } from "../../protocol/qualityLabels/frozen.ts";
import { gateQuestions } from "../../protocol/qualityLabels/gate.ts";
import { chosenOf, gateOf, type LabelNow, pieceKey, textOf } from "./label-application.ts";

export interface Want {
  readonly what: Extract<SendObstacle, "gateOpen" | "gateNo" | "answerMissing" | "nothingChosen">;
  readonly count: number;
}
/** `code`: of a criterion; null: the five questions. */
export interface Part {
  readonly code: string | null;
  readonly wants: readonly Want[];
}

export const partId = (code: string | null): string => (code === null ? "gate" : `criterion-${code}`);

/** Everything that can be shown for a criterion now, by its key. */
export function showable({ entries }: Candidates, code: string): Set<string> {
  const own = entries.filter(({ criteria }) => criteria.includes(code));
  return new Set(
    own.flatMap(({ id, evidence }) => [
      pieceKey({ entry: id, evidence: null }),
      ...evidence
        .filter(({ why }) => why === null || why === "notReady")
        .map(({ shown }) => pieceKey({ entry: id, evidence: shown.evidence })),
    ]),
  );
}

/** @param candidates undefined while they are not known: then everything chosen is taken to be there */
export function partsOf(now: LabelNow, { criteria }: FrozenRubric, candidates: Candidates | undefined): Part[] {
  const pieces = criteria.map(({ code }) => {
    const there = candidates === undefined ? undefined : showable(candidates, code);
    return [code, chosenOf(now, code).filter((piece) => there?.has(pieceKey(piece)) ?? true).length];
  });
  const missing = missingIn(
    {
      gate: {
        plan: gateOf(now, "plan"),
        finished: gateOf(now, "finished"),
        contributed: gateOf(now, "contributed"),
        together: gateOf(now, "together"),
        protected: gateOf(now, "protected"),
      },
      answers: Object.fromEntries(criteria.map(({ code }) => [code, textOf(now, code)])),
      pieces: Object.fromEntries(pieces),
    },
    criteria,
  );
  const wantsOf = (about: readonly string[]): Want[] =>
    missing.flatMap((one) => {
      const count = one.about.filter((name) => about.includes(name)).length;
      return count > 0 && isWant(one.obstacle) ? [{ what: one.obstacle, count }] : [];
    });
  return [
    { code: null, wants: wantsOf(gateQuestions) },
    ...criteria.map(({ code }) => ({ code, wants: wantsOf([code]) })),
  ];
}

const isWant = (obstacle: SendObstacle): obstacle is Want["what"] =>
  ["gateOpen", "gateNo", "answerMissing", "nothingChosen"].includes(obstacle);
