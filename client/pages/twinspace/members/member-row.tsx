import { useState } from "react";
import type { SpaceMember } from "../../../../protocol/twinspace/members.ts";
import type { SpaceView } from "../../../../protocol/twinspace/space.ts";
import { leaveProject } from "../../../api/projects.ts";
import { takeOut } from "../../../api/space/members.ts";
import { ConfirmDialog } from "../../../parts/dialog.tsx";
import type { MenuAct } from "../../../parts/menu.tsx";
import { Tag } from "../../../parts/tag.tsx";
import { personName } from "../../../views/people-of-space.ts";
import { t } from "../../../words/words.ts";
import { Trouble } from "../../portal/trouble.tsx";
import { useAct } from "../../portal/use-act.ts";
import { PersonName } from "../person-name.tsx";
import { ThingMenu } from "../thing-menu.tsx";
import { RoleDialog } from "./role-dialog.tsx";

/** An adult with their role, and what may be done about it. */
export function MemberRow({
  space,
  member,
  done,
}: {
  space: SpaceView;
  member: SpaceMember;
  done: (sentence: string) => void;
}) {
  const [asking, ask] = useState<"changeRole" | "remove" | "leave">();
  const name = personName(member);
  const isMe = member.author === space.me.author;
  const remove = useAct(
    () => takeOut(space.id, member.account ?? ""),
    () => done(t("members.takenOut", { name })),
  );
  const leave = useAct(
    () => leaveProject(space.id),
    () => location.assign("/projects"),
  );
  const acts: MenuAct[] = member.acts.map((act) => {
    const onPress = () => ask(act);
    if (act === "changeRole") return { label: t("members.changeRole"), icon: "identification-card", onPress };
    return {
      label: t(act === "remove" ? "members.takeOut" : "members.leave"),
      icon: "sign-out",
      danger: true,
      onPress,
    };
  });
  return (
    <li className="row">
      <div className="row__words">
        <span className="members__person">
          <PersonName person={member} brief />
          {isMe ? <span className="soft small">({t("members.you")})</span> : null}
        </span>
        <Trouble refusal={remove.refusal ?? leave.refusal} />
      </div>
      <div className="row__acts">
        <Tag>{t(`spaceRole.${member.role}`)}</Tag>
        {isMe && acts.length === 0 ? null : (
          <ThingMenu thing={{ kind: "person", id: member.author }} name={name} acts={acts} />
        )}
      </div>
      {asking === "changeRole" && member.account !== null ? (
        <RoleDialog
          project={space.id}
          member={{ ...member, account: member.account }}
          onClose={() => ask(undefined)}
          done={(role) => {
            ask(undefined);
            done(t("members.roleChanged", { name, role: t(`spaceRole.${role}`) }));
          }}
        />
      ) : null}
      {asking === "remove" ? (
        <ConfirmDialog
          title={t("members.takeOutTitle", { name })}
          confirm={t("members.takeOutDo")}
          onConfirm={remove.run}
          onClose={() => ask(undefined)}
        >
          <p>{t("members.takeOutHint")}</p>
        </ConfirmDialog>
      ) : null}
      {asking === "leave" ? (
        <ConfirmDialog
          title={t("members.leaveTitle")}
          confirm={t("members.leaveDo")}
          onConfirm={leave.run}
          onClose={() => ask(undefined)}
        >
          <p>{t("members.leaveHint")}</p>
        </ConfirmDialog>
      ) : null}
    </li>
  );
}
