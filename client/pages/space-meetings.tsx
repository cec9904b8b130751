import { useEffect, useRef, useState } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { SpaceMeeting, SpaceMeetings } from "../../protocol/twinspace/meetings.ts";
import type { SpaceView } from "../../protocol/twinspace/space.ts";
import { spaceMeetings } from "../api/space/meetings.ts";
import { Button, ButtonLink } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { useNow } from "../parts/use-now.ts";
import type { PageParams } from "../routes.ts";
import { useSpaceNews } from "../use-space-news.ts";
import { ownZone } from "../views/own-zone.ts";
import { t } from "../words/words.ts";
import { Trouble } from "./portal/trouble.tsx";
import { useAct } from "./portal/use-act.ts";
import { useAsked } from "./portal/use-asked.ts";
import { SpaceMeetingRow } from "./twinspace/meeting-row.tsx";
import { SpaceFrame, SpacePage } from "./twinspace/space-page.tsx";

/** How often it is asked whether a meeting has begun: pupils wait here for it. */
const askAgainMs = 15_000;

/** `/twinspace/<slug>/meetings`: what comes and what was, for who may come. */
export default function SpaceMeetingsPage({ params }: { params: PageParams }) {
  return (
    <SpacePage slug={params.slug ?? ""} title={t("spaceMeetings.title")}>
      {(space, door) => <Meetings space={space} door={door} />}
    </SpacePage>
  );
}

function Meetings({ space, door }: { space: SpaceView; door: FrontDoor }) {
  const { asked, again, change } = useAsked(() => spaceMeetings(space.slug));
  const asks = useRef(again);
  asks.current = again;
  // Older pages that were fetched stay while nobody has asked for them; a list that grew is asked for as a whole.
  const [grew, grow] = useState(false);
  useEffect(() => {
    if (grew) return;
    const ask = () => document.visibilityState === "visible" && asks.current();
    const timer = setInterval(ask, askAgainMs);
    addEventListener("focus", ask);
    return () => {
      clearInterval(timer);
      removeEventListener("focus", ask);
    };
  }, [grew]);
  useSpaceNews(space.slug, ({ type }) => {
    if (!grew && (type === "news" || type === "missed")) again();
  });
  const mayBook = asked.state === "here" && asked.value.mayBook;
  return (
    <SpaceFrame
      door={door}
      section="meetings"
      title={t("spaceMeetings.title")}
      intro={t("spaceMeetings.intro")}
      acts={mayBook ? <Book project={space.id} /> : undefined}
    >
      {asked.state === "asking" ? <p role="status">{t("app.loading")}</p> : null}
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      {asked.state === "here" ? (
        <Lists
          slug={space.slug}
          project={space.id}
          zone={ownZone(door)}
          meetings={asked.value}
          older={(more) => {
            grow(true);
            change((before) => ({ ...before, past: [...before.past, ...more.past], after: more.after }));
          }}
        />
      ) : null}
    </SpaceFrame>
  );
}

function Book({ project }: { project: string }) {
  return (
    <ButtonLink look="filled" icon="calendar-plus" href={`/meetings/new?project=${encodeURIComponent(project)}`}>
      {t("spaceMeetings.book")}
    </ButtonLink>
  );
}

function Lists({
  slug,
  project,
  zone,
  meetings: { next, past, mayBook, after },
  older,
}: {
  slug: string;
  project: string;
  zone: string;
  meetings: SpaceMeetings;
  older: (more: SpaceMeetings) => void;
}) {
  const now = useNow(Date.now, 30_000);
  const more = useAct(() => spaceMeetings(slug, after), older);
  const rows = (meetings: readonly SpaceMeeting[], id: string) => (
    <ul className="rows" aria-labelledby={id}>
      {meetings.map((meeting) => (
        <SpaceMeetingRow key={meeting.id} meeting={meeting} slug={slug} zone={zone} now={now} />
      ))}
    </ul>
  );
  return (
    <>
      <section className="home-part" aria-labelledby="next-meetings">
        <h2 id="next-meetings" className="home-head">
          {t("spaceMeetings.next")}
        </h2>
        {next.length > 0 ? (
          rows(next, "next-meetings")
        ) : (
          <div className="card">
            <EmptyState
              icon="video-camera"
              title={t(mayBook ? "spaceMeetings.noneAdmin" : "spaceMeetings.none")}
              act={mayBook ? <Book project={project} /> : undefined}
            />
          </div>
        )}
      </section>
      <section className="home-part" aria-labelledby="past-meetings">
        <h2 id="past-meetings" className="home-head">
          {t("spaceMeetings.past")}
        </h2>
        {past.length > 0 ? rows(past, "past-meetings") : <p className="soft">{t("spaceMeetings.noPast")}</p>}
        {after === null ? null : (
          <p>
            <Button onClick={() => more.run()} aria-disabled={more.busy}>
              {t("spaceMeetings.older")}
            </Button>
          </p>
        )}
        <Trouble refusal={more.refusal} />
      </section>
    </>
  );
}
