import type {
  CalendarDays,
  CalendarFeed,
  CalendarItem,
  CalendarList,
  CalendarSchool,
  ChangeItem,
  FileFound,
  FileTaken,
  ItemChanged,
  ItemHistory,
  ItemsAdded,
  NewItem,
  SeriesScope,
} from "../../../protocol/twinspace/calendar.ts";
import { ask, query } from "../../api.ts";
import { spaceAt } from "../space.ts";

const at = (project: string) => `${spaceAt(project)}/calendar`;
const itemAt = (project: string, item: string) => `${at(project)}/items/${encodeURIComponent(item)}`;

/** From one day to before another. */
export const calendarDays = (project: string, from: string, to: string) =>
  ask<CalendarDays>("GET", `${at(project)}${query({ from, to })}`);
export const calendarList = (
  project: string,
  {
    from,
    back = false,
    most = 30,
    after = null,
  }: { from: string; back?: boolean; most?: number; after?: string | null },
) => ask<CalendarList>("GET", `${at(project)}/list${query({ from, back: String(back), most: String(most), after })}`);
export const itemHistory = (project: string, item: string) =>
  ask<ItemHistory>("GET", `${itemAt(project, item)}/history`);
export const addItem = (project: string, body: NewItem) => ask<ItemsAdded>("POST", `${at(project)}/items`, body);
export const changeItem = (project: string, item: string, body: ChangeItem) =>
  ask<ItemChanged>("PUT", itemAt(project, item), body);
export const removeItem = (project: string, { id, version }: CalendarItem, scope: SeriesScope) =>
  ask<ItemChanged>("DELETE", `${itemAt(project, id)}${query({ base: String(version), scope })}`);
export const restoreItem = (project: string, item: string) =>
  ask<ItemChanged>("POST", `${itemAt(project, item)}/restore`);

export const lookIntoFile = (project: string, school: string, file: Blob) =>
  ask<FileFound>("POST", `${at(project)}/file${query({ school })}`, file);
export const takeFile = (project: string, school: string, without: readonly string[], file: Blob) =>
  ask<FileTaken>("POST", `${at(project)}/file/take${query({ school, without: without.join(",") })}`, file);

export const calendarFeed = (project: string) => ask<CalendarFeed>("GET", `${at(project)}/feed`);
export const makeFeed = (project: string) => ask<CalendarFeed>("POST", `${at(project)}/feed`);
export const endFeed = (project: string) => ask<CalendarFeed>("DELETE", `${at(project)}/feed`);
export const sayZone = (project: string, school: string, timeZone: string | null) =>
  ask<CalendarSchool>("PUT", `${at(project)}/zones/${encodeURIComponent(school)}`, { timeZone });
