/**
 * The states of somebody's place at a school: asked -> evidenceWanted -> asked ; either of them -> active | refused ;
 * active -> ended. Who asks may withdraw, which ends it too. Nothing comes back from refused or ended: one asks anew.
 */
import type { Refused } from "../../protocol/refusals.ts";
import type { MembershipState } from "../../protocol/registry.ts";

export { type MembershipState, membershipStates } from "../../protocol/registry.ts";

/**
 * `wantEvidence` says in `reason` what is wanted; `giveEvidence` is the upload. `withdraw` before it is decided, `end` by
 * who works there or by the support service. A `reason` is shown to whom it is about, so it may not be blank.
 */
export type MembershipAct =
  | { readonly type: "wantEvidence"; readonly reason: string }
  | { readonly type: "giveEvidence" }
  | { readonly type: "accept" }
  | { readonly type: "refuse"; readonly reason: string }
  | { readonly type: "withdraw" }
  | { readonly type: "end" };

const follows: Readonly<Record<MembershipAct["type"], Readonly<Partial<Record<MembershipState, MembershipState>>>>> = {
  wantEvidence: { asked: "evidenceWanted" },
  giveEvidence: { evidenceWanted: "asked" },
  accept: { asked: "active", evidenceWanted: "active" },
  refuse: { asked: "refused", evidenceWanted: "refused" },
  withdraw: { asked: "ended", evidenceWanted: "ended" },
  end: { active: "ended" },
};

/** What the membership then is, or `membership.notNow` where the act does not fit its state. */
export function nextMembership(state: MembershipState, act: MembershipAct): MembershipState | Refused {
  const then = follows[act.type][state];
  if (then === undefined) return { refused: "membership.notNow" };
  if ("reason" in act && act.reason.trim() === "") return { refused: "registry.noReason" };
  return then;
}

/** The support service has said yes or no, or nobody asks any more: evidence is deleted from then on. */
export const isDecided = (state: MembershipState): boolean => state !== "asked" && state !== "evidenceWanted";
