import { useState } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { Discussion, Thread } from "../../protocol/twinspace/forum.ts";
import type { SpaceView } from "../../protocol/twinspace/space.ts";
import { discussionThreads, startThread } from "../api/space/talk.ts";
import { isRefused } from "../api.ts";
import { Button } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Tag } from "../parts/tag.tsx";
import type { PageParams } from "../routes.ts";
import { ownZone } from "../views/own-zone.ts";
import { personName } from "../views/people-of-space.ts";
import { sectionPath } from "../views/space-sections.ts";
import { t } from "../words/words.ts";
import { dateTimeIn } from "../words/zoned.ts";
import { Trouble } from "./portal/trouble.tsx";
import { SpaceFrame, SpacePage } from "./twinspace/space-page.tsx";
import { RemovedNotice } from "./twinspace/talk/removed.tsx";
import { SaidCard } from "./twinspace/talk/said-card.tsx";
import { useSaidPages } from "./twinspace/talk/use-said-pages.ts";
import { WriteForm } from "./twinspace/talk/write-form.tsx";

/** `/twinspace/<slug>/forum/<discussion>`: its threads. */
export default function SpaceDiscussionPage({ params }: { params: PageParams }) {
  return (
    <SpacePage slug={params.slug ?? ""} title={t("space.forum")}>
      {(space, door) => <Threads space={space} door={door} id={params.discussion ?? ""} />}
    </SpacePage>
  );
}

function Threads({ space, door, id }: { space: SpaceView; door: FrontDoor; id: string }) {
  const [about, setAbout] = useState<{ discussion: Discussion; mayStart: boolean }>();
  const [starting, start] = useState(false);
  const pages = useSaidPages(async (after) => {
    const answer = await discussionThreads(space.slug, id, after);
    if (isRefused(answer)) return answer;
    setAbout(answer.value);
    return { value: { rows: answer.value.threads, next: answer.value.next } };
  });
  const mayStart = about?.mayStart === true;
  const begin = (
    <Button look="filled" icon="plus" onClick={() => start(true)}>
      {t("forum.start")}
    </Button>
  );
  const isEmpty = pages.rows?.length === 0;
  return (
    <SpaceFrame door={door} section="forum">
      <nav className="forum-path" aria-label={t("forum.path")}>
        <a href={sectionPath(space.slug, "forum")}>{t("space.forum")}</a>
      </nav>
      <Trouble refusal={pages.refusal} again={pages.again} />
      {about === undefined ? null : (
        <section className="said-card">
          <SaidCard
            kind="discussion"
            said={about.discussion}
            name={t("forum.theDiscussion", { title: about.discussion.title })}
            title={{ text: about.discussion.title, label: t("forum.name"), level: 1 }}
            label={t("forum.purpose")}
            mayBeEmpty
            changed={pages.again}
          />
        </section>
      )}
      {mayStart && !starting && !isEmpty ? <div className="form__acts">{begin}</div> : null}
      {starting ? (
        <section className="card" aria-label={t("forum.start")}>
          <WriteForm
            where={`thread in ${id}`}
            title={t("forum.subject")}
            label={t("forum.words")}
            send={t("forum.start")}
            first
            onSend={(written) => startThread(space.slug, id, written)}
            done={(made) => location.assign(threadPath(space.slug, made.id))}
            cancel={() => start(false)}
          />
        </section>
      ) : null}
      {isEmpty && !starting ? (
        <EmptyState icon="chat-circle-text" title={t("forum.noThreadsYet")} act={mayStart ? begin : undefined}>
          {mayStart ? t("forum.noThreadsYours") : t("forum.noThreadsHint")}
        </EmptyState>
      ) : null}
      {pages.rows === undefined || isEmpty ? null : (
        <ul className="rows" aria-label={t("forum.threadsIn")}>
          {pages.rows.map((thread) => (
            <Row key={thread.id} slug={space.slug} thread={thread} zone={ownZone(door)} />
          ))}
        </ul>
      )}
      <RemovedNotice changed={pages.again} />
      {pages.hasMore ? (
        <Button aria-disabled={pages.busy} onClick={pages.more}>
          {t("act.showMore")}
        </Button>
      ) : null}
    </SpaceFrame>
  );
}

const threadPath = (slug: string, id: string): string =>
  `${sectionPath(slug, "forum")}/threads/${encodeURIComponent(id)}`;

function Row({ slug, thread, zone }: { slug: string; thread: Thread; zone: string }) {
  const { id, title, author, answers, fresh, lastAt, pinned, locked, hidden } = thread;
  return (
    <li className="row forum-row">
      <div className="row__words">
        {hidden?.reason === null ? (
          <span className="soft">{t("thing.hidden")}</span>
        ) : (
          <a className="row__title" href={threadPath(slug, id)} dir="auto">
            {title}
          </a>
        )}
        <span className="soft small">
          {t("forum.byAnd", { name: personName(author) })} ·{" "}
          {answers === 0 ? t("forum.noAnswer") : t("forum.answers", { count: answers })} · {dateTimeIn(lastAt, zone)}
        </span>
      </div>
      <div className="row__acts">
        {pinned ? <Tag icon="push-pin">{t("thing.pinned")}</Tag> : null}
        {locked ? <Tag icon="lock-simple">{t("forum.locked")}</Tag> : null}
        {fresh > 0 ? <Tag tone="now">{t("forum.fresh", { count: fresh })}</Tag> : null}
      </div>
    </li>
  );
}
