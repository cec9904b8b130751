/** Updates over http. */
import { OneThing, SaidPage } from "../../../protocol/twinspace/said.ts";
import { OneSpace } from "../../../protocol/twinspace/space.ts";
import { OneUpdate, PinUpdate, Updates, WriteUpdate } from "../../../protocol/twinspace/updates.ts";
import { inTransaction } from "../../../storage/pool.ts";
import { isRefused, type Route, route } from "../../http/route.ts";
import { spaceFor } from "../insider.ts";
import { reading, type SpaceParts, writing } from "../routes.ts";
import { removalRoutes } from "./ownRoutes.ts";
import { approveUpdate, editUpdate, listUpdates, pinUpdate, writeUpdate } from "./updates.ts";

export function updateRoutes(parts: SpaceParts): Route[] {
  return [
    ...writingRoutes(parts),
    ...keepingRoutes(parts),
    ...removalRoutes(parts, "update", "updates", "update.post"),
  ];
}

function writingRoutes({ pool, now, tell }: SpaceParts): Route[] {
  return [
    route({
      method: "get",
      path: "/api/spaces/:project/updates",
      summary: "Updates, those at the top first, then the newest",
      action: "update.read",
      limit: reading,
      params: OneSpace,
      query: SaidPage,
      answer: Updates,
      async handle(who, { params, query }) {
        const space = await spaceFor(pool, "update.read", who, params.project, now());
        return isRefused(space) ? space : listUpdates(pool, space, query.after);
      },
    }),
    route({
      method: "post",
      path: "/api/spaces/:project/updates",
      summary: "Post an update; a pupil's waits until a teacher approves it",
      action: "update.post",
      limit: writing,
      params: OneSpace,
      body: WriteUpdate,
      answer: OneUpdate,
      handle: (who, { params, body }) =>
        inTransaction(pool, async (db) => {
          const space = await spaceFor(db, "update.post", who, params.project, now(), { writes: true });
          if (isRefused(space)) return space;
          const update = await writeUpdate(db, space, body, now());
          if (isRefused(update)) return update;
          tell(space.project.id, { type: "news" });
          return { update };
        }),
    }),
    route({
      method: "patch",
      path: "/api/spaces/:project/updates/:thing",
      summary: "Change my own update",
      action: "update.post",
      limit: writing,
      params: OneThing,
      body: WriteUpdate,
      answer: OneUpdate,
      handle: (who, { params, body }) =>
        inTransaction(pool, async (db) => {
          const space = await spaceFor(db, "update.post", who, params.project, now(), { writes: true });
          if (isRefused(space)) return space;
          const update = await editUpdate(db, space, params.thing, body, now());
          return isRefused(update) ? update : { update };
        }),
    }),
  ];
}

function keepingRoutes({ pool, now, tell }: SpaceParts): Route[] {
  return [
    route({
      method: "post",
      path: "/api/spaces/:project/updates/:thing/approve",
      summary: "Let a pupil's update be seen by everybody",
      action: "update.approve",
      limit: writing,
      params: OneThing,
      answer: OneUpdate,
      handle: (who, { params }) =>
        inTransaction(pool, async (db) => {
          const space = await spaceFor(db, "update.approve", who, params.project, now(), { writes: true });
          if (isRefused(space)) return space;
          const update = await approveUpdate(db, space, params.thing, now());
          if (isRefused(update)) return update;
          tell(space.project.id, { type: "news" });
          return { update };
        }),
    }),
    route({
      method: "put",
      path: "/api/spaces/:project/updates/:thing/pin",
      summary: "Keep an update at the top, or no longer",
      action: "update.pin",
      limit: writing,
      params: OneThing,
      body: PinUpdate,
      answer: OneUpdate,
      async handle(who, { params, body }) {
        const space = await spaceFor(pool, "update.pin", who, params.project, now(), { writes: true });
        if (isRefused(space)) return space;
        const update = await pinUpdate(pool, space, params.thing, body.pinned);
        return isRefused(update) ? update : { update };
      },
    }),
  ];
}
