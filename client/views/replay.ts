/** The replay's picture of a meeting: people, rows, turns and scenes, made once of its log; and what was so at a moment. */
import { type Past, pastOf, stateAt } from "../../domain/meeting/past.ts";
import { type PersonRow, type Timeline, type TurnBar, timelineOf } from "../../domain/meeting/timeline.ts";
import type { Replay } from "../../protocol/http/replays.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Reaction } from "../../protocol/meeting.ts";
import type { ShownPerson } from "../parts/person.ts";
import type { TimelineRow } from "../parts/timeline.tsx";
import type { ShownTurn } from "../parts/turns-list.tsx";
import { t } from "../words/words.ts";
import { type Scene, scenesOf } from "./playback.ts";

/** The answers so far as one: each brings the files and states as they are, and the events that are new. */
export type WholeReplay = Omit<Replay, "from">;

export function grown(before: WholeReplay | null, { from, ...answer }: Replay): WholeReplay {
  if (before === null || from === 0 || from !== before.log.length) return answer;
  return {
    ...answer,
    log: answer.log.length === 0 ? before.log : [...before.log, ...answer.log],
    contents: { ...before.contents, ...answer.contents },
  };
}

export interface Story {
  timeline: Timeline;
  past: Past;
  scenes: Scene[];
  rows: TimelineRow[];
  turns: ShownTurn[];
  /** Whoever was in the room, by seat. */
  personOf: (seat: Id) => ShownPerson;
  /** Who spoke in a turn: of a class its pupil. */
  speakerOf: (turn: Id) => ShownPerson;
}

export function storyOf(replay: WholeReplay, before?: Story): Story {
  const { log, contents, schools, files, openedAt, lengthMs } = replay;
  const timeline = timelineOf(log, (openedAt ?? 0) + lengthMs);
  const people = new Map(timeline.people.map((row) => [row.seat, personIn(row, contents, schools)]));
  const personOf = (seat: Id): ShownPerson => people.get(seat) ?? { id: seat, name: t("replay.someone") };
  const speakers = new Map(timeline.turns.map((turn) => [turn.turn, speakerIn(turn, personOf(turn.seat), contents)]));
  const turns = timeline.turns.map((turn) => ({
    id: turn.turn,
    person: speakers.get(turn.turn) ?? personOf(turn.seat),
    fromMs: turn.fromMs,
    lengthMs: turn.toMs - turn.fromMs,
  }));
  return {
    timeline,
    past: pastOf(log, before?.past),
    scenes: scenesOf({ files, ...timeline }, timeline.lengthMs),
    rows: rowsOf(timeline.people, personOf),
    turns,
    personOf,
    speakerOf: (turn) => speakers.get(turn) ?? { id: turn, name: t("replay.someone") },
  };
}

function personIn({ seat, name, kind, school }: PersonRow, words: Replay["contents"], schools: Replay["schools"]) {
  const of = schools.find(({ id }) => id === school);
  return {
    ...{ id: seat, name: words[name] ?? t("replay.someone"), kind },
    ...(of && { country: of.country, school: of.name, town: of.town }),
  };
}

function speakerIn({ pupilName }: TurnBar, person: ShownPerson, words: Replay["contents"]): ShownPerson {
  const pupil = pupilName === null ? undefined : words[pupilName];
  return pupil === undefined ? person : { ...person, name: t("replay.ofClass", { pupil, name: person.name }) };
}

/** Who spoke or wanted to, in the order they first did; then who never did, watchers left out. */
function rowsOf(people: readonly PersonRow[], personOf: (seat: Id) => ShownPerson): TimelineRow[] {
  const firstMs = ({ turns, waits }: PersonRow) =>
    Math.min(turns[0]?.fromMs ?? Number.POSITIVE_INFINITY, waits[0]?.fromMs ?? Number.POSITIVE_INFINITY);
  const byFirst = people.map((row, place) => ({ row, place, at: firstMs(row) }));
  return byFirst
    .filter(({ row, at }) => row.role !== "watcher" || Number.isFinite(at))
    .sort((a, b) => (a.at === b.at ? a.place - b.place : a.at - b.at))
    .map(({ row }, index) => ({
      person: personOf(row.seat),
      turns: row.turns.map(({ turn, fromMs, toMs }) => ({ id: turn, fromMs, toMs })),
      waits: row.waits,
      spokeMs: row.spokeMs,
      waitedMs: row.waitedMs,
      pattern: (index % 8) + 1,
    }));
}

/** A reaction is to be seen for so long. */
const reactionMs = 4_000;
const handsShown = 3;

export interface Moment {
  /** The first in the queue, by their places from 1 on; `more` stand behind them. */
  hands: { place: number; person: ShownPerson }[];
  more: number;
  /** What had been written by then, oldest first. */
  messages: { id: Id; atMs: number; person: ShownPerson; text: string | undefined }[];
  reactions: { person: ShownPerson; reaction: Reaction; atMs: number }[];
  /** The turns that ran then. */
  turns: Id[];
}

export function momentOf({ past, timeline, personOf }: Story, contents: Replay["contents"], ms: number): Moment {
  const { queue, turns } = stateAt(past, ms);
  return {
    hands: queue.slice(0, handsShown).map(({ seat }, index) => ({ place: index + 1, person: personOf(seat) })),
    more: Math.max(0, queue.length - handsShown),
    messages: timeline.messages
      .filter(({ atMs }) => atMs <= ms)
      .map(({ message, atMs, seat }) => ({ id: message, atMs, person: personOf(seat), text: contents[message] })),
    reactions: timeline.reactions
      .filter(({ atMs }) => atMs <= ms && atMs > ms - reactionMs)
      .map(({ seat, reaction, atMs }) => ({ person: personOf(seat), reaction, atMs })),
    turns: turns.map(({ turn }) => turn),
  };
}
