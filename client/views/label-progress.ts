/** How far an application is: its parts in the order of the page, and what each of them still wants. */
import type { Candidates, SendObstacle } from "../../protocol/qualityLabels/applications.ts";
import type { FrozenRubric } from "../../protocol/qualityLabels/frozen.ts";
import { chosenOf, gateOf, type LabelNow, pieceKey, questions, textOf } from "./label-application.ts";

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

/**
 * As the server looks at it before it is sent (domain/qualityLabels/rules.ts).
 *
 * @param candidates undefined while they are not known: then everything chosen is taken to be there
 */
export function partsOf(now: LabelNow, { criteria }: FrozenRubric, candidates: Candidates | undefined): Part[] {
  const answered = (answer: boolean | null) => questions.filter((question) => gateOf(now, question) === answer).length;
  const gate = [want("gateOpen", answered(null)), want("gateNo", answered(false))].flat();
  return [
    { code: null, wants: gate },
    ...criteria.map(({ code, leastPoints }) => {
      const there = candidates === undefined ? undefined : showable(candidates, code);
      const isShown = chosenOf(now, code).some((piece) => there?.has(pieceKey(piece)) ?? true);
      return {
        code,
        wants: [
          want("answerMissing", textOf(now, code).trim() === "" ? 1 : 0),
          want("nothingChosen", leastPoints > 0 && !isShown ? 1 : 0),
        ].flat(),
      };
    }),
  ];
}

const want = (what: Want["what"], count: number): Want[] => (count === 0 ? [] : [{ what, count }]);
