/** What a project set out to do, line by line, and how far it has come. */
import { proposedPlan } from "../../domain/reports/plan.ts";
import { isSame } from "../../domain/reports/saving.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Plan, PlanItem, WritePlan } from "../../protocol/reports/card.ts";
import type { Queryable } from "../../storage/pool.ts";
import type { RefusedFields } from "../http/route.ts";
import { newId } from "../ids.ts";

/** Whose shared entries count: all of them, or those that support services read. */
export type PlanEntries = "shared" | "services";

/** `proposed` from the registered form, as long as there is no line. */
export async function planOf(db: Queryable, { id: project }: { readonly id: Id }, of: PlanEntries): Promise<Plan> {
  const items = await itemsOf(db, project, of);
  return { items, proposed: items.length > 0 ? [] : await proposedFor(db, project) };
}

async function itemsOf(db: Queryable, project: Id, of: PlanEntries): Promise<PlanItem[]> {
  const { rows } = await db.query<PlanItem>(
    `with shared as (
       select id, kind, body from report_entries
       where project_id = $1 and state = 'shared' and removed_at is null and ($2 = 'shared' or readers = 'services')
     ), touched as (
       select t ->> 'item' as item, sum((t ->> 'amount')::int)::int as amount, count(distinct s.id)::int as entries
       from shared s, jsonb_array_elements(s.body -> 'plan') t group by 1
     )
     select p.id, p.kind, p.words, p.target, p.counted, coalesce(t.entries, 0) as entries,
       case p.counted
         when 'meetings' then (select count(*) from shared where kind = 'meeting')
         when 'pages' then (select count(*) from pages
           where project_id = $1 and state <> 'draft' and removed_at is null and hidden_at is null)
         when 'materials' then (select count(*) from materials
           where project_id = $1 and removed_at is null and hidden_at is null)
         else coalesce(t.amount, 0) end::int as actual
     from report_plan p left join touched t on t.item = p.id
     where p.project_id = $1 and p.removed_at is null order by p.position, p.id`,
    [project, of],
  );
  return rows;
}

async function proposedFor(db: Queryable, project: Id): Promise<Plan["proposed"]> {
  const { rows } = await db.query<{ aims: string; expectedResults: string }>(
    `select aims, expected_results as "expectedResults" from projects where id = $1`,
    [project],
  );
  return rows[0] ? proposedPlan(rows[0]) : [];
}

/** Which of these are lines of this project's plan; also those that were taken away, of which entries still tell. */
export async function linesAmong(db: Queryable, project: Id, ids: readonly Id[]): Promise<ReadonlySet<Id>> {
  if (ids.length === 0) return new Set();
  const { rows } = await db.query<{ id: Id }>("select id from report_plan where project_id = $1 and id = any($2)", [
    project,
    ids,
  ]);
  return new Set(rows.map(({ id }) => id));
}

/**
 * The whole plan, as it is from now on; the card is locked by the caller. Somebody who had another one before their eyes is
 * told what it is by now. The same again changes nothing.
 */
export async function writePlan(
  db: Queryable,
  project: { readonly id: Id },
  { items, base }: WritePlan,
  now: number,
): Promise<Plan | RefusedFields> {
  const before = await planOf(db, project, "shared");
  const ids = before.items.map(({ id }) => id);
  if (!isSame(ids, base)) {
    return isTheSame(before, items) ? before : { refused: "plan.changed", current: before };
  }
  const kept = items.flatMap(({ id }) => id ?? []);
  if (kept.some((id) => !ids.includes(id)) || new Set(kept).size < kept.length) {
    return { refused: "request.malformed", fields: ["items"] };
  }
  await db.query(
    `update report_plan set removed_at = to_timestamp($3::float8 / 1000)
     where project_id = $1 and removed_at is null and not id = any($2)`,
    [project.id, kept, now],
  );
  for (const [position, { id, kind, words, target, counted }] of items.entries()) {
    await db.query(
      `insert into report_plan (id, project_id, position, kind, words, target, counted, made_at)
       values ($1, $2, $3, $4, $5, $6, $7, to_timestamp($8::float8 / 1000))
       on conflict (id) do update set position = excluded.position, kind = excluded.kind, words = excluded.words,
         target = excluded.target, counted = excluded.counted`,
      [id ?? newId(), project.id, position, kind, words, target, counted, now],
    );
  }
  return planOf(db, project, "shared");
}

/** What a second click, or a second try after a lost answer, sends: these lines are there already. */
const isTheSame = ({ items: lines }: Plan, items: WritePlan["items"]): boolean =>
  lines.length === items.length &&
  items.every(({ id, kind, words, target, counted }, n) => {
    const line = lines[n];
    if (!line || (id !== undefined && id !== line.id)) return false;
    const { kind: k, words: w, target: t, counted: c } = line;
    return isSame([kind, words, target, counted], [k, w, t, c]);
  });
