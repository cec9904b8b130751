import { pages } from "virtual:guide";
import { useEffect, useState } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import { findInGuide } from "../guide/search.ts";
import type { GuidePage } from "../guide/shape.ts";
import { ButtonLink } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { TextField } from "../parts/field.tsx";
import type { PageParams } from "../routes.ts";
import { t } from "../words/words.ts";
import { addressInGuide, Blocks } from "./help/blocks.tsx";
import { OpenPage, PortalFrame } from "./portal/portal-page.tsx";
import "./help.css";

/** `/help` and `/help/<page>`: the guide, with its list of pages and a search. */
export default function HelpPage({ params }: { params: PageParams }) {
  const name = params.page ?? "index";
  const page = pages.find((one) => one.name === name);
  return (
    <OpenPage title={page === undefined ? t("guide.title") : page.title}>
      {(door) => <Guide door={door} page={page} />}
    </OpenPage>
  );
}

function Guide({ door, page }: { door: FrontDoor; page: GuidePage | undefined }) {
  const [words, seek] = useState("");
  // Where the list would stand before the text, it is closed at first.
  const [hasRoom] = useState(() => matchMedia("(min-width: 60rem)").matches);
  useScrolledToPlace(page);
  return (
    <PortalFrame door={door} title={page === undefined ? t("guide.unknown") : page.title}>
      <div className="guide" data-seeking={words.trim() !== "" || undefined}>
        <div className="guide__side">
          <search>
            <TextField
              label={t("guide.search")}
              type="search"
              autoComplete="off"
              maxLength={100}
              value={words}
              onChange={(event) => seek(event.target.value)}
            />
          </search>
          <nav aria-label={t("guide.pages")}>
            <details open={hasRoom}>
              <summary className="guide__summary">{t("guide.pages")}</summary>
              <ul className="guide__pages">
                {pages.map(({ name, title }) => (
                  <li key={name}>
                    <a href={addressInGuide(name)} aria-current={name === page?.name ? "page" : undefined}>
                      {title}
                    </a>
                  </li>
                ))}
              </ul>
            </details>
          </nav>
        </div>
        <div className="guide__main">
          <p role="status" className={words.trim() === "" ? "unseen" : "soft"}>
            {words.trim() === "" ? "" : t("guide.found", { count: findInGuide(pages, words).length })}
          </p>
          {words.trim() !== "" ? (
            <Results words={words} />
          ) : page === undefined ? (
            <NoPage />
          ) : (
            <article className="card guide__page">
              <Blocks of={page.blocks} />
            </article>
          )}
        </div>
      </div>
    </PortalFrame>
  );
}

function Results({ words }: { words: string }) {
  const found = findInGuide(pages, words);
  if (found.length === 0) return <EmptyState icon="magnifying-glass" title={t("guide.nothing")} />;
  return (
    <ul className="rows" aria-label={t("guide.results")}>
      {found.map(({ page, title, section, place, excerpt }) => (
        <li className="row" key={`${page}#${place}`}>
          <div className="row__words">
            <a className="row__title" href={addressInGuide(place === "" ? page : `${page}#${place}`)}>
              {section === null ? title : t("guide.section", { title, section })}
            </a>
            <p className="soft small">{excerpt}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}

function NoPage() {
  return (
    <EmptyState
      icon="magnifying-glass"
      title={t("guide.unknownHint")}
      act={
        <ButtonLink look="filled" href="/help">
          {t("guide.title")}
        </ButtonLink>
      }
    />
  );
}

/** The text is drawn after the browser looked for the place behind the `#`. */
function useScrolledToPlace(page: GuidePage | undefined): void {
  useEffect(() => {
    if (page === undefined || location.hash === "") return;
    document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  }, [page]);
}
