/** A meeting is moved to a project after it was booked, or after it was over; and back within ten minutes. */

import type { ReplayAudience } from "../../protocol/http/replays.ts";
import type { Id } from "../../protocol/ids.ts";
import { inTransaction, type Pool, type Queryable } from "../../storage/pool.ts";
import { type Caller, isRefused, type RefusedFields } from "../http/route.ts";
import { takeMeetingEntryBack, writeMeetingEntry } from "../reports/meetingEntries.ts";
import { addNews } from "../twinspace/news.ts";
import { askSchools } from "./approvals.ts";
import { belongingOf } from "./belonging.ts";
import { findMeeting, type MeetingRow, newsReaders } from "./booking.ts";

/** For so long it can be taken back. */
export const undoMs = 10 * 60_000;

interface MoveRow {
  id: number;
  project: Id;
  schoolBefore: Id | null;
  audienceBefore: ReplayAudience;
  at: number;
}

/** The move that can still be taken back, if there is one. */
export async function openMove(db: Queryable, meeting: Id, now: number): Promise<MoveRow | undefined> {
  const { rows } = await db.query<MoveRow>(
    `select id, project_id as project, school_before as "schoolBefore", audience_before as "audienceBefore", at
     from meeting_moves where meeting_id = $1 and undone_at is null and at > to_timestamp($2::float8 / 1000)
     order by id desc limit 1`,
    [meeting, now - undoMs],
  );
  return rows[0];
}

/**
 * The chair moves a meeting of no project to one of theirs, as its founder or administrator. Its teachers may watch the
 * replay from then on, its members find it in their list; links that were given out go on working. Not while it runs: who
 * is in it came under other rules.
 */
export async function moveToProject(
  pool: Pool,
  caller: Pick<Caller, "id" | "actor">,
  id: Id,
  project: Id,
  now: number,
  origin: string,
): Promise<MeetingRow | RefusedFields> {
  return inTransaction(pool, async (db) => {
    const meeting = await lockedOf(db, caller, id);
    if (isRefused(meeting)) return meeting;
    if (meeting.projectId !== null) return meeting.projectId === project ? meeting : { refused: "booking.moved" };
    if (meeting.phase === "open") return { refused: "booking.running" };
    const belonging = await belongingOf(db, caller, { project });
    if (isRefused(belonging)) return belonging;
    await db.query(
      `insert into meeting_moves (meeting_id, project_id, school_before, audience_before, by_account, at)
       values ($1, $2, $3, $4, $5, to_timestamp($6::float8 / 1000))`,
      [id, project, meeting.schoolId, meeting.replayAudience, caller.id, now],
    );
    await db.query("update meetings set project_id = $2, school_id = $3, invited = null where id = $1", [
      ...[id, project, belonging.school],
    ]);
    const moved = await lockedOf(db, caller, id);
    if (isRefused(moved)) return moved;
    if (moved.phase === "booked") await askSchools(db, moved, { id: caller.id, school: belonging.school }, origin);
    const by = `account:${caller.id}`;
    await addNews(db, { project, by, kind: "meetingMoved", thing: id, seenBy: newsReaders(moved) }, now);
    if (moved.phase === "ended") await writeMeetingEntry(db, id, now);
    return moved;
  });
}

/** Takes it back: the meeting is of no project again, and its replay opened no further than it was. */
export async function moveBack(
  pool: Pool,
  caller: Pick<Caller, "id" | "actor">,
  id: Id,
  now: number,
): Promise<MeetingRow | RefusedFields> {
  return inTransaction(pool, async (db) => {
    const meeting = await lockedOf(db, caller, id);
    if (isRefused(meeting)) return meeting;
    const move = await openMove(db, id, now);
    if (!move || meeting.projectId !== move.project) return { refused: "booking.movedTooLongAgo" };
    if (meeting.phase === "open") return { refused: "booking.running" };
    if (meeting.chatMaterial !== null) return { refused: "booking.chatIsKept" };
    await db.query("update meeting_moves set undone_at = to_timestamp($2::float8 / 1000) where id = $1", [
      move.id,
      now,
    ]);
    await db.query(
      `update meetings set project_id = null, school_id = $2, invited = null, keeps_chat = false,
         replay_audience = case when replay_audience = 'project' then $3 else replay_audience end
       where id = $1`,
      [id, move.schoolBefore, move.audienceBefore],
    );
    await db.query("delete from meeting_approvals where meeting_id = $1", [id]);
    await takeMeetingEntryBack(db, move.project, id);
    await db.query("delete from space_news where project_id = $1 and thing = $2 and kind like 'meeting%'", [
      ...[move.project, id],
    ]);
    return lockedOf(db, caller, id);
  });
}

async function lockedOf(db: Queryable, caller: Pick<Caller, "id">, id: Id): Promise<MeetingRow | RefusedFields> {
  await db.query("select from meetings where id = $1 for update", [id]);
  const meeting = await findMeeting(db, id);
  return meeting?.chairAccount === caller.id ? meeting : { refused: "booking.unknown" };
}
