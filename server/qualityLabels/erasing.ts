/**
 * Whoever is erased is gone from frozen copies too, for good: files that show a pupil lose their bytes and their words, and what
 * an account was called is taken out of what was written. Nothing else of a copy ever changes. The server's own act, in the
 * transaction of the erasure; the files on the disk go once that holds, or are swept (freezing.ts).
 */
import type { Id } from "../../protocol/ids.ts";
import type { Queryable } from "../../storage/pool.ts";
import { removeCopies } from "./freezing.ts";
import type { FileRow } from "./rows.ts";

export interface ErasedPupil {
  readonly id: Id;
  readonly project: Id;
  readonly alias: string;
}
export type ErasedFile = Pick<FileRow, "key" | "sizes"> & { readonly application: Id };

/** In the place of what somebody was called. */
const gone = "…";

/**
 * Every file on which one of them was named, when it was copied or since. Elsewhere their alias is taken out of captions.
 *
 * @param now milliseconds since 1970
 * @returns the files to be deleted once it is committed
 */
export async function takePupilsOut(db: Queryable, pupils: readonly ErasedPupil[], now: number): Promise<ErasedFile[]> {
  if (pupils.length === 0) return [];
  const { rows } = await db.query<ErasedFile>(
    `update label_application_files f set name = '', alt = '', caption = '', credit = '', bytes = 0, sha256 = '', pupils = '{}',
       erased_at = to_timestamp($2::float8 / 1000)
     where f.erased_at is null and (f.pupils && $1::text[]
       or f.material_id in (select material_id from material_people where pupil_id = any($1)))
     returning f.application_id as application, f.key, f.sizes`,
    [pupils.map(({ id }) => id), now],
  );
  for (const { project, alias } of pupils) await takeOutOfWords(db, [project], alias);
  return rows;
}

/** What they were called, out of all copies of projects they are or were in; their labels stay, and are nobody's. */
export async function takeAccountOut(
  db: Queryable,
  { id, name }: { readonly id: Id; readonly name: string },
): Promise<void> {
  await db.query("update awards set account_id = null, named = false where account_id = $1", [id]);
  const { rows } = await db.query<{ project: Id }>(
    "select project_id as project from project_members where account_id = $1",
    [id],
  );
  const projects = rows.map(({ project }) => project);
  await takeOutOfWords(db, projects, name);
  await takeOutOfTexts(db, projects, name);
}

/** Shorter ones are parts of other words. */
const shortestName = 3;

/** What is written beside files. */
async function takeOutOfWords(db: Queryable, projects: readonly Id[], name: string): Promise<void> {
  if (name.trim().length < shortestName) return;
  const columns = ["name", "alt", "caption", "credit"];
  await db.query(
    `update label_application_files f set ${columns.map((one) => `${one} = replace(${one}, $2, '${gone}')`).join(", ")}
     from label_applications a where a.id = f.application_id and a.project_id = any($1) and f.erased_at is null
       and (${columns.map((one) => `position($2 in f.${one}) > 0`).join(" or ")})`,
    [projects, name.trim()],
  );
}

/** A name of one word may be any word; it is left where it cannot be told from one. */
async function takeOutOfTexts(db: Queryable, projects: readonly Id[], given: string): Promise<void> {
  const name = given.trim();
  if (!/\s/.test(name)) return;
  const { rows } = await db.query<{ id: Id; frozen: Frozen }>(
    `select id, frozen from label_applications a
     where a.project_id = any($1) and a.frozen is not null and position($2 in a.frozen::text) > 0 order by id for update`,
    [projects, JSON.stringify(name).slice(1, -1)],
  );
  for (const { id, frozen } of rows) {
    const { answers, entries, pages } = frozen;
    const after = {
      ...frozen,
      answers: without(answers, name),
      entries: without(entries, name),
      pages: without(pages, name),
    };
    await db.query("update label_applications set frozen = $2 where id = $1", [id, JSON.stringify(after)]);
  }
  await db.query(
    `update label_applications a set feedback = replace(feedback, $2, '${gone}')
     where a.project_id = any($1) and position($2 in a.feedback) > 0`,
    [projects, name],
  );
  await db.query(
    `update label_scores x set remark = replace(remark, $2, '${gone}') from label_applications a
     where a.id = x.application_id and a.project_id = any($1) and position($2 in x.remark) > 0`,
    [projects, name],
  );
}

/** As far as it matters here: old formats are kept as they are. */
type Frozen = Readonly<Record<string, unknown>>;

/** The same with the name taken out of every text in it. */
function without(value: unknown, name: string): unknown {
  if (typeof value === "string") return value.replaceAll(name, gone);
  if (Array.isArray(value)) return value.map((one) => without(one, name));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, without(one, name)]));
}

/** After the erasure holds: a file is not brought back when a transaction ends badly. */
export async function deleteErased(applicationsFolder: string, files: readonly ErasedFile[]): Promise<void> {
  for (const file of files) await removeCopies({ applicationsFolder }, file.application, [file]);
}
