import type { ReactNode } from "react";
import { t } from "../words/words.ts";
import { Button, IconButton } from "./button.tsx";
import { Mark } from "./mark.tsx";
import { Tag } from "./tag.tsx";
import "./room-bar.css";

/** The room's top: what this is, whether it is recorded, and the ways out, always in the same place. */
export function RoomBar({
  title,
  project,
  recording,
  time,
  people,
  locked = false,
  adults,
  freeze,
  onHelp,
  onLeave,
  menu,
  endForAll,
}: {
  title: string;
  project?: string | undefined;
  recording: "off" | "running" | "interrupted";
  /** "24 min, ends 11:00" */
  time?: string | undefined;
  /** "8 here" */
  people: string;
  locked?: boolean;
  /** "2 adults here", for who leads. */
  adults?: string | undefined;
  /** Only for who may. */
  freeze?: { frozen: boolean; onFreeze: () => void; onResume: () => void } | undefined;
  onHelp: () => void;
  onLeave: () => void;
  /** Settings. */
  menu?: ReactNode;
  endForAll?: (() => void) | undefined;
}) {
  return (
    <header className="room-bar">
      <a className="room-bar__mark" href="/" aria-label={t("app.name")} tabIndex={-1} target="_blank" rel="noreferrer">
        <Mark />
      </a>
      <div className="room-bar__what">
        <p className="room-bar__title cut">{title}</p>
        {project === undefined ? null : <p className="room-bar__project soft cut">{project}</p>}
        <p className="room-bar__tags">
          {recording === "off" ? null : (
            <Tag tone="bad" icon={recording === "running" ? "record-fill" : "warning"}>
              {recording === "running" ? t("room.recorded") : t("room.recordingInterrupted")}
            </Tag>
          )}
          {locked ? <Tag icon="lock-simple">{t("room.locked")}</Tag> : null}
          <span className="room-bar__here soft">{people}</span>
          {time === undefined ? null : (
            <span className="room-bar__time">
              <Tag icon="clock">{time}</Tag>
            </span>
          )}
        </p>
      </div>
      <div className="room-bar__acts">
        {adults === undefined ? null : (
          <span className="room-bar__adults">
            <Tag icon="shield-check">{adults}</Tag>
          </span>
        )}
        {freeze === undefined ? null : freeze.frozen ? (
          <Button look="filled" icon="play-fill" onClick={freeze.onResume}>
            {t("room.resume")}
          </Button>
        ) : (
          <Button look="danger" icon="snowflake" onClick={freeze.onFreeze} className="room-bar__short">
            {t("room.freeze")}
          </Button>
        )}
        {endForAll === undefined ? null : (
          <Button look="danger" onClick={endForAll} className="room-bar__end">
            {t("room.endForAll")}
          </Button>
        )}
        {menu}
        <IconButton icon="question" name={t("act.help")} onClick={onHelp} className="room-bar__help" />
        <Button icon="sign-out" onClick={onLeave} className="room-bar__short">
          {t("room.leave")}
        </Button>
      </div>
    </header>
  );
}
