import { type ReactNode, useState } from "react";
import type { FrontDoor, Me } from "../../protocol/http/accounts.ts";
import type { BookedMeeting, MeetingLink, MeetingProject, MeetingWithLinks } from "../../protocol/http/meetings.ts";
import { bookedMeeting, cancelBooking } from "../api.ts";
import { Button, ButtonLink } from "../parts/button.tsx";
import { ConfirmDialog } from "../parts/dialog.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Fact } from "../parts/fact.tsx";
import { Place } from "../parts/place.tsx";
import { Tag } from "../parts/tag.tsx";
import { useNow } from "../parts/use-now.ts";
import type { PageParams } from "../routes.ts";
import { plannedEnd } from "../views/links.ts";
import { languageName, lengthInWords } from "../words/formats.ts";
import { t } from "../words/words.ts";
import { dateTimeIn, dayIn, spanIn } from "../words/zoned.ts";
import { CopyButton } from "./portal/copy-button.tsx";
import { GiveOut } from "./portal/give-out.tsx";
import { Links } from "./portal/links.tsx";
import { MoveToProject } from "./portal/move-to-project.tsx";
import { nameOfRule } from "./portal/next-rules.tsx";
import { OwnPage, PortalFrame } from "./portal/portal-page.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { useAct } from "./portal/use-act.ts";
import { useAsked } from "./portal/use-asked.ts";
import { meetingPath } from "./twinspace/meeting-row.tsx";
import "./twinspace/meetings.css";

/** `/meetings/<id>`: a booked meeting, for who leads it. */
export default function BookedPage({ params }: { params: PageParams }) {
  return (
    <OwnPage title={t("book.links")} needs="books">
      {(me, door) => <Looked me={me} door={door} id={params.meeting ?? ""} />}
    </OwnPage>
  );
}

function Looked({ me, door, id }: { me: Me; door: FrontDoor; id: string }) {
  const { asked, again, change } = useAsked(() => bookedMeeting(id));
  if (asked.state === "here") {
    const linksChanged = (links: (links: MeetingLink[]) => MeetingLink[]) =>
      change((before) => ({ ...before, links: links(before.links) }));
    const changed = (booked: MeetingWithLinks) => change(() => booked);
    return <Booked me={me} door={door} booked={asked.value} linksChanged={linksChanged} changed={changed} />;
  }
  if (asked.state === "asking") {
    return (
      <PortalFrame door={door}>
        <p role="status">{t("app.loading")}</p>
      </PortalFrame>
    );
  }
  const isGone = asked.refusal.refused === "booking.unknown" || asked.refusal.refused === "request.malformed";
  if (!isGone) {
    return (
      <PortalFrame door={door} title={t("book.links")}>
        <Trouble refusal={asked.refusal} again={again} />
      </PortalFrame>
    );
  }
  return (
    <PortalFrame door={door} title={t("book.unknown")}>
      <EmptyState
        icon="magnifying-glass"
        title={t("book.unknownHint")}
        act={
          <ButtonLink look="filled" href="/">
            {t("front.myMeetings")}
          </ButtonLink>
        }
      />
    </PortalFrame>
  );
}

function Booked({
  me,
  door,
  booked,
  linksChanged,
  changed,
}: {
  me: Me;
  door: FrontDoor;
  booked: MeetingWithLinks;
  changed: (booked: MeetingWithLinks) => void;
  linksChanged: (change: (links: MeetingLink[]) => MeetingLink[]) => void;
}) {
  const now = useNow(Date.now, 30_000);
  const { meeting, links } = booked;
  const isOver = meeting.phase === "ended";
  return (
    <PortalFrame
      door={door}
      title={meeting.title}
      intro={<When meeting={meeting} zone={me.timeZone} now={now} />}
      acts={<Go meeting={meeting} />}
      side={
        <>
          <Code meeting={meeting} />
          <Facts meeting={meeting} zone={me.timeZone} />
          <MoveToProject booked={booked} now={now} changed={changed} />
          {meeting.phase === "booked" ? <CallOff meeting={meeting} /> : null}
        </>
      }
    >
      {meeting.state === "planned" ? <Planned meeting={meeting} /> : null}
      {meeting.purpose === "" ? null : <p className="meeting-purpose">{meeting.purpose}</p>}
      {meeting.phase === "open" ? <p>{t("book.runningHint")}</p> : null}
      {meeting.project === null || isOver ? null : <p className="soft">{t("book.projectLinksHint")}</p>}
      {isOver ? <p>{t("book.endedHint")}</p> : null}
      <Links meeting={meeting} links={links} zone={me.timeZone} now={now} changed={linksChanged} />
      {isOver ? null : <GiveOut meeting={meeting} links={links} now={now} />}
    </PortalFrame>
  );
}

/** Who has to say yes first stands on its page in the TwinSpace. */
function Planned({ meeting: { id, project } }: { meeting: BookedMeeting }) {
  return (
    <div>
      <Tag tone="waiting" icon="clock">
        {t("book.planned")}
      </Tag>
      <p>
        {t("book.plannedHint")}{" "}
        {project === null ? null : <a href={meetingPath(project.slug, id)}>{t("book.seeInSpace")}</a>}
      </p>
    </div>
  );
}

function When({ meeting, zone, now }: { meeting: BookedMeeting; zone: string; now: number }) {
  const { startsAt, phase } = meeting;
  const span = spanIn(startsAt, plannedEnd(meeting), zone);
  const when = t("book.whenIn", { day: dayIn(startsAt, zone, now), span });
  if (phase === "open") return `${t("book.running")} · ${when}`;
  return phase === "ended" ? `${t("book.ended")} · ${when}` : when;
}

function Go({ meeting }: { meeting: BookedMeeting }) {
  if (meeting.phase !== "ended") {
    return (
      <ButtonLink look="filled" size="large" icon="door-open" href={`/m/${meeting.code}`}>
        {t("book.goIn")}
      </ButtonLink>
    );
  }
  if (!meeting.recorded) return null;
  return (
    <ButtonLink look="filled" size="large" icon="film-strip" href={`/r/${meeting.code}`}>
      {t("front.replay")}
    </ButtonLink>
  );
}

function Code({ meeting: { code } }: { meeting: BookedMeeting }) {
  return (
    <section className="card form" aria-labelledby="code">
      <h2 id="code" className="home-head">
        {t("book.code")}
      </h2>
      <p className="code">{code}</p>
      <div className="form__acts">
        <CopyButton text={code} label={t("act.copy")} name={t("book.copyCode")} size="small" />
        <span className="soft small">{t("book.codeHint")}</span>
      </div>
    </section>
  );
}

type Named = [string, ReactNode];

function OfProject({ meeting, project: { slug, title } }: { meeting: string; project: MeetingProject }) {
  return (
    <>
      <a href={`/projects/${encodeURIComponent(slug)}`}>{title}</a>
      <br />
      <a href={meetingPath(slug, meeting)}>{t("book.seeInSpace")}</a>
      <br />
      <span className="soft small">{t("book.inProject")}</span>
    </>
  );
}

function Facts({ meeting, zone }: { meeting: BookedMeeting; zone: string }) {
  const { floor } = meeting;
  const { school, project } = meeting;
  const facts: Named[] = [
    ...(project === null
      ? []
      : [[t("book.project"), <OfProject key="project" meeting={meeting.id} project={project} />] satisfies Named]),
    ...(school === null
      ? []
      : [
          [
            t("book.ofSchool"),
            <Place key="school" country={school.country}>
              {school.name}
            </Place>,
          ] satisfies Named,
        ]),
    [t("book.when"), dateTimeIn(meeting.startsAt, zone)],
    ...(meeting.timeZone === zone
      ? []
      : [[meeting.timeZone.replaceAll("_", " "), dateTimeIn(meeting.startsAt, meeting.timeZone)] satisfies Named]),
    [t("book.length"), lengthInWords(meeting.lengthMinutes * 60_000)],
    [t("book.next"), nameOfRule(floor.next)],
    [t("book.turnLength"), floor.turnLimitMs === null ? t("book.turnLengthOff") : lengthInWords(floor.turnLimitMs)],
    [t("book.capacity"), String(floor.capacity)],
    [t("book.recorded"), t(meeting.recorded ? "act.yes" : "act.no")],
    [t("book.lobby"), t(meeting.lobby ? "act.yes" : "act.no")],
    [t("book.size"), t("book.seats", { count: meeting.maxSeats })],
    [t("book.language"), languageName(meeting.language)],
  ];
  return (
    <section className="card" aria-labelledby="facts">
      <h2 id="facts" className="home-head">
        {t("book.facts")}
      </h2>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <Fact key={name} name={name}>
            {value}
          </Fact>
        ))}
      </dl>
    </section>
  );
}

function CallOff({ meeting: { id, title } }: { meeting: BookedMeeting }) {
  const [isAsking, ask] = useState(false);
  const cancel = useAct(
    () => cancelBooking(id),
    () => location.assign("/"),
  );
  return (
    <div className="form">
      <Button look="danger" icon="trash" onClick={() => ask(true)} aria-disabled={cancel.busy}>
        {t("book.cancel")}
      </Button>
      <Trouble refusal={cancel.refusal} />
      {isAsking ? (
        <ConfirmDialog
          title={t("book.cancelAsk", { title })}
          confirm={t("book.cancel")}
          onConfirm={cancel.run}
          onClose={() => ask(false)}
        >
          <p>{t("book.cancelHint")}</p>
        </ConfirmDialog>
      ) : null}
    </div>
  );
}
