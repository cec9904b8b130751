import { useId } from "react";
import { clockLength } from "../words/formats.ts";
import { t } from "../words/words.ts";
import { Patterns } from "./charts/patterns.tsx";
import type { ShownPerson } from "./person.ts";
import { Flag } from "./place.tsx";
import "./timeline.css";

export interface TimelineSpan {
  fromMs: number;
  toMs: number;
}

export interface TimelineRow {
  person: ShownPerson;
  /** Their turns on the meeting's clock. */
  turns: readonly (TimelineSpan & { id: string })[];
  /** Their hand was up. */
  waits: readonly TimelineSpan[];
  spokeMs: number;
  /** How long their hand was up; summed from `waits` when it is missing. */
  waitedMs?: number;
  /** 1 to 8: colour and pattern. */
  pattern: number;
}

/**
 * Who spoke when: a row per person, a bar per turn, a dotted line before it for the raised hand, the total at the right. The
 * playhead is the slider "Position"; a press on a bar goes there.
 */
export function Timeline({
  rows,
  stops = [],
  lengthMs,
  positionMs,
  onSeek,
}: {
  rows: readonly TimelineRow[];
  /** Stretches in which nothing went on or nothing was recorded; the page says them in words too. */
  stops?: readonly TimelineSpan[];
  lengthMs: number;
  positionMs: number;
  onSeek: (ms: number) => void;
}) {
  const id = useId();
  const share = (ms: number) => `${((100 * Math.min(Math.max(0, ms), lengthMs)) / Math.max(1, lengthMs)).toFixed(3)}%`;
  const at = share(positionMs);
  return (
    <div className="timeline">
      <Patterns id={id} />
      <div className="timeline__chart">
        <ul className="timeline__rows" aria-label={t("replay.timeline")}>
          {rows.map((row) => (
            <li key={row.person.id}>
              <span className="timeline__who">
                {row.person.country === undefined ? null : <Flag country={row.person.country} />}
                <strong className="cut">{row.person.name}</strong>
              </span>
              <svg className="timeline__bars" aria-hidden="true" focusable="false">
                <line className="timeline__line" x1="0" x2="100%" y1="12" y2="12" />
                {row.waits.map((wait) => (
                  <g key={wait.fromMs} className="timeline__wait">
                    <line x1={share(wait.fromMs)} x2={share(wait.toMs)} y1="12" y2="12" />
                    <line className="timeline__hand" x1={share(wait.fromMs)} x2={share(wait.fromMs)} y1="7" y2="17" />
                  </g>
                ))}
                {row.turns.map((turn) => (
                  // biome-ignore lint/a11y/noStaticElementInteractions: a short way for a mouse; by keyboard the list "Turns" goes there
                  <rect
                    key={turn.id}
                    className="timeline__turn"
                    data-pattern={row.pattern}
                    x={share(turn.fromMs)}
                    y="2"
                    width={share(Math.max(turn.toMs - turn.fromMs, lengthMs * 0.004))}
                    height="20"
                    rx="5"
                    fill={`url(#${id}-${row.pattern})`}
                    onClick={() => onSeek(turn.fromMs)}
                  />
                ))}
              </svg>
              <span className="timeline__spoke">
                <span className="unseen">{t("replay.spoke")} </span>
                {clockLength(row.spokeMs)}
              </span>
            </li>
          ))}
        </ul>
        <div className="timeline__head">
          {stops.map((stop) => (
            <div
              key={stop.fromMs}
              className="timeline__stop"
              style={{ left: share(stop.fromMs), width: share(stop.toMs - stop.fromMs) }}
            />
          ))}
          <div className="timeline__line-at" style={{ left: at }} />
          <input
            type="range"
            aria-label={t("replay.position")}
            aria-valuetext={t("replay.positionIs", { time: clockLength(positionMs), whole: clockLength(lengthMs) })}
            min={0}
            max={Math.max(1, Math.round(lengthMs))}
            step={1000}
            value={Math.round(positionMs)}
            onChange={(event) => onSeek(Number(event.target.value))}
          />
        </div>
      </div>
      <Scale lengthMs={lengthMs} share={share} />
    </div>
  );
}

function Scale({ lengthMs, share }: { lengthMs: number; share: (ms: number) => string }) {
  const stepMs = scaleStepMs(lengthMs);
  const marks = Array.from({ length: Math.floor((lengthMs * 0.97) / stepMs) + 1 }, (_, i) => i * stepMs);
  return (
    <div className="timeline__scale" aria-hidden="true">
      <span />
      <span className="timeline__marks">
        {marks.map((ms) => (
          <span key={ms} style={{ left: share(ms) }}>
            {stepMs < 60_000 ? clockLength(ms) : t("replay.minutes", { count: ms / 60_000 })}
          </span>
        ))}
      </span>
      <strong>{t("replay.spoke")}</strong>
    </div>
  );
}

/** A step that gives at most six marks: seconds for short meetings, round minutes for long ones. */
export function scaleStepMs(lengthMs: number): number {
  const steps = [10, 30, 60, 120, 300, 600, 900, 1800, 3600].map((seconds) => seconds * 1000);
  return steps.find((step) => lengthMs / step <= 6) ?? 7_200_000;
}

/** The same as a table, for who reads numbers better than lines. */
export function TimelineTable({ rows }: { rows: readonly TimelineRow[] }) {
  return (
    <table className="timeline-table">
      <caption className="unseen">{t("replay.timeline")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("replay.person")}</th>
          <th scope="col">{t("replay.turns")}</th>
          <th scope="col">{t("replay.spoke")}</th>
          <th scope="col">{t("replay.waited")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.person.id}>
            <th scope="row">{row.person.name}</th>
            <td>{row.turns.length}</td>
            <td>{clockLength(row.spokeMs)}</td>
            <td>{clockLength(row.waitedMs ?? row.waits.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
