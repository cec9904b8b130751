import { useState } from "react";
import type { ChangeRole } from "../../../../protocol/http/projects.ts";
import type { SpaceMember } from "../../../../protocol/twinspace/members.ts";
import { changeRole } from "../../../api/projects.ts";
import { Button } from "../../../parts/button.tsx";
import { Dialog } from "../../../parts/dialog.tsx";
import { Radios } from "../../../parts/field.tsx";
import { personName } from "../../../views/people-of-space.ts";
import { t } from "../../../words/words.ts";
import { Trouble } from "../../portal/trouble.tsx";
import { useForm } from "../../portal/use-form.ts";

type Given = ChangeRole["role"];
const roles: readonly Given[] = ["teacherAdmin", "teacher", "expert", "observer"];

/** Each role with what it may and may not: a wrong one locks somebody out. */
export function RoleDialog({
  project,
  member,
  done,
  onClose,
}: {
  project: string;
  member: SpaceMember & { account: string };
  done: (role: Given) => void;
  onClose: () => void;
}) {
  const [role, choose] = useState<Given>(roles.find((one) => one === member.role) ?? "teacher");
  const form = useForm(
    () => changeRole(project, member.account, { role }),
    () => done(role),
  );
  const needsSchool = (one: Given) => member.school === null && (one === "teacherAdmin" || one === "teacher");
  return (
    <Dialog title={t("members.changeRoleTitle", { name: personName(member) })} onClose={onClose}>
      <form {...form.props} className="form">
        <Radios
          label={t("members.as")}
          name="role"
          value={role}
          onChoose={choose}
          choices={roles.map((one) => ({
            value: one,
            label: t(`spaceRole.${one}`),
            hint: needsSchool(one) ? t("members.needsSchool") : t(`spaceRole.${one}May`),
            disabled: needsSchool(one),
          }))}
        />
        <Trouble refusal={form.refusal} />
        <div className="form__acts">
          <Button type="submit" look="filled" aria-disabled={form.busy}>
            {t("members.changeRoleSave")}
          </Button>
          <Button onClick={onClose}>{t("act.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  );
}
