/** Entries of a report card as their reader sees them. Rows come from rows.ts; whoever asks sees to it which they may read. */
import { isWritable, mayRemoveEntry, mayWriteEntry } from "../../domain/reports/entry.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Comment } from "../../protocol/reports/comments.ts";
import type { EntryView } from "../../protocol/reports/entries.ts";
import type { Person } from "../../protocol/twinspace/space.ts";
import type { Queryable } from "../../storage/pool.ts";
import type { ProjectRow } from "../projects/rows.ts";
import { type Insider, isAdmin } from "../twinspace/insider.ts";
import { peopleOf } from "../twinspace/names.ts";
import { commentsOf } from "./comments.ts";
import { evidenceShown, type Replayed, replaysNamed } from "./evidence.ts";
import type { EntryRow } from "./rows.ts";
import type { EntryViewer } from "./viewer.ts";

/** In the order of the rows. @param now milliseconds since 1970 */
export async function entryViews(
  db: Queryable,
  project: ProjectRow,
  rows: readonly EntryRow[],
  viewer: EntryViewer,
  now: number,
): Promise<EntryView[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const people = await peopleOf(db, project.id, present(rows.map(({ author }) => author)));
  const pieces = rows.flatMap(({ body }) => body.evidence);
  const show = await evidenceShown(db, project, pieces, viewer, now);
  const meetings = await replaysNamed(db, project.id, present(rows.map(({ meeting }) => meeting)));
  const items = viewer.side === "partner" ? await itemsNamed(db, project.id, rows) : new Map();
  const served = await servedCountries(db, present(rows.map(({ questionCountry }) => questionCountry)));
  const comments = await commentsOn(db, project.id, ids, viewer, now);
  const reads = await readsOf(db, ids);
  return rows.map((row): EntryView => {
    const { id, kind, state, readers, author, body, version, day, madeAt, sharedAt, changedAt } = row;
    const { questionSince, questionCountry } = row;
    return {
      ...{ id, kind, state, readers, body, version, day, madeAt, sharedAt, changedAt },
      author: author === null ? null : (people.get(author) ?? nobodyAnyMore(author)),
      meeting: meetingOf(row, meetings, viewer),
      calendarItem: row.calendarItem === null ? null : (items.get(row.calendarItem) ?? null),
      evidence: body.evidence.map((piece) => show(id, piece)),
      waits:
        questionSince === null
          ? null
          : { since: questionSince, country: questionCountry && served.has(questionCountry) ? questionCountry : null },
      comments: comments.get(id) ?? [],
      readBy: reads.get(id) ?? [],
      mayWrite: viewer.side === "partner" && mayWrite(project, row, viewer.me, now),
      mayRemove: viewer.side === "partner" && mayRemove(project, row, viewer.me, now),
    };
  });
}

/** A teacher of the project, as the rules know them. */
export const writerOf = (me: Insider) => ({ author: me.author, isAdmin: isAdmin(me) });

const mayWrite = (project: ProjectRow, row: EntryRow, me: Insider, now: number): boolean =>
  isWritable(row.kind, project, now) && mayWriteEntry(row, writerOf(me));
const mayRemove = (project: ProjectRow, row: EntryRow, me: Insider, now: number): boolean =>
  isWritable(row.kind, project, now) && mayRemoveEntry(row, writerOf(me));

const nobodyAnyMore = (author: string): Person => ({ author, kind: "adult", name: "", picture: null, school: null });
const present = (all: readonly (string | null)[]): string[] => [
  ...new Set(all.flatMap((one) => (one === null ? [] : [one]))),
];

/** The replay for those who may watch it: teachers of the project, and everybody where it was opened to everybody. */
function meetingOf(
  { counts, meeting }: EntryRow,
  known: ReadonlyMap<Id, Replayed>,
  { side }: EntryViewer,
): EntryView["meeting"] {
  if (counts === null) return null;
  const found = meeting === null ? undefined : known.get(meeting);
  const isOpen = found?.recorded && (side === "partner" || found.audience === "link");
  return { counts, title: found?.title ?? "", replay: found && isOpen ? `/r/${found.code}` : null };
}

async function itemsNamed(db: Queryable, project: Id, rows: readonly EntryRow[]) {
  const ids = present(rows.map(({ calendarItem }) => calendarItem));
  const { rows: items } = await db.query<{ id: Id; title: string }>(
    "select id, title from calendar_items where project_id = $1 and id = any($2)",
    [project, ids],
  );
  return new Map(items.map((item) => [item.id, item]));
}

/** Those of these countries that have a support service of their own; for the others the central one speaks. */
async function servedCountries(db: Queryable, countries: readonly string[]): Promise<ReadonlySet<string>> {
  if (countries.length === 0) return new Set();
  const { rows } = await db.query<{ country: string }>("select country from support_services where country = any($1)", [
    countries,
  ]);
  return new Set(rows.map(({ country }) => country));
}

type Read = EntryView["readBy"][number];

/** Since it was shared: what was read before it was taken back and shared anew has to be read again. */
async function readsOf(db: Queryable, entries: readonly Id[]): Promise<ReadonlyMap<Id, Read[]>> {
  const { rows } = await db.query<{ entry: Id; country: string; at: number }>(
    `select r.entry_id as entry, r.country, r.at from report_reviews r join report_entries e on e.id = r.entry_id
     where r.entry_id = any($1) and r.at >= e.shared_at order by r.at, r.country`,
    [entries],
  );
  const of = Map.groupBy(rows, ({ entry }) => entry);
  return new Map(
    [...of].map(([entry, all]) => [entry, all.map(({ country, at }) => ({ country: country || null, at }))]),
  );
}

/** The oldest first. */
async function commentsOn(
  db: Queryable,
  project: Id,
  entries: readonly Id[],
  viewer: EntryViewer,
  now: number,
): Promise<ReadonlyMap<Id | null, Comment[]>> {
  const account = viewer.side === "partner" ? viewer.me.id : viewer.account;
  return Map.groupBy(
    await commentsOf(db, project, { side: viewer.side, account }, now, { entries }),
    ({ entry }) => entry,
  );
}
