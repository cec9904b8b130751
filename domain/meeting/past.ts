/** What the meeting was at a moment of its clock, fast enough to be asked at every move of a slider. */
import { evolve } from "./evolve.ts";
import { bookedMeeting, defaultSettings, type Happened, type Meeting } from "./state.ts";

/** How many events lie between two kept states: what one look may cost. */
const stride = 64;

/** A log, and every so often the meeting as it was then. States share what they have in common. */
export interface Past {
  openedAt: number;
  log: readonly Happened[];
  /** Before the events 0, `stride`, twice `stride`... */
  kept: readonly Meeting[];
}

/**
 * @param log from `meeting.opened` on, as shown to the viewer.
 * @param before the past of the same log when it was shorter: what is known of it is used again.
 */
export function pastOf(log: readonly Happened[], before?: Past): Past {
  const [first] = log;
  const opened = first?.event.type === "meeting.opened" ? first.event.settings : defaultSettings;
  const kept = before && before.log.length <= log.length ? [...before.kept] : [bookedMeeting(opened)];
  for (let from = (kept.length - 1) * stride; from + stride <= log.length; from += stride) {
    const last = kept.at(-1);
    if (last) kept.push(log.slice(from, from + stride).reduce(evolve, last));
  }
  return { openedAt: first?.at ?? 0, log, kept };
}

/** The meeting at `ms` on its clock, with everything that happened in that millisecond. */
export function stateAt(past: Past, ms: number): Meeting {
  const count = happenedBy(past, ms);
  const from = Math.min(Math.floor(count / stride), past.kept.length - 1);
  const meeting = past.kept[from] ?? bookedMeeting(defaultSettings);
  return past.log.slice(from * stride, count).reduce(evolve, meeting);
}

/** How many events had happened by then, found by halves: the log's times never go back (the host sees to it). */
function happenedBy({ openedAt, log }: Past, ms: number): number {
  let [low, high] = [0, log.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = log[middle]?.at ?? 0;
    if (at - openedAt <= ms) low = middle + 1;
    else high = middle;
  }
  return low;
}
