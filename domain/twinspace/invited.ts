/** Who may come to a project's meeting by their place in its TwinSpace. */
import type { Invited, InvitedRole } from "../../protocol/twinspace/meetings.ts";
import type { SpaceRole } from "../permissions.ts";

/** Somebody in the TwinSpace, as far as this is concerned. */
export interface Comer {
  /** `account:<id>`, `pupil:<id>`, `visitor:<id>`. */
  readonly author: string;
  readonly role: SpaceRole;
  readonly school: string | null;
}

export const everybodyInvited: Invited = { everybody: true, schools: [], roles: [], people: [] };

/** Adults who answer for the project: they may always come, and lead where the chair does not. */
const answersForIt = (role: SpaceRole): boolean => role === "founder" || role === "teacherAdmin";
/** Who comes without being asked by role or by name. */
const usual: readonly InvitedRole[] = ["teacher", "pupil"];

/** As what a role is asked; visitors are never. */
export function invitedAs(role: SpaceRole): InvitedRole | null {
  switch (role) {
    case "visitor":
      return null;
    case "pupil":
    case "pupilAdmin":
      return "pupil";
    case "expert":
    case "observer":
      return role;
    default:
      return "teacher";
  }
}

export function mayCome(invited: Invited, { author, role, school }: Comer): boolean {
  const as = invitedAs(role);
  if (as === null) return false;
  if (answersForIt(role) || invited.people.includes(author)) return true;
  const { everybody, schools, roles } = invited;
  if (everybody) return usual.includes(as) || roles.includes(as);
  if (schools.length === 0 && roles.length === 0) return false;
  const fromThere = schools.length === 0 || (school !== null && schools.includes(school));
  return fromThere && (roles.length === 0 ? usual : roles).includes(as);
}

/** Nobody but those who may always come: then there is nothing to send. */
export const asksNobody = ({ everybody, schools, roles, people }: Invited): boolean =>
  !everybody && schools.length === 0 && roles.length === 0 && people.length === 0;

/** The schools of a project that anybody may come from; `schoolsOfPeople` are those of the people asked by name. */
export function schoolsAsked(
  invited: Invited,
  ofProject: readonly string[],
  schoolsOfPeople: readonly string[],
): string[] {
  const { everybody, schools, roles } = invited;
  const asGroup = everybody || schools.length > 0 || roles.length > 0;
  return ofProject.filter(
    (school) =>
      schoolsOfPeople.includes(school) || (asGroup && (everybody || schools.length === 0 || schools.includes(school))),
  );
}
