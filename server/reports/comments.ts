/**
 * What support services said about a report card and its entries, and what the partners answered, as one reader may see it.
 * Partners read what is meant for them; a service reads what every service said, about what was shared with it.
 */
import type { Id } from "../../protocol/ids.ts";
import type { Comment } from "../../protocol/reports/comments.ts";
import type { Queryable } from "../../storage/pool.ts";

/** So long one's own comment can be taken back. */
export const takeBackWithinMs = 10 * 60_000;
const most = 500;

/** Who reads: a teacher of the project, or somebody of a support service that reads its card. */
export interface CommentReader {
  readonly side: "service" | "partner";
  readonly account: Id;
}

export interface CommentsAsked {
  /** Those about these entries, the oldest first. */
  readonly entries?: readonly Id[];
  /** Those about the card as a whole, the oldest first. */
  readonly ofCard?: boolean;
  /** Without either: about anything, the newest first, so many. */
  readonly newest?: number;
  /** This one. */
  readonly id?: Id;
}

/** @param now milliseconds since 1970 */
export async function commentsOf(
  db: Queryable,
  project: Id,
  { side, account }: CommentReader,
  now: number,
  { entries, ofCard = false, newest = 20, id }: CommentsAsked = {},
): Promise<Comment[]> {
  const isList = entries !== undefined || ofCard;
  const { rows } = await db.query<Comment>(
    `select c.id, c.entry_id as entry, c.answers_id as answers, c.side, c.country,
       coalesce(case c.side when 'service' then v.name else a.name end, '') as by, c.kind, c.words, c.readers,
       to_char(c.due_day, 'YYYY-MM-DD') as "dueDay", c.done_at as "doneAt", c.answered_at as "answeredAt", c.at,
       (c.by_account = $3 and c.side = $2 and c.at > to_timestamp($4::float8 / 1000)) as "mayRemove"
     from report_comments c
       left join report_entries e on e.id = c.entry_id
       left join accounts a on a.id = c.by_account and a.erased_at is null
       left join support_services v on c.side = 'service' and v.country is not distinct from c.country
     where c.project_id = $1 and c.removed_at is null and ${readable}
       and ($5::text[] is null or c.entry_id = any($5)) and (not $6 or c.entry_id is null)
       and ($7::text is null or c.id = $7)
     order by c.at ${isList ? "asc, c.id asc" : "desc, c.id desc"} limit $8`,
    [
      ...[project, side, account, now - takeBackWithinMs],
      ...[entries ?? null, ofCard, id ?? null, isList ? most : newest],
    ],
  );
  return rows.map((row) => ({ ...row, mayRemove: row.mayRemove ?? false }));
}

/** Of comments `c` beside their entries `e`, to the side that is parameter 2. */
const readable = `(c.entry_id is null or e.removed_at is null)
  and case $2 when 'service' then c.entry_id is null or (e.state = 'shared' and e.readers = 'services')
    else c.readers = 'partners' end`;
