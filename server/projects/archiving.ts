/** Closed projects go into the archive when nobody can open them again. Founders are told a month before. */
import type { Logger } from "pino";
import { follow, reopenUntil } from "../../domain/projects/project.ts";
import type { Id } from "../../protocol/ids.ts";
import { inTransaction, type Pool } from "../../storage/pool.ts";
import { isRefused } from "../http/route.ts";
import { writeLetter } from "../mail/letters.ts";
import { findProject, foundersOf, keepAct, keepProject, projectOf } from "./rows.ts";

const dayMs = 86_400_000;
const toldBeforeMs = 30 * dayMs;
const atOnce = 200;

/** @param now milliseconds since 1970. Nobody's project is archived who was not told a month before. */
export async function archiveClosed(pool: Pool, origin: string, now: number): Promise<void> {
  const { rows } = await pool.query<{ id: Id }>(
    `select id from projects where state = 'closed' and closed_at < to_timestamp($1::float8 / 1000)
       and (archive_told_at is null or archive_told_at < closed_at or archive_told_at < to_timestamp($2::float8 / 1000))
     order by closed_at limit ${atOnce}`,
    [now - 365 * dayMs + toldBeforeMs, now - toldBeforeMs],
  );
  for (const { id } of rows) await tellOrArchive(pool, id, origin, now);
}

async function tellOrArchive(pool: Pool, id: Id, origin: string, now: number): Promise<void> {
  await inTransaction(pool, async (db) => {
    const project = await findProject(db, id, now, { lock: true });
    if (project?.state !== "closed" || project.closedAt === null) return;
    const told = await db.query<{ at: number | null }>("select archive_told_at as at from projects where id = $1", [
      id,
    ]);
    const toldAt = told.rows[0]?.at ?? null;
    const due = reopenUntil(project.closedAt);
    if (toldAt === null || toldAt < project.closedAt) {
      await db.query("update projects set archive_told_at = to_timestamp($2::float8 / 1000) where id = $1", [id, now]);
      const day = new Date(Math.max(due, now + toldBeforeMs)).toISOString().slice(0, 10);
      for (const { account, email, name, language, state } of foundersOf(project)) {
        if (state !== "accepted") continue;
        const facts = { name, project: project.title, day, link: `${origin}/projects/${project.slug}` };
        await writeLetter(db, { to: email, account, language, kind: "spaceArchiveSoon", facts });
      }
      return;
    }
    if (now <= due || now < toldAt + toldBeforeMs) return;
    const next = follow(projectOf(project), { type: "archive" });
    if (isRefused(next)) return;
    await keepProject(db, project, next, now);
    await keepAct(db, id, "archive", null);
  });
}

/** Looks now and once a day until it is stopped. */
export function keepArchiving(pool: Pool, origin: string, log: Logger): { stop(): void } {
  const look = () => {
    archiveClosed(pool, origin, Date.now()).catch((err) => log.error({ err }, "Closed projects could not be archived"));
  };
  look();
  const timer = setInterval(look, dayMs);
  return { stop: () => clearInterval(timer) };
}
