/** The teachers' bulletin over http. */
import { Notes } from "../../../protocol/twinspace/bulletin.ts";
import { Made } from "../../../protocol/twinspace/forum.ts";
import { OneThing, SaidPage, WriteWords } from "../../../protocol/twinspace/said.ts";
import { OneSpace } from "../../../protocol/twinspace/space.ts";
import { inTransaction } from "../../../storage/pool.ts";
import { isRefused, type Route, route } from "../../http/route.ts";
import { spaceFor } from "../insider.ts";
import { reading, type SpaceParts, writing } from "../routes.ts";
import { editNote, listNotes, writeNote } from "./bulletin.ts";
import { removalRoutes } from "./ownRoutes.ts";

export function bulletinRoutes(parts: SpaceParts): Route[] {
  const { pool, now, tell } = parts;
  return [
    route({
      method: "get",
      path: "/api/spaces/:project/bulletin",
      summary: "The notes of the teachers' bulletin, the newest first",
      action: "bulletin.read",
      limit: reading,
      params: OneSpace,
      query: SaidPage,
      answer: Notes,
      async handle(who, { params, query }) {
        const space = await spaceFor(pool, "bulletin.read", who, params.project, now());
        return isRefused(space) ? space : listNotes(pool, space, query.after);
      },
    }),
    route({
      method: "post",
      path: "/api/spaces/:project/bulletin",
      summary: "Write a note for the other teachers",
      action: "bulletin.write",
      limit: writing,
      params: OneSpace,
      body: WriteWords,
      answer: Made,
      handle: (who, { params, body }) =>
        inTransaction(pool, async (db) => {
          const space = await spaceFor(db, "bulletin.write", who, params.project, now(), { writes: true });
          if (isRefused(space)) return space;
          const made = await writeNote(db, space, body.words, now());
          tell(space.project.id, { type: "news" });
          return made;
        }),
    }),
    route({
      method: "patch",
      path: "/api/spaces/:project/bulletin/:thing",
      summary: "Change my own note",
      action: "bulletin.write",
      limit: writing,
      params: OneThing,
      body: WriteWords,
      handle: (who, { params, body }) =>
        inTransaction(pool, async (db) => {
          const space = await spaceFor(db, "bulletin.write", who, params.project, now(), { writes: true });
          return isRefused(space) ? space : editNote(db, space, params.thing, body.words, now());
        }),
    }),
    ...removalRoutes(parts, "bulletin", "bulletin", "bulletin.write"),
  ];
}
