/** The states of schools and of places there; what leads from one to another is in domain/registry. */

export const schoolStates = ["submitted", "validated", "refused", "suspended", "closed"] as const;
export type SchoolState = (typeof schoolStates)[number];

export const membershipStates = ["asked", "evidenceWanted", "active", "refused", "ended"] as const;
export type MembershipState = (typeof membershipStates)[number];

/** What may be handed in as evidence, found by its content. */
export const evidenceTypes = ["application/pdf", "image/jpeg", "image/png"] as const;
export type EvidenceType = (typeof evidenceTypes)[number];
export const mostEvidenceBytes = 5 * 1024 * 1024;

/** The youngest and the oldest pupils there are, in years. */
export const leastAge = 3;
export const mostAge = 20;
