import { useState } from "react";
import type { ProjectView } from "../../../protocol/http/projects.ts";
import { inviteMember } from "../../api/projects.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { t } from "../../words/words.ts";
import { ChoosePersonForms } from "./choose-person.tsx";

/** Asks a further partner into an active project. `changed` is told who was asked. */
export function InviteButton({
  project,
  changed,
}: {
  project: Pick<ProjectView, "id">;
  changed: (project: ProjectView, name: string) => void;
}) {
  const [isOpen, open] = useState(false);
  return (
    <>
      <Button icon="user-plus" onClick={() => open(true)}>
        {t("projects.invite")}
      </Button>
      {isOpen ? (
        <Dialog title={t("projects.invite")} onClose={() => open(false)}>
          <div className="form">
            <p className="soft">{t("projects.inviteHint")}</p>
            <ChoosePersonForms
              choose={(chosen) => inviteMember(project.id, chosen)}
              choosing={t("projects.invite")}
              emailHint={t("projects.inviteEmailHint")}
              done={(next, name) => {
                open(false);
                changed(next, name);
              }}
            />
          </div>
        </Dialog>
      ) : null}
    </>
  );
}
