import { useState } from "react";
import { createPortal } from "react-dom";
import type { ReplayAudience } from "../../../protocol/http/replays.ts";
import { isRefused, openReplayTo, type Refusal } from "../../api.ts";
import { ConfirmDialog } from "../../parts/dialog.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Menu } from "../../parts/menu.tsx";
import { t, type WordKey } from "../../words/words.ts";

const audiences: readonly ReplayAudience[] = ["chair", "participants", "link"];
const audiencesOfProject: readonly ReplayAudience[] = ["chair", "participants", "project", "link"];
const nowWords = {
  chair: "replay.nowChair",
  participants: "replay.nowParticipants",
  project: "replay.nowMembers",
  link: "replay.nowLink",
} as const satisfies Record<ReplayAudience, WordKey>;

const mayWatchWords = {
  chair: "replay.mayWatch.chair",
  participants: "replay.mayWatch.participants",
  project: "replay.mayWatch.members",
  link: "replay.mayWatch.link",
} as const satisfies Record<ReplayAudience, WordKey>;

/** What is so now. `ofProject`: the accepted teachers of the meeting's project may watch in any case. */
export const audienceNow = (audience: ReplayAudience, ofProject: boolean): string =>
  t(ofProject && audience === "chair" ? "replay.nowProject" : nowWords[audience]);

/** Who may watch, for who leads: only they, who was in the room, or (asked again) whoever has the link. */
export function AudienceMenu({
  code,
  audience,
  ofProject,
  onChanged,
  onRefused,
}: {
  code: string;
  audience: ReplayAudience;
  ofProject: boolean;
  onChanged: (audience: ReplayAudience) => void;
  onRefused: (refusal: Refusal) => void;
}) {
  const [asks, setAsks] = useState(false);
  const words = (one: ReplayAudience) =>
    t(ofProject && one === "chair" ? "replay.mayWatch.project" : mayWatchWords[one]);
  const open = async (to: ReplayAudience) => {
    const answer = await openReplayTo(code, to);
    if (isRefused(answer)) onRefused(answer);
    else onChanged(answer.value.audience);
  };
  return (
    <>
      <Menu
        title={t("replay.mayWatch")}
        className="button"
        trigger={
          <>
            <Icon name={audience === "chair" ? "lock-simple" : "lock-simple-open"} />
            <span>
              <span className="unseen">{t("replay.mayWatch")}: </span>
              {words(audience)}
            </span>
          </>
        }
        acts={(ofProject ? audiencesOfProject : audiences).map((one) => ({
          label: words(one),
          chosen: one === audience,
          onPress: () => (one === "link" && audience !== "link" ? setAsks(true) : void open(one)),
        }))}
      />
      {asks
        ? createPortal(
            <ConfirmDialog
              title={t("replay.linkAsk")}
              confirm={t("replay.linkDo")}
              danger={false}
              onConfirm={() => void open("link")}
              onClose={() => setAsks(false)}
            >
              <p>{t("replay.linkAskHint")}</p>
            </ConfirmDialog>,
            document.body,
          )
        : null}
    </>
  );
}
