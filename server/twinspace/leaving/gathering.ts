/**
 * What is in a project, as it leaves: read piece by piece in one transaction, so that it fits together however long that takes
 * and however much it is.
 */
import { fold } from "../../../domain/meeting/evolve.ts";
import { summaryOf } from "../../../domain/meeting/summary.ts";
import { timelineOf } from "../../../domain/meeting/timeline.ts";
import type { TextNode } from "../../../domain/text/schema.ts";
import { keptText, replayed } from "../../../domain/text/steps.ts";
import type { Id } from "../../../protocol/ids.ts";
import type {
  ExportedDate,
  ExportedDiscussion,
  ExportedFolder,
  ExportedMaterial,
  ExportedMeeting,
  ExportedNote,
  ExportedPage,
  ExportedPost,
  ExportedThread,
  ExportedUpdate,
} from "../../../protocol/twinspace/exported.ts";
import type { StepJson } from "../../../protocol/twinspace/pages.ts";
import { read } from "../../../storage/log.ts";
import type { Queryable } from "../../../storage/pool.ts";
import type { MeetingRow } from "../../meetings/booking.ts";
import { nameToSave } from "../materials/names.ts";
import { chatKeptMs } from "../talk/sweep.ts";
import type { People } from "./people.ts";

const atOnce = 500;

export interface Gathered {
  readonly db: Queryable;
  readonly project: Id;
  readonly people: People;
  /** Milliseconds since 1970. */
  readonly now: number;
}

let cursors = 0;

/** The rows of a query, some at a time; who made them is looked up with them. */
export async function* rowsOf<T extends object>(
  { db, people }: Gathered,
  sql: string,
  values: unknown[],
): AsyncGenerator<T & { author: string }> {
  cursors += 1;
  const cursor = `leaving_${cursors}`;
  await db.query(`declare ${cursor} no scroll cursor for ${sql}`, values);
  for (;;) {
    const { rows } = await db.query<T & { author: string }>(`fetch ${atOnce} from ${cursor}`);
    await people.look(rows.flatMap(({ author }) => author ?? []));
    yield* rows;
    if (rows.length < atOnce) break;
  }
  await db.query(`close ${cursor}`);
}

const isHidden = "hidden_at is not null as hidden";

/** Of what is hidden only that it is so. */
async function* saidOf<T extends { author: string; hidden: boolean }>(
  gathered: Gathered,
  sql: string,
  values: unknown[],
  blank: Partial<T>,
): AsyncGenerator<T> {
  for await (const row of rowsOf<T>(gathered, sql, values)) {
    yield { ...row, ...(row.hidden ? blank : {}), author: gathered.people.get(row.author).id };
  }
}

export async function* foldersOf(gathered: Gathered): AsyncGenerator<ExportedFolder> {
  const sql = `with recursive tree as (
      select id, parent_id, name, 0 as depth from material_folders where project_id = $1 and parent_id is null
      union all
      select f.id, f.parent_id, f.name, t.depth + 1 from tree t join material_folders f on f.parent_id = t.id
    ) select id, parent_id as parent, name from tree order by depth, lower(name), id`;
  yield* rowsOf<ExportedFolder>(gathered, sql, [gathered.project]);
}

/** Where the file of a material lies in the zip. The id makes it the only one of its name. */
export const entryOf = ({ id, name, type }: Pick<ExportedMaterial, "id" | "name" | "type">): string =>
  `files/${id}-${shortened(nameToSave(name, type))}`;

function shortened(name: string): string {
  const [, stem = name, ending = ""] = /^(.*?)(\.[A-Za-z0-9]{1,5})?$/su.exec(name) ?? [];
  return `${[...stem].slice(0, 60).join("").toWellFormed()}${ending}`;
}

export async function* materialsOf(gathered: Gathered): AsyncGenerator<ExportedMaterial> {
  const sql = `select id, folder_id as folder, kind, name, type, bytes, encode(sha256, 'hex') as sha256, link, licence, credit, alt,
      decorative, shows, description, author, created_at as at, ${isHidden}
    from materials where project_id = $1 and removed_at is null order by created_at, id`;
  const blank = {
    name: "",
    type: "",
    bytes: 0,
    sha256: null,
    link: null,
    credit: "",
    alt: "",
    description: "",
  } as const;
  for await (const row of saidOf<ExportedMaterial>(gathered, sql, [gathered.project], blank)) {
    yield { ...row, file: row.hidden || row.kind === "link" ? null : entryOf(row) };
  }
}

/** None that is below a removed one; each behind the one it belongs to. */
const tree = `with recursive tree as (
    select p.*, 0 as depth, array[p.position] as place from pages p
    where p.project_id = $1 and p.parent_id is null and p.removed_at is null
    union all
    select p.*, t.depth + 1, t.place || p.position from tree t join pages p on p.parent_id = t.id and p.removed_at is null
  )`;

export async function* pagesOf(gathered: Gathered): AsyncGenerator<ExportedPage> {
  const sql = `${tree} select id, parent_id as parent, title, view, edit, state, author, made_at as at, changed_at as "changedAt",
      ${isHidden} from tree order by place, id`;
  for await (const row of saidOf<ExportedPage>(gathered, sql, [gathered.project], { title: "" })) {
    yield { ...row, text: row.hidden ? null : `texts/${row.id}.json` };
  }
}

/** A page's text as it was when the transaction began. */
export async function textOf({ db }: Gathered, page: Id): Promise<TextNode> {
  const { rows } = await db.query<{ doc: TextNode; from: number }>(
    `select doc, doc_version as "from" from page_texts where page_id = $1`,
    [page],
  );
  const [kept] = rows;
  if (!kept) throw new Error("A page has no text");
  const steps = await db.query<{ step: StepJson }>(
    "select step from page_steps where page_id = $1 and version >= $2 order by version",
    [page, kept.from],
  );
  if (steps.rows.length === 0) return kept.doc;
  return replayed(
    keptText(kept.doc),
    steps.rows.map(({ step }) => step),
  ).toJSON();
}

export async function* datesOf(gathered: Gathered): AsyncGenerator<ExportedDate> {
  const sql = `select i.kind, i.title, i.description, i.place, s.name as school, i.whole_days as "wholeDays",
      i.starts_at as "startsAt", i.ends_at as "endsAt", i.time_zone as "timeZone", i.series_id as series
    from calendar_items i left join schools s on s.id = i.school_id
    where i.project_id = $1 and i.removed_at is null order by i.starts_at, i.id`;
  yield* rowsOf<ExportedDate>(gathered, sql, [gathered.project]);
}

export const discussionsOf = (gathered: Gathered): AsyncGenerator<ExportedDiscussion> =>
  saidOf<ExportedDiscussion>(
    gathered,
    `select id, title, words, author, at, ${isHidden} from discussions
     where project_id = $1 and removed_at is null order by at, id`,
    [gathered.project],
    { title: "", words: "" },
  );

export const threadsOf = (gathered: Gathered): AsyncGenerator<ExportedThread> =>
  saidOf<ExportedThread>(
    gathered,
    `select t.id, t.discussion_id as discussion, t.title, t.words, t.author, t.at, t.pinned, t.locked_by is not null as locked,
       t.${isHidden} from threads t join discussions d on d.id = t.discussion_id and d.removed_at is null
     where t.project_id = $1 and t.removed_at is null order by t.at, t.id`,
    [gathered.project],
    { title: "", words: "" },
  );

/** By their thread, in the order they were written. */
export const postsOf = (gathered: Gathered): AsyncGenerator<ExportedPost> =>
  saidOf<ExportedPost>(
    gathered,
    `select p.thread_id as thread, p.words, p.author, p.at, p.${isHidden}
     from posts p join threads t on t.id = p.thread_id and t.removed_at is null
       join discussions d on d.id = t.discussion_id and d.removed_at is null
     where p.project_id = $1 and p.removed_at is null order by t.at, t.id, p.at, p.id`,
    [gathered.project],
    { words: "" },
  );

export const updatesOf = (gathered: Gathered): AsyncGenerator<ExportedUpdate> =>
  saidOf<ExportedUpdate>(
    gathered,
    `select words, materials, author, at, pinned, state = 'waiting' as waiting, ${isHidden} from updates
     where project_id = $1 and removed_at is null order by at, id`,
    [gathered.project],
    { words: "", materials: [] },
  );

export const notesOf = (gathered: Gathered): AsyncGenerator<ExportedNote> =>
  saidOf<ExportedNote>(
    gathered,
    `select words, author, at, ${isHidden} from bulletin_notes
     where project_id = $1 and removed_at is null order by at, id`,
    [gathered.project],
    { words: "" },
  );

export const chatOf = (gathered: Gathered): AsyncGenerator<ExportedNote> =>
  saidOf<ExportedNote>(
    gathered,
    `select words, author, at, ${isHidden} from chat_messages
     where project_id = $1 and removed_at is null and at > to_timestamp($2::float8 / 1000) order by at, id`,
    [gathered.project, gathered.now - chatKeptMs],
    { words: "" },
  );

/** Those that took place: how long, and how many came. */
export async function* meetingsOf(gathered: Gathered): AsyncGenerator<ExportedMeeting> {
  const sql = `select id, title, settings, opened_at as "startsAt", ended_at as "endedAt" from meetings
    where project_id = $1 and opened_at is not null and ended_at is not null order by opened_at, id`;
  type Held = Pick<MeetingRow, "id" | "title" | "settings"> & { startsAt: number; endedAt: number };
  for await (const held of rowsOf<Held>(gathered, sql, [gathered.project])) {
    const { id, title, settings, startsAt, endedAt } = held;
    const log = await read(gathered.db, id);
    const { seats } = fold(settings, log);
    const kinds = summaryOf(timelineOf(log, gathered.now)).people.flatMap(({ seat }) => seats[seat]?.kind ?? []);
    const count = (kind: string) => kinds.filter((one) => one === kind).length;
    yield {
      ...{ title, startsAt, lengthMinutes: Math.max(0, Math.round((endedAt - startsAt) / 60_000)) },
      ...{ adults: count("adult"), pupils: count("pupil"), classes: count("class") },
    };
  }
}
