/** Links to take a seat by: who they are for, how long they work. */
import type { LinkRole } from "../../protocol/http/meetings.ts";
import type { Id } from "../../protocol/ids.ts";
import type { SeatKind } from "../../protocol/meeting.ts";
import type { Queryable } from "../../storage/pool.ts";
import { newId } from "../ids.ts";
import { newLinkKey } from "./codes.ts";

export interface LinkRow {
  id: Id;
  meetingId: Id;
  /** The meeting's code for the guests' link. */
  key: string;
  role: LinkRole;
  /** Null: unknown, which counts as a pupil. */
  kind: SeatKind | null;
  schoolId: Id | null;
  label: string;
  expiresAt: number | null;
  revokedAt: number | null;
}

const columns = `id, meeting_id as "meetingId", key, role, kind, school_id as "schoolId", label,
  expires_at as "expiresAt", revoked_at as "revokedAt"`;

/**
 * The link of this key, if it works now: not revoked, not expired. Without a key (a code that was read aloud) ask by
 * the meeting's code: that is the key of the guests' link.
 */
export async function findLink(db: Queryable, meetingId: Id, key: string): Promise<LinkRow | undefined> {
  const { rows } = await db.query<LinkRow>(
    `select ${columns} from meeting_links
     where meeting_id = $1 and key = $2 and revoked_at is null and (expires_at is null or expires_at > now())`,
    [meetingId, key],
  );
  return rows[0];
}

/** All of a meeting's, also those that no longer work: chair, participants, watchers, as they were made. */
export async function listLinks(db: Queryable, meetingId: Id): Promise<LinkRow[]> {
  const { rows } = await db.query<LinkRow>(
    `select ${columns} from meeting_links where meeting_id = $1
     order by array_position(array['chair', 'participant', 'watcher'], role), created_at, label, id`,
    [meetingId],
  );
  return rows;
}

export type NewLink = Pick<LinkRow, "role" | "kind" | "schoolId"> &
  Partial<Pick<LinkRow, "label" | "expiresAt" | "key">>;

export async function addLink(db: Queryable, meetingId: Id, link: NewLink): Promise<LinkRow> {
  const row: LinkRow = {
    label: "",
    expiresAt: null,
    key: newLinkKey(),
    ...link,
    id: newId(),
    meetingId,
    revokedAt: null,
  };
  await db.query(
    `insert into meeting_links (id, meeting_id, key, role, kind, school_id, label, expires_at, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, to_timestamp($8::float8 / 1000), clock_timestamp())`,
    [row.id, meetingId, row.key, row.role, row.kind, row.schoolId, row.label, row.expiresAt],
  );
  return row;
}

/** From now on it lets nobody in; who is in the meeting stays. False when there is none, or it was revoked before. */
export async function revokeLink(db: Queryable, meetingId: Id, link: Id): Promise<boolean> {
  const { rowCount } = await db.query(
    "update meeting_links set revoked_at = now() where meeting_id = $1 and id = $2 and revoked_at is null",
    [meetingId, link],
  );
  return rowCount === 1;
}

/** What is given out when a meeting is booked. */
export function firstLinks(code: string, schoolId: Id | null, expiresAt: number): NewLink[] {
  const participants: NewLink[] = schoolId
    ? (["pupil", "class", "adult"] as const).map((kind) => ({ role: "participant", kind, schoolId }))
    : [{ role: "participant", kind: "adult", schoolId: null }];
  const links: NewLink[] = [
    { role: "chair", kind: "adult", schoolId },
    ...participants,
    { role: "participant", kind: null, schoolId: null, key: code },
    { role: "watcher", kind: null, schoolId: null },
  ];
  return links.map((link) => ({ ...link, expiresAt }));
}

/** `/m/<code>#k=<key>`; the guests' link is `/m/<code>` alone. */
export function addressOfLink(origin: string, code: string, link: Pick<LinkRow, "key">): string {
  const page = `${origin}/m/${code}`;
  return link.key === code ? page : `${page}#k=${link.key}`;
}
