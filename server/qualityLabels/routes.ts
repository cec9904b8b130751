/** Quality Labels over http: the tables of all their parts. */
import type { Route } from "../http/route.ts";
import type { LabelParts } from "./parts.ts";

export function qualityLabelRoutes(_parts: LabelParts): Route[] {
  return [];
}
