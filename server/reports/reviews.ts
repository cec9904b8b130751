/** That a service has read what was shared with it: an entry, or all entries of a card. */
import type { Id } from "../../protocol/ids.ts";
import type { Queryable } from "../../storage/pool.ts";
import { refreshCard } from "./cards.ts";

/** So long a mark can be taken back. */
export const unmarkWithinMs = 10 * 60_000;

export interface Reading {
  readonly account: Id;
  /** For which services of theirs; null is the central one. */
  readonly countries: readonly (string | null)[];
}

const keyOfService = (country: string | null): string => country ?? "";

/** What they had read already stays as it was. Answers how many entries are new to be read. */
export async function markRead(
  db: Queryable,
  project: Id,
  { account, countries }: Reading,
  now: number,
  entry: Id | null = null,
): Promise<number> {
  const { rows } = await db.query<{ entry: Id }>(
    `insert into report_reviews (entry_id, country, by_account, at)
     select e.id, c.country, $3, to_timestamp($4::float8 / 1000)
     from report_entries e, unnest($2::text[]) as c (country)
     where e.project_id = $1 and e.state = 'shared' and e.readers = 'services' and e.removed_at is null
       and ($5::text is null or e.id = $5)
     on conflict (entry_id, country) do update set by_account = excluded.by_account, at = excluded.at
       where report_reviews.at < (select shared_at from report_entries where id = excluded.entry_id)
     returning entry_id as entry`,
    [project, countries.map(keyOfService), account, now, entry],
  );
  await refreshCard(db, project);
  return new Set(rows.map((row) => row.entry)).size;
}

/** What this person marked at that moment, or of this entry. Answers how many entries. */
export async function unmark(
  db: Queryable,
  project: Id,
  { account, countries }: Reading,
  { at, entry }: { readonly at?: number; readonly entry?: Id },
  now: number,
): Promise<number> {
  const { rows } = await db.query<{ entry: Id }>(
    `delete from report_reviews r using report_entries e
     where e.id = r.entry_id and e.project_id = $1 and r.country = any($2) and r.by_account = $3
       and r.at > to_timestamp($4::float8 / 1000) and ($5::float8 is null or r.at = to_timestamp($5::float8 / 1000))
       and ($6::text is null or e.id = $6)
     returning e.id as entry`,
    [project, countries.map(keyOfService), account, now - unmarkWithinMs, at ?? null, entry ?? null],
  );
  await refreshCard(db, project);
  return new Set(rows.map((row) => row.entry)).size;
}
