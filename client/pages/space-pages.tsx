import { useState } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { PageLine } from "../../protocol/twinspace/pages.ts";
import type { SpaceView } from "../../protocol/twinspace/space.ts";
import { pages as askPages, removedPages, restorePage } from "../api/space/pages.ts";
import { isRefused } from "../api.ts";
import { Button } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import type { PageParams } from "../routes.ts";
import { useSpaceNews } from "../use-space-news.ts";
import { ownZone } from "../views/own-zone.ts";
import { personName } from "../views/people-of-space.ts";
import { t } from "../words/words.ts";
import { dateTimeIn } from "../words/zoned.ts";
import { Trouble } from "./portal/trouble.tsx";
import { useAct } from "./portal/use-act.ts";
import { useAsked } from "./portal/use-asked.ts";
import { NewPage } from "./twinspace/pages/new-page.tsx";
import { PageBranch } from "./twinspace/pages/page-branch.tsx";
import { SearchField } from "./twinspace/search-field.tsx";
import { SpaceFrame, SpacePage } from "./twinspace/space-page.tsx";
import "./twinspace/pages/pages.css";

/** `/twinspace/<slug>/pages`: the tree. `?new`, `?new=<page>`: a new one, under that page. */
export default function SpacePagesPage({ params }: { params: PageParams }) {
  return (
    <SpacePage slug={params.slug ?? ""} title={t("space.pages")}>
      {(space, door) => <Pages space={space} door={door} />}
    </SpacePage>
  );
}

function Pages({ space, door }: { space: SpaceView; door: FrontDoor }) {
  const { slug } = space;
  const wanted = new URLSearchParams(location.search).get("new");
  const [making, make] = useState(wanted !== null);
  const { asked, again, change } = useAsked(() => askPages(slug));
  const [isFurther, setFurther] = useState(false);
  const [removedAt, setRemovedAt] = useState(0);
  useSpaceNews(slug, ({ type }) => {
    // Who reads on further down is not taken back to the top.
    if ((type === "page" || type === "missed") && !isFurther) again();
  });
  const list = asked.state === "here" ? asked.value : undefined;
  const mayMake = list !== undefined && space.open && list.mayMake;
  const isEmpty = list?.pages.length === 0;
  const begin = (
    <Button look="filled" icon="plus" onClick={() => make(true)}>
      {t("pages.new")}
    </Button>
  );
  const anew = () => {
    setFurther(false);
    again();
  };
  const more = async (after: string) => {
    const answer = await askPages(slug, null, after);
    if (isRefused(answer)) return again();
    setFurther(true);
    change((before) => ({ ...answer.value, pages: [...before.pages, ...answer.value.pages] }));
  };
  return (
    <SpaceFrame
      door={door}
      section="pages"
      title={t("space.pages")}
      intro={t("pages.intro")}
      acts={mayMake && !making && !isEmpty ? begin : undefined}
    >
      {isEmpty ? null : <SearchField slug={slug} />}
      {making && mayMake ? (
        <NewPage pages={list.pages} under={wanted || null} mayTop={list.mayMake} cancel={() => make(false)} />
      ) : null}
      <Trouble refusal={asked.state === "refused" ? asked.refusal : undefined} again={again} />
      {asked.state === "asking" ? <p role="status">{t("app.loading")}</p> : null}
      {isEmpty && !making ? (
        <EmptyState icon="file-text" title={t("pages.none")} act={mayMake ? begin : undefined}>
          {t(mayMake ? "pages.noneYours" : "pages.noneHint")}
        </EmptyState>
      ) : null}
      {list === undefined || isEmpty ? null : (
        <div className="card">
          <PageBranch
            known={{ pages: atTop(list.pages), whole: list.whole, changed: anew }}
            parent={null}
            label={t("pages.tree")}
          />
          {list.after === null ? null : (
            <Button onClick={() => void more(list.after ?? "")}>{t("act.showMore")}</Button>
          )}
        </div>
      )}
      {mayMake ? (
        <Removed
          key={removedAt}
          slug={slug}
          zone={ownZone(door)}
          changed={() => {
            setRemovedAt((count) => count + 1);
            anew();
          }}
        />
      ) : null}
    </SpaceFrame>
  );
}

/** What stands under a page that is not among them is shown at the top. */
function atTop(pages: readonly PageLine[]): PageLine[] {
  const known = new Set(pages.map(({ id }) => id));
  return pages.map((page) => (page.parent === null || known.has(page.parent) ? page : { ...page, parent: null }));
}

/** Those that can be brought back. */
function Removed({ slug, zone, changed }: { slug: string; zone: string; changed: () => void }) {
  const { asked } = useAsked(() => removedPages(slug));
  const back = useAct((id: string) => restorePage(slug, id), changed);
  if (asked.state !== "here" || asked.value.pages.length === 0) return null;
  return (
    <details className="card">
      <summary>{t("pages.removedOnes")}</summary>
      <Trouble refusal={back.refusal} />
      <ul>
        {asked.value.pages.map(({ id, title, removedAt, removedBy }) => (
          <li key={id} className="page-row">
            <span className="page-row__title" dir="auto">
              {title}
            </span>
            <span className="soft small">
              {t("pages.removedBy", { name: personName(removedBy), when: dateTimeIn(removedAt, zone) })}
            </span>
            <Button size="small" aria-label={`${t("pages.bringBack")}: ${title}`} onClick={() => back.run(id)}>
              {t("pages.bringBack")}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}
