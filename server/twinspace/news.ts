/** What is new in a TwinSpace. Each feature says it in the transaction of what it does; Home and the letters read it. */

import type { Id } from "../../protocol/ids.ts";
import type { NewsKind, NewsReader } from "../../protocol/twinspace/news.ts";
import type { Queryable } from "../../storage/pool.ts";

export interface News {
  readonly project: Id;
  /** Insider.author of who did it. */
  readonly by: string;
  readonly kind: NewsKind;
  /** The id of the page, material, thread, item or meeting. Its title is looked up when it is shown. */
  readonly thing: Id;
  /** The widest circle that may know: `visitors` is everybody. */
  readonly seenBy: NewsReader;
}

/** @param now milliseconds since 1970. Done again within the hour it is the same news, moved forward. */
export async function addNews(db: Queryable, { project, by, kind, thing, seenBy }: News, now: number): Promise<void> {
  const { rowCount } = await db.query(
    `update space_news set at = to_timestamp($6::float8 / 1000), seen_by = $5
     where project_id = $1 and author = $2 and kind = $3 and thing = $4
       and at > to_timestamp($6::float8 / 1000) - interval '1 hour'`,
    [project, by, kind, thing, seenBy, now],
  );
  if (rowCount) return;
  await db.query(
    `insert into space_news (project_id, author, kind, thing, seen_by, at)
     values ($1, $2, $3, $4, $5, to_timestamp($6::float8 / 1000))`,
    [project, by, kind, thing, seenBy, now],
  );
}
