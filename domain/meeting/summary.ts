/** What can be counted in a meeting: who spoke how long, who waited, who did not speak. No words, so it may be kept. */
import type { Id } from "../../protocol/ids.ts";
import type { SeatKind } from "../../protocol/meeting.ts";
import type { PersonRow, Timeline } from "./timeline.ts";

export interface Counts {
  /** Seats that have been in the room, watchers too; a class is one. */
  seats: number;
  turns: number;
  spokeMs: number;
  longestTurnMs: number;
  /** Raised hands, each from up to down, however it went down. */
  hands: number;
  waitedMs: number;
  longestWaitMs: number;
  messages: number;
  reactions: number;
}

export interface PersonCounts extends Counts {
  seat: Id;
  /** Part of all the time that was spoken, 0 to 1. */
  share: number;
}

export interface Summary extends Counts {
  lengthMs: number;
  frozenMs: number;
  people: PersonCounts[];
  /** Who could have spoken and did not: everybody but watchers. */
  silent: Id[];
  /** By school id, in the order they came; `null` where nobody knows. */
  schools: (Counts & { school: Id | null })[];
  kinds: (Counts & { kind: SeatKind })[];
}

const lengthOf = ({ fromMs, toMs }: { fromMs: number; toMs: number }): number => toMs - fromMs;
const longest = (lengths: readonly number[]): number => Math.max(0, ...lengths);

export function summaryOf(timeline: Timeline): Summary {
  const people = timeline.people.map((row) => ({ row, counts: countsOf(row, timeline) }));
  const all = sum(people.map(({ counts }) => counts));
  const by = <K>(key: (row: PersonRow) => K) =>
    [...new Set(people.map(({ row }) => key(row)))].map((value) => ({
      value,
      counts: sum(people.filter(({ row }) => key(row) === value).map(({ counts }) => counts)),
    }));
  return {
    ...all,
    lengthMs: timeline.lengthMs,
    frozenMs: timeline.frozen.reduce((ms, span) => ms + lengthOf(span), 0),
    people: people.map(({ row, counts }) => ({
      seat: row.seat,
      ...counts,
      share: all.spokeMs === 0 ? 0 : counts.spokeMs / all.spokeMs,
    })),
    silent: people.filter(({ row, counts }) => row.role !== "watcher" && counts.turns === 0).map(({ row }) => row.seat),
    schools: by((row) => row.school).map(({ value, counts }) => ({ school: value, ...counts })),
    kinds: by((row) => row.kind).map(({ value, counts }) => ({ kind: value, ...counts })),
  };
}

function countsOf(row: PersonRow, timeline: Timeline): Counts {
  const own = (said: { seat: Id }) => said.seat === row.seat;
  return {
    seats: 1,
    turns: row.turns.length,
    spokeMs: row.spokeMs,
    longestTurnMs: longest(row.turns.map(lengthOf)),
    hands: row.waits.length,
    waitedMs: row.waitedMs,
    longestWaitMs: longest(row.waits.map(lengthOf)),
    messages: timeline.messages.filter(own).length,
    reactions: timeline.reactions.filter(own).length,
  };
}

function sum(all: readonly Counts[]): Counts {
  const add = (count: (counts: Counts) => number) => all.reduce((total, counts) => total + count(counts), 0);
  return {
    seats: add(({ seats }) => seats),
    turns: add(({ turns }) => turns),
    spokeMs: add(({ spokeMs }) => spokeMs),
    longestTurnMs: longest(all.map(({ longestTurnMs }) => longestTurnMs)),
    hands: add(({ hands }) => hands),
    waitedMs: add(({ waitedMs }) => waitedMs),
    longestWaitMs: longest(all.map(({ longestWaitMs }) => longestWaitMs)),
    messages: add(({ messages }) => messages),
    reactions: add(({ reactions }) => reactions),
  };
}
