/** The table of what was recorded: one row a file, there before the file's first byte and true again after a crash. */
import type { Id } from "../protocol/ids.ts";
import type { Queryable } from "../storage/pool.ts";

export type RecordingKind = "speaker" | "screen";

export interface NewRecording {
  id: Id;
  meeting: Id;
  turn: Id;
  seat: Id;
  kind: RecordingKind;
  /** Below the media folder. */
  path: string;
  /** The file's zero, in ms since 1970 by the clock of the log. */
  startedAt: number;
}

/** How far a file is on disk. */
export interface RecordedSoFar {
  id: Id;
  bytes: number;
  lengthMs: number;
  hasSound: boolean;
  hasPicture: boolean;
}

export interface EndedRecording extends RecordedSoFar {
  endedAt: number;
  /** `empty`: nothing came, and there is no file. `lost`: there was one, and it cannot be played. */
  state: "finished" | "repaired" | "empty" | "lost";
}

export async function addRecording(db: Queryable, recording: NewRecording): Promise<void> {
  const { id, meeting, turn, seat, kind, path, startedAt } = recording;
  await db.query(
    `insert into recordings (id, meeting_id, turn_id, seat_id, kind, path, started_at)
     values ($1, $2, $3, $4, $5, $6, to_timestamp($7 / 1000.0)) on conflict (id) do nothing`,
    [id, meeting, turn, seat, kind, path, startedAt],
  );
}

/** For who watches the part so far. All that run in one statement. */
export async function noteProgress(db: Queryable, files: readonly RecordedSoFar[]): Promise<void> {
  await db.query(
    `update recordings set length_ms = so."lengthMs", bytes = so.bytes,
            has_sound = so."hasSound", has_picture = so."hasPicture"
     from jsonb_to_recordset($1::jsonb)
          as so (id text, bytes bigint, "lengthMs" int, "hasSound" boolean, "hasPicture" boolean)
     where recordings.id = so.id and recordings.state = 'writing'`,
    [JSON.stringify(files)],
  );
}

export async function endRecording(db: Queryable, ended: EndedRecording): Promise<void> {
  const { id, bytes, lengthMs, hasSound, hasPicture, endedAt, state } = ended;
  await db.query(
    `update recordings set ended_at = to_timestamp($2 / 1000.0), length_ms = $3, bytes = $4, has_sound = $5,
            has_picture = $6, state = $7
     where id = $1`,
    [id, endedAt, lengthMs, bytes, hasSound, hasPicture, state],
  );
}

export interface UnendedRecording {
  id: Id;
  meeting: Id;
  path: string;
  startedAt: number;
  lengthMs: number | null;
  bytes: number | null;
}

/** What was being written. At the recorder's start: by one that is no more. */
export async function unendedRecordings(db: Queryable): Promise<UnendedRecording[]> {
  const { rows } = await db.query<UnendedRecording>(
    `select id, meeting_id as meeting, path, started_at as "startedAt", length_ms as "lengthMs", bytes
     from recordings where state = 'writing' order by started_at`,
  );
  return rows;
}
