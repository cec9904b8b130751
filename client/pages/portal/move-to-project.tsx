import { useState } from "react";
import type { BookedMeeting, MeetingWithLinks } from "../../../protocol/http/meetings.ts";
import { moveBack, moveToProject } from "../../api/space/meetings.ts";
import { bookableProjects } from "../../api.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Select } from "../../parts/field.tsx";
import { StatusLine } from "../../parts/said.tsx";
import { t } from "../../words/words.ts";
import { Trouble } from "./trouble.tsx";
import { useAct } from "./use-act.ts";
import { useAsked } from "./use-asked.ts";

/**
 * A meeting that was booked without a project is moved to one of those that its chair founded or administers, and back for
 * ten minutes. Nothing is drawn where there is nothing to choose.
 */
export function MoveToProject({
  booked: { meeting, moveBackUntil },
  now,
  changed,
}: {
  booked: MeetingWithLinks;
  now: number;
  changed: (booked: MeetingWithLinks) => void;
}) {
  const [said, say] = useState<string>();
  const back = useAct(
    () => moveBack(meeting.id),
    (booked) => {
      say(t("book.movedBack"));
      changed(booked);
    },
  );
  const mayBack = moveBackUntil !== null && now < moveBackUntil;
  return (
    <>
      <StatusLine>{said}</StatusLine>
      {meeting.project !== null && mayBack ? (
        <p>
          <Button icon="arrow-counter-clockwise" onClick={() => back.run()} aria-disabled={back.busy}>
            {t("book.moveBack")}
          </Button>
        </p>
      ) : null}
      <Trouble refusal={back.refusal} />
      {meeting.project === null && meeting.phase !== "open" ? (
        <Choose
          meeting={meeting}
          moved={(booked) => {
            say(t("book.moved", { project: booked.meeting.project?.title ?? "" }));
            changed(booked);
          }}
        />
      ) : null}
    </>
  );
}

function Choose({ meeting, moved }: { meeting: BookedMeeting; moved: (booked: MeetingWithLinks) => void }) {
  const { asked } = useAsked(bookableProjects);
  const [isOpen, open] = useState(false);
  const projects = asked.state === "here" ? asked.value.projects : [];
  const [chosen, choose] = useState<string>();
  const project = chosen ?? projects[0]?.id;
  const moving = useAct(
    () => moveToProject(meeting.id, project ?? ""),
    (booked) => {
      open(false);
      moved(booked);
    },
  );
  if (project === undefined) return null;
  return (
    <section className="card form" aria-labelledby="move">
      <h2 id="move" className="home-head">
        {t("book.project")}
      </h2>
      <p className="soft">{t("book.moveHint")}</p>
      <Button icon="folder-open" onClick={() => open(true)}>
        {t("book.move")}
      </Button>
      {isOpen ? (
        <Dialog
          title={t("book.moveAsk", { title: meeting.title })}
          onClose={() => open(false)}
          acts={
            <>
              <Button onClick={() => open(false)} data-first>
                {t("act.cancel")}
              </Button>
              <Button look="filled" onClick={() => moving.run()} aria-disabled={moving.busy}>
                {t("book.moveDo")}
              </Button>
            </>
          }
        >
          <div className="form">
            <Select
              label={t("book.project")}
              value={project}
              onChoose={choose}
              choices={projects.map(({ id, title }) => ({ value: id, label: title }))}
            />
            <p>{t(meeting.phase === "ended" ? "book.moveMeansEnded" : "book.moveMeansBooked")}</p>
            <p className="soft">{t("book.moveUndoHint")}</p>
            <Trouble refusal={moving.refusal} />
          </div>
        </Dialog>
      ) : null}
    </section>
  );
}
