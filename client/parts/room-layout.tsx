import type { ReactNode } from "react";
import type { IconName } from "../looks/icons.ts";
import { t } from "../words/words.ts";
import { Icon } from "./icon.tsx";
import "./room-layout.css";

/** What a phone or a tablet shows beside the floor; wide screens show chat and people always. */
export type RoomPanel = "floor" | "chat" | "people" | "react";

const panels: readonly { key: RoomPanel; icon: IconName; label: () => string }[] = [
  { key: "floor", icon: "microphone", label: () => t("room.tabFloor") },
  { key: "chat", icon: "chat-circle-text", label: () => t("room.tabChat") },
  { key: "people", icon: "users-three", label: () => t("room.tabPeople") },
  { key: "react", icon: "smiley", label: () => t("room.tabReact") },
];

/**
 * The two-tone wall: above what there is to see, in the band below what I can do now. One order in the document for every width;
 * only the grid changes.
 */
export function RoomLayout({
  bar,
  notice,
  stage,
  lobby,
  people,
  chat,
  react,
  queue,
  plate,
  panel,
  onPanel,
  fresh,
}: {
  bar: ReactNode;
  /** Alerts and refusals. */
  notice?: ReactNode;
  stage: ReactNode;
  lobby?: ReactNode;
  people: ReactNode;
  chat: ReactNode;
  /** Reactions in the open; only on narrow screens. */
  react: ReactNode;
  queue: ReactNode;
  plate: ReactNode;
  panel: RoomPanel;
  onPanel: (panel: RoomPanel) => void;
  /** How many are new behind a tab. */
  fresh?: Partial<Record<RoomPanel, number>>;
}) {
  return (
    <div className="room" data-panel={panel}>
      <div className="room__bar">{bar}</div>
      <main className="room__main">
        <h1 className="unseen">{t("room.meeting")}</h1>
        <div className="room__notice">{notice}</div>
        <div className="room__stage">{stage}</div>
        <div className="room__side">
          {lobby === undefined || lobby === null ? null : <div className="room__lobby">{lobby}</div>}
          <div className="room__people">{people}</div>
          <div className="room__chat">{chat}</div>
          <div className="room__react">{react}</div>
        </div>
        <div className="room__dado">
          <div className="room__queue">{queue}</div>
          <div className="room__plate">{plate}</div>
        </div>
      </main>
      <nav className="room__tabs" aria-label={t("room.tabs")}>
        {panels.map(({ key, icon, label }) => (
          <button key={key} type="button" aria-current={panel === key || undefined} onClick={() => onPanel(key)}>
            <Icon name={icon} />
            {label()}
            {fresh?.[key] ? <span className="room__fresh">{fresh[key]}</span> : null}
          </button>
        ))}
      </nav>
    </div>
  );
}
