/** Finding materials: a folder's, all of a kind, or by words; a page at a time, newest first. */
import * as z from "zod";
import type { Id } from "../../../protocol/ids.ts";
import type { FindMaterials, MaterialCard, Materials, MaterialView } from "../../../protocol/twinspace/materials.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { cursorOf, keyOf } from "../../http/cursor.ts";
import type { RefusedFields } from "../../http/route.ts";
import { type Insider, isTeacher, type Space } from "../insider.ts";
import { peopleOf } from "../names.ts";
import { foldersIn, isFolder, pathOf } from "./folders.ts";
import { materialsOnPages, pagesShowing } from "./onPages.ts";
import { limitsOf, type MaterialParts } from "./parts.ts";
import { usedBytes } from "./room.ts";
import { cardsOf, isHiddenFrom, type MaterialRow, materialColumns, materialRow } from "./rows.ts";

const pageLength = 48;
const mostWords = 6;
/** Milliseconds since 1970 and an id. */
const Key = z.tuple([z.number(), z.string()]);

const mayAdd: readonly string[] = ["founder", "teacherAdmin", "teacher", "expert", "pupilAdmin", "pupil"];

export async function listMaterials(
  parts: MaterialParts,
  { project, me }: Space,
  asked: FindMaterials,
): Promise<Materials | RefusedFields> {
  const { pool } = parts;
  const { folder = "top", after } = asked;
  const key = after === undefined ? null : keyOf(after, Key);
  if (key === undefined) return { refused: "request.malformed", fields: ["after"] };
  const place = folder === "top" || folder === "all" ? null : folder;
  if (!(await isFolder(pool, project.id, place))) return { refused: "request.notFound" };
  const only = await seenByVisitor(pool, project.id, me);
  const rows = await findRows(pool, project.id, { ...asked, folder, key, only, limit: pageLength + 1 });
  const page = rows.slice(0, pageLength);
  const last = rows.length > pageLength ? page.at(-1) : undefined;
  const isFirst = after === undefined && folder !== "all" && !asked.words && me.role !== "visitor";
  return {
    path: me.role === "visitor" ? [] : await pathOf(pool, project.id, place),
    folders: isFirst ? await foldersIn(pool, project.id, place, me) : [],
    materials: await cardsOf(pool, project.id, me, page),
    next: last ? cursorOf([last.createdAt, last.id]) : null,
    room: { usedBytes: await usedBytes(pool, project.id), ...limitsOf(parts) },
    mayAdd: mayAdd.includes(me.role) && project.state === "active",
  };
}

type Wanted = Omit<FindMaterials, "folder"> & {
  folder: string;
  key: [number, string] | null;
  /** Nothing but these, and nothing of them that is hidden. */
  only: readonly Id[] | null;
  limit: number;
};

/** Only what is asked for stands in the query, so that each is planned for what it is. */
async function findRows(db: Queryable, project: Id, { folder, kind, words, key, only, limit }: Wanted) {
  const values: unknown[] = [project];
  const place = (value: unknown) => `$${values.push(value)}`;
  const wanted = ["m.project_id = $1", "m.removed_at is null"];
  if (only !== null) wanted.push(`m.id = any(${place(only)})`, "m.hidden_at is null");
  if (folder === "top") wanted.push("m.folder_id is null");
  else if (folder !== "all") wanted.push(`m.folder_id = ${place(folder)}`);
  if (kind !== undefined) wanted.push(`m.kind = ${place(kind)}`);
  for (const word of wordsIn(words ?? "")) wanted.push(hasWord(place(word)));
  if (key !== null) {
    wanted.push(`(m.created_at, m.id) < (to_timestamp(${place(key[0])}::float8 / 1000), ${place(key[1])})`);
  }
  const { rows } = await db.query<MaterialRow>(
    `select ${materialColumns} from materials m where ${wanted.join(" and ")}
     order by m.created_at desc, m.id desc limit ${limit}`,
    values,
  );
  return rows;
}

const hasWord = (place: string) => `m.find_words like '%' || search_latin(search_text(${place})) || '%'`;

const wordsIn = (text: string): string[] =>
  text
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, mostWords);

/** A visitor sees what a page shows them, and of what is hidden not even that it is there. For all others: null. */
const seenByVisitor = (db: Queryable, project: Id, me: Insider): Promise<readonly Id[] | null> =>
  me.role === "visitor" ? materialsOnPages(db, project, me) : Promise.resolve(null);

/** Whether they may know of it at all. What was removed is only there for whoever may bring it back. */
export async function findMaterial(
  db: Queryable,
  { project, me }: Space,
  material: Id,
): Promise<MaterialRow | undefined> {
  const row = await materialRow(db, project.id, material);
  if (!row || row.removedAt !== null) return undefined;
  const only = await seenByVisitor(db, project.id, me);
  if (only !== null && (row.hiddenAt !== null || !only.includes(row.id))) return undefined;
  return row;
}

export async function showMaterial(
  { pool }: MaterialParts,
  space: Space,
  material: Id,
): Promise<MaterialView | RefusedFields> {
  const row = await findMaterial(pool, space, material);
  return row ? viewOf(pool, space, row) : { refused: "request.notFound" };
}

export async function viewOf(db: Queryable, { project, me }: Space, row: MaterialRow): Promise<MaterialView> {
  const [card] = await cardsOf(db, project.id, me, [row]);
  if (!card) throw new Error("A material has no card");
  const folder = me.role === "visitor" ? [] : await pathOf(db, project.id, row.folder);
  if (isHiddenFrom(me, row)) {
    return {
      ...{ ...card, licence: "unknown", credit: "", description: "", people: [], folder, pages: [] },
      mayNamePeople: false,
    };
  }
  const { licence, credit, description } = row;
  // Who a child on a picture is, is for those who are with them, not for visitors.
  const people = me.role === "visitor" ? [] : await peopleOn(db, project.id, row.id);
  const pages = await pagesShowing(db, project.id, me, row.id);
  return { ...card, licence, credit, description, people, folder, pages, mayNamePeople: isTeacher(me) };
}

async function peopleOn(db: Queryable, project: Id, material: Id) {
  const { rows } = await db.query<{ author: string }>(
    "select 'pupil:' || pupil_id as author from material_people where material_id = $1",
    [material],
  );
  const people = await peopleOf(
    db,
    project,
    rows.map(({ author }) => author),
  );
  return [...people.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The pupils of a project, for teachers who say who is on a picture. By alias. */
export async function peopleToName(db: Queryable, { project }: Space) {
  const { rows } = await db.query<{ author: string }>(
    `select 'pupil:' || id as author from pupils where project_id = $1 and state in ('active', 'locked', 'ended')
     order by lower(alias) limit 2000`,
    [project.id],
  );
  const authors = rows.map(({ author }) => author);
  const people = await peopleOf(db, project.id, authors);
  return { people: authors.flatMap((author) => people.get(author) ?? []) };
}

/** For the common search of a TwinSpace: the newest that have all of these words and that they may see. */
export async function materialsFound(
  db: Queryable,
  { project, me }: Space,
  words: string,
  limit: number,
): Promise<MaterialCard[]> {
  if (wordsIn(words).length === 0) return [];
  const only = await seenByVisitor(db, project.id, me);
  const rows = await findRows(db, project.id, { folder: "all", words, key: null, only, limit });
  return cardsOf(
    db,
    project.id,
    me,
    rows.filter((row) => !isHiddenFrom(me, row)),
  );
}
