/** What became of a page: stretches of writing, other titles, versions that were brought back. */
import * as z from "zod";
import type { Id } from "../../../protocol/ids.ts";
import type { FindChanges, PageHistory } from "../../../protocol/twinspace/pages.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { cursorOf, keyOf } from "../../http/cursor.ts";
import { isRefused, type RefusedFields } from "../../http/route.ts";
import type { Space } from "../insider.ts";
import { peopleOf } from "../names.ts";
import { actsOn, pageFor } from "./sight.ts";

const pageLength = 50;

interface ChangeRow {
  readonly id: number;
  readonly kind: "written" | "titled" | "restored";
  readonly authors: readonly string[];
  readonly beganAt: number;
  readonly endedAt: number;
  readonly version: number;
  readonly was: string | null;
  readonly is: string | null;
  readonly restored: number | null;
}

export async function historyOf(
  db: Queryable,
  space: Space,
  page: Id,
  { after }: z.infer<typeof FindChanges>,
): Promise<PageHistory | RefusedFields> {
  const found = await pageFor(db, space, page);
  if (isRefused(found)) return found;
  if (!actsOn(space, found).history) return { refused: "account.notAllowed" };
  const key = after === undefined ? null : keyOf(after, z.tuple([z.int()]));
  if (key === undefined) return { refused: "request.malformed", fields: ["after"] };
  const { rows } = await db.query<ChangeRow>(
    `select id, kind, authors, began_at as "beganAt", ended_at as "endedAt", to_version as version,
       title_was as was, title_is as is, restored_version as restored
     from page_changes where page_id = $1 and ($2::bigint is null or id < $2) order by id desc limit ${pageLength + 1}`,
    [page, key?.[0] ?? null],
  );
  const shown = rows.slice(0, pageLength);
  const people = await peopleOf(
    db,
    space.project.id,
    shown.flatMap(({ authors }) => authors),
  );
  const last = rows.length > pageLength ? shown.at(-1) : undefined;
  return {
    changes: shown.map(({ id, authors, was, is, ...change }) => ({
      ...change,
      id: String(id),
      by: authors.flatMap((author) => people.get(author) ?? []),
      title: was === null || is === null ? null : { was, is },
    })),
    after: last ? cursorOf([last.id]) : null,
  };
}
