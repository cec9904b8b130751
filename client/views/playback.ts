/**
 * What plays when, on the meeting's clock (milliseconds since the meeting opened). A recording is a row of scenes: in each
 * of them the same files play from its beginning to its end, or none, and then it is known why.
 */
import type { ReplayFile } from "../../protocol/http/replays.ts";

export interface Span {
  fromMs: number;
  toMs: number;
}

export interface SpokenTurn extends Span {
  turn: string;
  seat: string;
}

/** Why nothing plays: nobody had the floor; everything was stopped; somebody spoke and it was not recorded. */
export type Gap = "silence" | "frozen" | "notRecorded";

export interface Scene extends Span {
  /** Whose picture and sound this is, in the order their turns began; then shared screens. Empty in a gap. */
  files: readonly ReplayFile[];
  gap: Gap | null;
}

/** So short a pause is waited through with the last picture standing; a longer one is said in words. */
export const briefMs = 1_000;
/** However long a gap was, it passes in this time. */
const gapPassesInMs = 1_500;
/** Shorter than this a scene is a seam between two files, not a thing to be shown. */
const seamMs = 60;
/** "Turn before" goes to the beginning of the turn that plays if it has played for so long. */
const backToOwnStartMs = 3_000;

/** What scenes are cut from; `gaps` are the stretches in which the recorder was away. */
export interface Recorded {
  files: readonly ReplayFile[];
  turns: readonly SpokenTurn[];
  frozen: readonly Span[];
  gaps: readonly Span[];
}

/**
 * Cuts the meeting into scenes. A file counts until its turn's end, though the last late packets stand a moment behind it,
 * and until the next file of the same seat and turn. One that is still being written counts until its turn's end too, or
 * until the recorder was gone: how long it is by now is old news when it is read.
 */
export function scenesOf(recorded: Recorded, lengthMs: number): Scene[] {
  const { files, turns, frozen } = recorded;
  const played = files.map((file) => ({ file, ...playedSpan(file, recorded, lengthMs) })).filter(isLong);
  const edges = [...played, ...turns, ...frozen].flatMap(({ fromMs, toMs }) => [fromMs, toMs]);
  const marks = [...new Set([0, ...edges, lengthMs].map((ms) => clamp(Math.round(ms), 0, lengthMs)))].sort(
    (a, b) => a - b,
  );
  const scenes: Scene[] = [];
  for (let i = 1; i < marks.length; i += 1) {
    const span = { fromMs: marks[i - 1] ?? 0, toMs: marks[i] ?? 0 };
    const now = played.filter((one) => one.fromMs <= span.fromMs && one.toMs >= span.toMs).map(({ file }) => file);
    const gap = now.length > 0 ? null : whyNothing(span, turns, frozen);
    append(scenes, { ...span, files: inOrder(now), gap });
  }
  return scenes;
}

function playedSpan(file: ReplayFile, { files, turns, gaps }: Recorded, wholeMs: number): Span {
  const { startMs, lengthMs, state } = file;
  const turnEndMs = turns.find(({ turn }) => turn === file.turn)?.toMs ?? Number.POSITIVE_INFINITY;
  const sequelMs = Math.min(
    ...files
      .filter((other) => other.turn === file.turn && other.seat === file.seat && other.kind === file.kind)
      .map((other) => other.startMs)
      .filter((otherMs) => otherMs > startMs),
  );
  const goneMs = gaps.find(({ toMs }) => toMs > startMs)?.fromMs ?? wholeMs;
  const ownEndMs = state === "writing" ? Math.max(goneMs, startMs + lengthMs) : startMs + lengthMs;
  return { fromMs: Math.max(0, startMs), toMs: Math.min(ownEndMs, turnEndMs, sequelMs) };
}

const isLong = ({ fromMs, toMs }: Span): boolean => toMs - fromMs >= seamMs;

function whyNothing(span: Span, turns: readonly Span[], frozen: readonly Span[]): Gap {
  const covers = (one: Span) => one.fromMs <= span.fromMs && one.toMs >= span.toMs;
  if (turns.some(covers)) return "notRecorded";
  return frozen.some(covers) ? "frozen" : "silence";
}

/** A seam becomes part of what stands before it; neighbours that are alike become one. */
function append(scenes: Scene[], scene: Scene): void {
  const last = scenes.at(-1);
  if (last === undefined) scenes.push(scene);
  else if (isSame(last, scene) || !isLong(scene)) last.toMs = scene.toMs;
  else if (!isLong(last)) scenes.splice(-1, 1, { ...scene, fromMs: last.fromMs });
  else scenes.push(scene);
}

function isSame(a: Scene, b: Scene): boolean {
  return a.gap === b.gap && a.files.length === b.files.length && a.files.every((file, i) => file.id === b.files[i]?.id);
}

function inOrder(files: readonly ReplayFile[]): ReplayFile[] {
  const rank = ({ kind }: ReplayFile) => (kind === "speaker" ? 0 : 1);
  return [...files].sort((a, b) => rank(a) - rank(b) || a.startMs - b.startMs || (a.id < b.id ? -1 : 1));
}

/** Which scene is on at this moment; the last one at the very end. -1 when there is none. */
export function sceneAt(scenes: readonly Scene[], ms: number): number {
  const found = scenes.findIndex(({ toMs }) => ms < toMs);
  return found < 0 ? scenes.length - 1 : found;
}

/** The next scene in which something plays, behind the one given. */
export function sceneAfter(scenes: readonly Scene[], index: number): Scene | undefined {
  return scenes.slice(index + 1).find(({ gap }) => gap === null);
}

/** Where a replay begins: with the first that plays, not with the wait before it. */
export function beginningOf(scenes: readonly Scene[]): number {
  return scenes.find(({ gap }) => gap === null)?.fromMs ?? 0;
}

export const isBrief = ({ fromMs, toMs }: Span): boolean => toMs - fromMs <= briefMs;

/** How many times faster than it was a scene passes by itself, where no file tells the time. */
export function paceOf(scene: Span): number {
  return Math.max(1, (scene.toMs - scene.fromMs) / gapPassesInMs);
}

/** Where in a file this moment is, in seconds; never behind its end, so that its last picture stands. */
export function secondsInto(file: Pick<ReplayFile, "startMs">, ms: number): number {
  return Math.max(0, ms - file.startMs) / 1000;
}

/**
 * The elements a moment needs: what plays, what was left standing through a brief pause, and what comes next, loaded
 * beforehand so that it begins at once.
 */
export function filesAround(
  scenes: readonly Scene[],
  index: number,
): { shown: readonly ReplayFile[]; next: readonly ReplayFile[]; nextFromMs: number } {
  const scene = scenes[index];
  const before = scenes[index - 1];
  const standing = scene?.gap === "silence" && isBrief(scene) ? (before?.files ?? []) : [];
  const shown = scene === undefined ? [] : scene.gap === null ? scene.files : standing;
  const after = sceneAfter(scenes, index);
  const known = new Set(shown.map(({ id }) => id));
  return {
    shown,
    next: after?.files.filter(({ id }) => !known.has(id)) ?? [],
    nextFromMs: after?.fromMs ?? 0,
  };
}

/** Where "Turn before" goes. */
export function turnBefore(turns: readonly Span[], ms: number): number {
  const begun = turns.filter(({ fromMs }) => fromMs < ms - 500);
  const last = begun.at(-1);
  if (last === undefined) return turns[0]?.fromMs ?? 0;
  if (ms - last.fromMs >= backToOwnStartMs) return last.fromMs;
  return begun.at(-2)?.fromMs ?? last.fromMs;
}

/** Where "Next turn" goes, or null behind the last. */
export function turnAfter(turns: readonly Span[], ms: number): number | null {
  return turns.find(({ fromMs }) => fromMs > ms + 50)?.fromMs ?? null;
}

export const speeds: readonly number[] = [0.5, 0.75, 1, 1.25, 1.5, 2];

/** `?t=<seconds>` of an address, in milliseconds; null without one that makes sense. */
export function momentIn(search: string): number | null {
  const text = new URLSearchParams(search).get("t");
  return text !== null && /^\d{1,6}(\.\d{1,3})?$/.test(text) ? Math.round(Number(text) * 1000) : null;
}

/** The link to a moment: whole seconds, at or before it. */
export function linkToMoment(origin: string, code: string, ms: number): string {
  return `${origin}/r/${code}?t=${Math.floor(Math.max(0, ms) / 1000)}`;
}

export type KeyAct =
  | { act: "playOrPause" | "turnBefore" | "turnAfter" | "help" | "slower" | "faster" }
  | { act: "move"; byMs: number }
  | { act: "to"; where: "start" | "end" };

/** What a key does on the page; null for keys that are not ours. */
export function keyAct(key: string): KeyAct | null {
  switch (key.length === 1 ? key.toLowerCase() : key) {
    case " ":
    case "k":
      return { act: "playOrPause" };
    case "ArrowLeft":
      return { act: "move", byMs: -5_000 };
    case "ArrowRight":
      return { act: "move", byMs: 5_000 };
    case "j":
      return { act: "move", byMs: -10_000 };
    case "l":
      return { act: "move", byMs: 10_000 };
    case "p":
      return { act: "turnBefore" };
    case "n":
      return { act: "turnAfter" };
    case "Home":
      return { act: "to", where: "start" };
    case "End":
      return { act: "to", where: "end" };
    case "<":
      return { act: "slower" };
    case ">":
      return { act: "faster" };
    case "?":
      return { act: "help" };
    default:
      return null;
  }
}

const clamp = (n: number, least: number, most: number): number => Math.min(Math.max(n, least), most);
