/** One report card as a support service reads it: everything that was shared with it in one answer, and nothing else. */

import type { Actor } from "../../domain/permissions.ts";
import { cardState, dueDays, silentAfterDays, silentDays } from "../../domain/reports/card.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Card } from "../../protocol/reports/card.ts";
import type { DeskReport } from "../../protocol/reports/desk.ts";
import type { Queryable } from "../../storage/pool.ts";
import type { ProjectRow } from "../projects/rows.ts";
import { registeredProject } from "../registry/desk/items.ts";
import { commentsOf } from "./comments.ts";
import { entryViews } from "./entries.ts";
import { planOf } from "./plan.ts";
import { isReportPublic } from "./public/rows.ts";
import { mayRemindAgain, remindedAt } from "./reminding.ts";
import { entryRows } from "./rows.ts";
import { speaksFor } from "./sight.ts";
import { cardFacts } from "./stateSql.ts";

const mostEntries = 1_000;

/** Undefined where it has no card. @param now milliseconds since 1970 */
export async function deskReport(
  db: Queryable,
  project: ProjectRow,
  { account, actor }: { readonly account: Id; readonly actor: Actor },
  now: number,
): Promise<DeskReport | undefined> {
  const [form, card] = [await registeredProject(db, project.id), await cardForServices(db, project, now)];
  if (!form || !card) return undefined;
  const countries = speaksFor(project, actor);
  const rows = await entryRows(db, project.id, { only: "services", limit: mostEntries });
  const reader = { side: "service", account } as const;
  const entries = await entryViews(db, project, rows, reader, now);
  const reminded = await remindedAt(db, project.id, countries);
  return {
    project: { ...form, id: project.id },
    card,
    plan: { items: (await planOf(db, project, "services")).items, proposed: [] },
    entries,
    comments: await commentsOf(db, project.id, reader, now, { ofCard: true }),
    speaksFor: countries,
    remindedAt: reminded,
    mayRemind:
      project.state === "active" &&
      card.state !== "finalRead" &&
      card.silentDays >= silentAfterDays &&
      mayRemindAgain(reminded, now),
  };
}

type Counted = Pick<Card, "openedAt" | "entries" | "pupils" | "lastSharedAt" | "questionSince">;

/** Counted is what was shared with the services. */
async function cardForServices(db: Queryable, { id }: ProjectRow, now: number): Promise<Card | undefined> {
  const facts = await cardFacts(db, id);
  const { rows } = await db.query<Counted>(
    `select opened_at as "openedAt", service_entries as entries, service_pupils as pupils,
       service_shared_at as "lastSharedAt", question_since as "questionSince"
     from report_cards where project_id = $1`,
    [id],
  );
  const [counted] = rows;
  if (!facts || !counted) return undefined;
  return {
    ...counted,
    ...dueDays(facts),
    state: cardState(facts, new Date(now).toISOString().slice(0, 10)),
    silentDays: silentDays(counted.lastSharedAt, counted.openedAt, now),
    drafts: 0,
    isPublic: await isReportPublic(db, id),
  };
}
