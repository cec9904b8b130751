import { useState } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { Discussion } from "../../protocol/twinspace/forum.ts";
import type { SpaceView } from "../../protocol/twinspace/space.ts";
import { discussions, openDiscussion } from "../api/space/talk.ts";
import { isRefused } from "../api.ts";
import { Button } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import type { PageParams } from "../routes.ts";
import { ownZone } from "../views/own-zone.ts";
import { sectionPath } from "../views/space-sections.ts";
import { t } from "../words/words.ts";
import { dateTimeIn } from "../words/zoned.ts";
import { Trouble } from "./portal/trouble.tsx";
import { SpaceFrame, SpacePage } from "./twinspace/space-page.tsx";
import { useSaidPages } from "./twinspace/talk/use-said-pages.ts";
import { WriteForm } from "./twinspace/talk/write-form.tsx";
import "./twinspace/talk/talk.css";

/** `/twinspace/<slug>/forum`: the discussions. */
export default function SpaceForumPage({ params }: { params: PageParams }) {
  return (
    <SpacePage slug={params.slug ?? ""} title={t("space.forum")}>
      {(space, door) => <Forum space={space} door={door} />}
    </SpacePage>
  );
}

function Forum({ space, door }: { space: SpaceView; door: FrontDoor }) {
  const [mayOpen, setMayOpen] = useState(false);
  const [opening, open] = useState(false);
  const pages = useSaidPages(async (after) => {
    const answer = await discussions(space.slug, after);
    if (isRefused(answer)) return answer;
    setMayOpen(answer.value.mayOpen);
    return { value: { rows: answer.value.discussions, next: answer.value.next } };
  });
  const begin = (
    <Button look="filled" icon="plus" onClick={() => open(true)}>
      {t("forum.open")}
    </Button>
  );
  const isEmpty = pages.rows?.length === 0;
  return (
    <SpaceFrame
      door={door}
      section="forum"
      title={t("space.forum")}
      intro={t("forum.intro")}
      acts={mayOpen && !opening && !isEmpty ? begin : undefined}
    >
      {opening ? (
        <section className="card" aria-label={t("forum.open")}>
          <WriteForm
            where="discussion"
            title={t("forum.name")}
            label={t("forum.purpose")}
            hint={t("forum.purposeHint")}
            send={t("forum.open")}
            mayBeEmpty
            first
            rows={3}
            onSend={(written) => openDiscussion(space.slug, written)}
            done={({ id }) => location.assign(discussionPath(space.slug, id))}
            cancel={() => open(false)}
          />
        </section>
      ) : null}
      <Trouble refusal={pages.refusal} again={pages.again} />
      {isEmpty && !opening ? (
        <EmptyState icon="chat-circle-text" title={t("forum.none")} act={mayOpen ? begin : undefined}>
          {mayOpen ? t("forum.noneYours") : t("forum.noneHint")}
        </EmptyState>
      ) : null}
      {pages.rows === undefined || isEmpty ? null : (
        <ul className="rows" aria-label={t("forum.discussions")}>
          {pages.rows.map((each) => (
            <Row key={each.id} slug={space.slug} discussion={each} zone={ownZone(door)} />
          ))}
        </ul>
      )}
      {pages.hasMore ? (
        <Button aria-disabled={pages.busy} onClick={pages.more}>
          {t("act.showMore")}
        </Button>
      ) : null}
    </SpaceFrame>
  );
}

export const discussionPath = (slug: string, id: string): string =>
  `${sectionPath(slug, "forum")}/${encodeURIComponent(id)}`;

function Row({ slug, discussion, zone }: { slug: string; discussion: Discussion; zone: string }) {
  const { id, title, words, threads, lastAt, hidden } = discussion;
  return (
    <li className="row forum-row">
      <div className="row__words">
        {hidden?.reason === null ? (
          <span className="soft">{t("thing.hidden")}</span>
        ) : (
          <a className="row__title" href={discussionPath(slug, id)} dir="auto">
            {title}
          </a>
        )}
        {words === "" ? null : (
          <span className="forum-row__words" dir="auto">
            {words}
          </span>
        )}
        <span className="soft small">
          {threads === 0 ? t("forum.noThreads") : t("forum.threads", { count: threads })} ·{" "}
          {t("forum.lastAt", { when: dateTimeIn(lastAt, zone) })}
        </span>
      </div>
    </li>
  );
}
