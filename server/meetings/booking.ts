/** Booking a meeting, finding it again, calling it off. */
import type * as z from "zod";
import { defaultSettings } from "../../domain/meeting/state.ts";
import { asksNobody, everybodyInvited } from "../../domain/twinspace/invited.ts";
import type { BookMeeting } from "../../protocol/http/meetings.ts";
import type { ReplayAudience } from "../../protocol/http/replays.ts";
import type { Id } from "../../protocol/ids.ts";
import { MeetingSettings } from "../../protocol/meeting.ts";
import type { Refused } from "../../protocol/refusals.ts";
import type { Invited } from "../../protocol/twinspace/meetings.ts";
import type { NewsReader } from "../../protocol/twinspace/news.ts";
import { inTransaction, type Pool, type Queryable } from "../../storage/pool.ts";
import type { RefusedFields } from "../http/route.ts";
import { newId } from "../ids.ts";
import { addNews } from "../twinspace/news.ts";
import { askSchools } from "./approvals.ts";
import { newCode, tidyCode } from "./codes.ts";
import { addLink, firstLinks, type NewLink } from "./links.ts";
import { instantOf } from "./localTime.ts";

export interface MeetingRow {
  id: Id;
  code: string;
  title: string;
  language: string;
  startsAt: number;
  lengthMinutes: number;
  timeZone: string;
  /** As booked; what changes later is in the log. */
  settings: MeetingSettings;
  chairAccount: Id;
  schoolId: Id | null;
  projectId: Id | null;
  /** Who may come by their place in the project; null where it is of none. */
  invited: Invited | null;
  purpose: string;
  phase: "booked" | "open" | "ended";
  openedAt: number | null;
  endedAt: number | null;
  replayAudience: ReplayAudience;
  /** What was written becomes a material of the project, which it is once `chatMaterial` is there. */
  keepsChat: boolean;
  chatMaterial: Id | null;
}

export const meetingColumns = `id, code, title, language, starts_at as "startsAt", length_minutes as "lengthMinutes",
  time_zone as "timeZone", settings, chair_account as "chairAccount", school_id as "schoolId", project_id as "projectId", invited, purpose, phase,
  opened_at as "openedAt", ended_at as "endedAt", replay_audience as "replayAudience",
  keeps_chat as "keepsChat", chat_material as "chatMaterial"`;

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Who books at five past for a lesson that began at the hour means now. */
const latenessMs = 15 * minuteMs;
const farthestMs = 2 * 366 * dayMs;
/** How long after the planned end links still let in, for meetings that take longer. */
const linksOutliveMs = dayMs;
/** Booked and not yet over, for one account. */
const mostBooked = 300;

/** By whose code; as somebody typed it. */
export async function findMeetingByCode(db: Queryable, code: string): Promise<MeetingRow | undefined> {
  return one(db, "code = $1", tidyCode(code));
}

export async function findMeeting(db: Queryable, id: Id): Promise<MeetingRow | undefined> {
  return one(db, "id = $1", id);
}

async function one(db: Queryable, where: string, value: string): Promise<MeetingRow | undefined> {
  const { rows } = await db.query<MeetingRow>(`select ${meetingColumns} from meetings where ${where}`, [value]);
  return rows[0];
}

/** Who books, and for which school and project of theirs (belonging.ts). `origin`: this server's address, for letters. */
export interface Booker {
  id: Id;
  school: Id | null;
  project?: Id | null;
  origin?: string;
}

/** As protocol/http/meetings.ts reads it, plus what no form has: the demo's own readable code. */
export type Booking = Omit<z.output<typeof BookMeeting>, "school" | "project"> & { code?: string; graceMs?: number };

/** Books a meeting with its first links. `now` in milliseconds since 1970. */
export async function bookMeeting(
  pool: Pool,
  booker: Booker,
  booking: Booking,
  now: number,
): Promise<MeetingRow | RefusedFields> {
  const startsAt = booking.start === "now" ? now : instantOf(booking.start, booking.timeZone);
  if (startsAt < now - latenessMs) return { refused: "booking.inPast", fields: ["start"] };
  if (startsAt > now + farthestMs) return { refused: "request.malformed", fields: ["start"] };
  if ((await countBooked(pool, booker.id)) >= mostBooked) return { refused: "request.tooMany" };
  const id = newId();
  const code = booking.code ?? newCode();
  const expiresAt = startsAt + booking.lengthMinutes * minuteMs + linksOutliveMs;
  const project = booker.project ?? null;
  const invited = project === null ? null : (booking.invited ?? everybodyInvited);
  if (invited && asksNobody(invited)) return { refused: "booking.nobodyInvited", fields: ["invited"] };
  return inTransaction(pool, async (db) => {
    await db.query(
      `insert into meetings (id, code, title, language, starts_at, length_minutes, time_zone, settings, chair_account,
         school_id, project_id, purpose, invited)
       values ($1, $2, $3, $4, to_timestamp($5::float8 / 1000), $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        ...[id, code, booking.title, booking.language, startsAt, booking.lengthMinutes, booking.timeZone],
        ...[JSON.stringify(settingsOf(booking)), booker.id, booker.school, project, booking.purpose ?? ""],
        invited === null ? null : JSON.stringify(invited),
      ],
    );
    const links = firstLinks(code, booker.school, expiresAt);
    for (const link of project === null ? links : links.filter(isForMembers)) await addLink(db, id, link);
    const row = await findMeeting(db, id);
    if (!row) throw new Error("A meeting that was just booked is not there");
    if (project !== null) {
      await askSchools(db, row, booker, booker.origin ?? "");
      const by = `account:${booker.id}`;
      await addNews(db, { project, by, kind: "meetingBooked", thing: id, seenBy: newsReaders(row) }, now);
    }
    return row;
  });
}

/** A project's meeting has no link that anybody may hold: who is not on its list is given one by its chair. */
const isForMembers = ({ kind }: NewLink): boolean => kind !== null;

/** Who may know of it: of a meeting for some only, its list is not told to all. */
export const newsReaders = ({ invited }: Pick<MeetingRow, "invited">): NewsReader =>
  invited === null || invited.everybody ? "members" : "teachers";

function settingsOf(booking: Booking): MeetingSettings {
  const { floor, lobby, recorded, maxSeats, graceMs = defaultSettings.graceMs } = booking;
  return MeetingSettings.parse({ ...defaultSettings, ...floor, lobby, recorded, maxSeats, graceMs });
}

async function countBooked(db: Queryable, account: Id): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    "select count(*) from meetings where chair_account = $1 and phase <> 'ended' and starts_at > now() - interval '1 day'",
    [account],
  );
  return rows[0]?.count ?? 0;
}

/** Until when a link works that was made without saying so. */
export const linksExpireAt = (meeting: MeetingRow): number =>
  meeting.startsAt + meeting.lengthMinutes * minuteMs + linksOutliveMs;

const mostPast = 100;

/** A meeting nobody came to is past a day after its planned end. */
const isPast = `(phase = 'ended' or phase = 'booked'
  and starts_at + length_minutes * interval '1 minute' < to_timestamp($2::float8 / 1000) - interval '1 day')`;

/** `next`: running first, then soonest first. `past`: newest first. */
export async function meetingsOf(
  db: Queryable,
  account: Id,
  now: number,
): Promise<{ next: MeetingRow[]; past: MeetingRow[] }> {
  const next = await db.query<MeetingRow>(
    `select ${meetingColumns} from meetings where chair_account = $1 and not ${isPast}
     order by (phase = 'open') desc, starts_at, id limit ${mostBooked}`,
    [account, now],
  );
  const past = await db.query<MeetingRow>(
    `select ${meetingColumns} from meetings where chair_account = $1 and ${isPast}
     order by coalesce(ended_at, starts_at) desc, id limit ${mostPast}`,
    [account, now],
  );
  return { next: next.rows, past: past.rows };
}

/** A project's meetings, whoever booked them. `next`: running first, then soonest first. `past`: newest first. */
export async function meetingsOfProject(
  db: Queryable,
  project: Id,
  now: number,
): Promise<{ next: MeetingRow[]; past: MeetingRow[] }> {
  const next = await db.query<MeetingRow>(
    `select ${meetingColumns} from meetings where project_id = $1 and not ${isPast}
     order by (phase = 'open') desc, starts_at, id limit ${mostPast}`,
    [project, now],
  );
  const past = await db.query<MeetingRow>(
    `select ${meetingColumns} from meetings where project_id = $1 and ${isPast}
     order by coalesce(ended_at, starts_at) desc, id limit ${mostPast}`,
    [project, now],
  );
  return { next: next.rows, past: past.rows };
}

/**
 * Calls off a meeting that has not begun: it and its links are forgotten. One that began has a log, which stays; it is
 * ended by its chair in the room.
 */
export async function cancelBooking(pool: Pool, id: Id): Promise<Refused | "cancelled"> {
  return inTransaction(pool, async (db) => {
    // The lock keeps a first event from being appended between looking and deleting.
    const { rows } = await db.query<{ phase: string }>("select phase from meetings where id = $1 for update", [id]);
    const row = rows[0];
    if (!row) return { refused: "booking.unknown" };
    const log = await db.query("select from meeting_log where meeting_id = $1 limit 1", [id]);
    if (row.phase !== "booked" || log.rowCount) return { refused: "booking.begun" };
    await db.query("delete from meetings where id = $1", [id]);
    return "cancelled";
  });
}
