import { type ReactNode, useState } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { SpaceMeetingPage as MeetingThere } from "../../protocol/twinspace/meetings.ts";
import type { SpaceView } from "../../protocol/twinspace/space.ts";
import { spaceMeeting } from "../api/space/meetings.ts";
import { ButtonLink } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Fact } from "../parts/fact.tsx";
import { StatusLine } from "../parts/said.tsx";
import { useNow } from "../parts/use-now.ts";
import type { PageParams } from "../routes.ts";
import { groupInWords } from "../views/invited.ts";
import { plannedEnd } from "../views/links.ts";
import { ownZone } from "../views/own-zone.ts";
import { sectionPath } from "../views/space-sections.ts";
import { lengthInWords } from "../words/formats.ts";
import { t } from "../words/words.ts";
import { dateTimeIn, dayIn, spanIn } from "../words/zoned.ts";
import { Trouble } from "./portal/trouble.tsx";
import { useAsked } from "./portal/use-asked.ts";
import { ChangeWho } from "./twinspace/change-who.tsx";
import { HowItWas } from "./twinspace/how-it-was.tsx";
import { KeptChat } from "./twinspace/kept-chat.tsx";
import { SchoolSays } from "./twinspace/meeting-approvals.tsx";
import { MeetingState, MeetingWay } from "./twinspace/meeting-row.tsx";
import { PersonName } from "./twinspace/person-name.tsx";
import { SpaceFrame, SpacePage } from "./twinspace/space-page.tsx";
import "./twinspace/meetings.css";

/** `/twinspace/<slug>/meetings/<id>`: one meeting, before and after it. */
export default function SpaceMeetingPage({ params }: { params: PageParams }) {
  return (
    <SpacePage slug={params.slug ?? ""} title={t("spaceMeetings.title")}>
      {(space, door) => <Asked space={space} door={door} id={params.meeting ?? ""} />}
    </SpacePage>
  );
}

function Asked({ space, door, id }: { space: SpaceView; door: FrontDoor; id: string }) {
  const { asked, again, change } = useAsked(() => spaceMeeting(space.slug, id));
  if (asked.state === "here") {
    return <Shown space={space} door={door} page={asked.value} changed={(page) => change(() => page)} again={again} />;
  }
  const isGone = asked.state === "refused" && asked.refusal.refused === "request.notFound";
  return (
    <SpaceFrame door={door} section="meetings" {...(isGone ? { title: t("spaceMeeting.gone") } : {})}>
      {asked.state === "asking" ? <p role="status">{t("app.loading")}</p> : null}
      {isGone ? (
        <EmptyState
          icon="magnifying-glass"
          title={t("spaceMeeting.goneHint")}
          act={<ButtonLink href={sectionPath(space.slug, "meetings")}>{t("spaceMeeting.back")}</ButtonLink>}
        />
      ) : null}
      {asked.state === "refused" && !isGone ? <Trouble refusal={asked.refusal} again={again} /> : null}
    </SpaceFrame>
  );
}

function Shown({
  space,
  door,
  page,
  changed,
  again,
}: {
  space: SpaceView;
  door: FrontDoor;
  page: MeetingThere;
  changed: (page: MeetingThere) => void;
  again: () => void;
}) {
  const now = useNow(Date.now, 30_000);
  const zone = ownZone(door);
  const { meeting, approvals } = page;
  const when = t("book.whenIn", {
    day: dayIn(meeting.startsAt, zone, now),
    span: spanIn(meeting.startsAt, plannedEnd(meeting), zone),
  });
  return (
    <SpaceFrame
      door={door}
      section="meetings"
      title={meeting.title}
      intro={when}
      acts={<MeetingWay meeting={meeting} large />}
      side={
        <>
          <Facts page={page} zone={zone} />
          {page.chat.mayKeep || page.chat.material !== null ? (
            <KeptChat slug={space.slug} page={page} changed={changed} />
          ) : null}
        </>
      }
    >
      <p>
        <a href={sectionPath(space.slug, "meetings")}>{t("spaceMeeting.back")}</a>
      </p>
      <MeetingState meeting={meeting} />
      {meeting.purpose === "" ? null : <p className="meeting-purpose">{meeting.purpose}</p>}
      {approvals.length === 0 ? null : (
        <section className="home-part" aria-labelledby="schools-say">
          <h2 id="schools-say" className="home-head">
            {t("approval.title")}
          </h2>
          {meeting.state === "planned" ? <p>{t("approval.hint")}</p> : null}
          <ul className="rows" aria-labelledby="schools-say">
            {approvals.map((approval) => (
              <SchoolSays
                key={approval.school.id}
                meeting={meeting.id}
                approval={approval}
                begun={meeting.state === "open" || meeting.state === "ended"}
                zone={zone}
                changed={again}
              />
            ))}
          </ul>
        </section>
      )}
      {meeting.state === "ended" || meeting.state === "open" ? <HowItWas page={page} zone={zone} /> : null}
      <Who space={space} page={page} changed={changed} />
    </SpaceFrame>
  );
}

function Facts({ page: { meeting }, zone }: { page: MeetingThere; zone: string }) {
  const facts: [string, ReactNode][] = [
    [t("spaceMeeting.chair"), <PersonName key="chair" person={meeting.chair} />],
    [t("book.when"), dateTimeIn(meeting.startsAt, zone)],
    ...(meeting.timeZone === zone
      ? []
      : [
          [meeting.timeZone.replaceAll("_", " "), dateTimeIn(meeting.startsAt, meeting.timeZone)] satisfies [
            string,
            string,
          ],
        ]),
    [t("book.length"), lengthInWords(meeting.lengthMinutes * 60_000)],
    [t("book.recorded"), t(meeting.recorded ? "act.yes" : "act.no")],
  ];
  return (
    <section className="card form" aria-labelledby="meeting-facts">
      <h2 id="meeting-facts" className="home-head">
        {t("spaceMeeting.facts")}
      </h2>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <Fact key={name} name={name}>
            {value}
          </Fact>
        ))}
      </dl>
      {meeting.mine ? (
        <p>
          <a href={`/meetings/${encodeURIComponent(meeting.id)}`}>{t("spaceMeetings.mine")}</a>
        </p>
      ) : null}
    </section>
  );
}

function Who({
  space,
  page,
  changed,
}: {
  space: SpaceView;
  page: MeetingThere;
  changed: (page: MeetingThere) => void;
}) {
  const [said, say] = useState<string>();
  const { invited, meeting } = page;
  const group = groupInWords(invited);
  const mayArrange = space.me.role === "founder" || space.me.role === "teacherAdmin";
  return (
    <section className="home-part" aria-labelledby="who-may-come">
      <h2 id="who-may-come" className="home-head">
        {t("spaceMeeting.who")}
      </h2>
      <p>
        {group === "" ? null : <>{group}. </>}
        <span className="soft">{t("spaceMeeting.alwaysAdmins")}</span>
      </p>
      {invited.people.length === 0 ? null : (
        <>
          <p>{t("spaceMeeting.byName")}</p>
          <ul className="rows" aria-label={t("spaceMeeting.byName")}>
            {invited.people.map((person) => (
              <li className="row" key={person.author}>
                <PersonName person={person} />
              </li>
            ))}
          </ul>
        </>
      )}
      {mayArrange && space.open && meeting.state !== "ended" ? (
        <ChangeWho
          slug={space.slug}
          page={page}
          changed={(now) => {
            say(t("spaceMeeting.whoChanged"));
            changed(now);
          }}
        />
      ) : null}
      <StatusLine>{said}</StatusLine>
    </section>
  );
}
