/** Interim and final entries come filled in from the others (domain/reports/prefill.ts). */
import { prefill } from "../../domain/reports/prefill.ts";
import type { Id } from "../../protocol/ids.ts";
import type { EntryBody } from "../../protocol/reports/entries.ts";
import type { Queryable } from "../../storage/pool.ts";
import { replaysNamed } from "./evidence.ts";
import { entryRows } from "./rows.ts";
import { cardFacts } from "./stateSql.ts";

/** What such an entry begins with. @param now milliseconds since 1970 */
export async function prefilled(
  db: Queryable,
  { id: project }: { readonly id: Id },
  kind: "interim" | "final",
  now: number,
): Promise<Partial<EntryBody>> {
  const facts = await cardFacts(db, project);
  if (!facts) return {};
  const rows = await entryRows(db, project, { only: "services" });
  const meetings = await replaysNamed(
    db,
    project,
    rows.flatMap(({ meeting }) => meeting ?? []),
  );
  const told = rows.map(({ meeting, body, sharedAt, ...row }) => ({
    ...row,
    ...{ body, sharedAt: sharedAt ?? row.madeAt },
    title: body.title || ((meeting && meetings.get(meeting)?.title) ?? ""),
  }));
  const plan = await db.query<{ id: Id }>(
    "select id from report_plan where project_id = $1 and removed_at is null order by position",
    [project],
  );
  const { startDay, approvedDay } = facts;
  return prefill(kind, told, {
    today: new Date(now).toISOString().slice(0, 10),
    // As dueDays has it: approved after the day it was to begin, it began then.
    beganOn: startDay !== null && startDay > approvedDay ? startDay : approvedDay,
    plan: new Set(plan.rows.map(({ id }) => id)),
  });
}
