/** Who may come to a project's meeting, between a form and what is sent; and in words. */
import type { Invited, InvitedRole, InvitedShown } from "../../protocol/twinspace/meetings.ts";
import { listOf } from "../words/formats.ts";
import { t } from "../words/words.ts";

export const invitedRoles: readonly InvitedRole[] = ["teacher", "pupil", "expert", "observer"];
export const everybody: Invited = { everybody: true, schools: [], roles: [], people: [] };

/** Nobody but founders and administrators: then there is nothing to send. */
export const isNobody = ({ everybody, schools, roles, people }: Invited): boolean =>
  !everybody && schools.length + roles.length + people.length === 0;

export const invitedOf = ({ everybody, schools, roles, people }: InvitedShown): Invited => ({
  everybody,
  schools: schools.map(({ id }) => id),
  roles,
  people: people.map(({ author }) => author),
});

const roleWords = (roles: readonly InvitedRole[]) => listOf(roles.map((role) => t(`spaceMeeting.role.${role}`)));

/** The groups in one line: "All teachers and pupils of the project and experts", "pupils of Oulun koulu". Empty: no group. */
export function groupInWords({ everybody, schools, roles }: InvitedShown): string {
  const besides = roles.filter((role) => role === "expert" || role === "observer");
  if (everybody) {
    const all = t("spaceMeeting.everybody");
    return besides.length === 0 ? all : `${all} ${t("spaceMeeting.alsoRoles", { roles: roleWords(besides) })}`;
  }
  if (schools.length + roles.length === 0) return "";
  const who = roles.length === 0 ? t("spaceMeeting.groupDefault") : roleWords(roles);
  const names = listOf(schools.map(({ name }) => name));
  return schools.length === 0
    ? t("spaceMeeting.group", { roles: who })
    : t("spaceMeeting.groupOf", { roles: who, schools: names });
}
