/** The public version of a report card over http: for its teachers, for the leads of its schools, and for everybody. */
import {
  AskPublicReport,
  FindSchoolsReports,
  OnePublicEntry,
  OneSchoolsReport,
  OrderPublic,
  PreviewReport,
  PublicReportView,
  PublishReport,
  SchoolsPublicReports,
  WritePublicReport,
  WrittenReport,
} from "../../../protocol/reports/published.ts";
import { TakeDown } from "../../../protocol/twinspace/publishing.ts";
import { OneSpace } from "../../../protocol/twinspace/space.ts";
import { isRefused, type Route, route } from "../../http/route.ts";
import { spaceFor } from "../../twinspace/insider.ts";
import { reading, type SpaceParts, writing } from "../../twinspace/routes.ts";
import { askToPublish, bringBack, orderEntries, publishReport, takeAway, writeWords } from "./deciding.ts";
import { publicReportOf } from "./listing.ts";
import { previewOf } from "./preview.ts";
import { publicReportRoutes } from "./siteRoutes.ts";
import { liftReport, schoolsReports, takeReportDown } from "./veto.ts";

const at = "/api/spaces/:project/report/public";

export function publishedReportRoutes(parts: SpaceParts): Route[] {
  return [...lookingRoutes(parts), ...decidingRoutes(parts), ...leadRoutes(parts), ...publicReportRoutes(parts)];
}

function lookingRoutes(parts: SpaceParts): Route[] {
  const { pool, now } = parts;
  return [
    route({
      method: "get",
      path: at,
      summary: "What of the report card is public, what differs by now, what could be, and how often it was read",
      action: "report.lookPublic",
      limit: reading,
      params: OneSpace,
      query: AskPublicReport,
      answer: PublicReportView,
      async handle(who, { params, query }) {
        const space = await spaceFor(pool, "report.lookPublic", who, params.project, now());
        return isRefused(space)
          ? space
          : publicReportOf(pool, space, { after: query.after, origin: who.origin }, now());
      },
    }),
    route({
      method: "get",
      path: `${at}/preview`,
      summary: "The report as it would look in public, with these entries in it",
      action: "report.lookPublic",
      limit: reading,
      params: OneSpace,
      query: PreviewReport,
      async handle(who, { params, query }) {
        const space = await spaceFor(pool, "report.lookPublic", who, params.project, now());
        if (isRefused(space)) return space;
        const entries = (query.entries ?? "").split(",").filter((id) => id !== "");
        return previewOf(pool, space, { origin: who.origin, entries }, now());
      },
    }),
    route({
      method: "post",
      path: `${at}/ask`,
      summary: "Ask the administrators to publish the report card",
      action: "report.askPublic",
      limit: writing,
      params: OneSpace,
      async handle(who, { params }) {
        const space = await spaceFor(pool, "report.askPublic", who, params.project, now());
        return isRefused(space) ? space : askToPublish(parts, space);
      },
    }),
  ];
}

/** Each also in a closed project: what was done is shown when it is done, and what is public can always be taken away. */
function decidingRoutes(parts: SpaceParts): Route[] {
  const { pool, now } = parts;
  const acts = [
    ["withdraw", "Take the public report away", takeAway],
    ["again", "Make the public report public again, as it was", bringBack],
  ] as const;
  return [
    route({
      method: "put",
      path: at,
      summary:
        "The words and parts above the entries, public with the next publishing; whether it may be listed, at once",
      action: "report.publish",
      limit: writing,
      params: OneSpace,
      body: WritePublicReport,
      answer: WrittenReport,
      async handle(who, { params, body }) {
        const space = await spaceFor(pool, "report.publish", who, params.project, now());
        return isRefused(space) ? space : writeWords(pool, space, body);
      },
    }),
    route({
      method: "post",
      path: `${at}/publish`,
      summary: "Make copies of these entries public, beside what is public already",
      action: "report.publish",
      limit: writing,
      params: OneSpace,
      body: PublishReport,
      async handle(who, { params, body }) {
        const space = await spaceFor(pool, "report.publish", who, params.project, now());
        return isRefused(space) ? space : publishReport(parts, space, body);
      },
    }),
    route({
      method: "put",
      path: `${at}/order`,
      summary: "In which order the public entries are read",
      action: "report.publish",
      limit: writing,
      params: OneSpace,
      body: OrderPublic,
      async handle(who, { params, body }) {
        const space = await spaceFor(pool, "report.publish", who, params.project, now());
        return isRefused(space) ? space : orderEntries(parts, space, body.entries);
      },
    }),
    ...acts.flatMap(([act, summary, run]) => [
      route({
        method: "post",
        path: `${at}/${act}`,
        summary,
        action: "report.publish",
        limit: writing,
        params: OneSpace,
        async handle(who, { params }) {
          const space = await spaceFor(pool, "report.publish", who, params.project, now());
          return isRefused(space) ? space : run(parts, space, null);
        },
      }),
      route({
        method: "post",
        path: `${at}/entries/:entry/${act}`,
        summary: `${summary.replace("the public report", "one entry of it")}`,
        action: "report.publish",
        limit: writing,
        params: OnePublicEntry,
        async handle(who, { params }) {
          const space = await spaceFor(pool, "report.publish", who, params.project, now());
          return isRefused(space) ? space : run(parts, space, params.entry);
        },
      }),
    ]),
  ];
}

/** By account: a lead need not be in the project. */
function leadRoutes({ pool, now }: SpaceParts): Route[] {
  return [
    route({
      method: "get",
      path: "/api/public-reports",
      summary: "Public reports of projects of the schools that I look after safety for",
      action: "publish.veto",
      limit: reading,
      query: FindSchoolsReports,
      answer: SchoolsPublicReports,
      handle: ({ caller }, { query }) => schoolsReports(pool, caller, query.after),
    }),
    route({
      method: "post",
      path: "/api/public-reports/:project/take-down",
      summary: "Take down the public report of a project of my school, with a reason",
      action: "publish.veto",
      limit: writing,
      params: OneSchoolsReport,
      body: TakeDown,
      handle: ({ caller }, { params, body }) => takeReportDown(pool, caller, params.project, body.reason, now()),
    }),
    route({
      method: "post",
      path: "/api/public-reports/:project/lift",
      summary: "Lift that again",
      action: "publish.veto",
      limit: writing,
      params: OneSchoolsReport,
      handle: ({ caller }, { params }) => liftReport(pool, caller, params.project),
    }),
  ];
}
