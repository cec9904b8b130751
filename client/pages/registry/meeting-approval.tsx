import { useState } from "react";
import { meetingApproval, meetingsToApprove, setMeetingApproval } from "../../api/space/meetings.ts";
import { Switch } from "../../parts/field.tsx";
import { StatusLine } from "../../parts/said.tsx";
import { plannedEnd } from "../../views/links.ts";
import { t } from "../../words/words.ts";
import { dayIn, spanIn } from "../../words/zoned.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useAct } from "../portal/use-act.ts";
import { useAsked } from "../portal/use-asked.ts";
import { SchoolSays } from "../twinspace/meeting-approvals.tsx";

/** For a school's staff: whether it says yes to meetings beforehand, and for who may the meetings that wait for it. */
export function MeetingApproval({ school, zone }: { school: string; zone: string }) {
  const { asked, change } = useAsked(() => meetingApproval(school));
  const [said, say] = useState<string>();
  const setting = useAct(
    (approves: boolean) => setMeetingApproval(school, approves),
    (now) => {
      change(() => now);
      say(t("approval.saved"));
    },
  );
  // Of others' schools nothing is told: then there is nothing to show.
  if (asked.state !== "here") return null;
  return (
    <section className="home-part" aria-labelledby="meeting-approval">
      <h2 id="meeting-approval" className="home-head">
        {t("approval.settingHead")}
      </h2>
      <Switch
        label={t("approval.setting")}
        hint={t("approval.settingHint")}
        checked={asked.value.approvesMeetings}
        onChange={(event) => setting.run(event.target.checked)}
      />
      <StatusLine>{said}</StatusLine>
      <Trouble refusal={setting.refusal} />
      <Waiting school={school} zone={zone} />
    </section>
  );
}

function Waiting({ school, zone }: { school: string; zone: string }) {
  const { asked, again } = useAsked(meetingsToApprove);
  if (asked.state !== "here") return null;
  const meetings = asked.value.meetings.filter(({ approval }) => approval.school.id === school);
  if (meetings.length === 0) return null;
  return (
    <>
      <h3 id="to-approve">{t("approval.list")}</h3>
      <p className="soft">{t("approval.listHint")}</p>
      {meetings.map((meeting) => (
        <article className="card form" key={meeting.meeting} aria-labelledby={`to-approve-${meeting.meeting}`}>
          <h4 id={`to-approve-${meeting.meeting}`}>{meeting.title}</h4>
          <p className="soft small">
            {meeting.project.title} ·{" "}
            {t("book.whenIn", {
              day: dayIn(meeting.startsAt, zone, Date.now()),
              span: spanIn(meeting.startsAt, plannedEnd(meeting), zone),
            })}{" "}
            · {t("spaceMeetings.ledBy", { name: meeting.chair })}
            {meeting.recorded ? ` · ${t("book.recorded")}` : ""}
          </p>
          {meeting.purpose === "" ? null : <p>{meeting.purpose}</p>}
          <ul>
            <SchoolSays
              meeting={meeting.meeting}
              approval={meeting.approval}
              begun={false}
              zone={zone}
              changed={again}
            />
          </ul>
        </article>
      ))}
    </>
  );
}
