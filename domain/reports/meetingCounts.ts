/**
 * What a meeting says of itself in its project's report card: from its log to numbers. Who came is counted by their seat, so
 * whoever left and came back is one; who only waited in the lobby is none. Watchers were there, as adults or pupils.
 */
import type { Id } from "../../protocol/ids.ts";
import type { MeetingCounts, SchoolCounts } from "../../protocol/reports/meetingCounts.ts";
import type { Happened } from "../meeting/state.ts";
import { summaryOf } from "../meeting/summary.ts";
import { type PersonRow, timelineOf } from "../meeting/timeline.ts";

/** Null of a meeting that was never opened, or is not over. */
export function meetingCounts(log: readonly Happened[]): MeetingCounts | null {
  const timeline = timelineOf(log, 0);
  const { openedAt, lengthMs, running, people } = timeline;
  if (openedAt === null || running) return null;
  const named = namedPupils(log);
  const { schools, turns, spokeMs, messages } = summaryOf(timeline);
  return {
    ...{ openedAt, lengthMs, ...sorts(people, named), turns, spokeMs, messages },
    schools: schools.map(
      (said): SchoolCounts => ({
        school: said.school,
        ...sorts(
          people.filter(({ school }) => school === said.school),
          named,
        ),
        ...{ turns: said.turns, spokeMs: said.spokeMs },
      }),
    ),
  };
}

/**
 * Whether there is something to tell: two seats at least, of which one is not the chair's. A meeting to which nobody came
 * says nothing of a project.
 */
export const wasMeeting = (log: readonly Happened[]): boolean => timelineOf(log, 0).people.length >= 2;

type Sorts = Pick<SchoolCounts, "adults" | "pupils" | "classes">;

/** A class behind one seat is as many pupils as were named of it. Whoever is neither adult nor class counts as a pupil. */
function sorts(people: readonly PersonRow[], named: ReadonlyMap<Id, number>): Sorts {
  const sum: Sorts = { adults: 0, pupils: 0, classes: 0 };
  for (const { seat, kind } of people) {
    if (kind === "adult") sum.adults += 1;
    else if (kind === "class") {
      sum.classes += 1;
      sum.pupils += named.get(seat) ?? 0;
    } else sum.pupils += 1;
  }
  return sum;
}

/** By seat. A class that is named anew was corrected; that its names were taken away again does not empty the room. */
function namedPupils(log: readonly Happened[]): ReadonlyMap<Id, number> {
  const named = new Map<Id, number>();
  for (const { event } of log) {
    if (event.type === "seat.pupilsNamed" && event.pupils.length > 0) named.set(event.seat, event.pupils.length);
  }
  return named;
}
