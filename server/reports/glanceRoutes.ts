/** A report card at a glance over http: for its teachers, and for the services that read it. */
import * as z from "zod";
import { ProjectSlug } from "../../protocol/http/projects.ts";
import { Glance } from "../../protocol/reports/glance.ts";
import { OneSpace } from "../../protocol/twinspace/space.ts";
import { isRefused, type Route, route } from "../http/route.ts";
import { spaceFor } from "../twinspace/insider.ts";
import { reading, type SpaceParts } from "../twinspace/routes.ts";
import { glanceOf } from "./glance.ts";
import { reportFor } from "./sight.ts";

const OneReport = z.strictObject({ project: ProjectSlug });

export function glanceRoutes({ pool, now }: SpaceParts): Route[] {
  return [
    route({
      method: "get",
      path: "/api/spaces/:project/report/glance",
      summary: "Our report card at a glance: figures by month, kind and school, plan against actual, what is missing",
      action: "report.read",
      limit: reading,
      params: OneSpace,
      answer: Glance,
      async handle(who, { params }) {
        const space = await spaceFor(pool, "report.read", who, params.project, now());
        return isRefused(space) ? space : glanceOf(pool, space.project, { side: "partner" }, now());
      },
    }),
    route({
      method: "get",
      path: "/api/desk/reports/:project/glance",
      summary: "A report card at a glance, of what was shared with the services",
      action: "report.look",
      limit: reading,
      params: OneReport,
      answer: Glance,
      async handle({ caller }, { params }) {
        const project = await reportFor(pool, "report.look", caller.actor, params.project, now());
        return isRefused(project) ? project : glanceOf(pool, project, { side: "service" }, now());
      },
    }),
  ];
}
