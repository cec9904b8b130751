import { useState } from "react";
import type { TextNode } from "../../domain/text/schema.ts";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { PageLine, PageOpened } from "../../protocol/twinspace/pages.ts";
import type { SpaceView } from "../../protocol/twinspace/space.ts";
import {
  archivePage,
  pages as askPages,
  changePage,
  removePage,
  restorePage,
  unarchivePage,
} from "../api/space/pages.ts";
import { isRefused } from "../api.ts";
import { leftBehind } from "../editor/kept-steps.ts";
import { thisTab } from "../editor/tab.ts";
import { Button, ButtonLink } from "../parts/button.tsx";
import { ConfirmDialog } from "../parts/dialog.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import type { MenuAct } from "../parts/menu.tsx";
import { Refusal } from "../parts/said.tsx";
import { TextView } from "../parts/text-view.tsx";
import type { PageParams } from "../routes.ts";
import { useSpaceNews } from "../use-space-news.ts";
import { ownZone } from "../views/own-zone.ts";
import { pagePath } from "../views/page-tree.ts";
import { personName } from "../views/people-of-space.ts";
import { sectionPath } from "../views/space-sections.ts";
import { t } from "../words/words.ts";
import { dateTimeIn } from "../words/zoned.ts";
import { Trouble } from "./portal/trouble.tsx";
import { useAct } from "./portal/use-act.ts";
import { usePages } from "./portal/use-pages.ts";
import { AlsoHere } from "./twinspace/pages/also-here.tsx";
import { PageTags } from "./twinspace/pages/page-branch.tsx";
import { PagePath } from "./twinspace/pages/page-path.tsx";
import { SettingsDialog } from "./twinspace/pages/settings-dialog.tsx";
import { textFiles } from "./twinspace/pages/text-files.ts";
import { useOpenPage } from "./twinspace/pages/use-open-page.ts";
import { SpaceFrame, SpacePage, useSpace } from "./twinspace/space-page.tsx";
import { HiddenNote, ThingMenu } from "./twinspace/thing-menu.tsx";
import "./twinspace/pages/pages.css";

/** `/twinspace/<slug>/pages/<page>`: to be read; it changes while others write. */
export default function SpacePageReadPage({ params }: { params: PageParams }) {
  return (
    <SpacePage slug={params.slug ?? ""} title={t("space.pages")}>
      {(space, door) => <Read space={space} door={door} id={params.page ?? ""} />}
    </SpacePage>
  );
}

function Read({ space, door, id }: { space: SpaceView; door: FrontDoor; id: string }) {
  const { slug } = space;
  const { asked, again, here } = useOpenPage(slug, id);
  const [removed, setRemoved] = useState<string>();
  const back = useAct(
    () => restorePage(slug, id),
    () => {
      setRemoved(undefined);
      again();
    },
  );
  if (removed !== undefined) {
    return (
      <SpaceFrame door={door} section="pages" title={t("space.pages")}>
        <Refusal act={{ label: t("act.undo"), onPress: () => back.run() }}>
          {t("pages.removed", { title: removed })}
        </Refusal>
        <Trouble refusal={back.refusal} />
        <p>
          <a href={sectionPath(slug, "pages")}>{t("pages.all")}</a>
        </p>
      </SpaceFrame>
    );
  }
  if (asked.state !== "here") {
    return (
      <SpaceFrame door={door} section="pages" title={t("space.pages")}>
        {asked.state === "refused" && asked.refusal.refused === "request.notFound" ? (
          <EmptyState
            icon="file-text"
            title={t("pages.gone")}
            act={<ButtonLink href={sectionPath(slug, "pages")}>{t("pages.all")}</ButtonLink>}
          >
            {t("pages.goneHint")}
          </EmptyState>
        ) : asked.state === "refused" ? (
          <Trouble refusal={asked.refusal} again={again} />
        ) : (
          <p role="status">{t("app.loading")}</p>
        )}
      </SpaceFrame>
    );
  }
  const page = asked.value;
  return (
    <SpaceFrame door={door} section="pages" side={<Beside slug={slug} page={page} />}>
      <PagePath slug={slug} page={page} />
      <Head page={page} changed={again} removed={() => setRemoved(page.title)} />
      <AlsoHere {...here} />
      <Unsent slug={slug} me={space.me.author} page={page} />
      <Words slug={slug} page={page} />
      <Facts page={page} zone={ownZone(door)} />
    </SpaceFrame>
  );
}

function Head({ page, changed, removed }: { page: PageOpened; changed: () => void; removed: () => void }) {
  const { slug } = useSpace();
  const { acts } = page;
  const [open, setOpen] = useState<"settings" | "remove">();
  const archive = useAct(() => (page.state === "archived" ? unarchivePage : archivePage)(slug, page.id), changed);
  const remove = useAct(() => removePage(slug, page.id), removed);
  const title = page.title || t("pages.untitled");
  const path = pagePath(slug, page.id);
  const own: MenuAct[] = [
    ...(acts.write || acts.settings
      ? [
          {
            label: t(acts.settings ? "pages.settings" : "pages.titleAct"),
            icon: "gear-six" as const,
            onPress: () => setOpen("settings"),
          },
        ]
      : []),
    ...(acts.history
      ? [{ label: t("pages.history"), icon: "clock" as const, onPress: () => location.assign(`${path}/history`) }]
      : []),
    ...(acts.addSubPage
      ? [
          {
            label: t("pages.newSub"),
            icon: "plus" as const,
            onPress: () => location.assign(`${sectionPath(slug, "pages")}?new=${encodeURIComponent(page.id)}`),
          },
        ]
      : []),
    ...(acts.arrange
      ? [
          {
            label: t(page.state === "archived" ? "pages.unarchive" : "pages.archive"),
            icon: "archive" as const,
            onPress: () => archive.run(),
          },
        ]
      : []),
    ...(acts.remove
      ? [{ label: t("pages.removeAct"), icon: "trash" as const, danger: true, onPress: () => setOpen("remove") }]
      : []),
  ];
  return (
    <>
      <div className="page-head">
        <h1 dir="auto">{title}</h1>
        <div className="page-head__acts">
          {acts.write ? (
            <ButtonLink look="filled" icon="pencil-simple" href={`${path}/edit`}>
              {t("pages.edit")}
            </ButtonLink>
          ) : null}
          <ThingMenu
            thing={{ kind: "page", id: page.id }}
            name={t("pages.thePage", { title })}
            hidden={page.hidden}
            mayHide={acts.hide}
            changed={changed}
            acts={own}
          />
        </div>
      </div>
      <div className="page-tags">
        <PageTags page={page} />
      </div>
      {page.state === "draft" && page.hidden === null ? <Draft page={page} changed={changed} /> : null}
      <Trouble refusal={archive.refusal ?? remove.refusal} />
      {open === "settings" ? (
        <SettingsDialog
          page={page}
          onClose={() => setOpen(undefined)}
          done={() => {
            setOpen(undefined);
            changed();
          }}
        />
      ) : null}
      {open === "remove" ? (
        <ConfirmDialog
          title={t("pages.removeTitle", { title })}
          confirm={t("pages.remove")}
          onConfirm={() => remove.run()}
          onClose={() => setOpen(undefined)}
        >
          {t("pages.removeHint")}
        </ConfirmDialog>
      ) : null}
    </>
  );
}

/** A page begins as one; whoever may show it does so here. */
function Draft({ page, changed }: { page: PageOpened; changed: () => void }) {
  const { slug } = useSpace();
  const show = useAct(() => changePage(slug, page.id, { state: "shown" }), changed);
  return (
    <div className="page-draft" role="note">
      <p>{t("pages.draftHint")}</p>
      {page.acts.settings ? (
        <Button icon="eye" aria-disabled={show.busy} onClick={() => show.run()}>
          {t(`pages.showTo.${page.view}`)}
        </Button>
      ) : null}
      <Trouble refusal={show.refusal} />
    </div>
  );
}

function Words({ slug, page }: { slug: string; page: PageOpened }) {
  const doc = page.doc as TextNode; // the server keeps nothing else
  const isEmpty = !doc.content?.some(({ type, content }) => type !== "paragraph" || content !== undefined);
  const text = <TextView doc={doc} files={textFiles(slug)} />;
  if (page.hidden !== null) return <HiddenNote hidden={page.hidden}>{text}</HiddenNote>;
  if (!isEmpty) return <article className="card">{text}</article>;
  return (
    <EmptyState
      icon="file-text"
      title={t("pages.empty")}
      act={
        page.acts.write ? (
          <ButtonLink href={`${pagePath(slug, page.id)}/edit`}>{t("pages.edit")}</ButtonLink>
        ) : undefined
      }
    />
  );
}

function Facts({ page, zone }: { page: PageOpened; zone: string }) {
  const { author, madeAt, changedBy, changedAt } = page;
  return (
    <p className="page-facts">
      {t("pages.writtenBy", { name: personName(author), when: dateTimeIn(madeAt, zone) })}
      {changedBy === null
        ? null
        : ` · ${t("pages.changedBy", { name: personName(changedBy), when: dateTimeIn(changedAt, zone) })}`}
    </p>
  );
}

/** Text of theirs that a closed tab or a lost connection left on this device. */
function Unsent({ slug, me, page }: { slug: string; me: string; page: PageOpened }) {
  const [count] = useState(() => leftBehind(localStorage, me, page.id, thisTab(), Date.now()).length);
  if (count === 0) return null;
  return (
    <Refusal act={{ label: t("pages.unsentOpen"), onPress: () => location.assign(`${pagePath(slug, page.id)}/edit`) }}>
      {t("pages.unsentHere")}
    </Refusal>
  );
}

function Beside({ slug, page }: { slug: string; page: PageOpened }) {
  const list = usePages<PageLine>("", async (_, after) => {
    const answer = await askPages(slug, page.id, after);
    return isRefused(answer) ? answer : { value: { rows: answer.value.pages, next: answer.value.after } };
  });
  useSpaceNews(slug, ({ type }) => {
    if (type === "page" || type === "missed") list.again();
  });
  const own = list.rows ?? [];
  return (
    <nav className="card form" aria-label={t("pages.subPages")}>
      {own.length === 0 ? null : (
        <>
          <h2 className="home-head">{t("pages.subPages")}</h2>
          <ul className="page-links">
            {own.map((each) => (
              <li key={each.id}>
                <a href={pagePath(slug, each.id)} dir="auto">
                  {each.title || t("pages.untitled")}
                </a>{" "}
                <PageTags page={each} />
              </li>
            ))}
          </ul>
        </>
      )}
      {list.hasMore ? (
        <Button size="small" aria-disabled={list.busy} onClick={list.more}>
          {t("act.showMore")}
        </Button>
      ) : null}
      {page.acts.addSubPage ? (
        <ButtonLink icon="plus" href={`${sectionPath(slug, "pages")}?new=${encodeURIComponent(page.id)}`}>
          {t("pages.newSub")}
        </ButtonLink>
      ) : null}
      <a href={sectionPath(slug, "pages")}>{t("pages.all")}</a>
    </nav>
  );
}
