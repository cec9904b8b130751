/** Raising a concern and reading those of one's school, over http. Also in a closed project. */
import {
  AskConcernReaders,
  ConcernAbout,
  ConcernPage,
  ConcernReaders,
  Concerns,
  RaiseConcern,
} from "../../../protocol/twinspace/concerns.ts";
import { OneSpace } from "../../../protocol/twinspace/space.ts";
import { inTransaction } from "../../../storage/pool.ts";
import { isRefused, type Route, route } from "../../http/route.ts";
import { spaceFor } from "../insider.ts";
import { reading, type SpaceParts } from "../routes.ts";
import { concernsFor, raiseConcern, whoReads } from "./concerns.ts";

/** Enough for whoever sees a lot that worries them; too few to drown the others' concerns. */
const telling = { times: 30, perMs: 3_600_000, per: "account" } as const;

export function concernRoutes({ pool, now }: SpaceParts): Route[] {
  return [
    route({
      method: "get",
      path: "/api/spaces/:project/concern-readers",
      summary: "Who would read a concern of mine about this",
      action: "concern.raise",
      limit: reading,
      params: OneSpace,
      query: AskConcernReaders,
      answer: ConcernReaders,
      async handle(who, { params, query }) {
        const space = await spaceFor(pool, "concern.raise", who, params.project, now());
        if (isRefused(space)) return space;
        const about = ConcernAbout.safeParse(query);
        return about.success ? whoReads(pool, space, about.data) : { refused: "request.malformed", fields: ["id"] };
      },
    }),
    route({
      method: "post",
      path: "/api/spaces/:project/concerns",
      summary: "Raise a concern: the safeguarding leads of my own school read it, and nobody else notices",
      action: "concern.raise",
      limit: telling,
      params: OneSpace,
      body: RaiseConcern,
      handle: (who, { params, body }) =>
        inTransaction(pool, async (db) => {
          const space = await spaceFor(db, "concern.raise", who, params.project, now());
          return isRefused(space) ? space : raiseConcern(db, space, body, who.origin, now());
        }),
    }),
    route({
      method: "get",
      path: "/api/concerns",
      summary: "The open concerns of my school, the newest first",
      action: "concern.read",
      limit: reading,
      query: ConcernPage,
      answer: Concerns,
      handle: ({ caller }, { query }) => concernsFor(pool, caller, query.after),
    }),
  ];
}
