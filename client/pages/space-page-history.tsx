import { useEffect, useRef, useState } from "react";
import type { TextNode } from "../../domain/text/schema.ts";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { PageChange, PageOpened } from "../../protocol/twinspace/pages.ts";
import type { SpaceView } from "../../protocol/twinspace/space.ts";
import { page as askPage, pageHistory, pageVersion, restoreVersion } from "../api/space/pages.ts";
import { isRefused, type Refusal } from "../api.ts";
import { Button, ButtonLink } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Refusal as Said } from "../parts/said.tsx";
import { TextView } from "../parts/text-view.tsx";
import type { PageParams } from "../routes.ts";
import { ownZone } from "../views/own-zone.ts";
import { pagePath } from "../views/page-tree.ts";
import { personName } from "../views/people-of-space.ts";
import { listOf } from "../words/formats.ts";
import { t } from "../words/words.ts";
import { dateTimeIn } from "../words/zoned.ts";
import { Trouble } from "./portal/trouble.tsx";
import { useAct } from "./portal/use-act.ts";
import { useAsked } from "./portal/use-asked.ts";
import { usePages } from "./portal/use-pages.ts";
import { PagePath } from "./twinspace/pages/page-path.tsx";
import { TextChanges } from "./twinspace/pages/text-changes.tsx";
import { textFiles } from "./twinspace/pages/text-files.ts";
import { SpaceFrame, SpacePage } from "./twinspace/space-page.tsx";
import "./twinspace/pages/pages.css";

/** `/twinspace/<slug>/pages/<page>/history`: who changed it and when, how it was then, and back to that. */
export default function SpacePageHistoryPage({ params }: { params: PageParams }) {
  return (
    <SpacePage slug={params.slug ?? ""} title={t("pages.history")}>
      {(space, door) => <Loaded space={space} door={door} id={params.page ?? ""} />}
    </SpacePage>
  );
}

function Loaded({ space, door, id }: { space: SpaceView; door: FrontDoor; id: string }) {
  const { asked, again } = useAsked(() => askPage(space.slug, id));
  if (asked.state === "here") return <History space={space} door={door} page={asked.value} again={again} />;
  return (
    <SpaceFrame door={door} section="pages" title={t("pages.history")}>
      {asked.state === "refused" ? (
        <Trouble refusal={asked.refusal} again={again} />
      ) : (
        <p role="status">{t("app.loading")}</p>
      )}
    </SpaceFrame>
  );
}

function History({
  space: { slug },
  door,
  page,
  again,
}: {
  space: SpaceView;
  door: FrontDoor;
  page: PageOpened;
  again: () => void;
}) {
  const zone = ownZone(door);
  const [looked, look] = useState<PageChange>();
  const [restored, setRestored] = useState<{ when: string; undo: number | null }>();
  const list = usePages<PageChange>("", async (_, after) => {
    const answer = await pageHistory(slug, page.id, after);
    return isRefused(answer) ? answer : { value: { rows: answer.value.changes, next: answer.value.after } };
  });
  const restore = useAct(
    (version: number, _when: string | null) => restoreVersion(slug, page.id, version),
    ({ version }, _, when) => {
      // Bringing back is one more step, also when somebody wrote meanwhile; none when the text was the same.
      setRestored(when === null ? undefined : { when, undo: version > page.version ? version - 1 : null });
      again();
      list.again();
    },
  );
  const { rows = [], hasMore, busy, more } = list;
  const at = rows.findIndex(({ id }) => id === looked?.id);
  // It is compared with the one before it, which the list may not have yet.
  const earlier = at === -1 ? null : (rows[at + 1]?.version ?? (hasMore ? null : 0));
  const lacksEarlier = at !== -1 && earlier === null && list.refusal === undefined;
  useEffect(() => {
    if (lacksEarlier && !busy) more();
  }, [lacksEarlier, busy, more]);
  return (
    <SpaceFrame door={door} section="pages">
      <PagePath slug={slug} page={page} own />
      <div className="page-head">
        <h1 dir="auto">{t("pages.historyOf", { title: page.title })}</h1>
        <ButtonLink icon="arrow-left" href={pagePath(slug, page.id)}>
          {t("pages.backToPage")}
        </ButtonLink>
      </div>
      <Trouble refusal={restore.refusal} />
      {restored === undefined ? null : (
        <Restored when={restored.when} undo={restored.undo} run={(version) => restore.run(version, null)} />
      )}
      {looked === undefined ? null : (
        <Version
          slug={slug}
          page={page}
          change={looked}
          earlier={earlier}
          when={dateTimeIn(looked.endedAt, zone)}
          restore={(version) => restore.run(version, dateTimeIn(looked.endedAt, zone))}
        />
      )}
      <Trouble refusal={list.refusal} again={list.again} />
      {list.rows?.length === 0 ? <EmptyState icon="clock" title={t("pages.historyNone")} /> : null}
      {list.rows === undefined || list.rows.length === 0 ? null : (
        <ul className="rows page-versions" aria-label={t("pages.versions")}>
          {list.rows.map((change) => {
            const when = dateTimeIn(change.endedAt, zone);
            return (
              <li key={change.id} className="row" aria-current={change.id === looked?.id ? true : undefined}>
                <div className="row__words">
                  <strong dir="auto">{saidOf(change)}</strong>
                  <span className="soft small">{when}</span>
                </div>
                <Button size="small" aria-label={t("pages.lookOf", { when })} onClick={() => look(change)}>
                  {t("pages.look")}
                </Button>
              </li>
            );
          })}
        </ul>
      )}
      {list.hasMore ? (
        <Button aria-disabled={list.busy} onClick={list.more}>
          {t("act.showMore")}
        </Button>
      ) : null}
    </SpaceFrame>
  );
}

function Restored({ when, undo, run }: { when: string; undo: number | null; run: (version: number) => void }) {
  const act = undo === null ? undefined : { label: t("act.undo"), onPress: () => run(undo) };
  return <Said act={act}>{t("pages.restoredNow", { when })}</Said>;
}

function saidOf({ kind, by, title }: PageChange): string {
  const names = listOf(by.map(personName));
  if (kind === "titled" && title !== null) return t("pages.titled", { names, ...title });
  return t(kind === "restored" ? "pages.restored" : "pages.written", { names });
}

function Version({
  slug,
  page,
  change,
  earlier,
  when,
  restore,
}: {
  slug: string;
  page: PageOpened;
  change: PageChange;
  /** Null while it is being asked for which one that is. */
  earlier: number | null;
  when: string;
  restore: (version: number) => void;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  // It stands above the list that it was chosen from, which may be long.
  // biome-ignore lint/correctness/useExhaustiveDependencies: for each that is looked at
  useEffect(() => heading.current?.focus(), [change.id]);
  const [texts, setTexts] = useState<{ own: TextNode; before: TextNode }>();
  const [refusal, setRefusal] = useState<Refusal>();
  useEffect(() => {
    let gone = false;
    setTexts(undefined);
    if (earlier === null) return;
    void Promise.all([change.version, earlier].map((version) => pageVersion(slug, page.id, version))).then(
      ([own, before]) => {
        if (gone || own === undefined || before === undefined) return;
        if (isRefused(own)) return setRefusal(own);
        if (isRefused(before)) return setRefusal(before);
        setRefusal(undefined);
        // The server keeps nothing else.
        setTexts({ own: own.value.doc as TextNode, before: before.value.doc as TextNode });
      },
    );
    return () => {
      gone = true;
    };
  }, [slug, page.id, change.version, earlier]);
  return (
    <section className="card form" aria-label={t("pages.then", { when })}>
      <div className="page-head">
        <h2 ref={heading} tabIndex={-1}>
          {t("pages.then", { when })}
        </h2>
        {page.acts.write && change.version !== page.version ? (
          <Button look="filled" icon="arrow-counter-clockwise" onClick={() => restore(change.version)}>
            {t("pages.restore")}
          </Button>
        ) : null}
      </div>
      <Trouble refusal={refusal} />
      {texts === undefined ? (
        <p role="status">{t("app.loading")}</p>
      ) : (
        <>
          <h3>{t("pages.thenChanges")}</h3>
          <TextChanges before={texts.before} after={texts.own} />
          <details>
            <summary>{t("pages.thenText")}</summary>
            <TextView doc={texts.own} files={textFiles(slug)} />
          </details>
        </>
      )}
    </section>
  );
}
