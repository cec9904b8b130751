/** Who was in a meeting of the project and how long it took, from its log: counts for members, people for teachers. */
import { fold } from "../../../domain/meeting/evolve.ts";
import { summaryOf } from "../../../domain/meeting/summary.ts";
import { timelineOf } from "../../../domain/meeting/timeline.ts";
import type { School } from "../../../protocol/http/accounts.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { Attendance, WasThere } from "../../../protocol/twinspace/meetings.ts";
import { read, readContents } from "../../../storage/log.ts";
import type { Pool } from "../../../storage/pool.ts";
import { findSchools } from "../../accounts/schools.ts";
import type { MeetingRow } from "../../meetings/booking.ts";
import { type Insider, isTeacher } from "../insider.ts";
import { peopleOf } from "../names.ts";

export interface Attended {
  readonly attendance: Attendance;
  /** Null for who is no teacher of the project. */
  readonly people: WasThere[] | null;
}

/** Null of a meeting that was never opened. */
export async function attendedBy(
  pool: Pool,
  meeting: MeetingRow,
  reader: Insider,
  now: number,
): Promise<Attended | null> {
  const log = await read(pool, meeting.id);
  const timeline = timelineOf(log, now);
  if (timeline.openedAt === null) return null;
  const { people, schools, lengthMs } = summaryOf(timeline);
  const { seats } = fold(meeting.settings, log);
  const known = await findSchools(
    pool,
    schools.flatMap(({ school }) => school ?? []),
  );
  const seesMore = isTeacher(reader);
  const kinds = people.flatMap(({ seat }) => seats[seat]?.kind ?? []);
  const count = (kind: string) => kinds.filter((one) => one === kind).length;
  const attendance: Attendance = {
    openedAt: timeline.openedAt,
    lengthMs,
    adults: count("adult"),
    pupils: count("pupil"),
    classes: count("class"),
    schools: schools.map(({ school, seats: came, spokeMs }) => ({
      school: known.find(({ id }) => id === school) ?? null,
      people: came,
      spokeMs: seesMore ? spokeMs : null,
    })),
  };
  if (!seesMore || meeting.projectId === null) return { attendance, people: null };
  const there = people.flatMap(({ seat, spokeMs }) => {
    const row = seats[seat];
    return row ? [{ ...row, spokeMs }] : [];
  });
  const called = await namesOf(pool, meeting.id, meeting.projectId, there);
  return { attendance, people: there.map((row) => shown(row, called, known)) };
}

/** Who came by a pupil's place; `identity` as server/meetings/door.ts names them. */
const isPupilSeat = (identity: string): boolean => identity.startsWith("pupil:");

type Row = { seat: Id; identity: string; name: Id; kind: WasThere["kind"]; school: Id | null; spokeMs: number };

/** Pupils by the alias they have now, so that one that was erased is erased here too; others as they called themselves. */
async function namesOf(pool: Pool, meeting: Id, project: Id, rows: readonly Row[]): Promise<(row: Row) => string> {
  const aliases = await peopleOf(pool, project, rows.map(({ identity }) => identity).filter(isPupilSeat));
  const words = await readContents(
    pool,
    meeting,
    // What a pupil was called is not even read.
    rows.filter(({ identity }) => !isPupilSeat(identity)).map(({ name }) => name),
  );
  return ({ identity, name }) => (isPupilSeat(identity) ? (aliases.get(identity)?.name ?? "") : (words[name] ?? ""));
}

function shown(row: Row, called: (row: Row) => string, schools: readonly School[]): WasThere {
  const { kind, school, spokeMs } = row;
  return { name: called(row), kind, school: schools.find(({ id }) => id === school) ?? null, spokeMs };
}
