/** What a support service may decide now about something, and until when it may take that back. */
import type { DeskAct, DeskKind } from "../../protocol/http/desk.ts";
import type { Refused } from "../../protocol/refusals.ts";
import { type MembershipAct, type MembershipState, membershipStates, nextMembership } from "./membership.ts";
import { nextSchool, type SchoolAct, type SchoolState, schoolStates } from "./school.ts";

export const undoWithinMs = 10 * 60_000;

/** The desk's act as a school's machine knows it, or undefined where it is none of a school's. */
export function asSchoolAct(act: DeskAct, reason: string): SchoolAct | undefined {
  switch (act) {
    case "accept":
      return { type: "validate" };
    case "refuse":
    case "suspend":
      return { type: act, reason };
    case "restore":
      return { type: "restore" };
    default:
      return undefined;
  }
}

/** The desk's act as a membership's machine knows it, or undefined where it is none of a person's. */
export function asMembershipAct(act: DeskAct, reason: string): MembershipAct | undefined {
  switch (act) {
    case "accept":
      return { type: "accept" };
    case "refuse":
    case "wantEvidence":
      return { type: act, reason };
    case "end":
      return { type: "end" };
    default:
      return undefined;
  }
}

const acts: readonly DeskAct[] = ["accept", "return", "wantEvidence", "restore", "suspend", "refuse", "end"];
const ofProject: readonly DeskAct[] = ["accept", "return", "refuse"];

/** What may be decided about something of this state; for a project, `state` is `pending` while this country is asked. */
export function offersOf(kind: DeskKind, state: string): DeskAct[] {
  if (kind === "project") return state === "pending" ? [...ofProject] : [];
  return acts.filter((act) => {
    const then = kind === "school" ? schoolAfter(state, act) : personAfter(state, act);
    return typeof then === "string";
  });
}

function schoolAfter(state: string, act: DeskAct): SchoolState | Refused | undefined {
  const known = schoolStates.find((one) => one === state);
  const asked = asSchoolAct(act, "because");
  return known && asked && nextSchool(known, asked);
}

function personAfter(state: string, act: DeskAct): MembershipState | Refused | undefined {
  const known = membershipStates.find((one) => one === state);
  const asked = asMembershipAct(act, "because");
  return known && asked && nextMembership(known, asked);
}

/** A decision that was made, and what has become of it. Times in milliseconds since 1970. */
export interface MadeDecision {
  readonly at: number;
  readonly now: number;
  /** It is still as the decision left it. */
  readonly isUnchanged: boolean;
  /** Something was begun that stands on it: a project, a meeting. */
  readonly isBuiltOn: boolean;
}

/** Why a decision cannot be taken back, or undefined. */
export function refusalOfUndo({ at, now, isUnchanged, isBuiltOn }: MadeDecision): Refused | undefined {
  if (!isUnchanged || isBuiltOn) return { refused: "desk.followed" };
  if (now > at + undoWithinMs) return { refused: "desk.tooLate" };
  return undefined;
}
