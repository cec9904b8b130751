/** A service reminds the teachers of a project in whose report card nothing was written for long. */
import { silentAfterDays, silentDays } from "../../domain/reports/card.ts";
import type { Id } from "../../protocol/ids.ts";
import { remindAgainAfterDays } from "../../protocol/reports/desk.ts";
import type { Queryable } from "../../storage/pool.ts";
import type { ProjectRow } from "../projects/rows.ts";
import { remindTeachers } from "./letters.ts";

const dayMs = 86_400_000;

/** False: it is not silent or not active any more, or this service reminded it lately. */
export async function remind(
  db: Queryable,
  project: ProjectRow,
  { account, country }: { readonly account: Id; readonly country: string | null },
  origin: string,
  now: number,
): Promise<boolean> {
  const { rows } = await db.query<{ openedAt: number; sharedAt: number | null; isFinished: boolean }>(
    `select opened_at as "openedAt", service_shared_at as "sharedAt",
       coalesce(final_read_at >= final_at, false) as "isFinished"
     from report_cards where project_id = $1 for update`,
    [project.id],
  );
  const [card] = rows;
  if (!card || card.isFinished || project.state !== "active") return false;
  const days = silentDays(card.sharedAt, card.openedAt, now);
  if (days < silentAfterDays) return false;
  const { rowCount } = await db.query(
    `insert into report_reminders (project_id, country, by_account, at)
     values ($1, $2, $3, to_timestamp($4::float8 / 1000))
     on conflict (project_id, country) do update set at = excluded.at, by_account = excluded.by_account
       where report_reminders.at <= to_timestamp($5::float8 / 1000)`,
    [project.id, country ?? "", account, now, now - remindAgainAfterDays * dayMs],
  );
  if (rowCount === 0) return false;
  // The server's own reminder need not come on top of it.
  await db.query("update report_cards set reminded_at = to_timestamp($2::float8 / 1000) where project_id = $1", [
    project.id,
    now,
  ]);
  await remindTeachers(db, project, { country, days }, origin);
  return true;
}

/** When one of these services reminded it last; null: never. */
export async function remindedAt(
  db: Queryable,
  project: Id,
  countries: readonly (string | null)[],
): Promise<number | null> {
  const { rows } = await db.query<{ at: number | null }>(
    "select max(at) as at from report_reminders where project_id = $1 and country = any($2)",
    [project, countries.map((country) => country ?? "")],
  );
  return rows[0]?.at ?? null;
}

export const mayRemindAgain = (at: number | null, now: number): boolean =>
  at === null || at <= now - remindAgainAfterDays * dayMs;
