/** Quality Labels as a project's public pages show them: those that hold, and that their holders show. */
import { writeLabelCode } from "../../domain/projects/labelCode.ts";
import type { Id } from "../../protocol/ids.ts";
import type { ShownQualityLabel } from "../../protocol/qualityLabels/awards.ts";
import type { Queryable } from "../../storage/pool.ts";

/** The oldest first. Who holds one is named only where they agreed to that, and while they are here. */
export async function shownQualityLabels(db: Queryable, project: Id): Promise<ShownQualityLabel[]> {
  const { rows } = await db.query<ShownQualityLabel>(
    `select w.code, jsonb_build_object('name', s.name, 'town', s.town, 'country', s.country) as school,
       (select a.name from accounts a where a.id = w.account_id and w.named and a.ended_at is null) as holder,
       w.issued_at as "issuedAt"
     from awards w join schools s on s.id = w.school_id
     where w.project_id = $1 and w.kind = 'qualityLabel' and w.revoked_at is null and w.shown
     order by w.issued_at, w.id limit 200`,
    [project],
  );
  return rows.map((row) => ({ ...row, code: writeLabelCode(row.code) }));
}
