/** Who may watch a replay, and as whom. Asked anew for every request, every byte range too. */
import { mayAtAll } from "../../domain/permissions.ts";
import type { ReplayAudience } from "../../protocol/http/replays.ts";
import type { Id } from "../../protocol/ids.ts";
import type { MeetingSettings } from "../../protocol/meeting.ts";
import type { Refused } from "../../protocol/refusals.ts";
import type { Pool, Queryable } from "../../storage/pool.ts";
import { actorOf, type Caller, type Context } from "../http/route.ts";
import { isProjectTeacher } from "./belonging.ts";
import { hashOf, newSecret } from "./tickets.ts";

export interface ReplayedMeeting {
  id: Id;
  code: string;
  title: string;
  settings: MeetingSettings;
  chairAccount: Id;
  /** Null for a meeting of no project. */
  projectId: Id | null;
  audience: ReplayAudience;
}

export interface Sight {
  meeting: ReplayedMeeting;
  /** Opens and closes it to others, and downloads: the account that leads the meeting. */
  leads: boolean;
}

/** A pass outlives a school day; the page asks for another with what its tab still holds. */
const passMs = 12 * 3_600_000;
const passName = (code: string) => `watch-${code}`;

/**
 * The chair, and the accepted teachers of the project it was booked for; with audience `participants` also who held a seat
 * in the room and was not removed, by account or by a guest's pass; with `link` anybody. An operator's account never,
 * whatever the audience.
 */
export async function sightOf(pool: Pool, { caller, cookies }: Context, code: string): Promise<Sight | Refused> {
  const meeting = await replayedMeeting(pool, code);
  if (!meeting) return { refused: "meeting.unknown" };
  if (!mayAtAll("replay.watch", actorOf(caller))) return { refused: "replay.notAllowed" };
  if (caller?.id === meeting.chairAccount) return { meeting, leads: true };
  if (meeting.audience === "link") return { meeting, leads: false };
  if (caller && meeting.projectId !== null && (await isProjectTeacher(pool, meeting.projectId, caller))) {
    return { meeting, leads: false };
  }
  if (meeting.audience === "participants") {
    const guest = await identityOfPass(pool, meeting.id, cookies.read(passName(code)));
    for (const identity of [caller && accountIdentity(caller), guest]) {
      if (identity && (await heldSeat(pool, meeting.id, identity))) return { meeting, leads: false };
    }
  }
  return { refused: "replay.notAllowed" };
}

export const accountIdentity = (caller: Pick<Caller, "id">): string => `account:${caller.id}`;

/** As server/meetings/seats.ts names a guest in the log. */
const guestIdentity = (resume: string) => `guest:${hashOf(resume).toString("base64url")}`;

async function replayedMeeting(pool: Queryable, code: string): Promise<ReplayedMeeting | undefined> {
  const { rows } = await pool.query<ReplayedMeeting>(
    `select id, code, title, settings, chair_account as "chairAccount", project_id as "projectId",
            replay_audience as audience
     from meetings where code = $1`,
    [code],
  );
  return rows[0];
}

/** Whether somebody was in the room, and was not removed from it. Waiting in the lobby is not enough. */
async function heldSeat(pool: Queryable, meeting: Id, identity: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `select from meeting_log came
     where came.meeting_id = $1 and came.event ->> 'type' in ('seat.taken', 'lobby.admitted')
       and came.event ->> 'identity' = $2
       and not exists (
         select from meeting_log gone
         where gone.meeting_id = $1 and gone.event ->> 'type' = 'seat.removed'
           and gone.event ->> 'seat' = came.event ->> 'seat')
     limit 1`,
    [meeting, identity],
  );
  return (rowCount ?? 0) > 0;
}

/**
 * Exchanges what a guest's tab holds (`resume`, sent once and in a body) for a cookie of this one meeting, because a
 * `<video>` can send nothing else. Refused when the replay is not open to participants, or they were never in the room.
 */
export async function givePass(
  pool: Pool,
  { cookies }: Context,
  code: string,
  resume: string,
): Promise<Refused | undefined> {
  const meeting = await replayedMeeting(pool, code);
  if (!meeting) return { refused: "meeting.unknown" };
  if (meeting.audience === "chair") return { refused: "replay.notAllowed" };
  const identity = guestIdentity(resume);
  if (!(await heldSeat(pool, meeting.id, identity))) return { refused: "replay.notAllowed" };
  const token = newSecret();
  await pool.query(
    `with old as (delete from replay_passes where expires_at < now())
     insert into replay_passes (token_hash, meeting_id, identity, expires_at)
     values ($1, $2, $3, now() + make_interval(secs => $4))`,
    [hashOf(token), meeting.id, identity, passMs / 1000],
  );
  cookies.keep(passName(code), token, passMs);
  return undefined;
}

async function identityOfPass(pool: Queryable, meeting: Id, token: string | undefined): Promise<string | undefined> {
  if (!token) return undefined;
  const { rows } = await pool.query<{ identity: string }>(
    "select identity from replay_passes where token_hash = $1 and meeting_id = $2 and expires_at > now()",
    [hashOf(token), meeting],
  );
  return rows[0]?.identity;
}
