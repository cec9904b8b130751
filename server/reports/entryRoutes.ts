/** Entries of a report card over http, to the teachers of the project. */
import * as z from "zod";
import { Id } from "../../protocol/ids.ts";
import { OneEntry } from "../../protocol/reports/card.ts";
import {
  AskEntries,
  BeginEntry,
  Entries,
  EntrySaved,
  type EntryView,
  SaveEntry,
  ShareEntry,
} from "../../protocol/reports/entries.ts";
import { OneSpace } from "../../protocol/twinspace/space.ts";
import { inTransaction, type Queryable } from "../../storage/pool.ts";
import { cursorOf, keyOf } from "../http/cursor.ts";
import { type Identified, isRefused, type RefusedFields, type Route, route } from "../http/route.ts";
import { isTeacher, type Space, spaceFor } from "../twinspace/insider.ts";
import { peopleOf } from "../twinspace/names.ts";
import { reading, type SpaceParts, writing } from "../twinspace/routes.ts";
import { beginEntry } from "./beginning.ts";
import { entryViews } from "./entries.ts";
import { type EntryRow, entryRows, findEntry } from "./rows.ts";
import { type Saved, saveEntry } from "./saving.ts";
import { askService, removeEntry, restoreEntry, shareEntry, unshareEntry } from "./sharing.ts";
import { type EntryAct, onEntry } from "./writing.ts";

const OneOfEntries = OneSpace.extend({ entry: Id });
const entriesAtOnce = 30;
const EntryKey = z.tuple([z.iso.date(), z.int(), Id]);
/** Every field filled in to its end, in a script whose letters take three bytes. */
const mostEntryBytes = 256 * 1024;
/** Somebody who writes has their fields saved as they go. */
const saving = { times: 240, perMs: 60_000, per: "account" } as const;

export function entryRoutes(parts: SpaceParts): Route[] {
  return [...lookRoutes(parts), ...writeRoutes(parts), ...shareRoutes(parts), ...removeRoutes(parts)];
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
        if (query.after !== undefined && after === undefined) {
          return { refused: "request.malformed", fields: ["after"] };
        }
        const { project, me } = space;
        const kinds = query.kind === undefined ? {} : { kinds: [query.kind] };
        const rows = await entryRows(pool, project.id, { ...kinds, after, limit: entriesAtOnce + 1 });
        const page = rows.slice(0, entriesAtOnce);
        const last = rows.length > entriesAtOnce ? page.at(-1) : undefined;
        return {
          entries: await entryViews(pool, project, page, { side: "partner", me }, now()),
          next: last ? cursorOf([last.day, last.madeAt, last.id]) : null,
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
        const row = await findEntry(pool, space.project.id, params.entry);
        return row ? { entry: await viewOf(pool, space, row, now()) } : { refused: "entry.unknown" };
      },
    }),
  ];
}

function writeRoutes({ pool, now, secrets, tell }: SpaceParts): Route[] {
  return [
    route({
      method: "post",
      path: "/api/spaces/:project/report/entries",
      summary: "Begin an entry: a draft, which every teacher of the project sees",
      action: "report.write",
      limit: writing,
      params: OneSpace,
      body: BeginEntry,
      answer: OneEntry,
      handle: (who, { params, body }) =>
        inTransaction(pool, async (db) => {
          const space = await spaceFor(db, "report.write", who, params.project, now());
          if (isRefused(space)) return space;
          const row = await beginEntry(db, space, body, now());
          if (isRefused(row)) return row;
          tell(space.project.id, { type: "report" }, isTeacher);
          return { entry: await viewOf(db, space, row, now()) };
        }),
    }),
    route({
      method: "patch",
      path: "/api/spaces/:project/report/entries/:entry",
      summary: "Save fields of an entry that I have changed; those that somebody else has changed meanwhile are named",
      action: "report.write",
      limit: saving,
      params: OneOfEntries,
      body: SaveEntry,
      bodyBytes: mostEntryBytes,
      answer: EntrySaved,
      handle: (who, { params, body }) =>
        inTransaction(pool, async (db) => {
          const space = await spaceFor(db, "report.write", who, params.project, now());
          if (isRefused(space)) return space;
          const saved = await onEntry(db, space, params.entry, "write", now(), async (row) => {
            const done = await saveEntry(db, secrets, space, row, body, now());
            if (isRefused(done)) return done;
            const asked = row.body.question.trim() !== "";
            return { ...done, row: await askService(db, space, done.row, who.origin, now(), { asked }) };
          });
          if (isRefused(saved)) return saved;
          if (saved.changed.length > 0) tell(space.project.id, { type: "report" }, isTeacher);
          return {
            entry: await viewOf(db, space, saved.row, now()),
            conflicts: await conflictsShown(db, space, saved.conflicts),
          };
        }),
    }),
  ];
}

function shareRoutes({ pool, now, secrets, tell }: SpaceParts): Route[] {
  return [
    route({
      method: "post",
      path: "/api/spaces/:project/report/entries/:entry/share",
      summary: "Share an entry with the partners, or with the support services too",
      action: "report.write",
      limit: writing,
      params: OneOfEntries,
      body: ShareEntry,
      answer: OneEntry,
      handle: (who, { params, body }) =>
        acting(who, params, "write", (db, space, row) => shareEntry(db, secrets, space, row, body, who.origin, now())),
    }),
    route({
      method: "post",
      path: "/api/spaces/:project/report/entries/:entry/unshare",
      summary: "Make it a draft again, within ten minutes or until a support service has read or answered it",
      action: "report.write",
      limit: writing,
      params: OneOfEntries,
      answer: OneEntry,
      handle: (who, { params }) => acting(who, params, "write", (db, _space, row) => unshareEntry(db, row, now())),
    }),
    route({
      method: "post",
      path: "/api/spaces/:project/report/entries/:entry/restore",
      summary: "Bring back an entry that was removed",
      action: "report.write",
      limit: writing,
      params: OneOfEntries,
      answer: OneEntry,
      handle: (who, { params }) => acting(who, params, "remove", (db, _space, row) => restoreEntry(db, row)),
    }),
  ];

  /** In one transaction: who may, the act, and what it is afterwards. */
  function acting(
    who: Identified,
    { project, entry }: z.infer<typeof OneOfEntries>,
    act: EntryAct,
    work: (db: Queryable, space: Space, row: EntryRow) => Promise<EntryRow | RefusedFields>,
  ): Promise<OneEntry | RefusedFields> {
    return inTransaction(pool, async (db) => {
      const space = await spaceFor(db, "report.write", who, project, now());
      if (isRefused(space)) return space;
      const row = await onEntry(db, space, entry, act, now(), (found) => work(db, space, found));
      if (isRefused(row)) return row;
      tell(space.project.id, { type: "report" }, isTeacher);
      tell(space.project.id, { type: "news" }, isTeacher);
      return { entry: await viewOf(db, space, row, now()) };
    });
  }
}

function removeRoutes({ pool, now, tell }: SpaceParts): Route[] {
  return [
    route({
      method: "delete",
      path: "/api/spaces/:project/report/entries/:entry",
      summary: "Remove an entry; it can be brought back",
      action: "report.write",
      limit: writing,
      params: OneOfEntries,
      handle: (who, { params }) =>
        inTransaction(pool, async (db) => {
          const space = await spaceFor(db, "report.write", who, params.project, now());
          if (isRefused(space)) return space;
          const refused = await onEntry(db, space, params.entry, "remove", now(), async (row) => {
            await removeEntry(db, space.me.author, row, now());
            return undefined;
          });
          if (!refused) tell(space.project.id, { type: "report" }, isTeacher);
          return refused;
        }),
    }),
  ];
}

async function viewOf(db: Queryable, { project, me }: Space, row: EntryRow, now: number): Promise<EntryView> {
  const [view] = await entryViews(db, project, [row], { side: "partner", me }, now);
  if (!view) throw new Error("An entry that is there is not shown");
  return view;
}

/** By the names of those who wrote what stands there. */
async function conflictsShown(db: Queryable, { project }: Space, conflicts: Saved["conflicts"]) {
  const people = await peopleOf(
    db,
    project.id,
    conflicts.map(({ by }) => by),
  );
  return conflicts.map(({ field, by }) => ({ field, by: people.get(by)?.name ?? "" }));
}
