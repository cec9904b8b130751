/** Decisions of the desks as they are kept, so that they can be taken back; and what was noted, for the desks alone. */
import type { DeskAct, DeskKind, DeskRef } from "../../../protocol/http/desk.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { Queryable } from "../../../storage/pool.ts";

/** As far as a decision changed it and can be put back. */
export type Standing = Readonly<Record<string, string | number | null>>;

export interface KeptDecision {
  readonly id: number;
  readonly at: number;
  readonly now: number;
  readonly act: DeskAct;
  readonly was: Standing;
  readonly became: Standing;
}

export async function keepDecision(
  db: Queryable,
  { kind, id, country }: DeskRef,
  by: Id,
  act: DeskAct,
  was: Standing,
  became: Standing,
): Promise<void> {
  await db.query(
    `insert into desk_decisions (by_account, kind, object_id, country, act, was, became)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [by, kind, id, country, act, was, became],
  );
}

/** The last one about this, unless it was taken back. */
export async function lastDecision(db: Queryable, { kind, id, country }: DeskRef): Promise<KeptDecision | undefined> {
  const { rows } = await db.query<KeptDecision & { undone: boolean }>(
    `select id, at, now() as now, act, was, became, undone_at is not null as undone from desk_decisions
     where kind = $1 and object_id = $2 and country = $3 order by id desc limit 1`,
    [kind, id, country],
  );
  const last = rows[0];
  return last?.undone ? undefined : last;
}

export async function markUndone(db: Queryable, decision: number, by: Id): Promise<void> {
  await db.query("update desk_decisions set undone_at = now(), undone_by = $2 where id = $1", [decision, by]);
}

/** What the registry calls these things. */
const objects: Readonly<Record<DeskKind, string>> = { school: "school", person: "membership", project: "project" };

/** For whoever asks later what was done. `note` is read by desks only. */
export async function keepDeskAct(db: Queryable, { kind, id }: DeskRef, by: Id, act: string, note = ""): Promise<void> {
  await db.query("insert into registry_acts (by_account, kind, object_id, act, note) values ($1, $2, $3, $4, $5)", [
    ...[by, objects[kind], id, act, note],
  ]);
}

export interface ShownAct {
  id: number;
  at: number;
  by: string | null;
  act: string;
  note: string;
}

/** What was done with it and noted about it, newest first; the last hundred. */
export async function actsOn(db: Queryable, { kind, id }: Pick<DeskRef, "kind" | "id">): Promise<ShownAct[]> {
  const { rows } = await db.query<ShownAct>(
    `select r.id, r.at, a.name as by, r.act, r.note from registry_acts r left join accounts a on a.id = r.by_account
     where r.kind = $1 and r.object_id = $2 order by r.id desc limit 100`,
    [objects[kind], id],
  );
  return rows;
}
