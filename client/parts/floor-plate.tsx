import { useEffect, useRef, useState } from "react";
import { actSending, actWords, type FloorAct, type FloorSituation, plateOf } from "../views/floor-plate.ts";
import { steadyPress } from "../views/steady-press.ts";
import { t } from "../words/words.ts";
import { Icon } from "./icon.tsx";
import { TurnClock } from "./turn-clock.tsx";
import { useNow } from "./use-now.ts";
import "./floor-plate.css";

/** After this long without an answer the plate says that it is being done. */
const slowMs = 300;

export interface FloorPlateProps {
  situation: FloorSituation;
  /** The server's clock. */
  clock: () => number;
  /** The act that was sent and is not answered yet. */
  sending?: FloorAct | null;
  onAct: (act: FloorAct) => void;
  /** What only the chair has beside it. Missing acts are not shown. */
  chair?: { endTurn?: (() => void) | undefined; extendTurn?: (() => void) | undefined } | undefined;
  /** Quieter buttons under the sentence, such as the camera's. */
  children?: React.ReactNode;
}

/** The floor plate: one sentence, its reason and one button whose words are its name. */
export function FloorPlate({ situation, clock, sending = null, onAct, chair, children }: FloorPlateProps) {
  const speaking = situation.is === "speaking";
  const plate = plateOf(situation, useNow(clock, 250, speaking));
  const slow = useSlow(sending);
  const frame = useRef<HTMLElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useFocusKept(frame, button, plate.act !== null);
  const press = useSteady(plate.act);
  const sentence = slow === null ? plate.sentence : actSending(slow);
  const ticking = plate.ticking && slow === null;
  const endTurn = chair?.endTurn;

  return (
    <section
      ref={frame}
      className={`floor-plate floor-plate--${plate.ground}${plate.ground === "lamp" ? " on-lamp" : ""}`}
      aria-label={t("floor.plate")}
      tabIndex={-1}
    >
      <div className="floor-plate__words">
        <div className={ticking ? "unseen" : undefined} role="status">
          {ticking ? plate.spoken : <Words sentence={sentence} reason={plate.reason} />}
        </div>
        {ticking ? (
          <div aria-hidden="true">
            <Words sentence={sentence} reason={plate.reason} />
          </div>
        ) : null}
      </div>
      {situation.is === "speaking" ? (
        <div className="floor-plate__clock">
          <TurnClock turn={situation.turn} clock={clock} look="inline" />
        </div>
      ) : null}
      {children === undefined ? null : <div className="floor-plate__quiet">{children}</div>}
      <div
        className="floor-plate__acts"
        data-chair={endTurn !== undefined || chair?.extendTurn !== undefined || undefined}
      >
        {endTurn === undefined ? null : (
          <button type="button" className="floor-button floor-button--filled floor-button--end" onClick={endTurn}>
            <Icon name="check" />
            <span>{t("floor.endTurn")}</span>
          </button>
        )}
        {chair?.extendTurn === undefined ? null : (
          <button type="button" className="floor-button floor-button--beside" onClick={chair.extendTurn}>
            <Icon name="plus" />
            <span>{t("floor.extendTurn")}</span>
          </button>
        )}
        {plate.act === null ? (
          <span className="floor-plate__icon">
            <Icon name={plate.icon} />
          </span>
        ) : (
          <button
            ref={button}
            type="button"
            className={`floor-button ${
              endTurn !== undefined
                ? "floor-button--beside"
                : plate.act === "lowerHand"
                  ? "floor-button--open"
                  : "floor-button--filled"
            }`}
            aria-disabled={sending !== null || undefined}
            onPointerMove={press.moved}
            onPointerDown={press.down}
            onClick={(event) => {
              if (press.up(event.detail) && sending === null && plate.act !== null) onAct(plate.act);
            }}
          >
            <Icon name={plate.icon} />
            <span>{actWords(plate.act)}</span>
          </button>
        )}
      </div>
    </section>
  );
}

function Words({ sentence, reason }: { sentence: string; reason: string }) {
  return (
    <>
      <p className="floor-plate__sentence">{sentence}</p>
      {reason === "" ? null : <p className="floor-plate__reason">{reason}</p>}
    </>
  );
}

/** `sending`, once it has taken longer than people notice. */
function useSlow(sending: FloorAct | null): FloorAct | null {
  const [slow, setSlow] = useState<FloorAct | null>(null);
  useEffect(() => {
    setSlow(null);
    if (sending === null) return;
    const timer = setTimeout(() => setSlow(sending), slowMs);
    return () => clearTimeout(timer);
  }, [sending]);
  return slow;
}

/** Guards presses against the button's meaning changing under them. */
function useSteady(act: FloorAct | null) {
  const steady = useRef(steadyPress());
  const meant = useRef(act);
  useEffect(() => {
    if (meant.current === act) return;
    meant.current = act;
    steady.current.changed(performance.now());
  }, [act]);
  return {
    moved: () => steady.current.moved(performance.now()),
    down: ({ pointerType }: { pointerType: string }) =>
      steady.current.down(performance.now(), pointerType === "mouse" ? "mouse" : "finger"),
    up: (clicks: number) => steady.current.up(performance.now(), clicks),
  };
}

/** While there is no button (frozen, offline) the plate keeps its focus, and gives it back with the button. */
function useFocusKept(
  frame: React.RefObject<HTMLElement | null>,
  button: React.RefObject<HTMLButtonElement | null>,
  hasButton: boolean,
): void {
  const had = useRef(false);
  useEffect(() => {
    if (hasButton) {
      if (had.current && document.activeElement === frame.current) button.current?.focus();
      had.current = false;
      const shown = button.current;
      const noted = () => {
        had.current = true;
      };
      const lost = (event: FocusEvent) => {
        // Without a related target the button itself went away, or the window lost its focus.
        if (event.relatedTarget !== null) had.current = false;
      };
      shown?.addEventListener("focus", noted);
      shown?.addEventListener("blur", lost);
      if (document.activeElement === shown) noted();
      return () => {
        shown?.removeEventListener("focus", noted);
        shown?.removeEventListener("blur", lost);
      };
    }
    if (had.current && document.activeElement === document.body) frame.current?.focus();
    return undefined;
  }, [hasButton, frame, button]);
}
