import type { ReactNode } from "react";
import { t } from "../words/words.ts";
import { Icon } from "./icon.tsx";
import { Mark } from "./mark.tsx";
import "./page-frame.css";

/** The frame of every page but the room: the mark, where one can go, one question in large type. */
export function PageFrame({
  title,
  intro,
  acts,
  nav,
  demo = false,
  above,
  side,
  dado,
  children,
}: {
  /** The page's question or name; missing where the page has a heading of its own. */
  title?: string;
  intro?: ReactNode;
  /** Beside the title: the one filled button. */
  acts?: ReactNode;
  /** At the right of the top: who is signed in, ways to go. */
  nav?: ReactNode;
  demo?: boolean;
  /** Over the title: where in a larger whole this page is. */
  above?: ReactNode;
  /** A second column where there is room. */
  side?: ReactNode;
  /** The band below: what I can do now. */
  dado?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="page-frame">
      <a className="page-frame__skip button button--filled" href="#main">
        {t("app.skip")}
      </a>
      {demo ? <DemoLine /> : null}
      <header className="page-frame__bar">
        <a className="page-frame__home" href="/">
          <Mark />
          <strong>{t("app.name")}</strong>
        </a>
        <div className="page-frame__nav">
          {nav}
          <a className="page-frame__help" href="/help" aria-current={isHelp() ? "page" : undefined}>
            <Icon name="question" />
            {t("act.help")}
          </a>
        </div>
      </header>
      <main className="page-frame__main" id="main" tabIndex={-1}>
        {above}
        {title === undefined && acts === undefined ? null : (
          <div className="page-frame__head">
            <div>
              {title === undefined ? null : <h1>{title}</h1>}
              {intro === undefined ? null : <p className="soft">{intro}</p>}
            </div>
            {acts === undefined ? null : <div className="page-frame__acts">{acts}</div>}
          </div>
        )}
        <div className="page-frame__columns" data-side={side === undefined ? undefined : true}>
          <div className="page-frame__column">{children}</div>
          {side === undefined ? null : <aside className="page-frame__column">{side}</aside>}
        </div>
      </main>
      {dado === undefined ? null : <div className="page-frame__dado">{dado}</div>}
    </div>
  );
}

const isHelp = (): boolean => location.pathname.split("/")[1] === "help";

/** Said on every page of a demo. */
export function DemoLine({ short = false }: { short?: boolean }) {
  return (
    <aside className="demo-line" aria-label={t("app.demoName")}>
      {short ? t("app.demoShort") : t("app.demo")}
    </aside>
  );
}
