import { useCallback, useEffect, useState } from "react";
import type { PageLine } from "../../../../protocol/twinspace/pages.ts";
import { archivePage, pages as askPages, placePage, unarchivePage } from "../../../api/space/pages.ts";
import { type Answer, isRefused, type Refusal } from "../../../api.ts";
import { Button, IconButton } from "../../../parts/button.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { Menu, type MenuAct } from "../../../parts/menu.tsx";
import { Tag } from "../../../parts/tag.tsx";
import { useSpaceNews } from "../../../use-space-news.ts";
import { arranges, below, pagePath, placeBeside } from "../../../views/page-tree.ts";
import { t } from "../../../words/words.ts";
import { Trouble } from "../../portal/trouble.tsx";
import { useAct } from "../../portal/use-act.ts";
import { useSpace } from "../space-page.tsx";
import { MoveDialog } from "./move-dialog.tsx";
import { MoveFarDialog } from "./move-far-dialog.tsx";

/** Pages that are known, and whether these are all there are. */
export interface KnownPages {
  pages: readonly PageLine[];
  whole: boolean;
  changed: () => void;
}

/** The pages right below one, each with its own below it: lists in lists, opened and closed by a button. */
export function PageBranch({ known, parent, label }: { known: KnownPages; parent: string | null; label: string }) {
  return (
    <ul className="page-tree" aria-label={label}>
      {below(known.pages, parent).map((page) => (
        <PageRow key={page.id} known={known} page={page} />
      ))}
    </ul>
  );
}

function PageRow({ known, page }: { known: KnownPages; page: PageLine }) {
  const { slug, me, open } = useSpace();
  const [isOpen, setOpen] = useState(known.whole);
  const title = page.title || t("pages.untitled");
  return (
    <li>
      <div className="page-row">
        {page.subPages === 0 ? (
          <span className="page-row__leaf">
            <Icon name="file-text" />
          </span>
        ) : (
          <IconButton
            icon={isOpen ? "caret-down" : "caret-right"}
            name={t("pages.open", { title })}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          />
        )}
        <span className="page-row__words">
          <a className="page-row__title" href={pagePath(slug, page.id)} dir="auto">
            {title}
          </a>
          <PageTags page={page} />
        </span>
        {open && arranges(me.role) ? <Arrange known={known} page={page} /> : null}
      </div>
      {page.subPages > 0 && isOpen ? (
        known.whole ? (
          <PageBranch known={known} parent={page.id} label={title} />
        ) : (
          <AskedBranch page={page} label={title} />
        )
      ) : null}
    </li>
  );
}

export function PageTags({ page }: { page: Pick<PageLine, "state" | "hidden" | "view"> }) {
  return (
    <>
      {page.state === "draft" ? (
        <Tag icon="pencil-simple" tone="attention">
          {t("pages.draft")}
        </Tag>
      ) : null}
      {page.state === "archived" ? <Tag icon="archive">{t("pages.archived")}</Tag> : null}
      {page.hidden === null ? null : <Tag icon="eye-slash">{t("pages.hidden")}</Tag>}
      {page.view === "members" ? null : (
        <Tag icon={page.view === "teachers" ? "lock-simple" : "users-three"}>{t(`pages.view.${page.view}`)}</Tag>
      )}
    </>
  );
}

/** Of a project with very many pages: those below one are asked for when it is opened. */
function AskedBranch({ page, label }: { page: PageLine; label: string }) {
  const { slug } = useSpace();
  const [here, setHere] = useState<readonly PageLine[]>();
  const [after, setAfter] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Refusal>();
  const [isFurther, setFurther] = useState(false);
  const ask = useCallback(
    async (from: string | null) => {
      const answer = await askPages(slug, page.id, from);
      if (isRefused(answer)) return setRefusal(answer);
      setRefusal(undefined);
      setAfter(answer.value.after);
      setFurther(from !== null);
      setHere((before) => [...(from === null ? [] : (before ?? [])), ...answer.value.pages]);
    },
    [slug, page.id],
  );
  useEffect(() => void ask(null), [ask]);
  // Who reads on further down is not taken back to the top.
  useSpaceNews(slug, ({ type }) => {
    if ((type === "page" || type === "missed") && !isFurther) void ask(null);
  });
  if (refusal !== undefined) return <Trouble refusal={refusal} again={() => void ask(null)} />;
  if (here === undefined) return <p role="status">{t("app.loading")}</p>;
  return (
    <>
      <PageBranch known={{ pages: here, whole: false, changed: () => void ask(null) }} parent={page.id} label={label} />
      {after === null ? null : <Button onClick={() => void ask(after)}>{t("act.showMore")}</Button>}
    </>
  );
}

function Arrange({ known, page }: { known: KnownPages; page: PageLine }) {
  const { slug } = useSpace();
  const [moving, move] = useState(false);
  const act = useAct((send: () => Promise<Answer<unknown>>) => send(), known.changed);
  const beside = (way: "up" | "down", label: string): MenuAct[] => {
    const place = placeBeside(known.pages, page, way);
    if (place === null) return [];
    const icon = way === "up" ? "arrow-up" : "arrow-down";
    return [{ label, icon, onPress: () => act.run(() => placePage(slug, page.id, place)) }];
  };
  const close = () => move(false);
  const moved = () => {
    close();
    known.changed();
  };
  const isArchived = page.state === "archived";
  return (
    <>
      <Menu
        name={t("pages.menuOf", { title: page.title || t("pages.untitled") })}
        className="button button--plain button--icon"
        trigger={<Icon name="dots-three-vertical" />}
        acts={[
          ...beside("up", t("pages.up")),
          ...beside("down", t("pages.down")),
          { label: t("pages.moveAct"), icon: "arrow-right", onPress: () => move(true) },
          {
            label: t(isArchived ? "pages.unarchive" : "pages.archive"),
            icon: "archive",
            onPress: () => act.run(() => (isArchived ? unarchivePage : archivePage)(slug, page.id)),
          },
        ]}
      />
      <Trouble refusal={act.refusal} />
      {moving && known.whole ? <MoveDialog page={page} pages={known.pages} onClose={close} done={moved} /> : null}
      {moving && !known.whole ? <MoveFarDialog page={page} onClose={close} done={moved} /> : null}
    </>
  );
}
