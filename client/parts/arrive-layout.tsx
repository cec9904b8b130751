import type { ReactNode } from "react";
import type { IconName } from "../looks/icons.ts";
import { Icon } from "./icon.tsx";
import { Mark } from "./mark.tsx";
import "./arrive-layout.css";
import { t } from "../words/words.ts";

/** Before the room: my picture at the left, what this is and my name at the right, the ways in on the band below. */
export function ArriveLayout({
  when,
  title,
  facts,
  name,
  picture,
  choice,
  join,
  ways,
  notice,
  onSubmit,
}: {
  /** "Two rivers · today, 10:00 to 11:00" */
  when?: string | undefined;
  title: string;
  facts: ReactNode;
  name: ReactNode;
  picture: ReactNode;
  /** Which camera, which microphone. */
  choice: ReactNode;
  /** The one filled button. */
  join: ReactNode;
  /** Quieter ways in: without camera, only listening. */
  ways?: ReactNode;
  notice?: ReactNode;
  onSubmit: () => void;
}) {
  return (
    <form
      className="arrive"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <header className="arrive__bar">
        <a className="page-frame__home" href="/">
          <Mark />
          <strong>{t("app.name")}</strong>
        </a>
      </header>
      <main className="arrive__main">
        <div className="arrive__picture">{picture}</div>
        <div className="arrive__what">
          {notice}
          {when === undefined ? null : <p className="arrive__when soft">{when}</p>}
          <h1>{title}</h1>
          <ul className="arrive__facts">{facts}</ul>
        </div>
        <div className="arrive__name">{name}</div>
        <div className="arrive__choice">{choice}</div>
        <div className="arrive__ways">{ways}</div>
        <div className="arrive__join">{join}</div>
      </main>
    </form>
  );
}

/** One thing to know before joining. */
export function Fact({
  icon,
  face,
  tone = "plain",
  title,
  children,
}: {
  icon?: IconName;
  face?: ReactNode;
  tone?: "plain" | "bad" | "glow";
  title: string;
  children?: ReactNode;
}) {
  return (
    <li className="fact">
      {face ?? (
        <span className={`fact__icon fact__icon--${tone}`}>{icon === undefined ? null : <Icon name={icon} />}</span>
      )}
      <span>
        <strong>{title}</strong>
        <span className="soft">{children}</span>
      </span>
    </li>
  );
}
