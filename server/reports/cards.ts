/** What lists of many report cards are drawn from, kept beside each card. */
import type { Id } from "../../protocol/ids.ts";
import type { Queryable } from "../../storage/pool.ts";

/**
 * Nobody else changes anything of this card until the transaction ends. First of all in whatever changes an entry: two that
 * count at once would each miss the other's.
 */
export async function lockCard(db: Queryable, project: Id): Promise<void> {
  await db.query("select from report_cards where project_id = $1 for update", [project]);
}

/** Works it out anew. In the transaction of whatever changed an entry, a question or a mark of having read. */
export async function refreshCard(db: Queryable, project: Id): Promise<void> {
  // By itself, so that what follows sees what others have committed until then.
  await lockCard(db, project);
  await db.query(
    `update report_cards c set entries = n.entries, last_shared_at = n.last_shared_at, pupils = n.pupils,
       question_since = n.question_since, interim_at = n.interim_at, interim_read_at = n.interim_read_at,
       final_at = n.final_at, final_read_at = n.final_read_at, service_entries = n.service_entries,
       service_pupils = n.service_pupils, service_shared_at = n.service_shared_at
     from (select count(*)::int as entries, max(shared_at) as last_shared_at, coalesce(max(${pupilsOf}), 0)::int as pupils,
             min(question_since) as question_since,
             max(shared_at) filter (where kind = 'interim' and readers = 'services') as interim_at,
             max(${readAt}) filter (where kind = 'interim' and readers = 'services') as interim_read_at,
             max(shared_at) filter (where kind = 'final' and readers = 'services') as final_at,
             max(${readAt}) filter (where kind = 'final' and readers = 'services') as final_read_at,
             count(*) filter (where readers = 'services')::int as service_entries,
             coalesce(max(${pupilsOf}) filter (where readers = 'services'), 0)::int as service_pupils,
             max(shared_at) filter (where readers = 'services') as service_shared_at
           from report_entries e where e.project_id = $1 and e.state = 'shared' and e.removed_at is null) n
     where c.project_id = $1`,
    [project],
  );
}

/** What its teachers counted, or the meeting did. */
const pupilsOf = `greatest((e.counts ->> 'pupils')::int,
  (select sum((p ->> 'count')::int) from jsonb_array_elements(e.body -> 'pupils') p))`;
const readAt = "(select max(r.at) from report_reviews r where r.entry_id = e.id)";
