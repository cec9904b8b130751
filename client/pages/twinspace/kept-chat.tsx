import type { SpaceMeetingPage } from "../../../protocol/twinspace/meetings.ts";
import { keepChat } from "../../api/space/meetings.ts";
import { Button } from "../../parts/button.tsx";
import { Switch } from "../../parts/field.tsx";
import { sectionPath } from "../../views/space-sections.ts";
import { t } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useAct } from "../portal/use-act.ts";

/** Whether what is written in a meeting becomes a material of its project. */
export function KeptChat({
  slug,
  page: { meeting, chat },
  changed,
}: {
  slug: string;
  page: SpaceMeetingPage;
  changed: (page: SpaceMeetingPage) => void;
}) {
  const keeping = useAct((keep: boolean) => keepChat(slug, meeting.id, keep), changed);
  return (
    <section className="card form" aria-labelledby="kept-chat">
      <h2 id="kept-chat" className="home-head">
        {t("spaceMeeting.chat")}
      </h2>
      {chat.material === null ? null : (
        <p>
          {t("spaceMeeting.chatKept")} <a href={sectionPath(slug, "materials")}>{t("spaceMeeting.chatOpen")}</a>
        </p>
      )}
      {chat.mayKeep && meeting.state === "ended" ? (
        <>
          <p className="soft">{t("spaceMeeting.chatKeepNowHint")}</p>
          <Button onClick={() => keeping.run(true)} aria-disabled={keeping.busy}>
            {t("spaceMeeting.chatKeepNow")}
          </Button>
        </>
      ) : null}
      {chat.mayKeep && meeting.state !== "ended" ? (
        <Switch
          label={t("spaceMeeting.chatKeep")}
          hint={t("spaceMeeting.chatKeepHint")}
          checked={chat.kept}
          onChange={(event) => keeping.run(event.target.checked)}
        />
      ) : null}
      <Trouble refusal={keeping.refusal} />
    </section>
  );
}
