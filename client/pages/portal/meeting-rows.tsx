import type { ReactNode } from "react";
import type { BookedMeeting } from "../../../protocol/http/meetings.ts";
import { Icon } from "../../parts/icon.tsx";
import { Tag } from "../../parts/tag.tsx";
import { plannedEnd } from "../../views/links.ts";
import { t } from "../../words/words.ts";
import { dayIn, fromNow, leafIn, spanIn } from "../../words/zoned.ts";
import { CopyButton } from "./copy-button.tsx";

interface Shown {
  meeting: BookedMeeting;
  /** Everybody reads times in their own zone. */
  zone: string;
  now: number;
}

const pageOf = ({ id }: BookedMeeting) => `/meetings/${id}`;
const doorOf = ({ code }: BookedMeeting) => `/m/${code}`;
const guestsLink = (meeting: BookedMeeting) => `${location.origin}${doorOf(meeting)}`;

/** The one next thing: in the light. */
export function NextMeeting({ meeting, zone, now }: Shown) {
  const isOpen = meeting.phase === "open";
  return (
    <article className="next-meeting on-lamp" aria-labelledby="next-title">
      <header className="next-meeting__head">
        <p className="next-meeting__kicker">
          <Icon name="video-camera" />
          {t(isOpen ? "front.runningMeeting" : "front.nextMeeting")}
        </p>
        {isOpen ? null : <Tag>{fromNow(meeting.startsAt, now)}</Tag>}
      </header>
      <h3 id="next-title">{meeting.title}</h3>
      <p className="next-meeting__when">
        <strong>{spanIn(meeting.startsAt, plannedEnd(meeting), zone)}</strong> {dayIn(meeting.startsAt, zone, now)}
        <Facts meeting={meeting} />
      </p>
      <div className="next-meeting__acts">
        <a className="button button--filled" href={doorOf(meeting)}>
          <Icon name="door-open" />
          <span>{t(isOpen ? "front.join" : "front.open")}</span>
        </a>
        <a className="button" href={pageOf(meeting)} aria-label={t("front.linksOf", { title: meeting.title })}>
          <Icon name="link-simple" />
          <span>{t("front.links")}</span>
        </a>
        <CopyButton
          text={guestsLink(meeting)}
          label={t("front.copyLink")}
          name={t("front.copyLinkOf", { title: meeting.title })}
        />
      </div>
    </article>
  );
}

function Facts({ meeting }: { meeting: BookedMeeting }) {
  return (
    <>
      {meeting.recorded ? (
        <span className="fact">
          <Icon name="record-fill" />
          {t("book.recorded")}
        </span>
      ) : null}
      {meeting.lobby ? (
        <span className="fact">
          <Icon name="door-open" />
          {t("book.lobby")}
        </span>
      ) : null}
    </>
  );
}

export function MeetingRow({ meeting, zone, now }: Shown) {
  const isOpen = meeting.phase === "open";
  const { title } = meeting;
  return (
    <Row meeting={meeting} zone={zone} now={now}>
      {isOpen ? (
        <Tag tone="now" icon="microphone-fill">
          {t("front.running")}
        </Tag>
      ) : null}
      <a
        className="button button--small"
        href={doorOf(meeting)}
        aria-label={isOpen ? t("front.joinOf", { title }) : t("front.openOf", { title })}
      >
        {t(isOpen ? "front.join" : "front.open")}
      </a>
      <CopyButton
        size="small"
        text={guestsLink(meeting)}
        label={t("front.copyLink")}
        name={t("front.copyLinkOf", { title })}
      />
    </Row>
  );
}

export function PastMeeting({ meeting, zone, now }: Shown) {
  return (
    <Row meeting={meeting} zone={zone} now={now}>
      {meeting.recorded && meeting.phase === "ended" ? (
        <a
          className="button button--small"
          href={`/r/${meeting.code}`}
          aria-label={t("front.replayOf", { title: meeting.title })}
        >
          <Icon name="film-strip" />
          <span>{t("front.replay")}</span>
        </a>
      ) : (
        <span className="soft small">{t(meeting.phase === "ended" ? "front.notRecorded" : "front.notHeld")}</span>
      )}
    </Row>
  );
}

function Row({ meeting, zone, now, children }: Shown & { children: ReactNode }) {
  const leaf = leafIn(meeting.startsAt, zone);
  return (
    <li className="row">
      <span className="leaf" aria-hidden="true">
        <strong>{leaf.day}</strong>
        {leaf.month}
      </span>
      <div className="row__words">
        <a className="row__title" href={pageOf(meeting)}>
          {meeting.title}
        </a>
        <p className="soft small">
          {dayIn(meeting.startsAt, zone, now)}, {spanIn(meeting.startsAt, plannedEnd(meeting), zone)}
        </p>
      </div>
      <div className="row__acts">{children}</div>
    </li>
  );
}
