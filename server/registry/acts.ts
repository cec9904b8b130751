/** Who did what to what in the registry, for whoever asks later. */
import type { Id } from "../../protocol/ids.ts";
import type { Queryable } from "../../storage/pool.ts";

export type RegistryObject = "school" | "membership";
export type RegistryAct =
  | "submitted"
  | "changed"
  | "submittedAgain"
  | "principalTold"
  | "closed"
  | "approvesMeetings"
  | "approvesNoMeetings"
  | "asked"
  | "withdrawn"
  | "left"
  | "evidenceGiven"
  | "evidenceRead"
  | "evidenceDeleted";

export async function keepRegistryAct(
  db: Queryable,
  act: RegistryAct,
  by: Id | null,
  kind: RegistryObject,
  object: Id,
): Promise<void> {
  await db.query("insert into registry_acts (by_account, kind, object_id, act) values ($1, $2, $3, $4)", [
    by,
    kind,
    object,
    act,
  ]);
}
