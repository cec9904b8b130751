/** A rubric as the lists have it: data of a version, never columns. What does not fit its shape is no criterion. */
import type { ListEntry } from "../../protocol/http/lists.ts";
import type { Criterion, FrozenRubric } from "../../protocol/qualityLabels/frozen.ts";

/** @param entry of the list `rubric` @param criteria those of the list `criterion` that are valid, in their order */
export function rubricOf(entry: ListEntry, criteria: readonly ListEntry[]): FrozenRubric {
  const steps = typeof entry.facts.steps === "number" ? entry.facts.steps : 5;
  const own = criteria.filter(({ facts }) => facts.rubric === entry.code);
  return { code: entry.code, labels: entry.labels, steps, criteria: own.flatMap(criterionOf) };
}

function criterionOf({ code, labels, facts }: ListEntry): Criterion[] {
  const { leastPoints, descriptors, asks } = facts;
  if (typeof leastPoints !== "number" || !isRecord(descriptors)) return [];
  return [
    {
      ...{ code, labels, leastPoints },
      asks: isRecord(asks) ? wordsIn(asks) : {},
      descriptors: Object.fromEntries(
        Object.entries(descriptors).flatMap(([tag, steps]) =>
          Array.isArray(steps) ? [[tag, steps.map((step) => String(step))]] : [],
        ),
      ),
    },
  ];
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
const wordsIn = (all: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(all).flatMap(([tag, words]) => (typeof words === "string" ? [[tag, words]] : [])));
