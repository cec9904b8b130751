import type { Me } from "../../../protocol/http/accounts.ts";
import type { ProjectMeeting } from "../../../protocol/http/meetings.ts";
import { projectMeetings } from "../../api.ts";
import { ButtonLink } from "../../parts/button.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Place } from "../../parts/place.tsx";
import { Tag } from "../../parts/tag.tsx";
import { plannedEnd } from "../../views/links.ts";
import { t } from "../../words/words.ts";
import { dayIn, leafIn, spanIn } from "../../words/zoned.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useAsked } from "../portal/use-asked.ts";

/** A project's meetings, for its teachers: what comes next, and what can be watched again. */
export function ProjectMeetings({ project, me, books }: { project: string; me: Me; books: boolean }) {
  const { asked, again } = useAsked(() => projectMeetings(project));
  // Whoever reads the project for a support service has no business in its meetings.
  if (asked.state === "refused" && asked.refusal.refused === "request.notFound") return null;
  if (asked.state === "refused" && asked.refusal.refused === "account.notAllowed") return null;
  const book = (
    <ButtonLink size="small" icon="calendar-plus" href={`/meetings/new?project=${encodeURIComponent(project)}`}>
      {t("ofProject.book")}
    </ButtonLink>
  );
  const meetings = asked.state === "here" ? asked.value : { next: [], past: [] };
  return (
    <section className="home-part" aria-labelledby="project-meetings">
      <header className="links-head">
        <h2 id="project-meetings" className="home-head">
          {t("ofProject.meetings")}
        </h2>
        {books && meetings.next.length + meetings.past.length > 0 ? book : null}
      </header>
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      {asked.state === "asking" ? <p role="status">{t("app.loading")}</p> : null}
      {asked.state === "here" && meetings.next.length + meetings.past.length === 0 ? (
        <div className="card">
          <EmptyState
            icon="video-camera"
            title={books ? t("ofProject.none") : t("ofProject.noneShort")}
            act={books ? book : undefined}
          />
        </div>
      ) : null}
      {[...meetings.next, ...meetings.past].length === 0 ? null : (
        <ul className="rows" aria-labelledby="project-meetings">
          {[...meetings.next, ...meetings.past].map((meeting) => (
            <MeetingOfProject key={meeting.id} meeting={meeting} zone={me.timeZone} />
          ))}
        </ul>
      )}
    </section>
  );
}

function MeetingOfProject({ meeting, zone }: { meeting: ProjectMeeting; zone: string }) {
  const { id, title, startsAt, phase, chair, school, mine, replay } = meeting;
  const leaf = leafIn(startsAt, zone);
  return (
    <li className="row">
      <span className="leaf" aria-hidden="true">
        <strong>{leaf.day}</strong>
        {leaf.month}
      </span>
      <div className="row__words">
        {mine ? (
          <a className="row__title" href={`/meetings/${id}`}>
            {title}
          </a>
        ) : (
          <strong>{title}</strong>
        )}
        <span className="soft small">
          {dayIn(startsAt, zone, Date.now())}, {spanIn(startsAt, plannedEnd(meeting), zone)}
        </span>
        <span className="soft small">
          <Place country={school?.country}>{t("ofProject.ledBy", { name: chair })}</Place>
        </span>
      </div>
      <div className="row__acts">
        {phase === "open" ? (
          <Tag tone="now" icon="microphone-fill">
            {t("front.running")}
          </Tag>
        ) : null}
        {replay === null ? null : (
          <a className="button button--small" href={`/r/${replay}`} aria-label={t("front.replayOf", { title })}>
            <Icon name="film-strip" />
            <span>{t("front.replay")}</span>
          </a>
        )}
      </div>
    </li>
  );
}
