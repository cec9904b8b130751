/** Report cards on the desks of the support services, over http. Of others' projects nothing is there. */
import { type Actor, may } from "../../domain/permissions.ts";
import { OfDesk } from "../../protocol/http/desk.ts";
import type { Refused } from "../../protocol/refusals.ts";
import {
  AskMaterial,
  DeskReport,
  MarkCards,
  Marked,
  OneReport,
  OneReportEntry,
  OneReportMaterial,
  Reminded,
  RemindProjects,
  ReportFigures,
  ReportList,
  ReportListPage,
  ReportRows,
  UnmarkCards,
} from "../../protocol/reports/desk.ts";
import { inTransaction, type Queryable } from "../../storage/pool.ts";
import { BodyAnswer, type Caller, isRefused, type RefusedFields, type Route, route } from "../http/route.ts";
import type { ProjectRow } from "../projects/rows.ts";
import { reading, type SpaceParts, writing } from "../twinspace/routes.ts";
import { reportsFile } from "./deskFile.ts";
import { type Listing, reportRows } from "./deskList.ts";
import { deskReport } from "./deskReport.ts";
import { evidenceFile } from "./evidenceFile.ts";
import { figuresFile, reportFigures } from "./figures.ts";
import { remind } from "./reminding.ts";
import { markRead, type Reading, unmark, unmarkWithinMs } from "./reviews.ts";
import { reportFor, speaksFor } from "./sight.ts";

const files = { times: 30, perMs: 60_000, per: "account" } as const;

export function deskReportRoutes(parts: SpaceParts): Route[] {
  return [...listRoutes(parts), ...readRoutes(parts), ...markRoutes(parts), ...figureRoutes(parts)];
}

/** The countries to look at; null for everywhere. */
function countriesOf(actor: Actor, asked: string | undefined): string[] | null | Refused {
  if (asked !== undefined) {
    return may("report.look", actor, { countries: [asked] }) ? [asked] : { refused: "account.notAllowed" };
  }
  return actor.serves.includes(null) ? null : actor.serves.filter((country) => country !== null);
}

function listingOf({ actor }: Caller, asked: Listing["asked"], now: number): Listing | Refused {
  const countries = countriesOf(actor, asked.country);
  if (isRefused(countries)) return countries;
  return { countries, speaksFor: actor.serves.map((country) => country ?? ""), asked, now };
}

function listRoutes({ pool, now }: SpaceParts): Route[] {
  return [
    route({
      method: "get",
      path: "/api/desk/reports",
      summary: "Report cards: what waits first, then what has been silent longest, page by page",
      action: "report.look",
      limit: reading,
      query: ReportListPage,
      answer: ReportRows,
      async handle({ caller }, { query }) {
        const listing = listingOf(caller, query, now());
        return isRefused(listing) ? listing : reportRows(pool, listing);
      },
    }),
    route({
      method: "get",
      path: "/api/desk/reports.csv",
      summary: "The same as a file for a spreadsheet",
      action: "report.look",
      limit: files,
      query: ReportList,
      async handle({ caller }, { query }) {
        const listing = listingOf(caller, query, now());
        if (isRefused(listing)) return listing;
        return new BodyAnswer(reportsFile(pool, listing), "text/csv; charset=utf-8", "report-cards.csv");
      },
    }),
  ];
}

function readRoutes(parts: SpaceParts): Route[] {
  const { pool, now } = parts;
  return [
    route({
      method: "get",
      path: "/api/desk/reports/:project",
      summary: "One report card in one page: the registered form, the plan, what was shared with the services",
      action: "report.look",
      limit: reading,
      params: OneReport,
      answer: DeskReport,
      async handle({ caller }, { params }) {
        const project = await reportFor(pool, "report.look", caller.actor, params.project, now());
        if (isRefused(project)) return project;
        const report = await deskReport(pool, project, { account: caller.id, actor: caller.actor }, now());
        return report ?? { refused: "request.notFound" };
      },
    }),
    route({
      method: "get",
      path: "/api/desk/reports/:project/entries/:entry/materials/:material",
      summary: "A file that an entry shows; a picture in the size asked for",
      action: "report.look",
      limit: reading,
      params: OneReportMaterial,
      query: AskMaterial,
      async handle({ caller }, { params, query }) {
        const project = await reportFor(pool, "report.look", caller.actor, params.project, now());
        if (isRefused(project)) return project;
        const size = query.size === undefined ? undefined : Number(query.size);
        return evidenceFile(parts, project.id, params.entry, params.material, size, now());
      },
    }),
  ];
}

function markRoutes({ pool, now }: SpaceParts): Route[] {
  return [
    route({
      method: "put",
      path: "/api/desk/reports/:project/entries/:entry/read",
      summary: "Mark one entry as read",
      action: "report.comment",
      limit: writing,
      params: OneReportEntry,
      answer: Marked,
      handle: ({ caller }, { params }) =>
        inTransaction(pool, async (db) => {
          const project = await reportFor(db, "report.comment", caller.actor, params.project, now());
          if (isRefused(project)) return project;
          return marked(await markRead(db, project.id, readerOf(project, caller), now(), params.entry), now());
        }),
    }),
    route({
      method: "delete",
      path: "/api/desk/reports/:project/entries/:entry/read",
      summary: "Take my mark of an entry back, within ten minutes",
      action: "report.comment",
      limit: writing,
      params: OneReportEntry,
      handle: ({ caller }, { params }) =>
        inTransaction(pool, async (db) => {
          const project = await reportFor(db, "report.comment", caller.actor, params.project, now());
          if (isRefused(project)) return project;
          await unmark(db, project.id, readerOf(project, caller), { entry: params.entry }, now());
          return undefined;
        }),
    }),
    route({
      method: "post",
      path: "/api/desk/reports/read",
      summary: "Mark everything that was shared in these report cards as read: of all of them or none",
      action: "report.comment",
      limit: writing,
      body: MarkCards,
      answer: Marked,
      handle: ({ caller }, { body }) =>
        inTransaction(pool, async (db) => {
          const at = now();
          const projects = await allOf(db, caller, body.projects, at);
          if (isRefused(projects)) return projects;
          let count = 0;
          for (const project of projects) count += await markRead(db, project.id, readerOf(project, caller), at);
          return marked(count, at);
        }),
    }),
    route({
      method: "post",
      path: "/api/desk/reports/unread",
      summary: "Take back what I have just marked as read, within ten minutes",
      action: "report.comment",
      limit: writing,
      body: UnmarkCards,
      answer: Marked,
      handle: ({ caller }, { body }) =>
        inTransaction(pool, async (db) => {
          const projects = await allOf(db, caller, body.projects, now());
          if (isRefused(projects)) return projects;
          if (body.at <= now() - unmarkWithinMs) return { refused: "report.tooLate" };
          let count = 0;
          for (const project of projects) {
            count += await unmark(db, project.id, readerOf(project, caller), { at: body.at }, now());
          }
          return { count, undo: null, undoUntil: null };
        }),
    }),
    route({
      method: "post",
      path: "/api/desk/reports/remind",
      summary: "Remind the teachers of silent projects, each at most once in two weeks",
      action: "report.comment",
      limit: { times: 30, perMs: 60_000, per: "account" },
      body: RemindProjects,
      answer: Reminded,
      handle: ({ caller, origin }, { body }) =>
        inTransaction(pool, async (db) => {
          const projects = await allOf(db, caller, body.projects, now());
          if (isRefused(projects)) return projects;
          let reminded = 0;
          for (const project of projects) {
            const country = speaksFor(project, caller.actor).find((one) => one !== null) ?? null;
            if (await remind(db, project, { account: caller.id, country }, origin, now())) reminded += 1;
          }
          return { reminded, left: projects.length - reminded };
        }),
    }),
  ];
}

const readerOf = (project: ProjectRow, { id, actor }: Caller): Reading => ({
  account: id,
  countries: speaksFor(project, actor),
});

const marked = (count: number, at: number) => ({
  count,
  undo: count > 0 ? at : null,
  undoUntil: count > 0 ? at + unmarkWithinMs : null,
});

/** In the order of their ids, so that two who do it at once do not wait for each other in a ring. */
async function allOf(
  db: Queryable,
  { actor }: Caller,
  ids: readonly string[],
  now: number,
): Promise<ProjectRow[] | RefusedFields> {
  const found: ProjectRow[] = [];
  for (const id of ids.toSorted()) {
    const project = await reportFor(db, "report.comment", actor, id, now);
    if (isRefused(project)) return { ...project, fields: [`projects.${ids.indexOf(id)}`] };
    found.push(project);
  }
  return found;
}

function figureRoutes({ pool }: SpaceParts): Route[] {
  return [
    route({
      method: "get",
      path: "/api/desk/report-figures",
      summary: "Report cards in figures, by school year and country",
      action: "desk.figures",
      limit: reading,
      query: OfDesk,
      answer: ReportFigures,
      async handle({ caller }, { query }) {
        const countries = countriesOf(caller.actor, query.country);
        return isRefused(countries) ? countries : reportFigures(pool, countries);
      },
    }),
    route({
      method: "get",
      path: "/api/desk/report-figures.csv",
      summary: "The same as a file for a spreadsheet",
      action: "desk.figures",
      limit: files,
      query: OfDesk,
      async handle({ caller }, { query }) {
        const countries = countriesOf(caller.actor, query.country);
        if (isRefused(countries)) return countries;
        const file = figuresFile(await reportFigures(pool, countries));
        return new BodyAnswer(file, "text/csv; charset=utf-8", "report-card-figures.csv");
      },
    }),
  ];
}
