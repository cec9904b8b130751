/** A report card to print: for its teachers, and for the services that read it. */
import * as z from "zod";
import { Day, ProjectSlug } from "../../protocol/http/projects.ts";
import { EntryKind } from "../../protocol/reports/entries.ts";
import { OneSpace } from "../../protocol/twinspace/space.ts";
import { BodyAnswer, isRefused, type RefusedFields, type Route, route } from "../http/route.ts";
import type { ProjectRow } from "../projects/rows.ts";
import { spaceFor } from "../twinspace/insider.ts";
import type { SpaceParts } from "../twinspace/routes.ts";
import { reportPdf } from "./pdf.ts";
import { type PdfAsked, pdfFacts } from "./pdfFacts.ts";
import { reportFor } from "./sight.ts";
import type { EntryViewer } from "./viewer.ts";

/** `kinds`: several with commas between them. */
const AskPdf = z.strictObject({
  from: Day.optional(),
  to: Day.optional(),
  kinds: z
    .string()
    .max(200)
    .regex(/^[a-z]+(,[a-z]+)*$/)
    .optional(),
});
const OneReport = z.strictObject({ project: ProjectSlug });

/** A long one takes a second of the server's time. */
const printing = { times: 20, perMs: 10 * 60_000, per: "account" } as const;

export function pdfRoutes(parts: SpaceParts): Route[] {
  const { pool, now } = parts;
  return [
    route({
      method: "get",
      path: "/api/spaces/:project/report.pdf",
      summary: "Our report card to print: what was shared, from a day to a day, of some kinds",
      action: "report.read",
      limit: printing,
      params: OneSpace,
      query: AskPdf,
      async handle(who, { params, query }) {
        const space = await spaceFor(pool, "report.read", who, params.project, now());
        if (isRefused(space)) return space;
        const { project, me } = space;
        return printed(parts, project, { side: "partner", me }, query, who.origin);
      },
    }),
    route({
      method: "get",
      path: "/api/desk/reports/:project/report.pdf",
      summary: "A report card to print, of what was shared with the services",
      action: "report.look",
      limit: printing,
      params: OneReport,
      query: AskPdf,
      async handle({ caller, origin }, { params, query }) {
        const project = await reportFor(pool, "report.look", caller.actor, params.project, now());
        if (isRefused(project)) return project;
        return printed(parts, project, { side: "service", account: caller.id }, query, origin);
      },
    }),
  ];
}

async function printed(
  parts: SpaceParts,
  project: ProjectRow,
  viewer: EntryViewer,
  query: z.output<typeof AskPdf>,
  origin: string,
): Promise<BodyAnswer | RefusedFields> {
  const asked = askedOf(query);
  if (asked === undefined) return { refused: "request.malformed", fields: ["kinds"] };
  const facts = await pdfFacts(parts, project, viewer, asked, origin, parts.now());
  return new BodyAnswer(await reportPdf(facts), "application/pdf", `${project.slug}-report.pdf`);
}

function askedOf({ from, to, kinds }: z.output<typeof AskPdf>): PdfAsked | undefined {
  const days = { from: from ?? null, to: to ?? null };
  if (kinds === undefined) return { ...days, kinds: null };
  const known = z.array(EntryKind).safeParse(kinds.split(","));
  return known.success ? { ...days, kinds: known.data } : undefined;
}
