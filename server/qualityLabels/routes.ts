/** Quality Labels over http: the tables of all their parts. */
import type { Route } from "../http/route.ts";
import { applicationRoutes } from "./applicationRoutes.ts";
import { awardRoutes } from "./awards.ts";
import type { LabelParts } from "./parts.ts";
import { reviewRoutes } from "./reviewRoutes.ts";

export function qualityLabelRoutes(parts: LabelParts): Route[] {
  return [...applicationRoutes(parts), ...awardRoutes(parts), ...reviewRoutes(parts)];
}
