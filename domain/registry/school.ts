/**
 * The states of a school: submitted -> validated | refused ; refused -> submitted ; validated <-> suspended ; any of them
 * -> closed. Who may is asked of domain/permissions.ts; here stands what may follow what.
 */
import type { Refused } from "../../protocol/refusals.ts";
import type { SchoolState } from "../../protocol/registry.ts";

export { type SchoolState, schoolStates } from "../../protocol/registry.ts";

/** `submit`: again, after it was refused. A `reason` is shown to the school's people, so it may not be blank. */
export type SchoolAct =
  | { readonly type: "validate" }
  | { readonly type: "refuse"; readonly reason: string }
  | { readonly type: "submit" }
  | { readonly type: "suspend"; readonly reason: string }
  | { readonly type: "restore" }
  | { readonly type: "close" };

const follows: Readonly<Record<SchoolAct["type"], Readonly<Partial<Record<SchoolState, SchoolState>>>>> = {
  validate: { submitted: "validated" },
  refuse: { submitted: "refused" },
  submit: { refused: "submitted" },
  suspend: { validated: "suspended" },
  restore: { suspended: "validated" },
  close: { submitted: "closed", validated: "closed", refused: "closed", suspended: "closed" },
};

/** What the school then is, or `school.notNow` where the act does not fit its state. */
export function nextSchool(state: SchoolState, act: SchoolAct): SchoolState | Refused {
  const then = follows[act.type][state];
  if (then === undefined) return { refused: "school.notNow" };
  if ("reason" in act && act.reason.trim() === "") return { refused: "registry.noReason" };
  return then;
}

/** Its form may be changed by its own people: while it is looked at, after a refusal, and afterwards. */
export const mayChangeForm = (state: SchoolState): boolean =>
  state === "submitted" || state === "refused" || state === "validated";

/** Others may ask to join it: it is there, or on its way. */
export const takesPeople = (state: SchoolState): boolean => state === "submitted" || state === "validated";
