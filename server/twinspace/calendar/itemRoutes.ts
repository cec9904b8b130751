/** The dates of a TwinSpace over http: looked at, added, changed, removed and brought back. */

import { addDays, daysBetween } from "../../../domain/twinspace/calendarDays.ts";
import {
  CalendarDays,
  CalendarItem,
  CalendarList,
  ChangeItem,
  ItemChanged,
  ItemHistory,
  ItemsAdded,
  LookAtDays,
  LookAtList,
  longestLookDays,
  NewItem,
  OneItem,
  RemoveItem,
} from "../../../protocol/twinspace/calendar.ts";
import { OneSpace } from "../../../protocol/twinspace/space.ts";
import { inTransaction, type Queryable } from "../../../storage/pool.ts";
import { isRefused, type RefusedFields, type Route, route } from "../../http/route.ts";
import { type Space, spaceFor } from "../insider.ts";
import { reading, type SpaceParts, writing } from "../routes.ts";
import { historyOf } from "./history.ts";
import { addItems, changeItem, type NotChanged, removeItem, restoreItem } from "./items.ts";
import { calendarDays, calendarList } from "./looking.ts";
import { findItem, type ItemRow } from "./rows.ts";
import { shownItems } from "./shown.ts";

export function itemRoutes(parts: SpaceParts): Route[] {
  return [...lookRoutes(parts), ...oneItemRoutes(parts), ...writeRoutes(parts)];
}

function lookRoutes({ pool, now }: SpaceParts): Route[] {
  return [
    route({
      method: "get",
      path: "/api/spaces/:project/calendar",
      summary: "What is on between two days, with the clocks of the schools",
      action: "calendar.read",
      limit: reading,
      params: OneSpace,
      query: LookAtDays,
      answer: CalendarDays,
      async handle(who, { params, query }) {
        const space = await spaceFor(pool, "calendar.read", who, params.project, now());
        if (isRefused(space)) return space;
        const { from = dayOf(now()), to = addDays(from, 31) } = query;
        const days = daysBetween(from, to);
        if (days < 1 || days > longestLookDays) return { refused: "request.malformed", fields: ["to"] };
        return calendarDays(pool, space, from, to);
      },
    }),
    route({
      method: "get",
      path: "/api/spaces/:project/calendar/list",
      summary: "What comes next, or what is over, page by page",
      action: "calendar.read",
      limit: reading,
      params: OneSpace,
      query: LookAtList,
      answer: CalendarList,
      async handle(who, { params, query }) {
        const space = await spaceFor(pool, "calendar.read", who, params.project, now());
        return isRefused(space) ? space : calendarList(pool, space, { ...query, from: query.from ?? dayOf(now()) });
      },
    }),
  ];
}

function oneItemRoutes({ pool, now }: SpaceParts): Route[] {
  return [
    route({
      method: "get",
      path: "/api/spaces/:project/calendar/items/:item",
      summary: "One activity, deadline or holiday",
      action: "calendar.read",
      limit: reading,
      params: OneItem,
      answer: CalendarItem,
      async handle(who, { params }) {
        const space = await spaceFor(pool, "calendar.read", who, params.project, now());
        if (isRefused(space)) return space;
        const row = await findItem(pool, space.project.id, params.item);
        return row ? shownItem(pool, space, row) : { refused: "calendar.unknown" };
      },
    }),
    route({
      method: "get",
      path: "/api/spaces/:project/calendar/items/:item/history",
      summary: "Who changed what of it when, the newest first",
      action: "calendar.read",
      limit: reading,
      params: OneItem,
      answer: ItemHistory,
      async handle(who, { params }) {
        const space = await spaceFor(pool, "calendar.read", who, params.project, now());
        if (isRefused(space)) return space;
        const row = await findItem(pool, space.project.id, params.item);
        return row ? historyOf(pool, space.project.id, row.id) : { refused: "calendar.unknown" };
      },
    }),
  ];
}

function writeRoutes({ pool, now, tell }: SpaceParts): Route[] {
  const tellOf = (space: Space) => tell(space.project.id, { type: "calendar" });
  return [
    route({
      method: "post",
      path: "/api/spaces/:project/calendar/items",
      summary: "Add an activity, a deadline or a holiday of my school, once or every week",
      action: "calendar.write",
      limit: writing,
      params: OneSpace,
      body: NewItem,
      answer: ItemsAdded,
      handle: (who, { params, body }) =>
        inTransaction(pool, async (db) => {
          const space = await spaceFor(db, "calendar.write", who, params.project, now(), { writes: true, lock: true });
          if (isRefused(space)) return space;
          const rows = await addItems(db, space, body, now());
          if (isRefused(rows)) return refusal(db, space, rows, (item) => ({ items: [item] }));
          tellOf(space);
          return { items: await shownItems(db, space, rows) };
        }),
    }),
    route({
      method: "put",
      path: "/api/spaces/:project/calendar/items/:item",
      summary: "Change it, or it and those of its series that follow",
      action: "calendar.write",
      limit: writing,
      params: OneItem,
      body: ChangeItem,
      answer: ItemChanged,
      handle: (who, { params, body }) =>
        acting(who, params.project, (db, space) => changeItem(db, space, params.item, body, now())),
    }),
    route({
      method: "delete",
      path: "/api/spaces/:project/calendar/items/:item",
      summary: "Remove it, or it and those of its series that follow; it can be brought back",
      action: "calendar.write",
      limit: writing,
      params: OneItem,
      query: RemoveItem,
      answer: ItemChanged,
      handle: (who, { params, query }) =>
        acting(who, params.project, (db, space) => removeItem(db, space, params.item, query.base, query.scope, now())),
    }),
    route({
      method: "post",
      path: "/api/spaces/:project/calendar/items/:item/restore",
      summary: "Bring back what was removed",
      action: "calendar.write",
      limit: writing,
      params: OneItem,
      answer: ItemChanged,
      handle: (who, { params }) =>
        acting(who, params.project, (db, space) => restoreItem(db, space, params.item, now())),
    }),
  ];

  /** In one transaction: who may, the act, and what it is afterwards. */
  function acting(
    who: Parameters<typeof spaceFor>[2],
    key: string,
    act: (db: Queryable, space: Space) => Promise<{ item: ItemRow; changed: number; kept: number } | NotChanged>,
  ): Promise<ItemChanged | RefusedFields> {
    return inTransaction(pool, async (db) => {
      const space = await spaceFor(db, "calendar.write", who, key, now(), { writes: true });
      if (isRefused(space)) return space;
      const done = await act(db, space);
      if (isRefused(done)) return refusal(db, space, done, (item) => ({ item, changed: 0, kept: 0 }));
      tellOf(space);
      return { ...done, item: await shownItem(db, space, done.item) };
    });
  }
}

const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

async function shownItem(db: Queryable, space: Space, row: ItemRow): Promise<CalendarItem> {
  const [item] = await shownItems(db, space, [row]);
  if (!item) throw new Error("An item that is there is not shown");
  return item;
}

/** With what it is by now, where it is about that. */
async function refusal(
  db: Queryable,
  space: Space,
  { refused, fields, current }: NotChanged,
  answer: (item: CalendarItem) => unknown,
): Promise<RefusedFields> {
  return {
    refused,
    ...(fields ? { fields } : {}),
    ...(current ? { current: answer(await shownItem(db, space, current)) } : {}),
  };
}
