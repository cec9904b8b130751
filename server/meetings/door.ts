/** The door of a meeting: as whom somebody would come in. */

import { mayAtAll, nobody } from "../../domain/permissions.ts";
import type { Id } from "../../protocol/ids.ts";
import type { SeatKind, SeatRole } from "../../protocol/meeting.ts";
import type { Refused } from "../../protocol/refusals.ts";
import type { Queryable } from "../../storage/pool.ts";
import { type Caller, mainSchool } from "../http/route.ts";
import type { MeetingRow } from "./booking.ts";
import { findLink } from "./links.ts";

/** As whom somebody comes: what account or link vouch for. `kind` null: nobody vouches, which counts as a pupil. */
export interface Arriving {
  role: SeatRole;
  kind: SeatKind | null;
  school: Id | null;
}

/**
 * Who runs the server sees no child's data and comes to no meeting. An account that leads the meeting comes as its chair; another account is an adult of its school, with the role of
 * its link; a guest is what the link says. Without a key the meeting's open link counts (its key is the code itself).
 */
export async function arriving(
  pool: Queryable,
  meeting: MeetingRow,
  caller: Pick<Caller, "id" | "actor"> | null,
  key: string | undefined,
): Promise<Arriving | Refused> {
  if (!mayAtAll("meeting.come", caller?.actor ?? nobody)) return { refused: "account.notAllowed" };
  if (caller?.id === meeting.chairAccount) return { role: "chair", kind: "adult", school: meeting.schoolId };
  const link = await findLink(pool, meeting.id, key ?? meeting.code);
  if (!link) return { refused: "link.invalid" };
  const kind = link.role === "chair" ? "adult" : link.kind;
  if (caller) return { role: link.role, kind: "adult", school: schoolOf(caller, link.schoolId) };
  return { role: link.role, kind, school: link.schoolId };
}

/** Who works at several schools comes for the one the link is for. */
function schoolOf(caller: Pick<Caller, "actor">, asked: Id | null): Id | null {
  return caller.actor.schools.find(({ id }) => id === asked)?.id ?? mainSchool(caller);
}
