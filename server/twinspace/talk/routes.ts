/** What people say to each other in a TwinSpace, over http. */
import type { Route } from "../../http/route.ts";
import type { SpaceParts } from "../routes.ts";
import { bulletinRoutes } from "./bulletinRoutes.ts";
import { chatRoutes } from "./chatRoutes.ts";
import { concernRoutes } from "./concernRoutes.ts";
import { forumRoutes } from "./forumRoutes.ts";
import { hideRoutes } from "./hideRoutes.ts";
import { earlierRoute } from "./ownRoutes.ts";
import { updateRoutes } from "./updateRoutes.ts";

export function talkRoutes(parts: SpaceParts): Route[] {
  return [
    ...updateRoutes(parts),
    ...forumRoutes(parts),
    ...chatRoutes(parts),
    ...bulletinRoutes(parts),
    earlierRoute(parts),
    ...hideRoutes(parts),
    ...concernRoutes(parts),
  ];
}
