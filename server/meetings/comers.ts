/** Who comes to a project's meeting by their place in its TwinSpace, and whose seat ends because they lost that place. */
import { everybodyInvited, mayCome } from "../../domain/twinspace/invited.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Queryable } from "../../storage/pool.ts";
import { type Identified, isRefused } from "../http/route.ts";
import { type Insider, spaceFor } from "../twinspace/insider.ts";
import type { MeetingRow } from "./booking.ts";

/** Who asks, if they may come to this meeting by their place in its project; also when it is closed by now. */
export async function comerOf(
  db: Queryable,
  meeting: Pick<MeetingRow, "projectId" | "invited">,
  who: Identified,
  now: number,
): Promise<Insider | undefined> {
  if (meeting.projectId === null || (who.caller === null && who.place === null)) return undefined;
  const space = await spaceFor(db, "meeting.inSpace", who, meeting.projectId, now);
  if (isRefused(space)) return undefined;
  return mayCome(meeting.invited ?? everybodyInvited, space.me) ? space.me : undefined;
}

/** Notes that somebody came by their place, so that their seat can end with it. */
export async function keepComer(db: Queryable, meeting: Id, identity: string): Promise<void> {
  await db.query(
    `insert into meeting_members (meeting_id, identity) values ($1, $2)
     on conflict (meeting_id, identity) do update set dismissed_at = null`,
    [meeting, identity],
  );
}

/**
 * Whose place is no more, of those who came by it to a meeting that runs: a pupil who was locked, ended or moved, a member
 * who left or was removed, anybody of a project that is not active any more.
 */
export async function placesLost(db: Queryable): Promise<{ meeting: Id; identity: string }[]> {
  const { rows } = await db.query<{ meeting: Id; identity: string }>(
    `select c.meeting_id as meeting, c.identity
     from meetings m join meeting_members c on c.meeting_id = m.id
       left join projects p on p.id = m.project_id
     where m.phase = 'open' and c.dismissed_at is null and not (p.state = 'active' and case split_part(c.identity, ':', 1)
       when 'pupil' then exists (
         select from pupils u where u.id = split_part(c.identity, ':', 2) and u.project_id = p.id and u.state = 'active')
       else exists (
         select from project_members a where a.project_id = p.id and a.account_id = split_part(c.identity, ':', 2)
           and a.state = 'accepted') end)`,
  );
  return rows;
}

/** Their seat was taken away; that they came stays known, for the replay. */
export async function keepDismissed(db: Queryable, meeting: Id, identity: string): Promise<void> {
  await db.query("update meeting_members set dismissed_at = now() where meeting_id = $1 and identity = $2", [
    meeting,
    identity,
  ]);
}

/**
 * What somebody was called in the rooms of meetings, who is to be called nothing any more: a pupil's alias, when it is
 * purged. Without an index on what stands in the log: only the meetings they came to are looked into.
 */
export async function eraseNamesIn(db: Queryable, identities: readonly string[]): Promise<void> {
  await db.query(
    `update contents set words = null, erased_at = now()
     where words is not null and id in (
       select l.event ->> 'name' from meeting_members c join meeting_log l on l.meeting_id = c.meeting_id
       where c.identity = any($1) and l.event ->> 'identity' = c.identity)`,
    [identities],
  );
}
