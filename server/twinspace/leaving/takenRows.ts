/**
 * What an import writes, table by table, inside of the transaction that takes all of it or nothing. Of a bundle that holds what
 * does not fit here `Unfit` is thrown, and so nothing stays.
 */
import type { TextNode } from "../../../domain/text/schema.ts";
import { readText } from "../../../domain/text/steps.ts";
import { TimeZone } from "../../../protocol/http/accounts.ts";
import { type Id, oneLine } from "../../../protocol/ids.ts";
import type { RefusalCode } from "../../../protocol/refusals.ts";
import type { Exported, ExportedDate, ExportedPerson } from "../../../protocol/twinspace/exported.ts";
import { mostFolderDepth } from "../../../protocol/twinspace/materials.ts";
import { deepestPage } from "../../../protocol/twinspace/pageLimits.ts";
import { mostImages } from "../../../protocol/twinspace/updates.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { newId } from "../../ids.ts";
import type { Space } from "../insider.ts";
import type { Kept } from "../materials/taking.ts";
import { beginText } from "../pages/texts.ts";
import type { Bundle } from "./bundle.ts";
import type { LeavingParts } from "./parts.ts";

/** Thrown within the transaction, so that nothing of it stays. */
export class Unfit extends Error {
  readonly code: RefusalCode;
  constructor(code: RefusalCode) {
    super(code);
    this.code = code;
  }
}

export type KeptFile = Kept & { readonly sha256: Buffer };

export interface Taking {
  readonly parts: LeavingParts;
  readonly db: Queryable;
  readonly project: Id;
  readonly author: string;
  /** The same as an account, and the school for which they are here. */
  readonly account: Id;
  readonly school: Id | null;
  readonly schools: Space["project"]["schools"];
  readonly exported: Exported;
  readonly people: ReadonlyMap<string, ExportedPerson>;
  readonly now: number;
}

const atOnce = 500;

/** Writes rows of one table; `columns` as `name type`. */
export async function insert(
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

export const lineOr = (text: string, longest: number, otherwise: string): string => {
  const read = oneLine(longest).safeParse(text);
  return read.success ? read.data : otherwise;
};
const titleOf = (text: string): string => lineOr(text, 120, "Untitled");

/** Not later than now: what has not been yet has not been said. */
export const momentOf = ({ now }: Taking, at: number): string => new Date(Math.min(at, now)).toISOString();

/** Who made it, in words. Of a pupil the school and nothing else. */
export function makerInWords(person: ExportedPerson | undefined): string {
  if (!person) return "";
  const { kind, name, school } = person;
  if (kind === "pupil") return school === null ? "A pupil" : `A pupil of ${school}`;
  if (name === "") return school === null ? "" : `Somebody of ${school}`;
  return school === null ? name : `${name}, ${school}`;
}

/** Before the words, as long as there is room: nothing of them is cut off. */
export function withMaker(by: string, words: string, longest: number): string {
  const whole = by === "" ? words : `${by}:\n\n${words}`;
  return words !== "" && whole.length <= longest ? whole : words;
}

export async function takeFolders({ db, project, author, exported }: Taking): Promise<Map<string, Id>> {
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

export async function takeMaterials(
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
    const by = makerInWords(people.get(material.author));
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

/**
 * In the order they are listed. What is below a hidden page moves up to where that was.
 *
 * @returns their ids, by what they are called in the file
 */
export async function takePages(
  { db, project, author, exported, now }: Taking,
  bundle: Bundle,
  materials: ReadonlyMap<string, Id>,
): Promise<Map<string, Id>> {
  const ids = new Map<string, Id>();
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
    ids.set(page.id, id);
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
  return ids;
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

export async function takeDates(taking: Taking): Promise<void> {
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

export async function takeForum(taking: Taking): Promise<void> {
  const { db, project, author, exported, people } = taking;
  const words = ({ words: own, author: by }: { words: string; author: string }) =>
    withMaker(makerInWords(people.get(by)), own, 4_000);
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
export async function takeUpdates(taking: Taking, ids: ReadonlyMap<string, Id>): Promise<void> {
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
      words: withMaker(makerInWords(people.get(row.author)), row.words, 4_000),
      materials: row.materials
        .filter((key) => images.has(key))
        .slice(0, mostImages)
        .map((key) => ids.get(key)),
    }));
  const columns =
    "id text, project_id text, author text, words text, at timestamptz, pinned boolean, state text, materials text[]";
  await insert(db, "updates", columns.split(", "), rows);
}
