/** What might be written about: dates of the calendar that have passed, meetings to which nobody has added anything. */
import type { Id } from "../../protocol/ids.ts";
import type { Refused } from "../../protocol/refusals.ts";
import type { Offer } from "../../protocol/reports/card.ts";
import type { Queryable } from "../../storage/pool.ts";

const mostOffers = 20;
const backMs = 90 * 86_400_000;

/** The newest first. Nothing that was written about, also if that was removed again, or that nobody wanted to write about. */
export async function offersOf(db: Queryable, project: Id, now: number): Promise<Offer[]> {
  const { rows } = await db.query<Offer & { at: number }>(
    `select * from (
       (select 'calendar' as of, c.id as item, null as entry, c.title,
          -- The last day of whole days ends at the midnight after it.
          ((case when c.whole_days then c.ends_at - interval '1 second' else c.ends_at end)
            at time zone case when c.whole_days then 'UTC' else c.time_zone end)::date::text as day, c.ends_at as at
        from calendar_items c
        where c.project_id = $1 and c.kind in ('activity', 'deadline') and c.removed_at is null
          and c.ends_at <= to_timestamp($2::float8 / 1000) and c.ends_at > to_timestamp($3::float8 / 1000)
          and not exists (select from report_entries e where e.project_id = $1 and e.calendar_item = c.id)
          and not exists (select from report_offers_dismissed d where d.project_id = $1 and d.thing = c.id)
        order by c.ends_at desc, c.id limit ${mostOffers})
       union all
       (select 'meeting' as of, null as item, e.id as entry, coalesce(nullif(e.body ->> 'title', ''), m.title, '') as title,
          e.day::text as day, e.made_at as at
        from report_entries e left join meetings m on m.id = e.meeting_id and m.project_id = e.project_id
        where e.project_id = $1 and e.kind = 'meeting' and e.removed_at is null
          and btrim(coalesce(e.body ->> 'learned', '')) = '' and e.made_at > to_timestamp($3::float8 / 1000)
          and not exists (select from report_offers_dismissed d where d.project_id = $1 and d.thing = e.id)
        order by e.made_at desc, e.id limit ${mostOffers})
     ) offers order by at desc limit ${mostOffers}`,
    [project, now, now - backMs],
  );
  return rows.map(offerOf);
}

/** Of the union's columns those that this kind of offer has. */
function offerOf(row: Offer): Offer {
  const { title, day } = row;
  return row.of === "calendar"
    ? { of: "calendar", item: row.item, title, day }
    : { of: "meeting", entry: row.entry, title, day };
}

/** A second time does nothing more. */
export async function dismissOffer(
  db: Queryable,
  project: Id,
  thing: Id,
  by: string,
  now: number,
): Promise<Refused | undefined> {
  const { rowCount } = await db.query(
    `select where exists (select from calendar_items where project_id = $1 and id = $2)
       or exists (select from report_entries where project_id = $1 and id = $2)`,
    [project, thing],
  );
  if (!rowCount) return { refused: "request.notFound" };
  await db.query(
    `insert into report_offers_dismissed (project_id, thing, by, at) values ($1, $2, $3, to_timestamp($4::float8 / 1000))
     on conflict do nothing`,
    [project, thing, by, now],
  );
  return undefined;
}

/** It is offered again, if nothing was written about it. */
export async function offerAgain(db: Queryable, project: Id, thing: Id): Promise<void> {
  await db.query("delete from report_offers_dismissed where project_id = $1 and thing = $2", [project, thing]);
}
