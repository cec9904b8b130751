import { useState } from "react";
import type { SpaceMeetingPage } from "../../../protocol/twinspace/meetings.ts";
import { changeInvited } from "../../api/space/meetings.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { invitedOf, isNobody } from "../../views/invited.ts";
import { t } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useAct } from "../portal/use-act.ts";
import { WhoMayCome } from "./who-may-come.tsx";

/** Who may come to a meeting that is not over, changed by who arranges the project's meetings. */
export function ChangeWho({
  slug,
  page,
  changed,
}: {
  slug: string;
  page: SpaceMeetingPage;
  changed: (page: SpaceMeetingPage) => void;
}) {
  const [isOpen, open] = useState(false);
  const [invited, invite] = useState(() => invitedOf(page.invited));
  const [tried, tryIt] = useState(false);
  const saving = useAct(
    () => changeInvited(slug, page.meeting.id, invited),
    (now) => {
      open(false);
      changed(now);
    },
  );
  return (
    <div>
      <Button
        icon="users-three"
        onClick={() => {
          invite(invitedOf(page.invited));
          tryIt(false);
          open(true);
        }}
      >
        {t("spaceMeeting.changeWho")}
      </Button>
      {isOpen ? (
        <Dialog
          title={t("spaceMeeting.changeWho")}
          onClose={() => open(false)}
          acts={
            <>
              <Button onClick={() => open(false)}>{t("act.cancel")}</Button>
              <Button
                look="filled"
                aria-disabled={saving.busy}
                onClick={() => {
                  tryIt(true);
                  if (!isNobody(invited)) saving.run();
                }}
              >
                {t("act.save")}
              </Button>
            </>
          }
        >
          <div className="form">
            <WhoMayCome project={slug} invited={invited} onChange={invite} isWrong={tried} />
            <Trouble refusal={saving.refusal} />
          </div>
        </Dialog>
      ) : null}
    </div>
  );
}
