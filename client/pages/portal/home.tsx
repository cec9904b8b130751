import type { FrontDoor, Me } from "../../../protocol/http/accounts.ts";
import type { BookedMeeting } from "../../../protocol/http/meetings.ts";
import { bookMeeting, myMeetings } from "../../api.ts";
import { Button, ButtonLink } from "../../parts/button.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { useNow } from "../../parts/use-now.ts";
import { usual } from "../../views/booking-form.ts";
import { t } from "../../words/words.ts";
import { dateTimeIn } from "../../words/zoned.ts";
import { MySchools } from "../registry/my-schools.tsx";
import { CodeForm } from "./code-form.tsx";
import { HomeCards } from "./home-cards.tsx";
import { MeetingRow, NextMeeting, PastMeeting } from "./meeting-rows.tsx";
import { PortalFrame } from "./portal-page.tsx";
import { SecondFactorNotice } from "./second-factor-notice.tsx";
import { Trouble } from "./trouble.tsx";
import { useAct } from "./use-act.ts";
import { useAsked } from "./use-asked.ts";

/** The front door of who is signed in. */
export function Home({ me, door }: { me: Me; door: FrontDoor }) {
  if (!me.books) return <HomeWithoutMeetings me={me} door={door} />;
  return <HomeOfMeetings me={me} door={door} />;
}

function HomeWithoutMeetings({ me, door }: { me: Me; door: FrontDoor }) {
  const isOperator = me.role === "operator";
  // Who registered and is being checked, or has not said yet where they work.
  if (me.standings.every((standing) => standing === "public" || standing === "account")) {
    return (
      <PortalFrame door={door} title={t("front.hello", { name: me.name })} side={<ByCode />}>
        <SecondFactorNotice me={me} />
        <MySchools />
      </PortalFrame>
    );
  }
  return (
    <PortalFrame door={door} title={t("front.hello", { name: me.name })} side={<ByCode />}>
      <SecondFactorNotice me={me} />
      <div className="card">
        <EmptyState
          icon={isOperator ? "users-three" : "door-open"}
          title={isOperator ? t("front.operatorLead") : t("front.noBooking")}
          act={
            isOperator ? (
              <ButtonLink look="filled" href="/operate">
                {t("front.operate")}
              </ButtonLink>
            ) : undefined
          }
        />
      </div>
    </PortalFrame>
  );
}

function ByCode() {
  return (
    <section className="card form" aria-labelledby="by-code">
      <h2 id="by-code" className="home-head">
        {t("front.byCode")}
      </h2>
      <CodeForm />
    </section>
  );
}

function HomeOfMeetings({ me, door }: { me: Me; door: FrontDoor }) {
  const now = useNow(Date.now, 30_000);
  const { asked, again } = useAsked(myMeetings);
  const start = useAct(
    () => bookMeeting(startedNow(me)),
    ({ meeting }) => location.assign(`/meetings/${meeting.id}`),
  );
  const meetings = asked.state === "here" ? asked.value : undefined;
  const isEmpty = meetings?.next.length === 0;

  return (
    <PortalFrame
      door={door}
      title={t("front.hello", { name: me.name })}
      acts={
        <>
          <Button icon="video-camera" onClick={() => start.run()} aria-disabled={start.busy}>
            {t("front.startNow")}
          </Button>
          {isEmpty ? null : (
            <ButtonLink icon="calendar-plus" href="/meetings/new">
              {t("front.book")}
            </ButtonLink>
          )}
        </>
      }
      side={
        <>
          <HomeCards me={me} />
          <ByCode />
        </>
      }
    >
      <SecondFactorNotice me={me} />
      <Trouble refusal={start.refusal} again={start.run} />
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      {asked.state === "asking" ? <p role="status">{t("app.loading")}</p> : null}
      {meetings === undefined ? null : <Next next={meetings.next} zone={me.timeZone} now={now} />}
      {meetings === undefined ? null : <Past past={meetings.past} zone={me.timeZone} now={now} />}
    </PortalFrame>
  );
}

/** A meeting at once: everything as usual, named after who leads it and when. */
function startedNow(me: Me) {
  return {
    title: t("front.startNowTitle", { name: me.name, date: dateTimeIn(Date.now(), me.timeZone) }),
    start: "now",
    timeZone: me.timeZone,
    language: me.language,
    lengthMinutes: usual.lengthMinutes,
  } as const;
}

function Next({ next, zone, now }: { next: readonly BookedMeeting[]; zone: string; now: number }) {
  const [first, ...others] = next;
  return (
    <section className="home-part" aria-labelledby="next">
      <h2 id="next" className="home-head">
        {t("front.myMeetings")}
      </h2>
      {first === undefined ? (
        <div className="card">
          <EmptyState
            icon="calendar-plus"
            title={t("front.noMeetings")}
            act={
              <ButtonLink look="filled" icon="calendar-plus" href="/meetings/new">
                {t("front.book")}
              </ButtonLink>
            }
          />
        </div>
      ) : (
        <NextMeeting meeting={first} zone={zone} now={now} />
      )}
      {others.length === 0 ? null : (
        <ul className="rows" aria-label={t("front.afterThat")}>
          {others.map((meeting) => (
            <MeetingRow key={meeting.id} meeting={meeting} zone={zone} now={now} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Past({ past, zone, now }: { past: readonly BookedMeeting[]; zone: string; now: number }) {
  return (
    <section className="home-part" aria-labelledby="past">
      <h2 id="past" className="home-head">
        {t("front.pastMeetings")}
      </h2>
      {past.length === 0 ? (
        <p className="soft">{t("front.noPast")}</p>
      ) : (
        <ul className="rows" aria-labelledby="past">
          {past.map((meeting) => (
            <PastMeeting key={meeting.id} meeting={meeting} zone={zone} now={now} />
          ))}
        </ul>
      )}
    </section>
  );
}
