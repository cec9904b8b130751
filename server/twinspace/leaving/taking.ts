/**
 * What an import brings becomes the project's own: files first, each looked at as an upload is, then every row in one
 * transaction. When anything fails no row is there, and files without a row are deleted.
 *
 * Nobody of the other place is a person here. What they made is the importing founder's, and says in words who made it: an
 * adult by name, a pupil only as a pupil of their school.
 */
import { mkdir, rm } from "node:fs/promises";
import type { TextNode } from "../../../domain/text/schema.ts";
import { readText } from "../../../domain/text/steps.ts";
import { TimeZone } from "../../../protocol/http/accounts.ts";
import { type Id, oneLine } from "../../../protocol/ids.ts";
import type { RefusalCode, Refused } from "../../../protocol/refusals.ts";
import type { Exported, ExportedDate, ExportedMaterial, ExportedPerson } from "../../../protocol/twinspace/exported.ts";
import { imageSizes, mostFolderDepth } from "../../../protocol/twinspace/materials.ts";
import { deepestPage } from "../../../protocol/twinspace/pageLimits.ts";
import { mostImages } from "../../../protocol/twinspace/updates.ts";
import { inTransaction, type Queryable } from "../../../storage/pool.ts";
import { isRefused } from "../../http/route.ts";
import { newId } from "../../ids.ts";
import type { Space } from "../insider.ts";
import { limitsOf, materialPath, uploadPath, uploadsFolder } from "../materials/parts.ts";
import { lockRoom, usedBytes } from "../materials/room.ts";
import { hashOf, type Kept, keepFile, onDisk } from "../materials/taking.ts";
import { beginText } from "../pages/texts.ts";
import type { Bundle } from "./bundle.ts";
import { isEmpty, openBundle } from "./imports.ts";
import type { LeavingParts } from "./parts.ts";

/** Thrown within the transaction, so that nothing of it stays. */
class Unfit extends Error {
  readonly code: RefusalCode;
  constructor(code: RefusalCode) {
    super(code);
    this.code = code;
  }
}

type Entry = (db: Queryable) => Promise<Space | Refused>;
type KeptFile = Kept & { readonly sha256: Buffer };

interface Taking {
  readonly parts: LeavingParts;
  readonly db: Queryable;
  readonly project: Id;
  readonly author: string;
  readonly schools: Space["project"]["schools"];
  readonly exported: Exported;
  readonly people: ReadonlyMap<string, ExportedPerson>;
  readonly now: number;
}

/** @returns why nothing was taken, or undefined when all of it was */
export async function takeProject(
  parts: LeavingParts,
  project: Id,
  id: Id,
  entry: Entry,
): Promise<RefusalCode | undefined> {
  const bundle = await openBundle(parts, id);
  if (isRefused(bundle)) return bundle.refused;
  // By what each is called in the file.
  const ids = new Map<string, Id>();
  try {
    const exported = await bundle.project();
    if (isRefused(exported)) return exported.refused;
    const files = await takeFiles(parts, project, bundle, exported.materials, ids);
    await inTransaction(parts.pool, async (db) => {
      const space = await entry(db);
      if (isRefused(space)) throw new Unfit(space.refused);
      if (!(await isEmpty(db, project))) throw new Unfit("import.notEmpty");
      const people = new Map(exported.people.map((person) => [person.id, person]));
      const { author } = space.me;
      const { schools } = space.project;
      await write({ parts, db, project, author, schools, exported, people, now: parts.now() }, bundle, files, ids);
    });
    for (const [key, { kind }] of files) if (kind === "video") await parts.queueFilm?.(ids.get(key) ?? key);
    return undefined;
  } catch (fault) {
    await dropFiles(parts, project, [...ids.values()]);
    if (fault instanceof Unfit) return fault.code;
    throw fault;
  } finally {
    bundle.close();
  }
}

/** Each is what its sha256 says, and kept as an upload is: by what stands in it, pictures written anew. */
async function takeFiles(
  parts: LeavingParts,
  project: Id,
  bundle: Bundle,
  materials: readonly ExportedMaterial[],
  ids: Map<string, Id>,
): Promise<Map<string, KeptFile>> {
  const { materialsFolder } = parts;
  const files = new Map<string, KeptFile>();
  await mkdir(uploadsFolder(materialsFolder), { recursive: true, mode: 0o700 });
  for (const material of materials.filter(({ hidden }) => !hidden)) {
    if (ids.has(material.id)) throw new Unfit("import.otherFormat");
    const id = newId();
    ids.set(material.id, id);
    if (material.kind === "link") continue;
    if (material.file === null || material.sha256 === null) throw new Unfit("import.damaged");
    const source = uploadPath(materialsFolder, id);
    try {
      if (!(await bundle.extract(material.file, material.sha256, source))) throw new Unfit("import.damaged");
      const kept = await keepFile(parts, { id, project });
      if (isRefused(kept)) throw new Unfit(kept.refused === "material.diskFull" ? kept.refused : "import.damaged");
      const target = materialPath(materialsFolder, project, id);
      await onDisk(target, kept.sizes);
      files.set(material.id, { ...kept, sha256: await hashOf(target) });
    } finally {
      await rm(source, { force: true });
    }
  }
  return files;
}

async function dropFiles({ materialsFolder }: LeavingParts, project: Id, ids: readonly Id[]): Promise<void> {
  for (const id of ids) {
    for (const size of [undefined, ...imageSizes]) {
      await rm(materialPath(materialsFolder, project, id, size), { force: true });
    }
  }
}

async function write(taking: Taking, bundle: Bundle, files: ReadonlyMap<string, KeptFile>, ids: Map<string, Id>) {
  await lockRoom(taking.db, taking.project);
  const stored = [...files.values()].reduce((sum, { storedBytes }) => sum + storedBytes, 0);
  const { quotaBytes } = limitsOf(taking.parts);
  if ((await usedBytes(taking.db, taking.project)) + stored > quotaBytes) throw new Unfit("import.noRoom");
  const folders = await takeFolders(taking);
  await takeMaterials(taking, files, ids, folders);
  await takePages(taking, bundle, ids);
  await takeDates(taking);
  await takeForum(taking);
  await takeUpdates(taking, ids);
}

const atOnce = 500;

/** Writes rows of one table; `columns` as `name type`. */
async function insert(
  db: Queryable,
  table: string,
  columns: readonly string[],
  rows: readonly object[],
): Promise<void> {
  const names = columns.map((column) => column.split(" ")[0]).join(", ");
  for (let from = 0; from < rows.length; from += atOnce) {
    await db.query(
      `insert into ${table} (${names}) select ${names} from jsonb_to_recordset($1::jsonb) as r (${columns.join(", ")})`,
      [JSON.stringify(rows.slice(from, from + atOnce))],
    );
  }
}

const lineOr = (text: string, longest: number, otherwise: string): string => {
  const read = oneLine(longest).safeParse(text);
  return read.success ? read.data : otherwise;
};
const titleOf = (text: string): string => lineOr(text, 120, "Untitled");

/** Not later than now: what has not been yet has not been said. */
const momentOf = ({ now }: Taking, at: number): string => new Date(Math.min(at, now)).toISOString();

/** Who made it, in words. Of a pupil the school and nothing else. */
export function madeBy(person: ExportedPerson | undefined): string {
  if (!person) return "";
  const { kind, name, school } = person;
  if (kind === "pupil") return school === null ? "A pupil" : `A pupil of ${school}`;
  if (name === "") return school === null ? "" : `Somebody of ${school}`;
  return school === null ? name : `${name}, ${school}`;
}

/** Before the words, as long as there is room: nothing of them is cut off. */
function withMaker(by: string, words: string, longest: number): string {
  const whole = by === "" ? words : `${by}:\n\n${words}`;
  return words !== "" && whole.length <= longest ? whole : words;
}

async function takeFolders({ db, project, author, exported }: Taking): Promise<Map<string, Id>> {
  const ids = new Map<string, Id>();
  const depths = new Map<string, number>();
  for (const { id, parent, name } of exported.folders) {
    const depth = parent === null ? 1 : (depths.get(parent) ?? mostFolderDepth) + 1;
    if (depth > mostFolderDepth || ids.has(id)) throw new Unfit("import.otherFormat");
    depths.set(id, depth);
    ids.set(id, newId());
    await db.query(
      "insert into material_folders (id, project_id, parent_id, name, author) values ($1, $2, $3, $4, $5)",
      [...[ids.get(id), project, parent === null ? null : ids.get(parent), lineOr(name, 80, "Folder"), author]],
    );
  }
  return ids;
}

async function takeMaterials(
  taking: Taking,
  files: ReadonlyMap<string, KeptFile>,
  ids: ReadonlyMap<string, Id>,
  folders: ReadonlyMap<string, Id>,
): Promise<void> {
  const { db, project, author, exported, people } = taking;
  const rows = exported.materials.flatMap((material) => {
    const { id, folder, name, link, licence, alt, decorative, shows, description, at, hidden } = material;
    const file = files.get(id);
    const isLink = material.kind === "link";
    if (hidden) return [];
    if (isLink !== (link !== null) || isLink === (file !== undefined)) throw new Unfit("import.otherFormat");
    const by = madeBy(people.get(material.author));
    const both = [material.credit, by].filter((one) => one !== "").join(" · ");
    const credit = both.length <= 300 ? both : material.credit.slice(0, 300);
    const { type = "", bytes = 0, storedBytes = 0, width = null, height = null, sizes = [] } = file ?? {};
    return {
      ...{ id: ids.get(id), project_id: project, folder_id: folder === null ? null : (folders.get(folder) ?? null) },
      ...{ kind: file?.kind ?? "link", name: lineOr(name, 200, "file"), type, bytes, stored_bytes: storedBytes },
      ...{
        sha256: file?.sha256.toString("base64") ?? null,
        width,
        height,
        sizes,
        link,
        licence,
        credit,
        alt,
        decorative,
      },
      // Who is on it is not known here: a teacher says it again before it is published.
      ...{ shows: shows === "people" ? "unknown" : shows, description, author },
      ...{ created_at: momentOf(taking, at), changed_at: momentOf(taking, at) },
      film_state: file?.kind === "video" ? "queued" : null,
    };
  });
  const columns =
    "id text, project_id text, folder_id text, kind text, name text, type text, bytes bigint, stored_bytes bigint, width int, height int, sizes int[], link text, licence text, credit text, alt text, decorative boolean, shows text, description text, author text, created_at timestamptz, changed_at timestamptz, film_state text";
  await insert(db, "materials", columns.split(", "), rows);
  const hashes = rows.filter(({ sha256 }) => sha256 !== null).map(({ id, sha256 }) => ({ id, sha256 }));
  for (let from = 0; from < hashes.length; from += atOnce) {
    await db.query(
      `update materials m set sha256 = decode(r.sha256, 'base64') from jsonb_to_recordset($1::jsonb) as r (id text, sha256 text)
       where m.id = r.id`,
      [JSON.stringify(hashes.slice(from, from + atOnce))],
    );
  }
}

/** In the order they are listed. What is below a hidden page moves up to where that was. */
async function takePages(
  { db, project, author, exported, now }: Taking,
  bundle: Bundle,
  materials: ReadonlyMap<string, Id>,
) {
  const places = new Map<string, { id: Id | null; depth: number }>();
  const top = { id: null, depth: 0 };
  for (const [position, page] of exported.pages.entries()) {
    const above = page.parent === null ? top : places.get(page.parent);
    if (!above || above.depth >= deepestPage || places.has(page.id)) throw new Unfit("import.otherFormat");
    if (page.hidden) {
      places.set(page.id, above);
      continue;
    }
    const id = newId();
    places.set(page.id, { id, depth: above.depth + 1 });
    const at = new Date(Math.min(page.at, now)).toISOString();
    const changedAt = new Date(Math.min(page.changedAt, now)).toISOString();
    await db.query(
      `insert into pages (id, project_id, parent_id, position, title, view, edit, state, archived_from, author, made_at, changed_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, case when $8 = 'archived' then 'shown' end, $9, $10, $11)`,
      [
        id,
        project,
        above.id,
        position + 1,
        titleOf(page.title),
        page.view,
        page.edit,
        page.state,
        author,
        at,
        changedAt,
      ],
    );
    const json = page.text === null ? undefined : await bundle.json(page.text);
    const text = readText(json);
    const mapped = text && readText(renamed(text.toJSON(), materials));
    if (!mapped) throw new Unfit("import.damaged");
    await beginText(db, id, mapped);
  }
}

/** The same text with the materials by their ids here; those that did not come lead nowhere. */
function renamed(node: TextNode, materials: ReadonlyMap<string, Id>): TextNode {
  const { material } = node.attrs ?? {};
  return {
    ...node,
    ...(typeof material === "string" ? { attrs: { ...node.attrs, material: materials.get(material) ?? "gone" } } : {}),
    ...(node.content ? { content: node.content.map((child) => renamed(child, materials)) } : {}),
  };
}

const dayMs = 86_400_000;
const [earliest, latest] = [Date.UTC(2000, 0, 1), Date.UTC(2099, 11, 31)];

async function takeDates(taking: Taking): Promise<void> {
  const { db, project, author, exported, schools, now } = taking;
  const series = new Map<string, Id>();
  const seriesOf = (key: string | null): Id | null => {
    if (key === null) return null;
    const known = series.get(key) ?? newId();
    series.set(key, known);
    return known;
  };
  const held = exported.meetings.map((meeting): ExportedDate => {
    const { title, startsAt, lengthMinutes, adults, pupils, classes } = meeting;
    const description = `A meeting of ${lengthMinutes} minutes: ${adults} adults, ${pupils} pupils, ${classes} classes.`;
    const endsAt = startsAt + Math.min(lengthMinutes, 1_440) * 60_000;
    return {
      ...{ kind: "activity", title: title.slice(0, 120).toWellFormed(), description, place: "", school: null },
      ...{ wholeDays: false, startsAt, endsAt, timeZone: "UTC", series: null },
    };
  });
  const rows = [...exported.calendar, ...held].map((date) => {
    const { startsAt, endsAt, wholeDays } = date;
    const isWhole = startsAt % dayMs === 0 && endsAt % dayMs === 0 && endsAt > startsAt;
    if (startsAt < earliest || endsAt > latest || endsAt < startsAt || (wholeDays && !isWhole)) {
      throw new Unfit("import.otherFormat");
    }
    const school = schools.find(({ shown }) => shown.name === date.school)?.school ?? null;
    const isStrangers = date.kind === "holiday" && school === null;
    return {
      ...{ id: newId(), project_id: project, kind: isStrangers ? "activity" : date.kind, title: titleOf(date.title) },
      description: withMaker(isStrangers ? (date.school ?? "") : "", date.description, 2_000),
      ...{
        place: date.place === "" ? "" : lineOr(date.place, 120, ""),
        school_id: date.kind === "holiday" ? school : null,
      },
      ...{
        whole_days: wholeDays,
        starts_at: new Date(startsAt).toISOString(),
        ends_at: new Date(endsAt).toISOString(),
      },
      ...{
        time_zone: TimeZone.safeParse(date.timeZone).success ? date.timeZone : "UTC",
        series_id: seriesOf(date.series),
      },
      ...{ author, made_at: new Date(now).toISOString(), changed_at: new Date(now).toISOString() },
    };
  });
  const columns =
    "id text, project_id text, kind text, title text, description text, place text, school_id text, whole_days boolean, starts_at timestamptz, ends_at timestamptz, time_zone text, series_id text, author text, made_at timestamptz, changed_at timestamptz";
  await insert(db, "calendar_items", columns.split(", "), rows);
}

async function takeForum(taking: Taking): Promise<void> {
  const { db, project, author, exported, people } = taking;
  const words = ({ words: own, author: by }: { words: string; author: string }) =>
    withMaker(madeBy(people.get(by)), own, 4_000);
  const discussions = new Map<string, Id>();
  const threads = new Map<string, Id>();
  const newest = new Map<string, number>();
  const moved = (key: string, at: number) => newest.set(key, Math.max(at, newest.get(key) ?? 0));
  const ofThread = new Map(exported.threads.map(({ id, discussion }) => [id, discussion]));
  for (const { id, discussion, at } of exported.threads) void [moved(`t${id}`, at), moved(`d${discussion}`, at)];
  for (const { thread, at } of exported.posts) void [moved(`t${thread}`, at), moved(`d${ofThread.get(thread)}`, at)];
  const shown = <T extends { hidden: boolean }>(rows: readonly T[]) => rows.filter(({ hidden }) => !hidden);
  const last = (key: string, at: number) => momentOf(taking, Math.max(at, newest.get(key) ?? 0));
  const common = "id text, project_id text, author text, words text, at timestamptz";

  const discussionRows = shown(exported.discussions).map((row) => {
    discussions.set(row.id, newId());
    const base = { id: discussions.get(row.id), project_id: project, author, title: titleOf(row.title) };
    return { ...base, words: words(row), at: momentOf(taking, row.at), last_at: last(`d${row.id}`, row.at) };
  });
  await insert(db, "discussions", `${common}, title text, last_at timestamptz`.split(", "), discussionRows);

  // What is below something hidden stays behind with it.
  const threadRows = shown(exported.threads).flatMap((row) => {
    const discussion = discussions.get(row.discussion);
    if (discussion === undefined) return [];
    threads.set(row.id, newId());
    const base = {
      id: threads.get(row.id),
      project_id: project,
      author,
      title: titleOf(row.title),
      pinned: row.pinned,
    };
    const at = { at: momentOf(taking, row.at), last_at: last(`t${row.id}`, row.at) };
    return { ...base, ...at, words: words(row), discussion_id: discussion, locked_by: row.locked ? author : null };
  });
  await insert(
    db,
    "threads",
    `${common}, title text, last_at timestamptz, discussion_id text, pinned boolean, locked_by text`.split(", "),
    threadRows,
  );

  const postRows = shown(exported.posts).flatMap((row) => {
    const thread = threads.get(row.thread);
    if (thread === undefined) return [];
    const base = { id: newId(), project_id: project, author, words: words(row) };
    return { ...base, at: momentOf(taking, row.at), thread_id: thread };
  });
  await insert(db, "posts", `${common}, thread_id text`.split(", "), postRows);
}

/** Those that wait for a teacher's yes stay behind. */
async function takeUpdates(taking: Taking, ids: ReadonlyMap<string, Id>): Promise<void> {
  const { db, project, author, exported, people } = taking;
  const images = new Set(
    exported.materials.filter(({ kind, hidden }) => kind === "image" && !hidden).map(({ id }) => id),
  );
  const rows = exported.updates
    .filter(({ hidden, waiting }) => !hidden && !waiting)
    .map((row) => ({
      ...{
        id: newId(),
        project_id: project,
        author,
        pinned: row.pinned,
        state: "posted",
        at: momentOf(taking, row.at),
      },
      words: withMaker(madeBy(people.get(row.author)), row.words, 4_000),
      materials: row.materials
        .filter((key) => images.has(key))
        .slice(0, mostImages)
        .map((key) => ids.get(key)),
    }));
  const columns =
    "id text, project_id text, author text, words text, at timestamptz, pinned boolean, state text, materials text[]";
  await insert(db, "updates", columns.split(", "), rows);
}
