/** The calendar of a TwinSpace over http. */
import type { Route } from "../../http/route.ts";
import type { SpaceParts } from "../routes.ts";
import { feedRoutes } from "./feedRoutes.ts";
import { fileRoutes } from "./fileRoutes.ts";
import { itemRoutes } from "./itemRoutes.ts";

export function calendarRoutes(parts: SpaceParts): Route[] {
  return [...itemRoutes(parts), ...fileRoutes(parts), ...feedRoutes(parts)];
}
