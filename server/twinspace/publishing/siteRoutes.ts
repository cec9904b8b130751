/**
 * `/p/`: what projects publish, for everybody. Nothing here looks at who asks: the same goes to all, so that it can be kept for a
 * minute on the way.
 */
import {
  AskSiteFile,
  OneSite,
  OneSiteFile,
  OneSitePage,
  PublicSiteSize,
} from "../../../protocol/twinspace/publishing.ts";
import type { Pool } from "../../../storage/pool.ts";
import { BodyAnswer, type Route, route } from "../../http/route.ts";
import { atomType, htmlType, nothingThere, publicAnswer } from "../../publicPages/answers.ts";
import { publicFile } from "../../publicPages/files.ts";
import { styleSheet, styleTag } from "../../publicPages/style.ts";
import { siteFeed } from "./feed.ts";
import { filePath, sitePage, textPage } from "./html.ts";
import { findSite, type Site } from "./site.ts";

export interface SiteParts {
  readonly pool: Pool;
  readonly now: () => number;
  readonly materialsFolder: string;
}

/** A class that reads together is one network. */
const reading = { times: 1_200, perMs: 60_000, per: "network" } as const;
/** A page shows many pictures, and a film is asked for in pieces. */
const files = { times: 6_000, perMs: 60_000, per: "network" } as const;

const answer = (site: Site, body: string, type = htmlType) => publicAnswer(body, type, site.listed);

export function publicSiteRoutes({ pool, now, materialsFolder }: SiteParts): Route[] {
  return [
    route({
      method: "get",
      path: "/p/style.css",
      summary: "How public pages look",
      action: "publish.show",
      limit: files,
      handle: async () =>
        new BodyAnswer(styleSheet, "text/css; charset=utf-8", undefined, {
          "Cache-Control": "public, max-age=3600",
          ETag: styleTag,
        }),
    }),
    route({
      method: "get",
      path: "/p/:slug",
      summary: "What a project publishes, as a page",
      action: "publish.show",
      limit: reading,
      params: OneSite,
      async handle({ origin }, { params }) {
        const site = await findSite(pool, params.slug, now());
        return site ? answer(site, sitePage(site, origin)) : nothingThere();
      },
    }),
    route({
      method: "get",
      path: "/p/:slug/feed.atom",
      summary: "What a project publishes, for feed readers",
      action: "publish.show",
      limit: reading,
      params: OneSite,
      async handle({ origin }, { params }) {
        const site = await findSite(pool, params.slug, now(), "all");
        return site ? answer(site, siteFeed(site, origin), atomType) : nothingThere();
      },
    }),
    route({
      method: "get",
      path: "/p/:slug/:page",
      summary: "One public page of a project",
      action: "publish.show",
      limit: reading,
      params: OneSitePage,
      async handle({ origin }, { params }) {
        const site = await findSite(pool, params.slug, now(), { page: params.page });
        const page = site?.pages.find(({ slug }) => slug === params.page);
        if (!site || !page?.doc) return nothingThere();
        const file = (thing: Parameters<typeof filePath>[1]) => filePath(site.project.slug, thing);
        return answer(site, textPage(site, origin, { page, doc: page.doc, file }));
      },
    }),
    route({
      method: "get",
      path: "/p/:slug/file/:material",
      summary: "A file that a public page shows",
      action: "publish.show",
      limit: files,
      params: OneSiteFile,
      query: AskSiteFile,
      async handle(_context, { params, query }) {
        const site = await findSite(pool, params.slug, now());
        const thing = site?.pages.flatMap(({ things }) => things).find(({ id }) => id === params.material);
        if (!site || !thing) return nothingThere();
        const size = query.size === undefined ? undefined : Number(query.size);
        const shown = { project: site.id, listed: site.listed, thing };
        return (await publicFile({ materialsFolder }, shown, size)) ?? nothingThere();
      },
    }),
    route({
      method: "get",
      path: "/api/public/projects/:slug/site",
      summary: "How many pages of a project everybody may read",
      action: "publish.show",
      limit: reading,
      params: OneSite,
      answer: PublicSiteSize,
      handle: async (_context, { params }) => ({
        pages: (await findSite(pool, params.slug, now()))?.pages.length ?? 0,
      }),
    }),
  ];
}
