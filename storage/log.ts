/** The meeting's log on Postgres: append with the words beside it, read, follow. */
import type pg from "pg";
import type { LoggedEvent, MeetingEvent } from "../protocol/events.ts";
import type { Id } from "../protocol/ids.ts";
import type { Contents } from "../protocol/told.ts";
import type { Pool, Queryable } from "./pool.ts";

export interface KeptContent {
  id: Id;
  kind: "name" | "pupilName" | "message";
  words: string;
}

/** Somebody else appended in between: whoever holds this log is not its owner any more. */
export class LogConflict extends Error {
  constructor(meeting: Id, seq: number) {
    super(`The log of meeting ${meeting} already has an event ${seq}`);
    this.name = "LogConflict";
  }
}

const uniqueViolation = "23505";

/**
 * Appends events from `firstSeq` on, with the words they point at, in one statement: all or nothing, and on disk when
 * it resolves. The primary key is the lock. Throws `LogConflict`; any other fault is the database's own.
 */
export async function append(
  pool: Queryable,
  meeting: Id,
  firstSeq: number,
  at: number,
  events: readonly MeetingEvent[],
  contents: readonly KeptContent[] = [],
): Promise<LoggedEvent[]> {
  const logged = events.map((event, index) => ({ seq: firstSeq + index, at, event }));
  try {
    await pool.query(
      `with words as (
         insert into contents (id, meeting_id, kind, words)
         select id, $1, kind, words from jsonb_to_recordset($5::jsonb) as c (id text, kind text, words text)
       ), told as (
         select pg_notify('meeting_log', $1)
       )
       insert into meeting_log (meeting_id, seq, at, event)
       select $1, $2 + ordinality - 1, to_timestamp($3 / 1000.0), event
       from jsonb_array_elements($4::jsonb) with ordinality as e (event, ordinality), told`,
      [meeting, firstSeq, at, JSON.stringify(events), JSON.stringify(contents)],
    );
  } catch (fault) {
    if ((fault as { code?: string }).code === uniqueViolation) throw new LogConflict(meeting, firstSeq);
    throw fault;
  }
  return logged;
}

export async function read(pool: Queryable, meeting: Id, afterSeq = 0): Promise<LoggedEvent[]> {
  const { rows } = await pool.query<{ seq: number; at: number; event: MeetingEvent }>(
    "select seq, at, event from meeting_log where meeting_id = $1 and seq > $2 order by seq",
    [meeting, afterSeq],
  );
  return rows;
}

/** The words of a meeting's contents that were not erased. */
export async function readContents(pool: Queryable, meeting: Id, ids?: readonly Id[]): Promise<Contents> {
  const { rows } = await pool.query<{ id: Id; words: string }>(
    `select id, words from contents
     where meeting_id = $1 and words is not null and ($2::text[] is null or id = any ($2))`,
    [meeting, ids ?? null],
  );
  return Object.fromEntries(rows.map(({ id, words }) => [id, words]));
}

/**
 * Calls back with a meeting's id whenever its log grew. On a lost connection it listens again by itself and then calls
 * `again`: what grew meanwhile was not told.
 */
export async function follow(
  pool: Pool,
  grew: (meeting: Id) => void,
  again: () => void = () => {},
): Promise<{ stop(): Promise<void> }> {
  let stopped = false;
  let client: pg.PoolClient | undefined;
  const listen = async () => {
    client = await pool.connect();
    client.on("notification", (notice) => notice.payload && grew(notice.payload));
    client.on("error", () => {
      client?.release(true);
      client = undefined;
      if (!stopped) retry();
    });
    await client.query("listen meeting_log");
  };
  const retry = () => setTimeout(() => !stopped && listen().then(again, retry), 500).unref();
  await listen();
  return {
    async stop() {
      stopped = true;
      client?.release(true);
    },
  };
}
