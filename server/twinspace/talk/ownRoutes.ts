/** What whoever said something does with it later, the same for everything: take it away, take that back. */
import type { ThingKind } from "../../../protocol/twinspace/hidden.ts";
import type { LiveNews } from "../../../protocol/twinspace/live.ts";
import { AskEarlier, EarlierWords, OneThing } from "../../../protocol/twinspace/said.ts";
import { OneSpace } from "../../../protocol/twinspace/space.ts";
import { isRefused, type Route, route } from "../../http/route.ts";
import { spaceFor } from "../insider.ts";
import { reading, type SpaceParts, writing } from "../routes.ts";
import { earlierOf, remove, restore } from "./things.ts";

/** Whoever may write such a thing may ask; the thing must be their own, or they an admin. */
type Writing = "update.post" | "forum.open" | "thread.start" | "thread.reply" | "chat.write" | "bulletin.write";

/** @param path below the TwinSpace's own address: `forum/threads` */
export function removalRoutes(
  { pool, now, tell }: SpaceParts,
  kind: ThingKind,
  path: string,
  action: Writing,
): Route[] {
  const news: LiveNews = { type: kind === "message" ? "chat" : "news" };
  return [
    route({
      method: "delete",
      path: `/api/spaces/:project/${path}/:thing`,
      summary: `Remove my own ${kind}, or as an admin anybody's; it can be taken back`,
      action,
      limit: writing,
      params: OneThing,
      async handle(who, { params }) {
        const space = await spaceFor(pool, action, who, params.project, now(), { writes: true });
        if (isRefused(space)) return space;
        const { project, me } = space;
        if (!(await remove(pool, project.id, { kind, id: params.thing }, me, now()))) {
          return { refused: "thing.unknown" };
        }
        tell(project.id, news);
        return undefined;
      },
    }),
    route({
      method: "post",
      path: `/api/spaces/:project/${path}/:thing/restore`,
      summary: `Take back that I removed this ${kind}`,
      action,
      limit: writing,
      params: OneThing,
      async handle(who, { params }) {
        const space = await spaceFor(pool, action, who, params.project, now(), { writes: true });
        if (isRefused(space)) return space;
        const { project, me } = space;
        if (!(await restore(pool, project.id, { kind, id: params.thing }, me))) return { refused: "thing.unknown" };
        tell(project.id, news);
        return undefined;
      },
    }),
  ];
}

export function earlierRoute({ pool, now }: SpaceParts): Route {
  return route({
    method: "get",
    path: "/api/spaces/:project/earlier",
    summary: "How something read before its author changed it",
    action: "words.earlier",
    limit: reading,
    params: OneSpace,
    query: AskEarlier,
    answer: EarlierWords,
    async handle(who, { params, query }) {
      const space = await spaceFor(pool, "words.earlier", who, params.project, now());
      return isRefused(space) ? space : { earlier: await earlierOf(pool, space.project.id, query) };
    },
  });
}
