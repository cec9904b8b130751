/** What a project's teachers see of publishing: each page with its state and why it is kept back. */
import * as z from "zod";
import type { Id } from "../../../protocol/ids.ts";
import type { PublishablePage, Publishing, PublishingPage } from "../../../protocol/twinspace/publishing.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { cursorOf, keyOf } from "../../http/cursor.ts";
import type { RefusedFields } from "../../http/route.ts";
import { isAdmin, type Space } from "../insider.ts";
import { peopleOf } from "../names.ts";
import { checkTexts, heldMaterials, namesOf } from "./checking.ts";
import { isServed, missingOn, notOpenOf, type PublishedRow, publishedColumns } from "./rows.ts";
import { looksOf } from "./site.ts";

const mostPublished = 500;
const othersAtOnce = 50;
const Key = z.tuple([z.string(), z.string()]);

export async function publishingOf(
  db: Queryable,
  space: Space,
  after: string | undefined,
  now: number,
): Promise<Publishing | RefusedFields> {
  const key = after === undefined ? null : keyOf(after, Key);
  if (key === undefined) return { refused: "request.malformed", fields: ["after"] };
  const { project, me } = space;
  const pages = after === undefined ? await publishedPages(db, project.id, now) : [];
  const others = await otherPages(db, project.id, key, now);
  return {
    slug: project.slug,
    site: await looksOf(db, project.id),
    served: pages.filter(({ served }) => served).length,
    mayDecide: isAdmin(me),
    pages,
    ...others,
  };
}

interface Row extends PublishedRow {
  readonly titleNow: string;
  readonly versionNow: number;
  readonly materialsNow: readonly Id[];
}

async function publishedPages(db: Queryable, project: Id, now: number): Promise<PublishingPage[]> {
  const { rows } = await db.query<Row>(
    `select ${publishedColumns()}, p.title as "titleNow", t.version as "versionNow", p.materials as "materialsNow"
     from published_pages x join pages p on p.id = x.page_id join page_texts t on t.page_id = x.page_id
     where x.project_id = $1
     order by x.asked_by is null, x.vetoed_at is not null, x.state <> 'public', lower(p.title), p.id
     limit ${mostPublished}`,
    [project],
  );
  const missing = await missingOn(
    db,
    rows.flatMap(({ things }) => things),
    now,
  );
  const pupils = await namesOf(db, project, missing);
  const askers = await peopleOf(
    db,
    project,
    rows.flatMap(({ askedBy }) => askedBy ?? []),
  );
  const checked = await checkTexts(
    db,
    project,
    rows.map(({ materialsNow }) => materialsNow),
    now,
  );
  return rows.map((row, at): PublishingPage => {
    const served = isServed(row, missing);
    const held = row.state === "public" ? heldMaterials(row.things, missing, pupils) : [];
    const next = checked[at]?.held ?? [];
    return {
      ...{ id: row.page, title: row.titleNow, publicTitle: row.title, slug: row.slug, state: row.state, at: row.at },
      ...{ publishedAt: row.publishedAt, version: row.versionNow, note: row.note, served },
      changed: row.version !== null && (row.version !== row.versionNow || row.title !== row.titleNow),
      askedBy: row.askedBy === null ? null : (askers.get(row.askedBy) ?? null),
      notOpen: notOpenOf(row.line) ?? null,
      held: [...held, ...next.filter(({ id }) => !held.some((one) => one.id === id))],
      warnings: checked[at]?.warnings ?? [],
      takenDown: row.vetoedAt === null ? null : { reason: row.vetoReason ?? "", at: row.vetoedAt },
    };
  });
}

/** Pages that nobody has asked for and that could be public by their own settings; those above them are looked at, too. */
async function otherPages(
  db: Queryable,
  project: Id,
  key: [string, string] | null,
  now: number,
): Promise<{ others: PublishablePage[]; next: string | null }> {
  const { rows } = await db.query<{ id: Id; title: string; sort: string; version: number; materials: Id[] }>(
    `select p.id, p.title, lower(p.title) as sort, t.version, p.materials
     from pages p join page_texts t on t.page_id = p.id
     where p.project_id = $1 and p.removed_at is null and p.hidden_at is null and p.view <> 'teachers' and p.state <> 'draft'
       and not exists (select from published_pages x where x.page_id = p.id)
       and ($2::text is null or (lower(p.title), p.id) > ($2, $3))
       and not exists (
         with recursive above as (
           select a.* from pages a where a.id = p.parent_id
           union all select a.* from above b join pages a on a.id = b.parent_id)
         select from above a
         where a.removed_at is not null or a.hidden_at is not null or a.view = 'teachers' or a.state = 'draft')
     order by lower(p.title), p.id limit ${othersAtOnce + 1}`,
    [project, key?.[0] ?? null, key?.[1] ?? null],
  );
  const shown = rows.slice(0, othersAtOnce);
  const last = rows.length > othersAtOnce ? shown.at(-1) : undefined;
  const checked = await checkTexts(
    db,
    project,
    shown.map(({ materials }) => materials),
    now,
  );
  return {
    others: shown.map(({ id, title, version }, at) => ({
      ...{ id, title, version },
      ...(checked[at] ?? { held: [], warnings: [] }),
    })),
    next: last ? cursorOf([last.sort, last.id]) : null,
  };
}
