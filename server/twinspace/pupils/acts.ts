/** What was done to pupils' accounts and consents, kept for whoever asks later. Never with a name in it. */
import type { Id } from "../../../protocol/ids.ts";
import type { Queryable } from "../../../storage/pool.ts";

export type PupilActKept = "made" | "newCard" | "changed" | "lock" | "unlock" | "end" | "restore" | "consent";

/** `note`: codes only, such as which field was changed. */
export async function keepPupilActs(
  db: Queryable,
  {
    project,
    pupils,
    by,
    act,
    note = "",
  }: { project: Id; pupils: readonly Id[]; by: Id; act: PupilActKept; note?: string },
): Promise<void> {
  await db.query(
    `insert into pupil_acts (project_id, pupil_id, by_account, act, note)
     select $1, pupil, $3, $4, $5 from unnest($2::text[]) as p (pupil)`,
    [project, pupils, by, act, note],
  );
}
