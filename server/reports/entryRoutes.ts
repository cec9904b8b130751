/** Entries of a report card over http, to the teachers of the project. */
import * as z from "zod";
import { Id } from "../../protocol/ids.ts";
import { OneEntry } from "../../protocol/reports/card.ts";
import { AskEntries, Entries } from "../../protocol/reports/entries.ts";
import { OneSpace } from "../../protocol/twinspace/space.ts";
import { cursorOf, keyOf } from "../http/cursor.ts";
import { isRefused, type Route, route } from "../http/route.ts";
import { spaceFor } from "../twinspace/insider.ts";
import { reading, type SpaceParts } from "../twinspace/routes.ts";
import { entryViews } from "./entries.ts";
import { entryRows, findEntry } from "./rows.ts";

const OneOfEntries = OneSpace.extend({ entry: Id });
const entriesAtOnce = 30;
const EntryKey = z.tuple([z.iso.date(), Id]);

export function entryRoutes(parts: SpaceParts): Route[] {
  return [...lookRoutes(parts)];
}

function lookRoutes({ pool, now }: SpaceParts): Route[] {
  return [
    route({
      method: "get",
      path: "/api/spaces/:project/report/entries",
      summary: "Entries of the report card, the newest day first, drafts too",
      action: "report.read",
      limit: reading,
      params: OneSpace,
      query: AskEntries,
      answer: Entries,
      async handle(who, { params, query }) {
        const space = await spaceFor(pool, "report.read", who, params.project, now());
        if (isRefused(space)) return space;
        const after = query.after === undefined ? undefined : keyOf(query.after, EntryKey);
        if (query.after !== undefined && after === undefined)
          return { refused: "request.malformed", fields: ["after"] };
        const { project, me } = space;
        const kinds = query.kind === undefined ? {} : { kinds: [query.kind] };
        const rows = await entryRows(pool, project.id, { ...kinds, after, limit: entriesAtOnce + 1 });
        const page = rows.slice(0, entriesAtOnce);
        const last = rows.length > entriesAtOnce ? page.at(-1) : undefined;
        return {
          entries: await entryViews(pool, project, page, { side: "partner", me }, now()),
          next: last ? cursorOf([last.day, last.id]) : null,
        };
      },
    }),
    route({
      method: "get",
      path: "/api/spaces/:project/report/entries/:entry",
      summary: "One entry of the report card",
      action: "report.read",
      limit: reading,
      params: OneOfEntries,
      answer: OneEntry,
      async handle(who, { params }) {
        const space = await spaceFor(pool, "report.read", who, params.project, now());
        if (isRefused(space)) return space;
        const { project, me } = space;
        const row = await findEntry(pool, project.id, params.entry);
        const [entry] = row ? await entryViews(pool, project, [row], { side: "partner", me }, now()) : [];
        return entry ? { entry } : { refused: "request.notFound" };
      },
    }),
  ];
}
