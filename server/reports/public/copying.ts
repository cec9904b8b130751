/** Entries as they would be public now: the copy of each, and the pictures and files that it would show. */
import { copyOf } from "../../../domain/reports/published.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { EntryCopy } from "../../../protocol/reports/published.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { type ThingRow, thingsIn } from "../../twinspace/publishing/rows.ts";
import type { EntryRow } from "../rows.ts";

export interface Copied {
  readonly row: EntryRow;
  readonly copy: EntryCopy;
  /** In the order of its evidence, links apart; hidden ones too, which keep it back. */
  readonly things: readonly ThingRow[];
}

export async function copiesOf(db: Queryable, project: Id, rows: readonly EntryRow[]): Promise<Copied[]> {
  if (rows.length === 0) return [];
  const plan = await wordsBy(db, "select id, words from report_plan where project_id = $1 and removed_at is null", [
    project,
  ]);
  const meetings = rows.flatMap(({ meeting }) => meeting ?? []);
  const titles = await wordsBy(db, "select id, title as words from meetings where project_id = $1 and id = any($2)", [
    project,
    meetings,
  ]);
  const pages = await wordsBy(
    db,
    `select id, title as words from pages
     where project_id = $1 and id = any($2) and removed_at is null and hidden_at is null`,
    [project, rows.flatMap(({ body }) => body.evidence.flatMap((piece) => (piece.kind === "page" ? [piece.id] : [])))],
  );
  const things = new Map(
    (await thingsIn(db, project, [...new Set(rows.flatMap(materialsOf))])).map((thing) => [thing.id, thing]),
  );
  return rows.map((row) => ({
    row,
    copy: copyOf({ ...row, meetingTitle: (row.meeting !== null && titles.get(row.meeting)) || "" }, plan, pages),
    things: materialsOf(row).flatMap((id) => {
      const thing = things.get(id);
      return thing && !thing.removed && thing.kind !== "link" ? [thing] : [];
    }),
  }));
}

const materialsOf = ({ body }: EntryRow): Id[] =>
  body.evidence.flatMap((piece) => (piece.kind === "material" ? [piece.id] : []));

async function wordsBy(db: Queryable, sql: string, values: unknown[]): Promise<ReadonlyMap<Id, string>> {
  const { rows } = await db.query<{ id: Id; words: string }>(sql, values);
  return new Map(rows.map(({ id, words }) => [id, words]));
}
