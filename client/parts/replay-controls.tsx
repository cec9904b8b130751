import type { ReactNode } from "react";
import { clockLength } from "../words/formats.ts";
import { t } from "../words/words.ts";
import { IconButton } from "./button.tsx";
import { Icon } from "./icon.tsx";
import { Menu } from "./menu.tsx";
import "./replay-controls.css";

const speeds = [0.5, 0.75, 1, 1.25, 1.5, 2];

/** Play, skip, where we are, and how fast. */
export function ReplayControls({
  playing,
  positionMs,
  lengthMs,
  speed,
  onPlay,
  onPrevious,
  onNext,
  onSpeed,
  children,
}: {
  playing: boolean;
  positionMs: number;
  lengthMs: number;
  speed: number;
  onPlay: (playing: boolean) => void;
  onPrevious: () => void;
  onNext: () => void;
  onSpeed: (speed: number) => void;
  /** More buttons, and the legend. */
  children?: ReactNode;
}) {
  return (
    <div className="replay-controls">
      <IconButton look="outlined" icon="skip-back-fill" name={t("replay.previous")} onClick={onPrevious} />
      <IconButton
        look="filled"
        className="replay-controls__play"
        icon={playing ? "pause-fill" : "play-fill"}
        name={playing ? t("replay.pause") : t("replay.play")}
        onClick={() => onPlay(!playing)}
      />
      <IconButton look="outlined" icon="skip-forward-fill" name={t("replay.next")} onClick={onNext} />
      <p className="replay-controls__time">
        <strong>{clockLength(positionMs)}</strong> {t("replay.of2", { whole: clockLength(lengthMs) })}
      </p>
      <Menu
        title={t("replay.speed")}
        className="button"
        trigger={
          <>
            <Icon name="gauge" />
            <span>
              <span className="unseen">{t("replay.speed")} </span>
              {t("replay.times", { speed })}
            </span>
          </>
        }
        acts={speeds.map((one) => ({
          label: t("replay.times", { speed: one }),
          chosen: one === speed,
          onPress: () => onSpeed(one),
        }))}
      />
      {children}
    </div>
  );
}

/** What line and bar mean. */
export function TimelineLegend() {
  return (
    <p className="timeline-legend soft small" aria-hidden="true">
      <svg width="28" height="12" aria-hidden="true">
        <line x1="1" x2="28" y1="6" y2="6" />
        <line x1="1" x2="1" y1="1" y2="11" />
      </svg>
      {t("replay.handUp")}
      <span className="timeline-legend__bar" />
      {t("replay.turn")}
    </p>
  );
}
