/**
 * A meeting of a project writes its own entry in the report card when it is over: numbers, and nobody's name. What it meant
 * is added by a teacher.
 */
import { meetingCounts, wasMeeting } from "../../domain/reports/meetingCounts.ts";
import type { Id } from "../../protocol/ids.ts";
import type { EntryBody } from "../../protocol/reports/entries.ts";
import { read } from "../../storage/log.ts";
import { inTransaction, type Pool, type Queryable } from "../../storage/pool.ts";
import { newId } from "../ids.ts";
import { localTimeIn } from "../meetings/localTime.ts";
import { addNews } from "../twinspace/news.ts";
import { lockCard, refreshCard } from "./cards.ts";

interface Reported {
  readonly project: Id;
  readonly chair: Id;
  readonly timeZone: string;
}

/**
 * Writes it, once for each meeting, in the caller's transaction; answers with the entry, or null where there is none to
 * write: the meeting is of no project, is not over, or nobody but its chair came.
 *
 * @param now when the entry is made: milliseconds since 1970
 */
export async function writeMeetingEntry(db: Queryable, meeting: Id, now: number): Promise<Id | null> {
  // The lock: it is not moved elsewhere meanwhile, and two that write do so one after the other.
  const { rows } = await db.query<Reported>(
    `select m.project_id as project, m.chair_account as chair, m.time_zone as "timeZone" from meetings m
     where m.id = $1 and exists (select from report_cards c where c.project_id = m.project_id) for update`,
    [meeting],
  );
  const log = rows[0] ? await read(db, meeting) : [];
  const counts = meetingCounts(log);
  if (!rows[0] || !counts) return null;
  const { project, chair, timeZone } = rows[0];
  await db.query("update meetings set report_looked_at = to_timestamp($2::float8 / 1000) where id = $1", [
    meeting,
    now,
  ]);
  if (!wasMeeting(log)) return null;
  const day = localTimeIn(counts.openedAt, timeZone).slice(0, 10);
  const body: Partial<EntryBody> = { fromDay: day, toDay: day };
  const entry = newId();
  await lockCard(db, project);
  const { rowCount } = await db.query(
    `insert into report_entries (id, project_id, kind, state, readers, body, meeting_id, counts, day, made_at, shared_at, changed_at)
     values ($1, $2, 'meeting', 'shared', 'services', $3, $4, $5, $6, to_timestamp($7::float8 / 1000),
       to_timestamp($7::float8 / 1000), to_timestamp($7::float8 / 1000))
     on conflict (meeting_id) do nothing`,
    [entry, project, body, meeting, counts, day, now],
  );
  if (!rowCount) return null;
  await refreshCard(db, project);
  await addNews(db, { project, by: `account:${chair}`, kind: "entryShared", thing: entry, seenBy: "teachers" }, now);
  return entry;
}

/**
 * The meeting is not this project's any more, within minutes after it was moved there: so is its entry not. What a teacher or
 * a support service has written in it meanwhile stays, as an entry of a meeting that is not named.
 */
export async function takeMeetingEntryBack(db: Queryable, project: Id, meeting: Id): Promise<void> {
  await lockCard(db, project);
  const mine = "project_id = $1 and meeting_id = $2";
  const { rows } = await db.query<{ id: Id }>(
    `delete from report_entries e where ${mine} and version = 1
       and not exists (select from report_comments c where c.entry_id = e.id) returning id`,
    [project, meeting],
  );
  await db.query("delete from space_news where project_id = $1 and kind = 'entryShared' and thing = any($2)", [
    project,
    rows.map(({ id }) => id),
  ]);
  await db.query(`update report_entries set meeting_id = null where ${mine}`, [project, meeting]);
  await db.query("update meetings set report_looked_at = null where id = $1", [meeting]);
  await refreshCard(db, project);
}

const atOnce = 100;

/**
 * Writes the entries of meetings that ended while nobody was there to write them: the process was killed in between. They
 * are made as of then. Answers with how many were looked at.
 */
export async function writeMissedEntries(pool: Pool, stopped: () => boolean = () => false): Promise<number> {
  let looked = 0;
  for (;;) {
    const { rows } = await pool.query<{ id: Id; endedAt: number }>(
      `select id, ended_at as "endedAt" from meetings
       where phase = 'ended' and project_id is not null and report_looked_at is null and ended_at is not null
       order by ended_at limit ${atOnce}`,
    );
    for (const { id, endedAt } of rows) {
      if (stopped()) return looked;
      await inTransaction(pool, async (db) => {
        await writeMeetingEntry(db, id, endedAt);
        // Also of a meeting whose log says nothing of it any more: it is not looked at again and again.
        await db.query("update meetings set report_looked_at = coalesce(report_looked_at, now()) where id = $1", [id]);
      });
      looked += 1;
    }
    if (rows.length < atOnce) return looked;
  }
}

/** Once, beside everything else, until it is through or stopped. */
export function keepMissedEntries(pool: Pool, fault: (cause: unknown) => void): { stop(): Promise<void> } {
  let isStopped = false;
  const writing = writeMissedEntries(pool, () => isStopped).catch(fault);
  return {
    async stop() {
      isStopped = true;
      await writing;
    },
  };
}
