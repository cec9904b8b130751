import { type FormEvent, useState } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { SpaceView } from "../../protocol/twinspace/space.ts";
import { searchSpace } from "../api/space/news.ts";
import { EmptyState } from "../parts/empty-state.tsx";
import { StatusLine } from "../parts/said.tsx";
import { Tag } from "../parts/tag.tsx";
import type { PageParams } from "../routes.ts";
import { sectionPath } from "../views/space-sections.ts";
import { t } from "../words/words.ts";
import { Trouble } from "./portal/trouble.tsx";
import { useAsked } from "./portal/use-asked.ts";
import { SearchField } from "./twinspace/search-field.tsx";
import { SpaceFrame, SpacePage } from "./twinspace/space-page.tsx";

/** `/twinspace/<slug>/search?words=…` */
export default function SpaceSearchPage({ params }: { params: PageParams }) {
  return (
    <SpacePage slug={params.slug ?? ""} title={t("spaceSearch.title")}>
      {(space, door) => <Search space={space} door={door} />}
    </SpacePage>
  );
}

function Search({ space, door }: { space: SpaceView; door: FrontDoor }) {
  const [words, search] = useState(() => new URLSearchParams(location.search).get("words") ?? "");
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const sought = String(new FormData(event.currentTarget).get("words")).trim();
    history.replaceState(null, "", `${sectionPath(space.slug, "home")}/search?words=${encodeURIComponent(sought)}`);
    search(sought);
  };
  return (
    <SpaceFrame door={door} section={null} title={t("spaceSearch.title")} intro={t("spaceSearch.intro")}>
      <SearchField slug={space.slug} words={words} onSubmit={submit} />
      {words === "" ? null : <Found key={words} slug={space.slug} words={words} />}
    </SpaceFrame>
  );
}

function Found({ slug, words }: { slug: string; words: string }) {
  const { asked, again } = useAsked(() => searchSpace(slug, words));
  if (asked.state === "asking") return <p role="status">{t("app.loading")}</p>;
  if (asked.state === "refused") return <Trouble refusal={asked.refusal} again={again} />;
  const { found } = asked.value;
  if (found.length === 0) {
    return (
      <div className="card" role="status">
        <EmptyState icon="magnifying-glass" title={t("spaceSearch.nothing")}>
          {t("spaceSearch.nothingHint")}
        </EmptyState>
      </div>
    );
  }
  return (
    <>
      <StatusLine>{t("spaceSearch.found", { count: found.length })}</StatusLine>
      <ul className="rows" aria-label={t("spaceSearch.title")}>
        {found.map(({ kind, title, words: said, path }) => (
          <li className="row" key={path}>
            <div className="row__words">
              <a className="row__title" href={path}>
                {title}
              </a>
              {said === "" ? null : <span className="soft small search-words">{said}</span>}
            </div>
            <div className="row__acts">
              <Tag>{t(`spaceSearch.${kind}`)}</Tag>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
