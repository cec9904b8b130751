/** The report card over http: the tables of all its parts. */
import type { Route } from "../http/route.ts";
import type { SpaceParts } from "../twinspace/routes.ts";
import { cardRoutes } from "./cardRoutes.ts";
import { commentRoutes } from "./commentRoutes.ts";
import { deskReportRoutes } from "./deskRoutes.ts";
import { entryRoutes } from "./entryRoutes.ts";
import { glanceRoutes } from "./glanceRoutes.ts";
import { pdfRoutes } from "./pdfRoutes.ts";
import { publishedReportRoutes } from "./public/routes.ts";

export interface ReportParts extends SpaceParts {}

export function reportRoutes(parts: ReportParts): Route[] {
  return [
    ...cardRoutes(parts),
    ...entryRoutes(parts),
    ...commentRoutes(parts),
    ...deskReportRoutes(parts),
    ...glanceRoutes(parts),
    ...pdfRoutes(parts),
    ...publishedReportRoutes(parts),
  ];
}
