/** Which roles of others may be changed, and who may go, so that a project never loses its founders nor its last way to be administered. */
import type { Refused } from "../../protocol/refusals.ts";
import type { ProjectRole } from "../permissions.ts";

export interface Member {
  readonly account: string;
  readonly role: ProjectRole;
  /** For whom they are in it; null for an expert or observer of no school. */
  readonly school: string | null;
  /** Has joined, and the role counts: a teacher still works at that school, which is let into the project. */
  readonly counts: boolean;
}

/** What can be given; nobody is made a founder. */
export type GivenRole = Exclude<ProjectRole, "founder">;

export const isAdminRole = (role: ProjectRole): boolean => role === "founder" || role === "teacherAdmin";
const needsSchool = (role: ProjectRole): boolean => role === "teacherAdmin" || role === "teacher";

/** Why `by` may not make `account` a `role`, or undefined when they may. */
export function whyNotRole(
  members: readonly Member[],
  by: string,
  account: string,
  role: GivenRole,
): Refused | undefined {
  const member = members.find((one) => one.account === account);
  if (!member) return { refused: "request.notFound" };
  if (!administers(members, by)) return { refused: "account.notAllowed" };
  if (member.role === "founder") return { refused: "member.founder" };
  if (needsSchool(role) && member.school === null) return { refused: "member.needsSchool" };
  return isAdminRole(role) ? undefined : whyStillNeeded(members, account);
}

/** Why `account` may not be taken out of the project by `by`, who may be themselves. */
export function whyNotGone(members: readonly Member[], by: string, account: string): Refused | undefined {
  const member = members.find((one) => one.account === account);
  if (!member) return { refused: "request.notFound" };
  if (by !== account && !administers(members, by)) return { refused: "account.notAllowed" };
  if (member.role === "founder") return { refused: "member.founder" };
  return whyStillNeeded(members, account);
}

const administers = (members: readonly Member[], account: string): boolean =>
  members.some((one) => one.account === account && one.counts && isAdminRole(one.role));

/** Founders who left their school administer nothing: then the last administrator has to stay one. */
function whyStillNeeded(members: readonly Member[], account: string): Refused | undefined {
  if (!administers(members, account)) return undefined;
  return members.some((one) => one.account !== account && one.counts && isAdminRole(one.role))
    ? undefined
    : { refused: "member.lastAdmin" };
}
