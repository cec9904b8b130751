import type { SpaceMeeting } from "../../../protocol/twinspace/meetings.ts";
import { Icon } from "../../parts/icon.tsx";
import { Tag } from "../../parts/tag.tsx";
import { plannedEnd } from "../../views/links.ts";
import { personName } from "../../views/people-of-space.ts";
import { sectionPath } from "../../views/space-sections.ts";
import { t } from "../../words/words.ts";
import { dayIn, leafIn, spanIn } from "../../words/zoned.ts";

export const meetingPath = (slug: string, meeting: string): string =>
  `${sectionPath(slug, "meetings")}/${encodeURIComponent(meeting)}`;

/** A meeting in a TwinSpace's list: when, who leads, and the one thing to do. */
export function SpaceMeetingRow({
  meeting,
  slug,
  zone,
  now,
}: {
  meeting: SpaceMeeting;
  slug: string;
  zone: string;
  now: number;
}) {
  const { id, title, startsAt, chair } = meeting;
  const leaf = leafIn(startsAt, zone);
  return (
    <li className="row">
      <span className="leaf" aria-hidden="true">
        <strong>{leaf.day}</strong>
        {leaf.month}
      </span>
      <div className="row__words">
        <a className="row__title" href={meetingPath(slug, id)}>
          {title}
        </a>
        <span className="soft small">
          {dayIn(startsAt, zone, now)}, {spanIn(startsAt, plannedEnd(meeting), zone)}
        </span>
        <span className="soft small">{t("spaceMeetings.ledBy", { name: personName(chair) })}</span>
      </div>
      <div className="row__acts">
        <MeetingState meeting={meeting} />
        <MeetingWay meeting={meeting} />
      </div>
    </li>
  );
}

export function MeetingState({ meeting: { state } }: { meeting: SpaceMeeting }) {
  if (state === "open") {
    return (
      <Tag tone="now" icon="microphone-fill">
        {t("front.running")}
      </Tag>
    );
  }
  if (state === "planned") {
    return (
      <Tag tone="waiting" icon="clock">
        {t("spaceMeetings.planned")}
      </Tag>
    );
  }
  return null;
}

/** In, or to what is left of it. */
export function MeetingWay({ meeting, large = false }: { meeting: SpaceMeeting; large?: boolean }) {
  const { title, join, replay, state } = meeting;
  const size = large ? " button--large" : " button--small";
  if (join !== null) {
    return (
      <a
        className={`button${size}${large || state === "open" ? " button--filled" : ""}`}
        href={`/m/${join}`}
        aria-label={large ? undefined : t("spaceMeetings.joinOf", { title })}
      >
        <Icon name="door-open" />
        <span>{t("spaceMeetings.join")}</span>
      </a>
    );
  }
  if (replay === null) return null;
  return (
    <a
      className={`button${size}${large ? " button--filled" : ""}`}
      href={`/r/${replay}`}
      aria-label={large ? undefined : t("front.replayOf", { title })}
    >
      <Icon name="film-strip" />
      <span>{t(large ? "spaceMeeting.replay" : "front.replay")}</span>
    </a>
  );
}
