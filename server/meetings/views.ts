/**
 * Where each seat's picture of a meeting begins. A new view begins whenever what the seat may see changes; inside a
 * view what it is told is numbered without gaps. All of it is computed from the log, so it survives a restart.
 */
import { evolve } from "../../domain/meeting/evolve.ts";
import { type Perspective, perspectiveOf, samePerspective, show } from "../../domain/meeting/show.ts";
import type { Meeting } from "../../domain/meeting/state.ts";
import type { LoggedEvent, MeetingEvent } from "../../protocol/events.ts";
import type { Id } from "../../protocol/ids.ts";

interface View {
  view: number;
  /** How many events of the log the view's snapshot holds. */
  since: number;
}

/** What an event means to one seat: the event as it may see it, or that its picture begins anew. */
export type Told = { event: MeetingEvent } | "newView" | "nothing";

export class Views {
  #views = new Map<Id, View>();

  /** Notes an event on its way into the log: `length` is the log's length with it. */
  note(event: MeetingEvent, before: Meeting, after: Meeting, length: number): void {
    if (!("seat" in event) || event.seat === undefined) return;
    const { seat } = event;
    const is = perspectiveOf(after, seat);
    // Who loses their place is told so in the view they had.
    if (!is || samePerspective(perspectiveOf(before, seat), is)) return;
    this.#views.set(seat, { view: (this.#views.get(seat)?.view ?? 0) + 1, since: length });
  }

  of(seat: Id): View {
    return this.#views.get(seat) ?? { view: 0, since: 0 };
  }
}

/** What a seat is told of one event. Who loses their place is told so as who they were. */
export function toldTo(seat: Id, event: MeetingEvent, before: Meeting, after: Meeting): Told {
  const was = perspectiveOf(before, seat);
  const is = perspectiveOf(after, seat);
  if (is && !samePerspective(was, is)) return "newView";
  const shown = was && show(was, event);
  return shown ? { event: shown } : "nothing";
}

/** What was shown to this perspective since its view began, in order; its index + 1 is `n`. */
export function shownSince(
  log: readonly LoggedEvent[],
  since: number,
  perspective: Perspective,
): { at: number; event: MeetingEvent }[] {
  return log.slice(since).flatMap(({ at, event }) => {
    const shown = show(perspective, event);
    return shown ? [{ at, event: shown }] : [];
  });
}

/** Folds one event into meeting and views alike: the one way both grow, on loading and live. */
export function advance(meeting: Meeting, views: Views, logged: LoggedEvent): Meeting {
  const after = evolve(meeting, logged);
  views.note(logged.event, meeting, after, logged.seq);
  return after;
}
