/** What people say to each other in a TwinSpace, over http. */
import type { Route } from "../../http/route.ts";
import type { SpaceParts } from "../routes.ts";
import { concernRoutes } from "./concernRoutes.ts";
import { hideRoutes } from "./hideRoutes.ts";

export function talkRoutes(parts: SpaceParts): Route[] {
  return [...hideRoutes(parts), ...concernRoutes(parts)];
}
