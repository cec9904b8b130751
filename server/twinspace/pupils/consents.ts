/** What pupils' parents have agreed to, as their own school recorded it; and what is missing before something is shown. */
import type { Id } from "../../../protocol/ids.ts";
import type { Refused } from "../../../protocol/refusals.ts";
import type { Consent, ConsentKind, OwnConsents, RecordConsents } from "../../../protocol/twinspace/consents.ts";
import { inTransaction, type Queryable } from "../../../storage/pool.ts";
import { type Identified, isRefused } from "../../http/route.ts";
import { keepPupilActs } from "./acts.ts";
import type { PupilParts } from "./cards.ts";
import { ownPupils } from "./rows.ts";
import { lookingAtOwnSchool, ownSchoolFor } from "./sight.ts";

/** A consent counts to the end of its last day, wherever on earth that is. */
const isOverSql = `(c.valid_until is not null and c.valid_until < (to_timestamp($2::float8 / 1000) at time zone 'utc' - interval '12 hours')::date)`;

/**
 * Whose consent of this kind is missing: never asked, refused, withdrawn or run out. Ids that are no pupil's are missing too:
 * unknown counts as no.
 *
 * @param now milliseconds since 1970
 */
export async function missingConsents(
  db: Queryable,
  pupils: readonly Id[],
  kind: ConsentKind,
  now: number,
): Promise<Id[]> {
  const { rows } = await db.query<{ id: Id }>(
    `select w.id from (select distinct id from unnest($1::text[]) as given (id)) w
     where not exists (select from consents c where c.pupil_id = w.id and c.kind = $3 and c.given = 'yes' and not ${isOverSql})
     order by w.id`,
    [pupils, now, kind],
  );
  return rows.map(({ id }) => id);
}

export async function ownConsents(
  { pool, secrets, now }: PupilParts,
  who: Identified,
  key: string,
): Promise<OwnConsents | Refused> {
  const own = await lookingAtOwnSchool(pool, "consent.read", who, key, now());
  if (isRefused(own)) return own;
  const pupils = (await ownPupils(pool, secrets, { project: own.project.id, schools: own.schools })).filter(
    ({ state }) => state === "active",
  );
  const consents = await consentsOf(
    pool,
    pupils.map(({ id }) => id),
    now(),
  );
  return {
    mayChange: own.mayChange,
    pupils: pupils.map(({ id, name, alias, picture, year }) => ({
      ...{ id, name, alias, picture, year },
      consents: consents.get(id) ?? [],
    })),
  };
}

async function consentsOf(db: Queryable, pupils: readonly Id[], now: number): Promise<ReadonlyMap<Id, Consent[]>> {
  const { rows } = await db.query<Consent & { pupil: Id }>(
    `select c.pupil_id as pupil, c.kind, c.given, c.evidence, c.recorded_at as "recordedAt",
       coalesce(a.name, '') as "recordedBy", c.valid_until::text as "validUntil", ${isOverSql} as "isOver"
     from consents c left join accounts a on a.id = c.recorded_by where c.pupil_id = any($1)`,
    [pupils, now],
  );
  const of = new Map<Id, Consent[]>();
  for (const { pupil, ...consent } of rows) of.set(pupil, [...(of.get(pupil) ?? []), consent]);
  return of;
}

/** The same for several pupils of one's own school and several kinds. The log keeps what was said, and by whom. */
export async function recordConsents(
  { pool, now }: PupilParts,
  who: Identified,
  key: string,
  { pupils, kinds, given, evidence, validUntil }: RecordConsents,
): Promise<undefined | Refused> {
  return inTransaction(pool, async (db) => {
    const own = await ownSchoolFor(db, "consent.record", who, key, now(), { writes: true });
    if (isRefused(own)) return own;
    const { project, school, by } = own;
    const { rows } = await db.query<{ id: Id }>(
      `select id from pupils where project_id = $1 and school_id = $2 and id = any($3) and state in ('active', 'locked')
       order by id for update`,
      [project.id, school, pupils],
    );
    const ids = rows.map(({ id }) => id);
    if (ids.length < new Set(pupils).size) return { refused: "pupil.unknown" };
    if (given === null) {
      await db.query("delete from consents where pupil_id = any($1) and kind = any($2)", [ids, kinds]);
    } else {
      await db.query(
        `insert into consents (pupil_id, kind, given, evidence, recorded_by, recorded_at, valid_until)
         select pupil, kind, $3, $4, $5, to_timestamp($6::float8 / 1000), $7::date
         from unnest($1::text[]) as p (pupil), unnest($2::text[]) as k (kind)
         on conflict (pupil_id, kind) do update set given = excluded.given, evidence = excluded.evidence,
           recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at, valid_until = excluded.valid_until`,
        [ids, [...new Set(kinds)], given, evidence, by, now(), validUntil],
      );
    }
    for (const kind of new Set(kinds)) {
      await keepPupilActs(db, {
        project: project.id,
        pupils: ids,
        by,
        act: "consent",
        note: `${kind} ${given ?? "none"}`,
      });
    }
    return undefined;
  });
}
