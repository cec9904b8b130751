/** What a pupil's own teacher does with their account once it is made. */
import { aliasTells } from "../../../domain/twinspace/alias.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { ActOnPupils, ChangePupil, OwnPupil, PupilAct } from "../../../protocol/twinspace/pupils.ts";
import { inTransaction, type Queryable } from "../../../storage/pool.ts";
import { type Identified, isRefused, type RefusedFields } from "../../http/route.ts";
import { keepPupilActs } from "./acts.ts";
import type { PupilParts } from "./cards.ts";
import { purgeAfterMs } from "./ending.ts";
import { openRosterName, sealRosterName } from "./rosterNames.ts";
import { ownPupils, takenAliases } from "./rows.ts";
import { ownSchoolFor } from "./sight.ts";

/** Corrects what stands in the account. The log says which fields, not what was in them. */
export async function changePupil(
  { pool, secrets, now }: PupilParts,
  who: Identified,
  key: string,
  pupil: Id,
  changes: ChangePupil,
): Promise<OwnPupil | RefusedFields> {
  return inTransaction(pool, async (db) => {
    const own = await ownSchoolFor(db, "pupil.change", who, key, now(), { writes: true, lock: true });
    if (isRefused(own)) return own;
    const { project, school, by } = own;
    const { rows } = await db.query<{ sealed: Buffer | null; alias: string }>(
      `select roster_name as sealed, alias from pupils
       where id = $1 and project_id = $2 and school_id = $3 and state in ('active', 'locked') for update`,
      [pupil, project.id, school],
    );
    const before = rows[0];
    if (!before) return { refused: "pupil.unknown" };
    const name = changes.name ?? openRosterName(secrets, pupil, before.sealed) ?? "";
    const alias = changes.alias ?? before.alias;
    if (aliasTells(alias, name) === "name") return { refused: "pupil.aliasIsName", fields: ["alias"] };
    const isOther = alias.toLowerCase() !== before.alias.toLowerCase();
    if (isOther && (await takenAliases(db, project.id, [alias])).size > 0) {
      return { refused: "pupil.aliasTaken", fields: ["alias"] };
    }
    await db.query(
      `update pupils set roster_name = coalesce($2, roster_name), alias = $3, picture = coalesce($4, picture),
         year_group = coalesce($5, year_group), role = coalesce($6, role) where id = $1`,
      [
        ...[pupil, changes.name === undefined ? null : sealRosterName(secrets, pupil, changes.name), alias],
        ...[changes.picture ?? null, changes.year ?? null, changes.role ?? null],
      ],
    );
    const note = Object.keys(changes).join(" ");
    await keepPupilActs(db, { project: project.id, pupils: [pupil], by, act: "changed", note });
    const changed = (await ownPupils(db, secrets, { project: project.id, schools: [school] }, [pupil]))[0];
    if (!changed) throw new Error("A pupil who was just changed is not there");
    return changed;
  });
}

/** Locks, unlocks, ends or brings back. Those it is so of already stay as they are. */
export async function actOnPupils(
  { pool, now }: PupilParts,
  who: Identified,
  key: string,
  { act, pupils }: ActOnPupils,
): Promise<undefined | RefusedFields> {
  return inTransaction(pool, async (db) => {
    const own = await ownSchoolFor(db, "pupil.change", who, key, now(), { writes: true, lock: true });
    if (isRefused(own)) return own;
    const { project, school, by } = own;
    const { rows } = await db.query<{ id: Id }>(
      `select id from pupils where project_id = $1 and school_id = $2 and id = any($3) and state <> 'purged' for update`,
      [project.id, school, pupils],
    );
    const ids = rows.map(({ id }) => id);
    if (ids.length < new Set(pupils).size) return { refused: "pupil.unknown" };
    if (act === "restore" && (await areAliasesTaken(db, project.id, ids))) return { refused: "pupil.aliasTaken" };
    await does[act](db, ids, now());
    await keepPupilActs(db, { project: project.id, pupils: ids, by, act });
    return undefined;
  });
}

/** Somebody else may go by it by now. */
async function areAliasesTaken(db: Queryable, project: Id, ids: readonly Id[]): Promise<boolean> {
  const { rows } = await db.query<{ taken: boolean }>(
    `select exists (select from pupils u join pupils other on other.project_id = u.project_id and other.id <> u.id
       and lower(other.alias) = lower(u.alias) and (other.state in ('active', 'locked') or other.id = any($2))
     where u.project_id = $1 and u.id = any($2) and u.state = 'ended') as taken`,
    [project, ids],
  );
  return rows[0]?.taken ?? false;
}

const does: Readonly<Record<PupilAct, (db: Queryable, ids: readonly Id[], now: number) => Promise<void>>> = {
  /** Whoever is signed in is so no longer: identify.ts asks for the state every time. */
  async lock(db, ids) {
    await db.query("update pupils set state = 'locked' where id = any($1) and state = 'active'", [ids]);
    await db.query("delete from sessions where pupil_id = any($1)", [ids]);
  },
  async unlock(db, ids) {
    await db.query("update pupils set state = 'active' where id = any($1) and state = 'locked'", [ids]);
    await db.query("delete from pupil_tries where code in (select login_code from pupils where id = any($1))", [ids]);
  },
  async end(db, ids, now) {
    await db.query(
      `update pupils set ended_from = state, state = 'ended', ended_at = to_timestamp($2::float8 / 1000),
         purge_after = to_timestamp($3::float8 / 1000), ended_with_project = false
       where id = any($1) and state in ('active', 'locked')`,
      [ids, now, now + purgeAfterMs],
    );
    await db.query("delete from sessions where pupil_id = any($1)", [ids]);
  },
  async restore(db, ids) {
    await db.query(
      `update pupils set state = coalesce(ended_from, 'active'), ended_from = null, ended_at = null, purge_after = null
       where id = any($1) and state = 'ended'`,
      [ids],
    );
  },
};
