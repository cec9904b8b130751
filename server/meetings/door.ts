/** The door of a meeting: as whom somebody would come in. */

import { mayAtAll } from "../../domain/permissions.ts";
import type { ProjectState } from "../../domain/projects/project.ts";
import type { Id } from "../../protocol/ids.ts";
import type { SeatKind, SeatRole } from "../../protocol/meeting.ts";
import type { Refused } from "../../protocol/refusals.ts";
import type { Queryable } from "../../storage/pool.ts";
import { actorOfWho, type Caller, type Identified, mainSchool, type PlaceCaller } from "../http/route.ts";
import { type Insider, isAdmin, isPupil } from "../twinspace/insider.ts";
import { isProjectTeacher } from "./belonging.ts";
import type { MeetingRow } from "./booking.ts";
import { comerOf } from "./comers.ts";
import { findLink, type LinkRow } from "./links.ts";

/** As whom somebody comes: what account, place or link vouch for. `kind` null: nobody vouches, which counts as a pupil. */
export interface Arriving {
  readonly role: SeatRole;
  readonly kind: SeatKind | null;
  readonly school: Id | null;
  /** As the log has it for who is signed in; null for a guest, who is known by their tab. */
  readonly identity: string | null;
  /** What they are called and cannot change: a pupil's alias. Null: they say it themselves. */
  readonly name: string | null;
  /** They come by their place in the project and not by a link: their seat ends with it. */
  readonly isMember: boolean;
  /** They may open it in place of its chair. */
  readonly mayOpen: boolean;
}

const byItself = { identity: null, name: null, isMember: false, mayOpen: false } as const;

/**
 * Who runs the server sees no child's data and comes to no meeting. An account that leads the meeting comes as its chair.
 * To a project's meeting its members come without a link: teachers, asked experts and observers by their account, pupils on
 * its list by their place, as pupils of their school under their alias. Everybody else needs a link: an account is an adult
 * of its school with the role of the link, a guest is what the link says. A pupil is a pupil whatever the link says.
 * Without a key the meeting's open link counts (its key is the code itself); a project's meeting has none.
 */
export async function arriving(
  db: Queryable,
  meeting: MeetingRow,
  who: Identified,
  key: string | undefined,
  now: number,
): Promise<Arriving | Refused> {
  const { caller, place } = who;
  if (!mayAtAll("meeting.come", actorOfWho(who))) return { refused: "account.notAllowed" };
  const no = await projectRefuses(db, meeting);
  if (no) return no;
  if (caller && (await leadsByAccount(db, meeting, caller))) {
    const identity = `account:${caller.id}`;
    return {
      ...byItself,
      role: "chair",
      kind: "adult",
      school: meeting.schoolId,
      identity,
      isMember: isOfProject(meeting),
    };
  }
  const member = await comerOf(db, meeting, who, now);
  const link = await findLink(db, meeting.id, key ?? meeting.code);
  if (member) return asMember(member, link);
  if (!link) return { refused: isOfProject(meeting) && key === undefined ? "meeting.membersOnly" : "link.invalid" };
  if (caller) {
    const school = schoolOf(caller, link.schoolId);
    return { ...byItself, role: link.role, kind: "adult", school, identity: `account:${caller.id}` };
  }
  return place ? inPlaceByLink(place, link) : asGuest(link);
}

/** A project that is closed or suspended holds no meetings; its past ones stay to be looked at. */
async function projectRefuses(db: Queryable, { projectId, phase }: MeetingRow): Promise<Refused | undefined> {
  if (projectId === null || phase === "ended") return undefined;
  const { rows } = await db.query<{ state: ProjectState }>("select state from projects where id = $1", [projectId]);
  const state = rows[0]?.state;
  if (state === "active") return undefined;
  return { refused: state === "suspended" ? "space.suspended" : "space.readOnly" };
}

const isOfProject = ({ projectId }: MeetingRow): boolean => projectId !== null;

/** Who booked it, for as long as they are one of its project's teachers. */
async function leadsByAccount(
  db: Queryable,
  meeting: MeetingRow,
  caller: Pick<Caller, "id" | "actor">,
): Promise<boolean> {
  if (caller.id !== meeting.chairAccount) return false;
  return meeting.projectId === null || isProjectTeacher(db, meeting.projectId, caller);
}

/** A link raises an adult's role and never a pupil's. */
function asMember(me: Insider, link: LinkRow | undefined): Arriving {
  const { author: identity, school } = me;
  if (isPupil(me)) {
    return { ...byItself, role: "participant", kind: "pupil", school, identity, name: me.name, isMember: true };
  }
  const usual = isAdmin(me) ? "coChair" : me.role === "observer" ? "watcher" : "participant";
  const role = link?.role === "chair" ? "chair" : usual;
  return {
    ...byItself,
    role,
    kind: "adult",
    school: school ?? link?.schoolId ?? null,
    identity,
    isMember: true,
    mayOpen: isAdmin(me),
  };
}

/** Somebody with a place elsewhere, or not on the list: a guest of the link, who never leads. */
function inPlaceByLink({ kind }: PlaceCaller, link: LinkRow): Arriving {
  const guest = asGuest(link);
  const role = guest.role === "chair" ? "participant" : guest.role;
  return { ...guest, role, kind: kind === "pupil" && guest.kind === "adult" ? "pupil" : guest.kind };
}

const asGuest = (link: LinkRow): Arriving => ({
  ...byItself,
  role: link.role,
  kind: link.role === "chair" ? "adult" : link.kind,
  school: link.schoolId,
});

/** Who works at several schools comes for the one the link is for. */
function schoolOf(caller: Pick<Caller, "actor">, asked: Id | null): Id | null {
  return caller.actor.schools.find(({ id }) => id === asked)?.id ?? mainSchool(caller);
}
