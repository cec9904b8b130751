/** What the floor plate says and offers in each of its states (looks 3): pure, so that every state is tested without a browser. */
import type { IconName } from "../looks/icons.ts";
import { clockLength } from "../words/formats.ts";
import { t } from "../words/words.ts";

/** A turn's times by the server's clock, in milliseconds since 1970. `endsAt` null: no limit. */
export interface TurnTimes {
  startedAt: number;
  endsAt: number | null;
}

export type Readiness = "camera" | "microphone" | "readying" | "none";

/** How it stands between this seat and the floor. Names are as they are to be read. */
export type FloorSituation =
  /** `handsToGive`: the chair has to give the turn to one of so many. */
  | { is: "free"; chairGives?: string | undefined; handsToGive?: number | undefined }
  | { is: "listening"; speakers: string; handsUp: number }
  | { is: "waiting"; place: number; before?: string | undefined; chairGives?: string | undefined; ready: Readiness }
  | { is: "next"; ready: Readiness; chairGives?: string | undefined }
  | { is: "speaking"; turn: TurnTimes }
  | { is: "muted"; chair: string }
  | { is: "frozen"; chair: string; byMe: boolean }
  | { is: "offline"; place?: number | undefined }
  | { is: "watching" }
  /** The chair while somebody else speaks. */
  | { is: "leading"; speakers: string; several?: boolean; next?: string | undefined; nextReady: boolean };

export type FloorAct = "raiseHand" | "lowerHand" | "finishTurn";

export interface ShownPlate {
  ground: "sheet" | "glow" | "next" | "lamp" | "sunk" | "leading";
  sentence: string;
  reason: string;
  /** True when sentence or reason change by the second, so that they are not read aloud each time. */
  ticking: boolean;
  /** What is read aloud instead while it ticks; empty otherwise. */
  spoken: string;
  act: FloorAct | null;
  icon: IconName;
}

/** From here on the plate says how many seconds are left. */
export const lastSecondsMs = 20_000;
const minuteMs = 60_000;

const readyWords = (ready: Readiness): string =>
  ({
    camera: t("floor.cameraReady"),
    microphone: t("floor.microphoneReady"),
    readying: t("floor.cameraReadying"),
    none: "",
  })[ready];

const raise = { act: "raiseHand", icon: "hand-palm" } as const;
const lower = { act: "lowerHand", icon: "hand-arrow-down" } as const;

/** The plate for a situation; `now` is the server's clock. */
export function plateOf(situation: FloorSituation, now: number): ShownPlate {
  const still = (plate: Omit<ShownPlate, "ticking" | "spoken">): ShownPlate => ({
    ...plate,
    ticking: false,
    spoken: [plate.sentence, plate.reason]
      .filter(Boolean)
      .join(". ")
      .replace(/([.…])\./g, "$1"),
  });
  switch (situation.is) {
    case "free":
      return still({
        ground: "sheet",
        sentence: t("floor.free"),
        reason: freeReason(situation),
        ...raise,
      });
    case "listening":
      return still({
        ground: "sheet",
        sentence: t("floor.listen", { name: situation.speakers }),
        reason:
          situation.handsUp === 0 ? t("floor.listenNobody") : t("floor.listenWaiting", { count: situation.handsUp }),
        ...raise,
      });
    case "waiting":
      return still({
        ground: "glow",
        sentence: t("floor.youAre", { place: situation.place }),
        reason: [
          situation.before === undefined ? "" : t("floor.beforeYou", { name: situation.before }),
          situation.chairGives === undefined ? "" : t("floor.chairGives", { chair: situation.chairGives }),
          situation.place === 2 ? readyWords(situation.ready) : "",
        ]
          .filter(Boolean)
          .join(" "),
        ...lower,
      });
    case "next":
      return still({
        ground: "next",
        sentence: t("floor.youAreNext"),
        reason: [
          situation.chairGives === undefined ? "" : t("floor.chairGives", { chair: situation.chairGives }),
          readyWords(situation.ready),
        ]
          .filter(Boolean)
          .join(" "),
        ...lower,
      });
    case "speaking":
      return speakingPlate(situation.turn, now);
    case "muted":
      return still({
        ground: "sunk",
        sentence: t("floor.muted"),
        reason: t("floor.mutedReason", { chair: situation.chair }),
        act: null,
        icon: "microphone-slash",
      });
    case "frozen":
      return still({
        ground: "sunk",
        sentence: t("floor.frozen"),
        reason: situation.byMe ? t("floor.frozenByYou") : t("floor.frozenReason", { chair: situation.chair }),
        act: null,
        icon: "snowflake",
      });
    case "offline":
      return still({
        ground: "sunk",
        sentence: t("floor.offline"),
        reason:
          situation.place === undefined
            ? t("floor.offlineReason")
            : t("floor.offlinePlace", { place: situation.place }),
        act: null,
        icon: "arrows-clockwise",
      });
    case "watching":
      return still({
        ground: "sunk",
        sentence: t("floor.watching"),
        reason: t("floor.watchingReason"),
        act: null,
        icon: "eye",
      });
    case "leading":
      return still({
        ground: "leading",
        sentence: situation.several
          ? t("floor.areSpeaking", { names: situation.speakers })
          : t("floor.isSpeaking", { name: situation.speakers }),
        reason:
          situation.next === undefined
            ? t("floor.nobodyNext")
            : situation.nextReady
              ? t("floor.nextIsReady", { name: situation.next })
              : t("floor.nextIs", { name: situation.next }),
        ...raise,
      });
  }
}

function freeReason({ chairGives, handsToGive }: Extract<FloorSituation, { is: "free" }>): string {
  if (handsToGive !== undefined) return t("floor.chairFreeByChair", { count: handsToGive });
  return chairGives === undefined ? t("floor.freeReason") : t("floor.freeByChair", { chair: chairGives });
}

function speakingPlate(turn: TurnTimes, now: number): ShownPlate {
  const finish = { ground: "lamp", act: "finishTurn", icon: "check", ticking: true } as const;
  if (turn.endsAt === null) {
    return {
      ...finish,
      sentence: t("floor.youSpeak"),
      reason: t("floor.everybodyHears"),
      spoken: t("told.turnYours"),
    };
  }
  const leftMs = Math.max(0, turn.endsAt - now);
  if (leftMs <= lastSecondsMs) {
    return {
      ...finish,
      sentence: t("floor.secondsLeft", { count: Math.ceil(leftMs / 1000) }),
      reason: t("floor.lastSentence"),
      spoken: `${t("floor.secondsLeft", { count: lastSecondsMs / 1000 })}. ${t("floor.lastSentence")}`,
    };
  }
  const minuteNow = leftMs <= minuteMs && turn.endsAt - turn.startedAt > minuteMs;
  return {
    ...finish,
    sentence: t("floor.youSpeak"),
    reason: t("floor.left", { time: clockLength(leftMs) }),
    spoken: minuteNow ? t("floor.minuteLeft") : t("told.turnYours"),
  };
}

/** The words on the plate's button. */
export const actWords = (act: FloorAct): string =>
  ({ raiseHand: t("floor.raiseHand"), lowerHand: t("floor.lowerHand"), finishTurn: t("floor.finishTurn") })[act];

/** What is said while the button's command is on its way. */
export const actSending = (act: FloorAct): string =>
  ({ raiseHand: t("floor.raising"), lowerHand: t("floor.lowering"), finishTurn: t("floor.finishing") })[act];
