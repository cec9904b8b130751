/** What the replay's page is told: the log as its viewer may see it, the files on the meeting's clock, the film. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { fold } from "../../domain/meeting/evolve.ts";
import { contentsOf, type Perspective, show } from "../../domain/meeting/show.ts";
import { leads, type Meeting } from "../../domain/meeting/state.ts";
import type { LoggedEvent } from "../../protocol/events.ts";
import type { School } from "../../protocol/http/accounts.ts";
import type { Replay, ReplayFile, ReplayFilm } from "../../protocol/http/replays.ts";
import type { Id } from "../../protocol/ids.ts";
import { read, readContents } from "../../storage/log.ts";
import type { Pool } from "../../storage/pool.ts";
import type { Caller } from "../http/route.ts";
import { projectsNamed } from "./belonging.ts";
import { accountIdentity, type Sight } from "./replaySight.ts";

export interface ReplaysWorld {
  pool: Pool;
  /** Where the recorder keeps its files; paths in the database begin here. */
  mediaFolder: string;
  now: () => number;
}

/** A file being written is this much behind what was said: half a second's cluster and a little. */
const behindMs = 700;

export async function replayOf(
  world: ReplaysWorld,
  { meeting, leads: leading }: Sight,
  caller: Caller | null,
  after: number,
): Promise<Replay> {
  const { pool, now } = world;
  const log = await read(pool, meeting.id);
  const folded = fold(meeting.settings, log);
  const perspective = perspectiveIn(folded, leading, caller);
  const shown = log.flatMap(({ at, event }) => {
    const seen = show(perspective, event);
    return seen ? [{ at, event: seen }] : [];
  });
  // Who has more than there is looked with other eyes before (the chair was handed over): they begin anew.
  const from = after <= shown.length ? after : 0;
  const news = shown.slice(from);
  const words = news.flatMap(({ event }) => contentsOf(event));
  const { phase, openedAt, endedAt } = folded;
  return {
    code: meeting.code,
    title: meeting.title,
    phase,
    openedAt,
    lengthMs: openedAt === null ? 0 : Math.max(0, (endedAt ?? now()) - openedAt),
    perspective: perspective.from === "lead" ? "lead" : "room",
    from,
    log: news,
    contents: words.length > 0 ? await readContents(pool, meeting.id, words) : {},
    schools: await schoolsOf(pool, folded),
    files: openedAt === null ? [] : await filesOf(world, meeting.id, log, openedAt),
    audience: meeting.audience,
    project: meeting.projectId === null ? null : ((await projectsNamed(pool, [meeting.projectId]))[0] ?? null),
    leads: leading,
    film: leading ? await filmOf(pool, meeting.id) : null,
  };
}

/** The chair's account, and who led or helped by account when it ended, see the lobby too; everybody else the room. */
function perspectiveIn(meeting: Meeting, leading: boolean, caller: Caller | null): Perspective {
  if (leading) return { from: "lead" };
  const identity = caller && accountIdentity(caller);
  const led = Object.values(meeting.seats).some((seat) => seat.identity === identity && seat.admitted && leads(seat));
  return led ? { from: "lead" } : { from: "room" };
}

async function schoolsOf(pool: Pool, meeting: Meeting): Promise<School[]> {
  const ids = Object.values(meeting.seats).flatMap(({ school }) => (school === null ? [] : [school]));
  if (ids.length === 0) return [];
  const { rows } = await pool.query<School>("select id, name, town, country from schools where id = any ($1)", [ids]);
  return rows;
}

interface RecordingRow {
  id: Id;
  turn: Id;
  seat: Id;
  kind: ReplayFile["kind"];
  path: string;
  startedAt: number;
  lengthMs: number | null;
  bytes: number | null;
  hasSound: boolean | null;
  hasPicture: boolean | null;
  state: ReplayFile["state"];
}

/** What can be played. Files that were lost or stayed empty are missing: the page sees a turn without a file. */
async function filesOf(
  world: ReplaysWorld,
  meeting: Id,
  log: readonly LoggedEvent[],
  openedAt: number,
): Promise<ReplayFile[]> {
  const { rows } = await world.pool.query<RecordingRow>(
    `select id, turn_id as turn, seat_id as seat, kind, path, started_at as "startedAt", length_ms as "lengthMs", bytes,
            has_sound as "hasSound", has_picture as "hasPicture", state
     from recordings where meeting_id = $1 and state in ('writing', 'finished', 'repaired')
     order by started_at, kind desc, id`,
    [meeting],
  );
  const ends = new Map(log.flatMap(({ at, event }) => (event.type === "floor.turnEnded" ? [[event.turn, at]] : [])));
  const files = await Promise.all(
    rows.map(async (row) => {
      const bytes = row.state === "writing" ? await sizeOf(join(world.mediaFolder, row.path)) : (row.bytes ?? 0);
      const untilMs = (ends.get(row.turn) ?? world.now()) - behindMs;
      return {
        id: row.id,
        turn: row.turn,
        seat: row.seat,
        kind: row.kind,
        startMs: row.startedAt - openedAt,
        lengthMs: row.lengthMs ?? Math.max(0, untilMs - row.startedAt),
        // While it is written nobody has looked into it: what its kind may have.
        hasPicture: row.hasPicture ?? true,
        hasSound: row.hasSound ?? row.kind === "speaker",
        state: row.state,
        bytes,
      };
    }),
  );
  return files.filter(({ bytes }) => bytes > 0);
}

/** 0 for a file that has yet to come. */
async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

export async function filmOf(pool: Pool, meeting: Id): Promise<ReplayFilm> {
  const { rows } = await pool.query<ReplayFilm>("select state, percent, bytes from films where meeting_id = $1", [
    meeting,
  ]);
  return rows[0] ?? { state: "none", percent: 0, bytes: null };
}
