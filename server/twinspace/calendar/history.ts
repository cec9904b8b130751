/** Who changed what of an item when. */
import * as z from "zod";
import type { Id } from "../../../protocol/ids.ts";
import { ChangedField, type ItemAct, type ItemHistory } from "../../../protocol/twinspace/calendar.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { peopleOf } from "../names.ts";
import { nobodyKnown } from "./shown.ts";

const mostChanges = 200;

export async function historyOf(db: Queryable, project: Id, item: Id): Promise<ItemHistory> {
  const { rows } = await db.query<{ at: number; author: string; act: z.infer<typeof ItemAct>; fields: unknown }>(
    "select at, author, act, fields from calendar_changes where item_id = $1 order by id desc limit $2",
    [item, mostChanges],
  );
  const people = await peopleOf(
    db,
    project,
    rows.map(({ author }) => author),
  );
  const changes = rows.map(({ at, author, act, fields }) => ({
    ...{ at, act },
    by: people.get(author) ?? nobodyKnown(author),
    fields: z.array(ChangedField).parse(fields),
  }));
  return { changes };
}
