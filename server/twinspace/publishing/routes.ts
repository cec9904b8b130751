/** Publishing over http: for a project's teachers, for the leads of its schools, and the public site itself. */
import {
  ChangeSite,
  FindPublishing,
  FindSchoolsPages,
  OnePublicPage,
  OnePublished,
  PreviewVersion,
  Publishing,
  PublishPage,
  RefusePage,
  SchoolsPublicPages,
  TakeDown,
} from "../../../protocol/twinspace/publishing.ts";
import { OneSpace } from "../../../protocol/twinspace/space.ts";
import { isRefused, type Route, route } from "../../http/route.ts";
import { spaceFor } from "../insider.ts";
import { reading, type SpaceParts, writing } from "../routes.ts";
import { askForPage, changeSite, decideAbout, publishPage } from "./deciding.ts";
import { publishingOf } from "./listing.ts";
import { previewOf } from "./preview.ts";
import { publicSiteRoutes } from "./siteRoutes.ts";
import { liftVeto, schoolsPages, takeDown } from "./veto.ts";

const at = "/api/spaces/:project/publishing";
const one = `${at}/:page`;

export function publishingRoutes(parts: SpaceParts): Route[] {
  return [...lookingRoutes(parts), ...decidingRoutes(parts), ...leadRoutes(parts), ...publicSiteRoutes(parts)];
}

function lookingRoutes(parts: SpaceParts): Route[] {
  const { pool, now } = parts;
  return [
    route({
      method: "get",
      path: at,
      summary: "What the project publishes, what waits, and what keeps a page back",
      action: "publish.look",
      limit: reading,
      params: OneSpace,
      query: FindPublishing,
      answer: Publishing,
      async handle(who, { params, query }) {
        const space = await spaceFor(pool, "publish.look", who, params.project, now());
        return isRefused(space) ? space : publishingOf(pool, space, query.after, now());
      },
    }),
    route({
      method: "get",
      path: `${one}/preview`,
      summary: "A page as it would look in public",
      action: "publish.look",
      limit: reading,
      params: OnePublished,
      query: PreviewVersion,
      async handle(who, { params, query }) {
        const space = await spaceFor(pool, "publish.look", who, params.project, now());
        return isRefused(space) ? space : previewOf(parts, space, who.origin, params.page, query);
      },
    }),
    route({
      method: "post",
      path: `${one}/ask`,
      summary: "Ask the admins to publish a page, or what has changed in it",
      action: "publish.ask",
      limit: writing,
      params: OnePublished,
      async handle(who, { params }) {
        const space = await spaceFor(pool, "publish.ask", who, params.project, now(), { writes: true });
        return isRefused(space) ? space : askForPage(parts, space, params.page);
      },
    }),
  ];
}

function decidingRoutes(parts: SpaceParts): Route[] {
  const { pool, now } = parts;
  return [
    route({
      method: "post",
      path: `${one}/publish`,
      summary: "Make a copy of this version of a page public",
      action: "publish.decide",
      limit: writing,
      params: OnePublished,
      body: PublishPage,
      async handle(who, { params, body }) {
        const space = await spaceFor(pool, "publish.decide", who, params.project, now(), { writes: true });
        return isRefused(space) ? space : publishPage(parts, space, params.page, body.version);
      },
    }),
    route({
      method: "post",
      path: `${one}/withdraw`,
      summary: "Take a public page away; also in a closed project",
      action: "publish.decide",
      limit: writing,
      params: OnePublished,
      async handle(who, { params }) {
        const space = await spaceFor(pool, "publish.decide", who, params.project, now());
        return isRefused(space) ? space : decideAbout(parts, space, params.page, "withdraw");
      },
    }),
    route({
      method: "post",
      path: `${one}/again`,
      summary: "Make public again what was taken away, as it was",
      action: "publish.decide",
      limit: writing,
      params: OnePublished,
      async handle(who, { params }) {
        const space = await spaceFor(pool, "publish.decide", who, params.project, now());
        return isRefused(space) ? space : decideAbout(parts, space, params.page, "again");
      },
    }),
    route({
      method: "post",
      path: `${one}/refuse`,
      summary: "Say not now to whoever asked, with a reason",
      action: "publish.decide",
      limit: writing,
      params: OnePublished,
      body: RefusePage,
      async handle(who, { params, body }) {
        const space = await spaceFor(pool, "publish.decide", who, params.project, now(), { writes: true });
        return isRefused(space) ? space : decideAbout(parts, space, params.page, "refuse", body.reason);
      },
    }),
    route({
      method: "put",
      path: "/api/spaces/:project/public-site",
      summary: "How the public pages look, and whether search engines may list them; also in a closed project",
      action: "publish.decide",
      limit: writing,
      params: OneSpace,
      body: ChangeSite,
      async handle(who, { params, body }) {
        const space = await spaceFor(pool, "publish.decide", who, params.project, now());
        if (isRefused(space)) return space;
        await changeSite(pool, space, body);
        return undefined;
      },
    }),
  ];
}

/** By account: a lead need not be in the project. */
function leadRoutes({ pool, now }: SpaceParts): Route[] {
  return [
    route({
      method: "get",
      path: "/api/public-pages",
      summary: "What projects of the schools that I look after safety for have made public",
      action: "publish.veto",
      limit: reading,
      query: FindSchoolsPages,
      answer: SchoolsPublicPages,
      handle: ({ caller }, { query }) => schoolsPages(pool, caller, query.after),
    }),
    route({
      method: "post",
      path: "/api/public-pages/:page/take-down",
      summary: "Take down a public page of a project of my school, with a reason",
      action: "publish.veto",
      limit: writing,
      params: OnePublicPage,
      body: TakeDown,
      handle: ({ caller }, { params, body }) => takeDown(pool, caller, params.page, body.reason, now()),
    }),
    route({
      method: "post",
      path: "/api/public-pages/:page/lift",
      summary: "Lift that again",
      action: "publish.veto",
      limit: writing,
      params: OnePublicPage,
      handle: ({ caller }, { params }) => liftVeto(pool, caller, params.page),
    }),
  ];
}
