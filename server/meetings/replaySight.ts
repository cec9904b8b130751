/** Who may watch a replay, and as whom. Asked anew for every request, every byte range too. */
import { mayAtAll } from "../../domain/permissions.ts";
import type { ReplayAudience } from "../../protocol/http/replays.ts";
import type { Id } from "../../protocol/ids.ts";
import type { MeetingSettings } from "../../protocol/meeting.ts";
import type { Refused } from "../../protocol/refusals.ts";
import type { Invited } from "../../protocol/twinspace/meetings.ts";
import type { Pool, Queryable } from "../../storage/pool.ts";
import { actorOfWho, type Caller, type Context, type Identified } from "../http/route.ts";
import { isProjectTeacher } from "./belonging.ts";
import { comerOf } from "./comers.ts";
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
  /** Who of its project might have come. */
  invited: Invited | null;
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
 * in the room and was not removed, by account, by a pupil's place or by a guest's pass; with `project` besides them who in
 * its project might have come; with `link` anybody. An operator's account never, whatever the audience. The chair of a
 * project's meeting who has left the project is nobody in particular any more: then its founders and administrators lead.
 *
 * @param now milliseconds since 1970
 */
export async function sightOf(
  pool: Pool,
  { caller, place = null, cookies }: Pick<Context, "caller" | "cookies"> & { place?: Context["place"] },
  code: string,
  now = Date.now(),
): Promise<Sight | Refused> {
  const meeting = await replayedMeeting(pool, code);
  if (!meeting) return { refused: "meeting.unknown" };
  const who: Identified = { caller, place };
  if (!mayAtAll("replay.watch", actorOfWho(who))) return { refused: "replay.notAllowed" };
  if (caller && (await leadsReplay(pool, meeting, caller))) return { meeting, leads: true };
  if (meeting.audience === "link") return { meeting, leads: false };
  if (caller && meeting.projectId !== null && (await isProjectTeacher(pool, meeting.projectId, caller))) {
    return { meeting, leads: false };
  }
  if (meeting.audience === "chair") return { refused: "replay.notAllowed" };
  if (meeting.audience === "project" && (await comerOf(pool, meeting, who, now))) return { meeting, leads: false };
  const guest = await identityOfPass(pool, meeting.id, cookies.read(passName(code)));
  const pupil = place?.kind === "pupil" ? `pupil:${place.id}` : null;
  for (const identity of [caller && accountIdentity(caller), pupil, guest]) {
    if (identity && (await heldSeat(pool, meeting.id, identity))) return { meeting, leads: false };
  }
  return { refused: "replay.notAllowed" };
}

async function leadsReplay(db: Queryable, meeting: ReplayedMeeting, caller: Caller): Promise<boolean> {
  const { projectId, chairAccount } = meeting;
  if (projectId === null) return caller.id === chairAccount;
  const isThere = await chairIsThere(db, projectId, chairAccount);
  if (caller.id === chairAccount) return isThere;
  return !isThere && isProjectTeacher(db, projectId, caller, { admins: true });
}

/** Whether the account that booked a project's meeting is there, and in the project. */
export async function chairIsThere(db: Queryable, project: Id, chair: Id): Promise<boolean> {
  const { rowCount } = await db.query(
    `select from project_members m join accounts a on a.id = m.account_id
     where m.project_id = $1 and m.account_id = $2 and m.state = 'accepted' and a.ended_at is null`,
    [project, chair],
  );
  return rowCount === 1;
}

export const accountIdentity = (caller: Pick<Caller, "id">): string => `account:${caller.id}`;

/** As server/meetings/seats.ts names a guest in the log. */
const guestIdentity = (resume: string) => `guest:${hashOf(resume).toString("base64url")}`;

async function replayedMeeting(pool: Queryable, code: string): Promise<ReplayedMeeting | undefined> {
  const { rows } = await pool.query<ReplayedMeeting>(
    `select id, code, title, settings, chair_account as "chairAccount", project_id as "projectId",
            replay_audience as audience, invited
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

/** Those of these meetings in whose room somebody was who came by their place or account, and was not removed. */
export async function seatsHeld(db: Queryable, meetings: readonly Id[], identity: string): Promise<ReadonlySet<Id>> {
  // Who came by their place is noted; only those meetings' logs are looked into.
  const { rows } = await db.query<{ id: Id }>(
    "select meeting_id as id from meeting_members where meeting_id = any($1) and identity = $2",
    [meetings, identity],
  );
  const held = new Set<Id>();
  for (const { id } of rows) if (await heldSeat(db, id, identity)) held.add(id);
  return held;
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
