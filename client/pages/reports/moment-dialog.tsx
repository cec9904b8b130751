import { useState } from "react";
import type { SpaceMeeting } from "../../../protocol/twinspace/meetings.ts";
import { spaceMeetings } from "../../api/space/meetings.ts";
import { replay as askReplay, isRefused } from "../../api.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Icon } from "../../parts/icon.tsx";
import { grown, type Story, storyOf } from "../../views/replay.ts";
import { clockLength, longDate } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useAsked } from "../portal/use-asked.ts";
import { usePages } from "../portal/use-pages.ts";
import { useSpace } from "../twinspace/space-page.tsx";
import type { ChooseEvidence } from "./link-dialog.tsx";

/** A moment of a replay: first which meeting, then which chapter of it. */
export default function MomentDialog({ onChosen, onClose }: ChooseEvidence) {
  const [meeting, choose] = useState<SpaceMeeting>();
  return (
    <Dialog title={t("reports.evidence.moment")} onClose={onClose}>
      {meeting === undefined ? (
        <Meetings choose={choose} />
      ) : (
        <>
          <p>
            <Button size="small" look="plain" icon="arrow-left" onClick={() => choose(undefined)}>
              {t("reports.otherMeeting")}
            </Button>
          </p>
          <Chapters
            meeting={meeting}
            choose={(atMs) => {
              // Who speaks there is not written down: it may be a pupil.
              const words =
                atMs === 0 ? meeting.title : t("reports.momentAt", { title: meeting.title, at: clockLength(atMs) });
              onChosen({ kind: "moment", meeting: meeting.id, atMs, words: words.slice(0, 200) }, words);
            }}
          />
        </>
      )}
    </Dialog>
  );
}

function Meetings({ choose }: { choose: (meeting: SpaceMeeting) => void }) {
  const { slug } = useSpace();
  const list = usePages("", async (_, after) => {
    const answer = await spaceMeetings(slug, after);
    if (isRefused(answer)) return answer;
    return { value: { rows: answer.value.past, next: answer.value.after } };
  });
  const watched = list.rows?.filter(({ replay }) => replay !== null);
  return (
    <>
      <Trouble refusal={list.refusal} again={list.again} />
      {watched === undefined ? <p role="status">{t("app.loading")}</p> : null}
      {watched?.length === 0 && !list.hasMore ? <p>{t("reports.replaysNone")}</p> : null}
      <ul className="report-choose">
        {watched?.map((meeting) => (
          <li key={meeting.id}>
            <button type="button" onClick={() => choose(meeting)}>
              <Icon name="video-camera" />
              <span>
                <bdi>{meeting.title}</bdi> <span className="soft small">{longDate(meeting.startsAt)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {list.hasMore ? (
        <Button aria-disabled={list.busy} onClick={list.more}>
          {t("act.showMore")}
        </Button>
      ) : null}
    </>
  );
}

function Chapters({ meeting, choose }: { meeting: SpaceMeeting; choose: (atMs: number) => void }) {
  const { asked, again } = useAsked<Story>(async () => {
    const answer = await askReplay(meeting.replay ?? "", 0);
    return isRefused(answer) ? answer : { value: storyOf(grown(null, answer.value)) };
  });
  if (asked.state === "refused") return <Trouble refusal={asked.refusal} again={again} />;
  if (asked.state === "asking") return <p role="status">{t("app.loading")}</p>;
  return (
    <>
      <p className="soft">{t("reports.chapterHint")}</p>
      <ul className="report-choose">
        <li>
          <button type="button" onClick={() => choose(0)}>
            <Icon name="play-fill" />
            <span>{t("reports.fromBeginning")}</span>
          </button>
        </li>
        {asked.value.turns.map(({ id, person, fromMs }) => (
          <li key={id}>
            <button type="button" onClick={() => choose(Math.floor(fromMs))}>
              <Icon name="play-fill" />
              <span>
                <strong>{clockLength(fromMs)}</strong> <bdi>{person.name}</bdi>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
