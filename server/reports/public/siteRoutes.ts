/**
 * `/projects/<slug>/report`: the public version of a report card, for everybody. Nothing here looks at who asks: the same goes to
 * all, so that it can be kept for a minute on the way.
 */
import { AskSiteFile, OneSite, OneSiteFile } from "../../../protocol/twinspace/publishing.ts";
import type { Pool } from "../../../storage/pool.ts";
import { type Route, route } from "../../http/route.ts";
import { atomType, htmlType, nothingThere, publicAnswer } from "../../publicPages/answers.ts";
import { publicFile } from "../../publicPages/files.ts";
import { reportFeed } from "./feed.ts";
import { findPublicReport } from "./finding.ts";
import { reportPage } from "./html.ts";
import { reportJson } from "./json.ts";
import { publicPdf } from "./pdf.ts";
import { cardPicture } from "./picture.ts";
import { countRead } from "./reads.ts";

export interface PublicReportParts {
  readonly pool: Pool;
  readonly now: () => number;
  readonly materialsFolder: string;
}

/** A class that reads together is one network. */
const reading = { times: 1_200, perMs: 60_000, per: "network" } as const;
/** A page shows many pictures, and a film is asked for in pieces. */
const files = { times: 6_000, perMs: 60_000, per: "network" } as const;
/** One takes a moment of the server's time to make, and none once it is made. */
const printing = { times: 120, perMs: 60_000, per: "network" } as const;
const at = "/projects/:slug/report";

export function publicReportRoutes({ pool, now, materialsFolder }: PublicReportParts): Route[] {
  const find = (slug: string) => findPublicReport(pool, slug, now());
  return [
    route({
      method: "get",
      path: at,
      summary: "The public version of a project's report card, as a page",
      action: "report.showPublic",
      limit: reading,
      params: OneSite,
      async handle(context, { params }) {
        const shown = await find(params.slug);
        if (!shown) return nothingThere();
        const answer = publicAnswer(reportPage(shown, context.origin), htmlType, shown.listed);
        await countRead(pool, context, { project: shown.project, kind: "html", answer }, now());
        return answer;
      },
    }),
    route({
      method: "get",
      path: `${at}/feed.atom`,
      summary: "What is new in a public report, for feed readers",
      action: "report.showPublic",
      limit: reading,
      params: OneSite,
      async handle(context, { params }) {
        const shown = await find(params.slug);
        if (!shown) return nothingThere();
        const answer = publicAnswer(reportFeed(shown, context.origin), atomType, shown.listed);
        await countRead(pool, context, { project: shown.project, kind: "feed", answer }, now());
        return answer;
      },
    }),
    route({
      method: "get",
      path: `${at}.json`,
      summary: "A public report as data",
      action: "report.showPublic",
      limit: reading,
      params: OneSite,
      async handle({ origin }, { params }) {
        const shown = await find(params.slug);
        const type = "application/json; charset=utf-8";
        return shown ? publicAnswer(reportJson(shown, origin), type, shown.listed) : nothingThere();
      },
    }),
    route({
      method: "get",
      path: `${at}.pdf`,
      summary: "A public report to print",
      action: "report.showPublic",
      limit: printing,
      params: OneSite,
      async handle(context, { params }) {
        const shown = await find(params.slug);
        if (!shown) return nothingThere();
        const answer = publicAnswer(
          await publicPdf(shown, materialsFolder, context.origin),
          "application/pdf",
          shown.listed,
        );
        await countRead(pool, context, { project: shown.project, kind: "pdf", answer }, now());
        return answer;
      },
    }),
    route({
      method: "get",
      path: `${at}/card.png`,
      summary: "The picture that goes with the address of a public report",
      action: "report.showPublic",
      limit: reading,
      params: OneSite,
      async handle(_context, { params }) {
        const shown = await find(params.slug);
        return shown ? publicAnswer(await cardPicture(shown), "image/png", shown.listed) : nothingThere();
      },
    }),
    route({
      method: "get",
      path: `${at}/file/:material`,
      summary: "A file that a public report shows",
      action: "report.showPublic",
      limit: files,
      params: OneSiteFile,
      query: AskSiteFile,
      async handle(_context, { params, query }) {
        const shown = await find(params.slug);
        const thing = shown?.things.find(({ id }) => id === params.material);
        if (!shown || !thing) return nothingThere();
        const size = query.size === undefined ? undefined : Number(query.size);
        const { project, listed } = shown;
        return (await publicFile({ materialsFolder }, { project, listed, thing }, size)) ?? nothingThere();
      },
    }),
  ];
}
