/**
 * What a report card waits for, pure: open -> interimDue -> interimSent -> interimRead -> finalDue -> finalSent -> finalRead
 * -> closed. Nothing of it is kept: it follows from the project's days and from what was sent and read.
 */
import type { CardState } from "../../protocol/reports/card.ts";

/** Days are `2026-11-23`; moments in milliseconds since 1970. */
export interface CardFacts {
  /** Of the project's form. */
  readonly startDay: string | null;
  readonly endDay: string | null;
  /** On which day it was approved. */
  readonly approvedDay: string;
  /** The project is over: closed or archived. */
  readonly isOver: boolean;
  readonly interimAt: number | null;
  readonly interimReadAt: number | null;
  readonly finalAt: number | null;
  readonly finalReadAt: number | null;
}

const dayMs = 86_400_000;
const at = (day: string): number => Date.parse(`${day}T00:00:00.000Z`);
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** A project without an end is asked after a year. */
const usualLengthMs = 365 * dayMs;
/** A shorter one says everything in its final entry. */
const leastForInterimMs = 120 * dayMs;

/** By when an interim and a final entry are wanted; none in between for a short project. */
export function dueDays({ startDay, endDay, approvedDay }: Pick<CardFacts, "startDay" | "endDay" | "approvedDay">): {
  readonly interimDue: string | null;
  readonly finalDue: string;
} {
  // Approved after the day it was to begin: it began then.
  const from = Math.max(at(approvedDay), startDay === null ? 0 : at(startDay));
  const to = Math.max(from, endDay === null ? from + usualLengthMs : at(endDay));
  const interim = to - from < leastForInterimMs ? null : dayOf(from + Math.floor((to - from) / dayMs / 2) * dayMs);
  return { interimDue: interim, finalDue: dayOf(to) };
}

/** @param today the day, in UTC */
export function cardState(facts: CardFacts, today: string): CardState {
  const { interimDue, finalDue } = dueDays(facts);
  // What was read before it was sent anew has to be read again.
  const isRead = (sent: number | null, read: number | null) => sent !== null && read !== null && read >= sent;
  if (isRead(facts.finalAt, facts.finalReadAt)) return facts.isOver ? "closed" : "finalRead";
  if (facts.finalAt !== null) return "finalSent";
  if (facts.isOver || today >= finalDue) return "finalDue";
  if (isRead(facts.interimAt, facts.interimReadAt)) return "interimRead";
  if (facts.interimAt !== null) return "interimSent";
  return interimDue !== null && today >= interimDue ? "interimDue" : "open";
}

/** Whole days since something was shared last, or since the card was opened. */
export const silentDays = (lastSharedAt: number | null, openedAt: number, now: number): number =>
  Math.max(0, Math.floor((now - (lastSharedAt ?? openedAt)) / dayMs));

/** So long nothing is written before its teachers are reminded, and then again. */
export const silentAfterDays = 60;
