/**
 * What a replay draws, from the log as it was shown to the viewer: who spoke when, who waited, what was said beside it.
 * All moments are milliseconds on the meeting's clock, which is 0 when the meeting opened.
 */
import type { EventOf, MeetingEvent } from "../../protocol/events.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Reaction, SeatKind, SeatRole, TurnEndReason, TurnWhy } from "../../protocol/meeting.ts";
import type { Happened } from "./state.ts";

export interface Span {
  fromMs: number;
  toMs: number;
}

/** A bar in its person's row, and a chapter. */
export interface TurnBar extends Span {
  turn: Id;
  seat: Id;
  /** Who of a class, and the content id of their name. */
  pupil: Id | null;
  pupilName: Id | null;
  why: TurnWhy;
  /** How it ended; null while it runs. */
  ended: TurnEndReason | null;
}

/** A hand that was up. */
export interface HandWait extends Span {
  seat: Id;
  pupil: Id | null;
  /** How it went down; null while it is up. */
  ended: EventOf<"floor.handLowered">["why"] | "meetingEnded" | null;
}

/** Somebody who has been in the room, in the order they first came. Name, kind and role as they were last. */
export interface PersonRow {
  seat: Id;
  /** Content id. */
  name: Id;
  kind: SeatKind;
  school: Id | null;
  role: SeatRole;
  turns: TurnBar[];
  waits: HandWait[];
  spokeMs: number;
  waitedMs: number;
}

export interface Timeline {
  /** When the meeting's clock was 0, in milliseconds since 1970; null before the meeting opened. */
  openedAt: number | null;
  lengthMs: number;
  running: boolean;
  people: PersonRow[];
  /** In the order they began: the chapters. */
  turns: TurnBar[];
  waits: HandWait[];
  shares: (Span & { seat: Id; turn: Id })[];
  messages: { atMs: number; seat: Id; message: Id; length: number }[];
  reactions: { atMs: number; seat: Id; reaction: Reaction }[];
  frozen: Span[];
  /** Where a recorded meeting has no recording, because the recorder was away. */
  gaps: Span[];
}

/**
 * @param log from `meeting.opened` on, as shown to the viewer.
 * @param now the clock of the server, milliseconds since 1970: how far a running meeting has come.
 */
export function timelineOf(log: readonly Happened[], now: number): Timeline {
  const drawing = new Drawing();
  for (const { at, event } of log) drawing.takes(at, event);
  return drawing.until(now);
}

/** Anything that has begun and not ended yet reaches to `endless` until the drawing is finished. */
const endless = Number.POSITIVE_INFINITY;
const isOpen = (span: Span): boolean => span.toMs === endless;

class Drawing {
  readonly #timeline: Timeline = {
    openedAt: null,
    lengthMs: 0,
    running: false,
    people: [],
    turns: [],
    waits: [],
    shares: [],
    messages: [],
    reactions: [],
    frozen: [],
    gaps: [],
  };
  readonly #pupils = new Map<Id, Id>();
  /** The clock of a machine can be set back; that of a meeting never runs backwards. */
  #atMs = 0;

  takes(at: number, event: MeetingEvent): void {
    if (event.type === "meeting.opened") {
      this.#timeline.openedAt = at;
      this.#timeline.running = true;
    }
    this.#atMs = Math.max(this.#atMs, at - (this.#timeline.openedAt ?? at));
    this.#draw(event, this.#atMs);
  }

  #draw(event: MeetingEvent, atMs: number): void {
    const { turns, waits, shares, messages, reactions, frozen, gaps } = this.#timeline;
    switch (event.type) {
      case "lobby.admitted":
      case "seat.taken":
        this.#arrives(event);
        break;
      case "seat.roleChanged":
        this.#changes(event.seat, { role: event.role });
        break;
      case "seat.pupilsNamed":
        for (const { pupil, name } of event.pupils) this.#pupils.set(pupil, name);
        break;
      case "floor.handRaised": {
        const { seat, pupil } = event;
        waits.push({ seat, pupil, fromMs: atMs, toMs: endless, ended: null });
        break;
      }
      case "floor.handLowered":
        ends(waits, atMs, (wait) => wait.seat === event.seat, { ended: event.why });
        break;
      case "floor.turnStarted": {
        const { turn, seat, pupil, why } = event;
        const pupilName = (pupil && this.#pupils.get(pupil)) ?? null;
        turns.push({ turn, seat, pupil, pupilName, why, fromMs: atMs, toMs: endless, ended: null });
        break;
      }
      case "floor.turnEnded":
        ends(turns, atMs, (running) => running.turn === event.turn, { ended: event.why });
        break;
      case "share.started":
        shares.push({ seat: event.seat, turn: event.turn, fromMs: atMs, toMs: endless });
        break;
      case "share.ended":
        ends(shares, atMs);
        break;
      case "chat.messageSent":
        messages.push({ atMs, seat: event.seat, message: event.message, length: event.length });
        break;
      case "reaction.shown":
        reactions.push({ atMs, seat: event.seat, reaction: event.reaction });
        break;
      case "meeting.frozen":
        frozen.push({ fromMs: atMs, toMs: endless });
        break;
      case "meeting.resumed":
        ends(frozen, atMs);
        break;
      case "recording.interrupted":
        gaps.push({ fromMs: atMs, toMs: endless });
        break;
      case "recording.resumed":
        ends(gaps, atMs);
        break;
      case "meeting.ended":
        ends(waits, atMs, undefined, { ended: "meetingEnded" });
        this.#timeline.running = false;
        this.#timeline.lengthMs = atMs;
    }
  }

  #arrives({ seat, name, kind, school, role }: EventOf<"lobby.admitted"> | EventOf<"seat.taken">): void {
    const person = { seat, name, kind, school, role };
    if (this.#timeline.people.some((known) => known.seat === seat)) this.#changes(seat, person);
    else this.#timeline.people.push({ ...person, turns: [], waits: [], spokeMs: 0, waitedMs: 0 });
  }

  #changes(seat: Id, change: Partial<PersonRow>): void {
    const { people } = this.#timeline;
    const index = people.findIndex((known) => known.seat === seat);
    const person = people[index];
    if (person) people[index] = { ...person, ...change };
  }

  /** What still runs reaches to the meeting's end, or to now. */
  until(now: number): Timeline {
    const { openedAt, running, people, turns, waits, shares, frozen, gaps } = this.#timeline;
    const lengthMs = running ? Math.max(this.#atMs, now - (openedAt ?? now)) : this.#timeline.lengthMs;
    for (const spans of [turns, waits, shares, frozen, gaps]) ends(spans, lengthMs);
    const rows = people.map((person) => {
      const own = { turns: of(turns, person.seat), waits: of(waits, person.seat) };
      return { ...person, ...own, spokeMs: total(own.turns), waitedMs: total(own.waits) };
    });
    return { ...this.#timeline, lengthMs, people: rows };
  }
}

/** Ends those that have begun and not ended, all of them or the ones that are meant. */
function ends<S extends Span>(
  spans: S[],
  toMs: number,
  meant: (span: S) => boolean = () => true,
  how?: Partial<S>,
): void {
  spans.forEach((span, index) => {
    if (isOpen(span) && meant(span)) spans[index] = { ...span, ...how, toMs };
  });
}

const of = <S extends { seat: Id }>(spans: readonly S[], seat: Id): S[] => spans.filter((span) => span.seat === seat);

/** Milliseconds altogether. */
export const total = (spans: readonly Span[]): number =>
  spans.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
