import { useEffect, useState } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { ThreadPosts } from "../../protocol/twinspace/forum.ts";
import type { Said } from "../../protocol/twinspace/said.ts";
import type { SpaceView } from "../../protocol/twinspace/space.ts";
import { answerThread, keepThread, markRead, threadPosts } from "../api/space/talk.ts";
import { Button } from "../parts/button.tsx";
import type { MenuAct } from "../parts/menu.tsx";
import { Tag } from "../parts/tag.tsx";
import type { PageParams } from "../routes.ts";
import { useSpaceNews } from "../use-space-news.ts";
import { personName } from "../views/people-of-space.ts";
import { joinSaid } from "../views/said-list.ts";
import { sectionPath } from "../views/space-sections.ts";
import { t } from "../words/words.ts";
import { Trouble } from "./portal/trouble.tsx";
import { useAct } from "./portal/use-act.ts";
import { useAsked } from "./portal/use-asked.ts";
import { discussionPath } from "./space-forum.tsx";
import { SpaceFrame, SpacePage } from "./twinspace/space-page.tsx";
import { RemovedNotice } from "./twinspace/talk/removed.tsx";
import { SaidCard } from "./twinspace/talk/said-card.tsx";
import { WriteForm } from "./twinspace/talk/write-form.tsx";

/** `/twinspace/<slug>/forum/threads/<thread>`: what was asked, and the answers. */
export default function SpaceThreadPage({ params }: { params: PageParams }) {
  return (
    <SpacePage slug={params.slug ?? ""} title={t("space.forum")}>
      {(space, door) => <Answers space={space} door={door} id={params.thread ?? ""} />}
    </SpacePage>
  );
}

function Answers({ space, door, id }: { space: SpaceView; door: FrontDoor; id: string }) {
  const { slug } = space;
  const { asked, again } = useAsked(() => threadPosts(slug, id, null));
  const newest = asked.state === "here" ? asked.value : undefined;
  const { posts, earlier, loadEarlier } = usePosts(slug, id, newest);
  useSpaceNews(slug, ({ type }) => {
    if (type === "news" || type === "missed") again();
  });
  const lastAt = newest?.thread.lastAt;
  useEffect(() => {
    // What was shown to nobody's eyes is still new.
    if (lastAt !== undefined && !document.hidden) void markRead(slug, id, lastAt);
  }, [slug, id, lastAt]);
  return (
    <SpaceFrame door={door} section="forum">
      <nav className="forum-path" aria-label={t("forum.path")}>
        <a href={sectionPath(slug, "forum")}>{t("space.forum")}</a>
        {newest === undefined ? null : (
          <>
            <span aria-hidden="true">/</span>
            <a href={discussionPath(slug, newest.discussion.id)}>{newest.discussion.title}</a>
          </>
        )}
      </nav>
      <RemovedNotice changed={again} />
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      {newest === undefined ? null : <Begun slug={slug} shown={newest} again={again} />}
      {newest === undefined ? null : (
        <section className="card said-card" aria-label={t("forum.answersTo")}>
          {posts.length === 0 ? <p className="soft">{t("forum.noAnswers")}</p> : null}
          {earlier === null ? null : (
            <Button aria-disabled={loadEarlier.busy} onClick={() => loadEarlier.run(earlier)}>
              {t("forum.earlier")}
            </Button>
          )}
          <Trouble refusal={loadEarlier.refusal} />
          <ol className="answers">
            {posts.map((post) => (
              <li key={post.id}>
                <SaidCard
                  kind="post"
                  said={post}
                  name={t("forum.theAnswer", { name: personName(post.author) })}
                  label={t("forum.answer")}
                  changed={again}
                />
              </li>
            ))}
          </ol>
          {newest.thread.locked ? <p className="soft">{t("forum.lockedHint")}</p> : null}
          {newest.mayReply ? (
            <WriteForm
              where={`answer in ${id}`}
              label={t("forum.answer")}
              send={t("forum.reply")}
              onSend={({ words }) => answerThread(slug, id, words)}
              done={again}
            />
          ) : null}
        </section>
      )}
    </SpaceFrame>
  );
}

/** The newest answers, and before them those that were loaded. */
function usePosts(slug: string, id: string, newest: ThreadPosts | undefined) {
  const [known, setKnown] = useState<{ posts: readonly Said[]; earlier: string | null }>({ posts: [], earlier: null });
  useEffect(() => {
    if (newest === undefined) return;
    setKnown((before) => {
      const { said, gap } = joinSaid(before.posts, newest.posts);
      // Loaded up to there already, unless it begins anew.
      const keeps = !gap && before.posts.length > 0 && said[0]?.id === before.posts[0]?.id;
      return { posts: said, earlier: keeps ? before.earlier : newest.earlier };
    });
  }, [newest]);
  const loadEarlier = useAct(
    (before: string) => threadPosts(slug, id, before),
    ({ posts, earlier }) => setKnown((now) => ({ posts: [...posts, ...now.posts], earlier })),
  );
  return { ...known, loadEarlier };
}

function Begun({ slug, shown, again }: { slug: string; shown: ThreadPosts; again: () => void }) {
  const { thread, mayKeep } = shown;
  const { id, pinned, locked } = thread;
  const keep = useAct((body: { pinned: boolean; locked: boolean }) => keepThread(slug, id, body), again);
  const acts: MenuAct[] = mayKeep
    ? [
        {
          label: pinned ? t("thing.unpin") : t("thing.pin"),
          icon: "push-pin",
          onPress: () => keep.run({ pinned: !pinned, locked }),
        },
        {
          label: locked ? t("forum.unlock") : t("forum.lock"),
          icon: locked ? "lock-simple-open" : "lock-simple",
          onPress: () => keep.run({ pinned, locked: !locked }),
        },
      ]
    : [];
  return (
    <section className="card said-card">
      <SaidCard
        kind="thread"
        said={thread}
        name={t("forum.theThread", { title: thread.title })}
        title={{ text: thread.title, label: t("forum.subject"), level: 1 }}
        label={t("forum.words")}
        tags={
          <>
            {pinned ? <Tag icon="push-pin">{t("thing.pinned")}</Tag> : null}
            {locked ? <Tag icon="lock-simple">{t("forum.locked")}</Tag> : null}
          </>
        }
        acts={acts}
        changed={again}
      />
      <Trouble refusal={keep.refusal} />
    </section>
  );
}
