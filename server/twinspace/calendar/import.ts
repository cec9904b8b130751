/** A school's holidays from a file: what would come in, and taking it in. The same file again changes, and doubles nothing. */
import { mayHaveHoliday } from "../../../domain/twinspace/calendar.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { RefusalCode } from "../../../protocol/refusals.ts";
import type { FileFound, FileTaken, FoundState } from "../../../protocol/twinspace/calendar.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { newId } from "../../ids.ts";
import type { Space } from "../insider.ts";
import { type FileDate, type FileRead, readFile } from "./icsFile.ts";
import { mostItems, noteDown, tellNews } from "./items.ts";
import {
  changedFields,
  countItems,
  type ItemRow,
  type ItemWords,
  insertItem,
  itemsOfFile,
  updateItem,
} from "./rows.ts";
import { schoolsOf } from "./zones.ts";

type Refused = { readonly refused: RefusalCode };

const keyOf = (uid: string): string => uid.slice(0, 16);

/** Reads it for one of my schools; nothing is kept. */
export async function lookIntoFile(
  db: Queryable,
  space: Space,
  asked: Id | undefined,
  bytes: Buffer,
  now: number,
): Promise<FileFound | Refused> {
  const read = await fileFor(db, space, asked, bytes, now);
  if ("refused" in read) return read;
  const { school } = read;
  const known = await itemsOfFile(db, space.project.id, school);
  const found = read.dates.map((date) => ({
    key: keyOf(date.uid),
    title: date.title,
    time: date.time,
    state: stateOf(
      date,
      known.find(({ fileUid }) => fileUid === date.uid),
    ),
  }));
  return { found, leftOut: read.leftOut };
}

async function fileFor(
  db: Queryable,
  space: Space,
  asked: Id | undefined,
  bytes: Buffer,
  now: number,
): Promise<(FileRead & { school: Id }) | Refused> {
  const school = asked ?? space.me.school;
  const own = (await schoolsOf(db, space)).find(({ id }) => id === school);
  if (!own || !mayHaveHoliday(space.me, school)) return { refused: "calendar.othersHoliday" };
  const read = readFile(bytes, own.zone, new Date(now).toISOString().slice(0, 10));
  return read ? { ...read, school: own.id } : { refused: "calendar.noCalendar" };
}

function stateOf(date: FileDate, row: ItemRow | undefined): FoundState {
  if (row === undefined) return "new";
  if (row.removedAt !== null) return "removed";
  if (changedFields(row, wordsOf(date, row)).length === 0) return "same";
  return row.version === row.fileVersion ? "changed" : "edited";
}

/** What the file says, and whatever else was written beside it here. */
const wordsOf = (
  { title, time }: FileDate,
  { description, place, school }: Omit<ItemWords, "time" | "title">,
): ItemWords => ({
  kind: "holiday",
  ...{ title, description, place, school, time },
});

/** Takes in all of it but what was left out by its key. In a transaction that has the project locked. */
export async function takeFile(
  db: Queryable,
  space: Space,
  asked: Id | undefined,
  without: ReadonlySet<string>,
  bytes: Buffer,
  now: number,
): Promise<FileTaken | Refused> {
  const read = await fileFor(db, space, asked, bytes, now);
  if ("refused" in read) return read;
  const { school } = read;
  const { project, me } = space;
  const chosen = read.dates.filter(({ uid }) => !without.has(keyOf(uid)));
  if ((await countItems(db, project.id)) + chosen.length > mostItems) return { refused: "calendar.full" };
  const known = await itemsOfFile(db, project.id, school);
  const added: Id[] = [];
  const changed: Id[] = [];
  for (const date of chosen) {
    const row = known.find(({ fileUid }) => fileUid === date.uid);
    if (row === undefined) {
      const id = newId();
      const words = wordsOf(date, { kind: "holiday", description: "", place: "", school });
      await insertItem(
        db,
        { ...words, id, project: project.id, series: null, author: me.author, fileUid: date.uid },
        now,
      );
      added.push(id);
    } else if (stateOf(date, row) !== "same") {
      const words = wordsOf(date, row);
      await updateItem(db, row, words, me.author, now, { byFile: true });
      await noteDown(db, [row.id], "imported", me.author, now, changedFields(row, words));
      changed.push(row.id);
    }
  }
  await noteDown(db, added, "imported", me.author, now);
  await tellNews(db, project.id, me, added[0] ?? changed[0], now);
  return { added: added.length, changed: changed.length };
}
