/** All applications of one account, wherever its projects have got to. */
import { writeLabelCode } from "../../domain/projects/labelCode.ts";
import { afterAct } from "../../domain/qualityLabels/states.ts";
import type { Id } from "../../protocol/ids.ts";
import type { ApplicationState, MyApplications } from "../../protocol/qualityLabels/applications.ts";
import type { Queryable } from "../../storage/pool.ts";
import { takeBack } from "./submitting.ts";

type Mine = MyApplications["applications"][number];
const mostShown = 100;

/** The newest first. */
export async function myApplications(db: Queryable, account: Id): Promise<Mine[]> {
  const { rows } = await db.query<Mine & { code: string | null; revoked: boolean }>(
    `select a.id, a.kind, a.state, a.attempt, jsonb_build_object('slug', p.slug, 'title', p.title) as project,
       a.submitted_at as "submittedAt", a.decided_at as "decidedAt", w.code, w.revoked_at is not null as revoked
     from label_applications a join projects p on p.id = a.project_id left join awards w on w.id = a.award_id
     where a.account_id = $1 order by a.begun_at desc, a.attempt desc, a.id desc limit ${mostShown}`,
    [account],
  );
  return rows.map(({ code, revoked, ...row }) => ({
    ...row,
    award: code === null ? null : { code: writeLabelCode(code), path: `/labels/${code}`, revoked },
  }));
}

/**
 * Their account ends, in the transaction that ends it: drafts are deleted, what waits or is judged is taken back. What was
 * decided stays, without anything that names them. Files that nobody has a row for any more are swept.
 */
export async function endApplications(db: Queryable, account: Id): Promise<void> {
  const { rows } = await db.query<{ id: Id; state: ApplicationState }>(
    "select id, state from label_applications where account_id = $1 order by id for update",
    [account],
  );
  for (const { id, state } of rows) if (afterAct(state, "withdraw") === "withdrawn") await takeBack(db, id);
  await db.query("delete from label_applications where account_id = $1 and state = 'draft'", [account]);
  // What they wrote about themselves is in the copies of what was decided; what they only meant to send is not needed any more.
  await db.query(
    `update label_applications set answers = '{}', chosen = '{}', gate = '{}', field_versions = '{}'
     where account_id = $1 and state = 'withdrawn'`,
    [account],
  );
}
