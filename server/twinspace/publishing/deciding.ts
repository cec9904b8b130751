/** Asking for a page to be public, and the admins' answer. What becomes public is copied in the same transaction. */
import { slugOf } from "../../../domain/projects/form.ts";
import { materialIdsIn } from "../../../domain/text/materials.ts";
import { afterAct, isShowable, type PublishAct, withoutOthers } from "../../../domain/twinspace/publishing.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { Refused } from "../../../protocol/refusals.ts";
import type { ChangeSite, PublishedState } from "../../../protocol/twinspace/publishing.ts";
import { inTransaction, type Pool, type Queryable } from "../../../storage/pool.ts";
import { isRefused } from "../../http/route.ts";
import type { Space } from "../insider.ts";
import { addNews } from "../news.ts";
import { pageFor } from "../pages/sight.ts";
import { type Text, textAt } from "../pages/texts.ts";
import type { SpaceParts } from "../routes.ts";
import { heldOf, missingOn, notOpenOf, thingsIn } from "./rows.ts";

interface Known {
  readonly state: PublishedState;
  readonly slug: string;
  readonly asks: boolean;
  readonly copied: boolean;
  readonly vetoed: boolean;
}

/** Whoever decides about pages of one project does so one after the other. */
const lockPublishing = (db: Queryable, project: Id) =>
  db.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`published of ${project}`]);

async function known(db: Queryable, project: Id, page: Id): Promise<Known | null> {
  const { rows } = await db.query<Known>(
    `select state, slug, asked_by is not null as asks, doc is not null as copied, vetoed_at is not null as vetoed
     from published_pages where page_id = $1 and project_id = $2`,
    [page, project],
  );
  return rows[0] ?? null;
}

/** What a page must be to be asked for or published: this answers its title. */
async function openPage(db: Queryable, space: Space, page: Id): Promise<{ title: string } | Refused> {
  const found = await pageFor(db, space, page);
  if (isRefused(found)) return found;
  if (notOpenOf([found.row, ...found.above]) !== undefined) return { refused: "publish.notOpen" };
  return { title: found.row.title };
}

async function slugFor(db: Queryable, project: Id, title: string): Promise<string> {
  const wanted = slugOf(title) || "page";
  const { rows } = await db.query<{ slug: string }>("select slug from published_pages where project_id = $1", [
    project,
  ]);
  const taken = new Set(rows.map(({ slug }) => slug));
  let slug = wanted;
  for (let count = 2; taken.has(slug); count += 1) slug = `${wanted}-${count}`;
  return slug;
}

export async function askForPage({ pool, now }: SpaceParts, space: Space, page: Id): Promise<undefined | Refused> {
  return inTransaction(pool, async (db) => {
    await lockPublishing(db, space.project.id);
    const open = await openPage(db, space, page);
    if (isRefused(open)) return open;
    const before = await known(db, space.project.id, page);
    if (before?.vetoed) return { refused: "publish.takenDown" };
    const after = afterAct(before, "ask");
    if (!after) return { refused: "publish.changed" };
    const slug = before?.slug ?? (await slugFor(db, space.project.id, open.title));
    await db.query(
      `insert into published_pages (page_id, project_id, slug, state, asked_by, asked_at, at)
       values ($1, $2, $3, $4, $5, to_timestamp($6::float8 / 1000), to_timestamp($6::float8 / 1000))
       on conflict (page_id) do update set state = excluded.state, asked_by = excluded.asked_by,
         asked_at = excluded.asked_at, note = '',
         at = case when published_pages.state = excluded.state then published_pages.at else excluded.at end`,
      [page, space.project.id, slug, after.state, space.me.author, now()],
    );
    return undefined;
  });
}

/** Exactly that version, if nothing on it keeps it back. What was hidden, removed or is another project's is left out. */
export async function publishPage(
  { pool, now, tell }: Pick<SpaceParts, "pool" | "now" | "tell">,
  space: Space,
  page: Id,
  version: number,
): Promise<undefined | Refused> {
  const seen = await pageFor(pool, space, page);
  if (isRefused(seen)) return seen;
  const text = await textAt(pool, page, version);
  if (!text) return { refused: "publish.changed" };
  const refused = await inTransaction(pool, async (db) => {
    await lockPublishing(db, space.project.id);
    return copyPage(db, space, page, text, now());
  });
  if (!refused) tell(space.project.id, { type: "news" });
  return refused;
}

async function copyPage(db: Queryable, space: Space, page: Id, text: Text, now: number): Promise<undefined | Refused> {
  const { project, me } = space;
  const open = await openPage(db, space, page);
  if (isRefused(open)) return open;
  const before = await known(db, project.id, page);
  if (before?.vetoed) return { refused: "publish.takenDown" };
  const doc = text.doc.toJSON();
  const things = (await thingsIn(db, project.id, materialIdsIn(doc))).filter(isShowable);
  if (heldOf({ things }, await missingOn(db, things, now)).length > 0) return { refused: "publish.keptBack" };
  const slug = before?.slug ?? (await slugFor(db, project.id, open.title));
  await db.query(
    `insert into published_pages (page_id, project_id, slug, state, title, doc, version, materials, published_at, decided_by, at)
     values ($1, $2, $3, 'public', $4, $5, $6, $7, to_timestamp($9::float8 / 1000), $8, to_timestamp($9::float8 / 1000))
     on conflict (page_id) do update set state = 'public', title = excluded.title, doc = excluded.doc,
       version = excluded.version, materials = excluded.materials, published_at = excluded.published_at,
       decided_by = excluded.decided_by, at = excluded.at, note = '', asked_by = null, asked_at = null`,
    [
      ...[
        page,
        project.id,
        slug,
        open.title,
        JSON.stringify(withoutOthers(doc, new Set(things.map(({ id }) => id)))),
        text.version,
      ],
      ...[things.map(({ id }) => id), me.author, now],
    ],
  );
  await addNews(db, { project: project.id, by: me.author, kind: "pagePublished", thing: page, seenBy: "members" }, now);
  return undefined;
}

/** Also in a closed project: what is public can always be taken away. `again` brings back the copy that was public. */
export async function decideAbout(
  { pool, now }: { pool: Pool; now: () => number },
  { project, me }: Space,
  page: Id,
  act: Exclude<PublishAct, "ask" | "publish">,
  note = "",
): Promise<undefined | Refused> {
  return inTransaction(pool, async (db) => {
    await lockPublishing(db, project.id);
    const before = await known(db, project.id, page);
    if (!before) return { refused: "request.notFound" };
    if (before.vetoed && act === "again") return { refused: "publish.takenDown" };
    const after = afterAct(before, act);
    if (!after) return { refused: "publish.changed" };
    await db.query(
      `update published_pages set state = $2, decided_by = $3, note = $4,
         at = case when state = $2 then at else to_timestamp($5::float8 / 1000) end,
         asked_by = case when $6 then asked_by end, asked_at = case when $6 then asked_at end
       where page_id = $1`,
      [page, after.state, me.author, note, now(), after.asks],
    );
    return undefined;
  });
}

export async function changeSite(db: Queryable, { project }: Space, looks: ChangeSite): Promise<void> {
  await db.query(
    `insert into public_sites (project_id, theme, tagline, listed) values ($1, $2, $3, $4)
     on conflict (project_id) do update set theme = excluded.theme, tagline = excluded.tagline, listed = excluded.listed`,
    [project.id, looks.theme, looks.tagline, looks.listed],
  );
}
