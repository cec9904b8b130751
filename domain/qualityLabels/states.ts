/**
 * What becomes of an application, pure: draft -> submitted -> inReview -> granted | notGranted; until it is decided its applicant
 * may withdraw it, and a draft is simply deleted. After notGranted or withdrawn another one begins; this one stays as it is.
 */
import type { ApplicationState } from "../../protocol/qualityLabels/applications.ts";

/** `submit`, `withdraw`: the applicant; `review`: a reviewer begins; `grant`, `refuse`: the service decides. */
export type ApplicationAct = "submit" | "withdraw" | "review" | "grant" | "refuse";

const moves: Readonly<Record<ApplicationState, Readonly<Partial<Record<ApplicationAct, ApplicationState>>>>> = {
  draft: { submit: "submitted" },
  submitted: { review: "inReview", withdraw: "withdrawn" },
  inReview: { grant: "granted", refuse: "notGranted", withdraw: "withdrawn" },
  granted: {},
  notGranted: {},
  withdrawn: {},
};

/** Undefined where that cannot be done now. */
export const afterAct = (state: ApplicationState, act: ApplicationAct): ApplicationState | undefined =>
  moves[state][act];

/** One more cannot be begun beside it. */
export const isOpen = (state: ApplicationState): boolean =>
  state === "draft" || state === "submitted" || state === "inReview";

/** Its copy can be looked at: it was sent, and not taken back. */
export const isSent = (state: ApplicationState): boolean => state !== "draft" && state !== "withdrawn";
