/** What every act on an entry begins and ends with. Each is in a transaction of its caller. */
import { isWritable, mayRemoveEntry, mayWriteEntry } from "../../domain/reports/entry.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Refused } from "../../protocol/refusals.ts";
import type { EntryBody } from "../../protocol/reports/entries.ts";
import type { Queryable } from "../../storage/pool.ts";
import { isRefused } from "../http/route.ts";
import type { Space } from "../twinspace/insider.ts";
import { lockCard, refreshCard } from "./cards.ts";
import { writerOf } from "./entries.ts";
import { type EntryRow, findEntry } from "./rows.ts";

export type EntryAct = "write" | "remove";

/** The entry, for somebody who may do this to it now; nobody else changes the card until the transaction ends. */
export async function entryFor(
  db: Queryable,
  { project, me }: Space,
  id: Id,
  act: EntryAct,
  now: number,
): Promise<EntryRow | Refused> {
  await lockCard(db, project.id);
  const row = await findEntry(db, project.id, id, { lock: true, removed: act === "remove" });
  if (!row) return { refused: "entry.unknown" };
  if (!isWritable(row.kind, project, now)) return { refused: "space.readOnly" };
  const may = act === "write" ? mayWriteEntry : mayRemoveEntry;
  return may(row, writerOf(me)) ? row : { refused: "account.notAllowed" };
}

/** Begins `entryFor` and ends with counting anew what the card is drawn from. */
export async function onEntry<T>(
  db: Queryable,
  space: Space,
  id: Id,
  act: EntryAct,
  now: number,
  work: (row: EntryRow) => Promise<T>,
): Promise<T | Refused> {
  const row = await entryFor(db, space, id, act, now);
  if (isRefused(row)) return row;
  const done = await work(row);
  if (!isRefused(done)) await refreshCard(db, space.project.id);
  return done;
}

/** The one that was just written. */
export async function sameEntry(db: Queryable, { project, id }: Pick<EntryRow, "project" | "id">): Promise<EntryRow> {
  const row = await findEntry(db, project, id);
  if (!row) throw new Error("An entry that was just written is not there");
  return row;
}

export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** The day an entry is about: the last of its period, or the one it has without one. */
export const entryDay = ({ fromDay, toDay }: Pick<EntryBody, "fromDay" | "toDay">, otherwise: string): string =>
  toDay ?? fromDay ?? otherwise;
