/** The door of a meeting: which meeting a code names, and as whom somebody would come in. */
import type { Id } from "../../protocol/ids.ts";
import type { MeetingSettings, SeatKind, SeatRole } from "../../protocol/meeting.ts";
import type { Refused } from "../../protocol/refusals.ts";
import type { Queryable } from "../../storage/pool.ts";

export interface MeetingAtDoor {
  id: Id;
  code: string;
  title: string;
  project: string | null;
  startsAt: number;
  lengthMinutes: number;
  timeZone: string;
  phase: "booked" | "open" | "ended";
  settings: MeetingSettings;
  chairAccount: Id;
  chairName: string;
  chairSchool: Id | null;
}

export async function meetingAtDoor(pool: Queryable, code: string): Promise<MeetingAtDoor | undefined> {
  const { rows } = await pool.query<MeetingAtDoor>(
    `select m.id, m.code, m.title, m.project_title as project, m.starts_at as "startsAt",
            m.length_minutes as "lengthMinutes", m.time_zone as "timeZone", m.phase, m.settings,
            m.chair_account as "chairAccount", a.name as "chairName", a.school_id as "chairSchool"
     from meetings m join accounts a on a.id = m.chair_account where m.code = $1`,
    [code],
  );
  return rows[0];
}

/** As whom somebody comes: what account or link vouch for. `kind` null: nobody vouches, which counts as a pupil. */
export interface Arriving {
  role: SeatRole;
  kind: SeatKind | null;
  school: Id | null;
}

interface LinkRow {
  role: "chair" | "participant" | "watcher";
  kind: SeatKind | null;
  school: Id | null;
}

/**
 * An account that leads the meeting comes as its chair; another account is an adult of its school, with the role of
 * its link; a guest is what the link says. Without a key the meeting's open link counts (its key is the code itself).
 */
export async function arriving(
  pool: Queryable,
  meeting: MeetingAtDoor,
  caller: { id: Id; school: Id | null } | null,
  key: string | undefined,
): Promise<Arriving | Refused> {
  if (caller?.id === meeting.chairAccount) return { role: "chair", kind: "adult", school: caller.school };
  const { rows } = await pool.query<LinkRow>(
    `select role, kind, school_id as school from meeting_links
     where meeting_id = $1 and key = $2 and revoked_at is null and (expires_at is null or expires_at > now())`,
    [meeting.id, key ?? meeting.code],
  );
  const [link] = rows;
  if (!link) return { refused: "link.invalid" };
  const kind = link.role === "chair" ? "adult" : link.kind;
  if (caller) return { role: link.role, kind: "adult", school: caller.school };
  return { role: link.role, kind, school: link.school };
}
