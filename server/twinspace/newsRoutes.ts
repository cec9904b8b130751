/** What is new in one TwinSpace, and what is found in it. */
import { AskNews, AskSearch, SpaceNews, SpaceSearch } from "../../protocol/twinspace/news.ts";
import { OneSpace } from "../../protocol/twinspace/space.ts";
import { isRefused, type Route, route } from "../http/route.ts";
import { beginningsOf } from "./beginnings.ts";
import { isTeacher, spaceFor } from "./insider.ts";
import { newsOf } from "./newsShown.ts";
import { reading, type SpaceParts } from "./routes.ts";
import { findInSpace } from "./searching.ts";
import { keepVisit, newSince } from "./visits.ts";

const newsLength = 30;
const searching = { times: 120, perMs: 60_000, per: "account" } as const;

export function newsRoutes({ pool, now }: Pick<SpaceParts, "pool" | "now">): Route[] {
  return [
    route({
      method: "get",
      path: "/api/spaces/:project/news",
      summary: "What is new in a TwinSpace, as far as I may see it; newest first",
      action: "space.news",
      limit: reading,
      params: OneSpace,
      query: AskNews,
      answer: SpaceNews,
      async handle(who, { params, query }) {
        const space = await spaceFor(pool, "space.news", who, params.project, now());
        if (isRefused(space)) return space;
        const found = await newsOf(pool, space, { limit: newsLength, before: query.after, ofOthers: true });
        if (!found) return { refused: "request.malformed", fields: ["after"] };
        const beginnings = isTeacher(space.me) ? await beginningsOf(pool, space) : null;
        return { ...found, beginnings, since: await newSince(pool, space, now()) };
      },
    }),
    route({
      method: "post",
      path: "/api/spaces/:project/visited",
      summary: "I have seen what is new",
      action: "space.news",
      limit: reading,
      params: OneSpace,
      async handle(who, { params }) {
        const space = await spaceFor(pool, "space.news", who, params.project, now());
        if (isRefused(space)) return space;
        await keepVisit(pool, space, now());
        return undefined;
      },
    }),
    route({
      method: "get",
      path: "/api/spaces/:project/search",
      summary: "Pages, materials and threads that have these words, as far as I may see them",
      action: "space.search",
      limit: searching,
      params: OneSpace,
      query: AskSearch,
      answer: SpaceSearch,
      async handle(who, { params, query }) {
        const space = await spaceFor(pool, "space.search", who, params.project, now());
        return isRefused(space) ? space : { found: await findInSpace(pool, space, query.words) };
      },
    }),
  ];
}
