/** A project's meetings as whoever is in its TwinSpace finds them: those they may come to, and of teachers all. */
import * as z from "zod";
import { everybodyInvited, invitedAs, mayCome } from "../../../domain/twinspace/invited.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { Invitable, InvitedShown, SpaceMeeting, SpaceMeetings } from "../../../protocol/twinspace/meetings.ts";
import type { Person } from "../../../protocol/twinspace/space.ts";
import type { Pool, Queryable } from "../../../storage/pool.ts";
import { findSchools } from "../../accounts/schools.ts";
import { cursorOf, keyOf } from "../../http/cursor.ts";
import { waitingOf } from "../../meetings/approvals.ts";
import { type MeetingRow, meetingColumns } from "../../meetings/booking.ts";
import { seatsHeld } from "../../meetings/replaySight.ts";
import { type Insider, isAdmin, isTeacher, type Space } from "../insider.ts";
import { peopleOf } from "../names.ts";

const mostNext = 100;
const pastAtOnce = 50;
const PastKey = z.tuple([z.number(), z.string()]);

/** A meeting nobody came to is past a day after its planned end. */
const isPast = `(phase = 'ended' or phase = 'booked'
  and starts_at + length_minutes * interval '1 minute' < to_timestamp($2::float8 / 1000) - interval '1 day')`;

export async function listMeetings(
  db: Queryable,
  { project, me }: Space,
  after: string | undefined,
  now: number,
): Promise<SpaceMeetings> {
  const next = after === undefined ? await nextOf(db, project.id, now) : [];
  const past = await pastOf(db, project.id, now, after);
  const last = past.length > pastAtOnce ? past[pastAtOnce - 1] : undefined;
  const seen = (rows: readonly MeetingRow[]) =>
    shownTo(
      db,
      me,
      rows.filter((row) => maySee(me, row)),
    );
  return {
    mayBook: isAdmin(me) && project.state === "active",
    next: await seen(next),
    past: await seen(past.slice(0, pastAtOnce)),
    after: last ? cursorOf([last.startsAt, last.id]) : null,
  };
}

async function nextOf(db: Queryable, project: Id, now: number): Promise<MeetingRow[]> {
  const { rows } = await db.query<MeetingRow>(
    `select ${meetingColumns} from meetings where project_id = $1 and not ${isPast}
     order by (phase = 'open') desc, starts_at, id limit ${mostNext}`,
    [project, now],
  );
  return rows;
}

/** Newest first, one more than is shown at once. */
async function pastOf(db: Queryable, project: Id, now: number, after: string | undefined): Promise<MeetingRow[]> {
  const key = after === undefined ? undefined : keyOf(after, PastKey);
  const { rows } = await db.query<MeetingRow>(
    `select ${meetingColumns} from meetings where project_id = $1 and ${isPast}
       and ($3::float8 is null or (starts_at, id) < (to_timestamp($3::float8 / 1000), $4))
     order by starts_at desc, id desc limit ${pastAtOnce + 1}`,
    [project, now, key?.[0] ?? null, key?.[1] ?? ""],
  );
  return rows;
}

/** The project's teachers see every meeting of it, others those they might come to. */
export const maySee = (me: Insider, { invited }: MeetingRow): boolean =>
  isTeacher(me) || mayCome(invited ?? everybodyInvited, me);

export async function shownTo(db: Queryable, me: Insider, rows: readonly MeetingRow[]): Promise<SpaceMeeting[]> {
  const [first] = rows;
  if (first === undefined || first.projectId === null) return [];
  const ids = rows.map(({ id }) => id);
  const waiting = await waitingOf(db, ids);
  const held = await seatsHeld(db, ids, me.author);
  const chairs = await peopleOf(db, first.projectId, rows.map(chairOf));
  return rows.map((row) => {
    const { id, title, purpose, startsAt, lengthMinutes, timeZone, phase } = row;
    const { recorded } = row.settings;
    const invited = mayCome(row.invited ?? everybodyInvited, me);
    const mine = chairOf(row) === me.author;
    return {
      ...{ id, title, purpose, startsAt, lengthMinutes, timeZone, recorded, mine },
      state: phase === "booked" && waiting.has(id) ? "planned" : phase,
      chair: chairs.get(chairOf(row)) ?? nobodyAnyMore(chairOf(row)),
      join: phase !== "ended" && (invited || mine) ? row.code : null,
      replay: recorded && phase === "ended" && mayWatch(me, row, invited, held.has(id)) ? row.code : null,
    };
  });
}

const chairOf = ({ chairAccount }: MeetingRow): string => `account:${chairAccount}`;
const nobodyAnyMore = (author: string): Person => ({ author, kind: "adult", name: "", picture: null, school: null });

/** The same as replaySight.ts decides when they come; a link of others is shown to nobody who could not have come. */
function mayWatch(me: Insider, { replayAudience }: MeetingRow, invited: boolean, heldSeat: boolean): boolean {
  if (isTeacher(me)) return true;
  if (replayAudience === "chair") return false;
  return heldSeat || (invited && replayAudience !== "participants");
}

/** Whom a meeting is for, as everybody who sees it may read. */
export async function invitedShown(db: Queryable, row: MeetingRow): Promise<InvitedShown> {
  const { everybody, schools, roles, people } = row.invited ?? everybodyInvited;
  const known = row.projectId === null ? new Map() : await peopleOf(db, row.projectId, people);
  return {
    everybody,
    schools: await findSchools(db, schools),
    roles,
    people: people.flatMap((author) => known.get(author) ?? []),
  };
}

/** Everybody who can be asked by name: members and pupils, in the order of their names. */
export async function invitable(pool: Pool, { project }: Space): Promise<Invitable> {
  const { rows: pupils } = await pool.query<{ id: Id; role: "pupil" | "pupilAdmin" }>(
    "select id, role from pupils where project_id = $1 and state = 'active' order by lower(alias), id limit 2000",
    [project.id],
  );
  const comers = [
    ...project.members
      .filter(({ state }) => state === "accepted")
      .map(({ account, role }) => ({ author: `account:${account}`, role })),
    ...pupils.map(({ id, role }) => ({ author: `pupil:${id}`, role })),
  ];
  const known = await peopleOf(
    pool,
    project.id,
    comers.map(({ author }) => author),
  );
  return {
    people: comers.flatMap(({ author, role }) => {
      const person = known.get(author);
      const as = invitedAs(role);
      return person && as ? [{ ...person, role: as }] : [];
    }),
  };
}
