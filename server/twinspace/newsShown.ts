/**
 * What is new in a TwinSpace, as one insider may see it now: what was hidden, removed or closed to them since is left out, so
 * that a letter of the next morning tells nothing that its reader could not open.
 */
import * as z from "zod";
import { everybodyInvited, mayCome } from "../../domain/twinspace/invited.ts";
import type { Id } from "../../protocol/ids.ts";
import type { NewsItem, NewsKind } from "../../protocol/twinspace/news.ts";
import type { Person } from "../../protocol/twinspace/space.ts";
import type { Queryable } from "../../storage/pool.ts";
import { cursorOf, keyOf } from "../http/cursor.ts";
import { isReportPublic, reportRow } from "../reports/public/rows.ts";
import { isPupil, isTeacher, type Space } from "./insider.ts";
import { peopleOf } from "./names.ts";
import { pageTitles } from "./pages/finding.ts";

export interface NewsAsked {
  readonly limit: number;
  /** From the answer before: only what is older. */
  readonly before?: string | undefined;
  /** Only what came later than this, and up to `until`, in milliseconds since 1970. */
  readonly since?: number;
  readonly until?: number;
  readonly kinds?: readonly NewsKind[];
  /** Leaves out what they did themselves. */
  readonly ofOthers?: boolean;
}

interface NewsRow {
  readonly id: number;
  readonly kind: NewsKind;
  readonly thing: Id;
  readonly author: string;
  readonly at: number;
}

/** What a thing is called and where it is; what is missing may not be seen. */
export interface Titled {
  readonly title: string;
  readonly path: string;
  /** Where it was no person of the project: who it was. */
  readonly by?: string;
}
type Titles = (db: Queryable, space: Space, things: readonly Id[]) => Promise<ReadonlyMap<Id, Titled>>;

const Key = z.tuple([z.number(), z.number()]);
/** So many rows are looked at for one page of answers, most of which its reader may see. */
const lookedAtOnce = 100;
const mostLooked = 1_000;

/** Newest first; `next` leads on where there is more. Undefined: `before` is no cursor of ours. */
export async function newsOf(
  db: Queryable,
  space: Space,
  asked: NewsAsked,
): Promise<{ news: NewsItem[]; next: string | null } | undefined> {
  const found = await findNews(db, space, asked);
  return found && { news: found.found.map(({ item }) => item), next: found.next };
}

/** With the number that says its place among the news of all TwinSpaces. */
export interface FoundNews {
  readonly id: number;
  readonly item: NewsItem;
}

/** The cursor behind this one, in the news of any TwinSpace. */
export const afterNews = ({ id, item }: FoundNews): string => cursorOf([item.at, id]);

export async function findNews(
  db: Queryable,
  space: Space,
  asked: NewsAsked,
): Promise<{ found: FoundNews[]; next: string | null } | undefined> {
  let key = asked.before === undefined ? null : keyOf(asked.before, Key);
  if (key === undefined) return undefined;
  const found: { row: NewsRow; titled: Titled }[] = [];
  let isMore = true;
  for (let looked = 0; found.length <= asked.limit && isMore && looked < mostLooked; looked += lookedAtOnce) {
    const rows = await rowsOf(db, space, asked, key);
    isMore = rows.length === lookedAtOnce;
    found.push(...(await withTitles(db, space, rows)));
    const last = rows.at(-1);
    if (last) key = [last.at, last.id];
  }
  const page = found.slice(0, asked.limit);
  const people = await peopleOf(
    db,
    space.project.id,
    page.map(({ row }) => row.author),
  );
  const shown = page.map(({ row: { id, kind, at, author }, titled: { title, path, by } }) => {
    const person = people.get(author) ?? nobodyAnyMore(author);
    return { id, item: { kind, at, title, path, person: by === undefined ? person : { ...person, name: by } } };
  });
  const last = found.length > asked.limit ? shown.at(-1) : undefined;
  return { found: shown, next: last ? afterNews(last) : null };
}

const nobodyAnyMore = (author: string): Person => ({ author, kind: "adult", name: "", picture: null, school: null });

/** The circles of readers that this insider belongs to. */
function circlesOf({ me }: Space): string[] {
  if (isTeacher(me)) return ["visitors", "members", "adults", "teachers"];
  if (me.role === "visitor") return ["visitors"];
  return isPupil(me) ? ["visitors", "members"] : ["visitors", "members", "adults"];
}

async function rowsOf(
  db: Queryable,
  space: Space,
  { since, until, kinds, ofOthers = false }: NewsAsked,
  key: [number, number] | null,
): Promise<NewsRow[]> {
  const { rows } = await db.query<NewsRow>(
    `select id, kind, thing, author, at from space_news
     where project_id = $1 and seen_by = any($2)
       and ($3::float8 is null or (at, id) < (to_timestamp($3 / 1000), $4::bigint))
       and ($5::float8 is null or at > to_timestamp($5 / 1000)) and ($6::float8 is null or at <= to_timestamp($6 / 1000))
       and ($7::text[] is null or kind = any($7)) and ($8::text is null or author <> $8)
     order by at desc, id desc limit ${lookedAtOnce}`,
    [
      ...[space.project.id, circlesOf(space), ...(key ?? [null, null]), since ?? null, until ?? null],
      ...[kinds ?? null, ofOthers ? space.me.author : null],
    ],
  );
  return rows;
}

async function withTitles(db: Queryable, space: Space, rows: readonly NewsRow[]) {
  const titles = new Map<NewsKind, ReadonlyMap<Id, Titled>>();
  for (const [kind, lookUp] of Object.entries(titlesOf) as [NewsKind, Titles][]) {
    const things = new Set(rows.filter((row) => row.kind === kind).map(({ thing }) => thing));
    if (things.size > 0) titles.set(kind, await lookUp(db, space, [...things]));
  }
  return rows.flatMap((row) => {
    const titled = titles.get(row.kind)?.get(row.thing);
    return titled ? [{ row, titled }] : [];
  });
}

/** Rows of a table that are there to be seen; `title` is an expression over it. */
const visible =
  (table: string, title: string, path: (slug: string, id: Id) => string, and = "hidden_at is null"): Titles =>
  async (db, { project }, things) => {
    const { rows } = await db.query<{ id: Id; title: string }>(
      `select id, ${title} as title from ${table}
       where project_id = $1 and id = any($2) and removed_at is null and ${and}`,
      [project.id, things],
    );
    return new Map(rows.map(({ id, title }) => [id, { title, path: path(project.slug, id) }]));
  };

const inSpace = (section: string) => (slug: string, id: Id) =>
  `/twinspace/${encodeURIComponent(slug)}/${section}/${encodeURIComponent(id)}`;
const section = (name: string) => (slug: string) => `/twinspace/${encodeURIComponent(slug)}${name}`;

const threads: Titles = visible(
  "threads t",
  "t.title",
  inSpace("forum/threads"),
  `t.hidden_at is null and exists (select from discussions d where d.id = t.discussion_id
    and d.removed_at is null and d.hidden_at is null)`,
);

const pages: Titles = async (db, { project, me }, things) => {
  const titles = await pageTitles(db, project.id, me, things);
  const path = inSpace("pages");
  return new Map([...titles].map(([id, title]) => [id, { title, path: path(project.slug, id) }]));
};

/** Those they may come to; its teachers see every meeting. */
const meetings: Titles = async (db, { project, me }, things) => {
  const { rows } = await db.query<{ id: Id; title: string; invited: typeof everybodyInvited | null }>(
    "select id, title, invited from meetings where project_id = $1 and id = any($2)",
    [project.id, things],
  );
  const seen = rows.filter(({ invited }) => isTeacher(me) || mayCome(invited ?? everybodyInvited, me));
  return new Map(seen.map(({ id, title }) => [id, { title, path: section("/meetings")(project.slug) }]));
};

/** A meeting's own entry is called as its meeting. */
const entries: Titles = async (db, { project }, things) => {
  const { rows } = await db.query<{ id: Id; title: string }>(
    `select e.id, coalesce(nullif(e.body ->> 'title', ''), m.title, '') as title
     from report_entries e left join meetings m on m.id = e.meeting_id and m.project_id = e.project_id
     where e.project_id = $1 and e.id = any($2) and e.state = 'shared' and e.removed_at is null`,
    [project.id, things],
  );
  return new Map(rows.map(({ id, title }) => [id, { title, path: inSpace("report/entry")(project.slug, id) }]));
};

/** A service comments as what it is, whoever of its people wrote it. */
const comments: Titles = async (db, { project }, things) => {
  const { rows } = await db.query<{ id: Id; title: string; entry: Id | null; service: string | null }>(
    `select c.id, c.entry_id as entry, coalesce(e.body ->> 'title', '') as title,
       case c.side when 'service' then coalesce(v.name, '') end as service
     from report_comments c left join report_entries e on e.id = c.entry_id
       left join support_services v on v.country is not distinct from c.country
     where c.project_id = $1 and c.id = any($2) and c.removed_at is null and c.readers = 'partners'
       and (e.id is null or e.removed_at is null)`,
    [project.id, things],
  );
  return new Map(
    rows.map(({ id, title, entry, service }) => {
      const path = entry === null ? section("/report")(project.slug) : inSpace("report/entry")(project.slug, entry);
      return [id, { title, path, ...(service === null ? {} : { by: service }) }];
    }),
  );
};

/** The public version of the report card, while there is one to be read. */
const publicReport: Titles = async (db, { project }) => {
  const path = `/projects/${encodeURIComponent(project.slug)}/report`;
  return (await isReportPublic(db, project.id)) ? new Map([[project.id, { title: "", path }]]) : new Map();
};

/** That it should be public, while that waits for an answer. */
const askedReport: Titles = async (db, { project }) => {
  const { askedBy } = await reportRow(db, project.id);
  const path = section("/report/public")(project.slug);
  return askedBy === null ? new Map() : new Map([[project.id, { title: "", path }]]);
};

/** Whoever is still in it; their name is the person's own, so there is no title. */
const joined: Titles = async (_db, { project }, things) => {
  const here = project.members.filter(({ account, state }) => state === "accepted" && things.includes(account));
  return new Map(here.map(({ account }) => [account, { title: "", path: section("/members")(project.slug) }]));
};

/** An update and a note have no title; their words are no business of lists and letters. */
const titlesOf: Readonly<Record<NewsKind, Titles>> = {
  pageMade: pages,
  pageChanged: pages,
  pagePublished: pages,
  materialAdded: visible("materials", "name", inSpace("materials")),
  updatePosted: visible("updates", "''", section(""), "hidden_at is null and state = 'posted'"),
  threadStarted: threads,
  threadAnswered: threads,
  bulletinPosted: visible("bulletin_notes", "''", section("/bulletin")),
  calendarChanged: visible("calendar_items", "title", section("/calendar"), "true"),
  meetingBooked: meetings,
  meetingMoved: meetings,
  replayReady: meetings,
  memberJoined: joined,
  commentWritten: comments,
  entryShared: entries,
  reportPublished: publicReport,
  reportPublicAsked: askedReport,
};
