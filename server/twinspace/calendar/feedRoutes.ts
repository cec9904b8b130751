/** The calendar for one's own calendar program, over http. */
import { createHash } from "node:crypto";
import { CalendarFeed, FeedKey } from "../../../protocol/twinspace/calendar.ts";
import { OneSpace } from "../../../protocol/twinspace/space.ts";
import {
  BodyAnswer,
  type Caller,
  type Context,
  isRefused,
  type RefusedFields,
  type Route,
  route,
} from "../../http/route.ts";
import { spaceFor } from "../insider.ts";
import { reading, type SpaceParts, writing } from "../routes.ts";
import { feedOf } from "./feed.ts";
import { endFeed, findFeed, makeFeed, readerOf } from "./feeds.ts";

/** Programs look again by themselves, a whole school's from one network. */
const byPrograms = { times: 1200, perMs: 3_600_000, per: "network" } as const;

export function feedRoutes({ pool, now, secrets }: SpaceParts): Route[] {
  /** `act`: with the feed of who asks, in this TwinSpace. */
  async function withFeed(
    context: Context<Caller>,
    key: string,
    act: (owner: { project: string; account: string }) => Promise<void> = async () => {},
  ): Promise<CalendarFeed | RefusedFields> {
    const space = await spaceFor(pool, "calendar.feed", context, key, now());
    if (isRefused(space)) return space;
    const owner = { project: space.project.id, account: context.caller.id };
    await act(owner);
    return findFeed(
      pool,
      secrets,
      owner,
      (token) => `${context.origin}/api/spaces/${owner.project}/calendar.ics?k=${token}`,
    );
  }

  return [
    route({
      method: "get",
      path: "/api/spaces/:project/calendar/feed",
      summary: "The secret address of this calendar for my own calendar program, if I have made one",
      action: "calendar.feed",
      limit: reading,
      params: OneSpace,
      answer: CalendarFeed,
      handle: (context, { params }) => withFeed(context, params.project),
    }),
    route({
      method: "post",
      path: "/api/spaces/:project/calendar/feed",
      summary: "Make that address, or another one in its place",
      action: "calendar.feed",
      limit: writing,
      params: OneSpace,
      answer: CalendarFeed,
      handle: (context, { params }) =>
        withFeed(context, params.project, (owner) => makeFeed(pool, secrets, owner, now())),
    }),
    route({
      method: "delete",
      path: "/api/spaces/:project/calendar/feed",
      summary: "End that address",
      action: "calendar.feed",
      limit: writing,
      params: OneSpace,
      answer: CalendarFeed,
      handle: (context, { params }) => withFeed(context, params.project, (owner) => endFeed(pool, owner)),
    }),
    route({
      method: "get",
      path: "/api/spaces/:project/calendar.ics",
      summary: "The dates of a TwinSpace for a calendar program: titles, times and kinds",
      action: "calendar.fetch",
      limit: byPrograms,
      params: OneSpace,
      query: FeedKey,
      async handle(_who, { params, query }) {
        const space = await readerOf(pool, params.project, query.k, now());
        if (!space) return { refused: "request.notFound" };
        const file = await feedOf(pool, space, now());
        const etag = `"${createHash("sha256").update(file).digest("base64url").slice(0, 27)}"`;
        return new BodyAnswer(file, "text/calendar; charset=utf-8", undefined, {
          "Cache-Control": "private, max-age=900",
          ETag: etag,
        });
      },
    }),
  ];
}
