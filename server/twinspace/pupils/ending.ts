/** How pupils' accounts end: with their project, and for good some time later. */
import type { Logger } from "pino";
import { guessWindowMs, networkKnownMs } from "../../../domain/twinspace/guesses.ts";
import type { Id } from "../../../protocol/ids.ts";
import { inTransaction, type Pool, type Queryable } from "../../../storage/pool.ts";
import { eraseNamesIn } from "../../meetings/comers.ts";
import { deleteErased, type ErasedPupil, takePupilsOut } from "../../qualityLabels/erasing.ts";

const dayMs = 86_400_000;

/** How long the name and the secret of an ended account are kept, for who brings it back. */
export const purgeAfterMs = 90 * dayMs;
/** How long after that the paper that stands behind a consent is still named. */
export const evidenceKeptMs = 365 * dayMs;

/**
 * The project is closed: its pupils sign in no more, and who is signed in is so no longer (identify.ts asks for the state). In the
 * transaction that closes it.
 */
export async function endWithProject(db: Queryable, project: Id, now: number): Promise<void> {
  await db.query(
    `update pupils set ended_from = state, state = 'ended', ended_at = to_timestamp($2::float8 / 1000),
       purge_after = to_timestamp($3::float8 / 1000), ended_with_project = true
     where project_id = $1 and state in ('active', 'locked')`,
    [project, now, now + purgeAfterMs],
  );
}

/** It is opened again: those it ended are as they were, save for whom it is too late. In the transaction that opens it. */
export async function comeBackWithProject(db: Queryable, project: Id): Promise<void> {
  await db.query(
    `update pupils set state = coalesce(ended_from, 'active'), ended_from = null, ended_at = null, purge_after = null,
       ended_with_project = false
     where project_id = $1 and state = 'ended' and ended_with_project`,
    [project],
  );
}

/**
 * Erases who has been ended for long enough, and what was counted and is of no use any more.
 *
 * @param applicationsFolder where files of frozen copies lie; without it they are deleted by the next sweep of those
 */
export async function sweepPupils(pool: Pool, now: number, applicationsFolder?: string): Promise<void> {
  const files = await inTransaction(pool, async (db) => {
    const { rows: ended } = await db.query<ErasedPupil>(
      `select id, project_id as project, alias from pupils
       where state = 'ended' and purge_after <= to_timestamp($1::float8 / 1000) order by id for update`,
      [now],
    );
    const erased = await takePupilsOut(db, ended, now);
    // The alias goes too: names.ts then says "pupil of" their school. The code is nobody's from now on.
    const purged = await db.query<{ id: Id }>(
      `update pupils set state = 'purged', roster_name = null, secret_hash = null, alias = '', picture = '', year_group = '',
         login_code = 'purged:' || id, purged_at = to_timestamp($1::float8 / 1000)
       where state = 'ended' and purge_after <= to_timestamp($1::float8 / 1000) returning id`,
      [now],
    );
    await eraseNamesIn(
      db,
      purged.rows.map(({ id }) => `pupil:${id}`),
    );
    await db.query(
      `delete from sessions where pupil_id is not null
         and exists (select from pupils u where u.id = pupil_id and u.state in ('ended', 'purged'))`,
    );
    await db.query(
      `update consents c set evidence = '' from pupils u
       where u.id = c.pupil_id and c.evidence <> '' and u.purged_at < to_timestamp($1::float8 / 1000)`,
      [now - evidenceKeptMs],
    );
    await db.query(
      `delete from pupil_networks n using pupils u where u.id = n.pupil_id
         and (u.state = 'purged' or n.at < to_timestamp($1::float8 / 1000))`,
      [now - networkKnownMs],
    );
    await db.query("delete from pupil_try_sources where at < to_timestamp($1::float8 / 1000)", [now - guessWindowMs]);
    // Codes that nobody has are forgotten late, so that one cannot tell them from others by waiting.
    await db.query(
      `delete from pupil_tries t where at < to_timestamp($1::float8 / 1000)
         and not exists (select from pupils u where u.login_code = t.code)`,
      [now - networkKnownMs],
    );
    return erased;
  });
  if (applicationsFolder !== undefined) await deleteErased(applicationsFolder, files);
}

const sweepEveryMs = 3_600_000;

/** Sweeps every hour until it is stopped. */
export function keepSweepingPupils(pool: Pool, applicationsFolder: string, log: Logger): { stop(): void } {
  const timer = setInterval(() => {
    sweepPupils(pool, Date.now(), applicationsFolder).catch((err) =>
      log.error({ err }, "Ended pupils could not be erased"),
    );
  }, sweepEveryMs);
  return { stop: () => clearInterval(timer) };
}
