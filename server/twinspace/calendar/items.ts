/** Adding, changing, removing and bringing back what stands in a calendar. */

import type * as z from "zod";
import { mayChange, mayHaveHoliday, wrongIn } from "../../../domain/twinspace/calendar.ts";
import { isTooOften, movedAlong, weekly } from "../../../domain/twinspace/calendarSeries.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { RefusalCode } from "../../../protocol/refusals.ts";
import type {
  ChangedField,
  ChangeItem,
  ItemAct,
  NewItem,
  SeriesScope,
  WrittenTime,
} from "../../../protocol/twinspace/calendar.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { newId } from "../../ids.ts";
import type { Insider, Space } from "../insider.ts";
import { addNews } from "../news.ts";
import {
  changedFields,
  countItems,
  findItem,
  followingOf,
  type ItemRow,
  type ItemWords,
  insertItem,
  setRemoved,
  timeOf,
  updateItem,
  writtenOf,
} from "./rows.ts";

/** A calendar is read by people; more than this nobody wrote into it by hand. */
export const mostItems = 5000;

/** `current`: as it is by now, for who read an older version. */
export interface NotChanged {
  readonly refused: RefusalCode;
  readonly fields?: string[];
  readonly current?: ItemRow;
}

type WrittenWords = Omit<ItemWords, "time"> & { time: WrittenTime };

/** Adds it, once or every week. In a transaction that has the project locked. */
export async function addItems(
  db: Queryable,
  { project, me }: Space,
  { until, ...words }: z.output<typeof NewItem>,
  now: number,
): Promise<ItemRow[] | NotChanged> {
  const wrong = refusalOf(me, words) ?? wrongRepetition(words.time, until);
  if (wrong) return wrong;
  const times = until === null ? [words.time] : weekly(words.time, until);
  if ((await countItems(db, project.id)) + times.length > mostItems) return { refused: "calendar.full" };
  const series = times.length > 1 ? newId() : null;
  const added: Id[] = [];
  for (const time of times) {
    const id = newId();
    const row = { ...words, time: timeOf(time), id, project: project.id, series, author: me.author, fileUid: null };
    await insertItem(db, row, now);
    await noteDown(db, [id], "added", me.author, now);
    added.push(id);
  }
  await tellNews(db, project.id, me, added[0], now);
  return found(db, project.id, added);
}

function refusalOf(me: Insider, words: WrittenWords): NotChanged | undefined {
  const fields = wrongIn(words);
  if (fields.length > 0) return { refused: "request.malformed", fields };
  if (words.kind === "holiday" && !mayHaveHoliday(me, words.school)) return { refused: "calendar.othersHoliday" };
  return undefined;
}

function wrongRepetition(time: WrittenTime, until: string | null): NotChanged | undefined {
  if (until === null) return undefined;
  if (weekly(time, until).length < 2) return { refused: "request.malformed", fields: ["until"] };
  return isTooOften(time, until) ? { refused: "calendar.tooOften" } : undefined;
}

/** Changes one, or it and those of its series that follow. Whoever read an older version is shown what it is by now. */
export async function changeItem(
  db: Queryable,
  { project, me }: Space,
  id: Id,
  { base, scope, ...words }: z.output<typeof ChangeItem>,
  now: number,
): Promise<{ item: ItemRow; changed: number; kept: number } | NotChanged> {
  const row = await findItem(db, project.id, id, { lock: true });
  const refused = refusedTo(me, row, base) ?? refusalOf(me, words);
  if (refused || !row) return refused ?? { refused: "calendar.unknown" };
  const after: ItemWords = { ...words, time: timeOf(words.time) };
  let [changed, kept] = [0, 0];
  for (const each of scope === "following" ? await followingOf(db, row) : [row]) {
    const own = each.id === row.id ? { words: after, kept: false } : alongWith(row, after, each);
    const fields = changedFields(each, own.words);
    if (own.kept) kept += 1;
    if (fields.length === 0 || refusalOf(me, { ...own.words, time: writtenOf(own.words.time) })) continue;
    await updateItem(db, each, own.words, me.author, now);
    await noteDown(db, [each.id], "changed", me.author, now, fields);
    changed += 1;
  }
  if (changed > 0) await tellNews(db, project.id, me, id, now);
  const [item = row] = await found(db, project.id, [id]);
  return { item, changed, kept };
}

function refusedTo(me: Insider, row: ItemRow | undefined, base: number): NotChanged | undefined {
  if (!row) return { refused: "calendar.unknown" };
  if (!mayChange(me, row)) return { refused: "account.notAllowed" };
  if (row.version !== base || row.removedAt !== null) return { refused: "calendar.changedMeanwhile", current: row };
  return undefined;
}

/**
 * What a change of `before` to `after` makes of another one of the series. What had been changed for that one alone stays
 * as it is there.
 */
function alongWith(before: ItemWords, after: ItemWords, other: ItemWords): { words: ItemWords; kept: boolean } {
  let kept = false;
  const follow = <T extends string | null>(was: T, is: T, here: T): T => {
    if (was === is) return here;
    if (here === was) return is;
    kept = true;
    return here;
  };
  const moved = movedAlong(writtenOf(before.time), writtenOf(after.time), writtenOf(other.time));
  const isMoved = changedFields(before, { ...before, time: after.time }).length > 0;
  if (isMoved && moved === undefined) kept = true;
  const words = {
    kind: follow(before.kind, after.kind, other.kind),
    title: follow(before.title, after.title, other.title),
    description: follow(before.description, after.description, other.description),
    place: follow(before.place, after.place, other.place),
    school: follow(before.school, after.school, other.school),
    time: isMoved && moved !== undefined ? timeOf(moved) : other.time,
  };
  return { words, kept };
}

/** Removes one, or it and those that follow. It can be brought back. */
export async function removeItem(
  db: Queryable,
  { project, me }: Space,
  id: Id,
  base: number | undefined,
  scope: SeriesScope,
  now: number,
): Promise<{ item: ItemRow; changed: number; kept: number } | NotChanged> {
  const row = await findItem(db, project.id, id, { lock: true });
  const refused = refusedTo(me, row, base ?? row?.version ?? 0);
  if (refused || !row) return refused ?? { refused: "calendar.unknown" };
  const all = scope === "following" ? await followingOf(db, row) : [row];
  const ids = all.filter((each) => mayChange(me, each)).map((each) => each.id);
  await setRemoved(db, ids, true, me.author, now);
  await noteDown(db, ids, "removed", me.author, now);
  const [item = row] = await found(db, project.id, [id]);
  return { item, changed: ids.length, kept: all.length - ids.length };
}

/** Brings back what was removed, with what was removed in the same act. */
export async function restoreItem(
  db: Queryable,
  { project, me }: Space,
  id: Id,
  now: number,
): Promise<{ item: ItemRow; changed: number; kept: number } | NotChanged> {
  const row = await findItem(db, project.id, id, { lock: true });
  if (!row || row.removedAt === null) return { refused: "calendar.unknown" };
  if (!mayChange(me, row)) return { refused: "account.notAllowed" };
  const { rows } = await db.query<{ id: Id }>(
    `select o.id from calendar_items i join calendar_items o
       on o.id = i.id or (o.series_id = i.series_id and o.removed_at = i.removed_at and o.removed_by = i.removed_by)
     where i.id = $1 for update of o`,
    [id],
  );
  const ids = rows.map((each) => each.id);
  await setRemoved(db, ids, false, me.author, now);
  await noteDown(db, ids, "restored", me.author, now);
  const [item = row] = await found(db, project.id, [id]);
  return { item, changed: ids.length, kept: 0 };
}

async function found(db: Queryable, project: Id, ids: readonly Id[]): Promise<ItemRow[]> {
  const rows: ItemRow[] = [];
  for (const id of ids) {
    const row = await findItem(db, project, id);
    if (row) rows.push(row);
  }
  return rows;
}

export async function noteDown(
  db: Queryable,
  ids: readonly Id[],
  act: z.infer<typeof ItemAct>,
  author: string,
  now: number,
  fields: readonly ChangedField[] = [],
): Promise<void> {
  await db.query(
    `insert into calendar_changes (item_id, at, author, act, fields)
     select id, to_timestamp($2::float8 / 1000), $3, $4, $5 from unnest($1::text[]) as i (id)`,
    [ids, now, author, act, JSON.stringify(fields)],
  );
}

/** One piece of news for one act, however many dates it touched. */
export async function tellNews(
  db: Queryable,
  project: Id,
  me: Insider,
  thing: Id | undefined,
  now: number,
): Promise<void> {
  if (thing === undefined) return;
  await addNews(db, { project, by: me.author, kind: "calendarChanged", thing, seenBy: "members" }, now);
}
