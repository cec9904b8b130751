import { useRef, useState } from "react";
import type { Plan } from "../../../protocol/reports/card.ts";
import type { SpaceView } from "../../../protocol/twinspace/space.ts";
import { linesOfPlan, type PlanLine } from "../../views/report-plan.ts";

interface Kept {
  lines: readonly PlanLine[];
  base: readonly string[];
}

export interface PlanDraft extends Kept {
  /** Something here is not what the server has. */
  isChanged: boolean;
  become: (lines: readonly PlanLine[]) => void;
  /** Back to before the last change; undefined where there is none. */
  undo: (() => void) | undefined;
  /** Begins anew on what the server has; `lines`: what stands here upon it. */
  begin: (plan: Plan, lines?: readonly PlanLine[]) => void;
}

/** So many steps back. */
const mostSteps = 50;

/** The lines of a plan as they are written here, kept by this tab until they are saved, with the way back from each change. */
export function usePlanDraft({ id, me }: SpaceView, plan: Plan): PlanDraft {
  const key = `twinlight.plan.${me.author}.${id}`;
  const [now, setNow] = useState<Kept>(() => readKept(key) ?? begun(plan));
  const [steps, setSteps] = useState<readonly (readonly PlanLine[])[]>([]);
  const saved = useRef(JSON.stringify(linesOfPlan(plan)));

  const put = (next: Kept) => {
    setNow(next);
    keep(key, JSON.stringify(next.lines) === saved.current ? null : next);
  };
  return {
    ...now,
    isChanged: JSON.stringify(now.lines) !== saved.current,
    become(lines) {
      setSteps([...steps, now.lines].slice(-mostSteps));
      put({ ...now, lines });
    },
    undo:
      steps.length === 0
        ? undefined
        : () => {
            setSteps(steps.slice(0, -1));
            put({ ...now, lines: steps.at(-1) ?? now.lines });
          },
    begin(theirs, lines) {
      saved.current = JSON.stringify(linesOfPlan(theirs));
      setSteps([]);
      put({ ...begun(theirs), ...(lines === undefined ? {} : { lines }) });
    },
  };
}

const begun = (plan: Plan): Kept => ({ lines: linesOfPlan(plan), base: plan.items.map(({ id }) => id) });

function readKept(key: string): Kept | undefined {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? "null");
    if (typeof kept !== "object" || kept === null || !("lines" in kept) || !("base" in kept)) return undefined;
    const { lines, base } = kept;
    if (!Array.isArray(lines) || !Array.isArray(base) || !lines.every(isLine)) return undefined;
    return { lines, base: base.filter((id) => typeof id === "string") };
  } catch {
    return undefined;
  }
}

const isLine = (line: unknown): line is PlanLine =>
  typeof line === "object" && line !== null && "key" in line && "words" in line && typeof line.words === "string";

function keep(key: string, kept: Kept | null): void {
  try {
    if (kept === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // It keeps nothing: what stands here lasts as long as the page.
  }
}
