/** Pages over http: the tree, one page and its settings, its text step by step, its history. */

import type { Id } from "../../../protocol/ids.ts";
import type { Refused } from "../../../protocol/refusals.ts";
import {
  ChangePage,
  FindChanges,
  FindPages,
  MadePage,
  MakePage,
  MissedSteps,
  mostStepsBytes,
  OnePage,
  OnePageVersion,
  PageHistory,
  PageLine,
  PageList,
  PageOpened,
  PageVersion,
  PlacePage,
  RemovedPages,
  RestoredPage,
  SendSteps,
  StepsAfter,
  StepsAnswer,
} from "../../../protocol/twinspace/pages.ts";
import { OneSpace } from "../../../protocol/twinspace/space.ts";
import { type Context, isRefused, type Route, route } from "../../http/route.ts";
import { type Space, spaceFor } from "../insider.ts";
import { archivePage, bringBackPage, changePage, makePage, movePage, removePage } from "./changing.ts";
import { historyOf } from "./history.ts";
import { listPages, removedPages } from "./tree.ts";
import { lookAtVersion, missedSteps, openPage, restoreVersion, type WritingParts, writeSteps } from "./writing.ts";

const reading = { times: 600, perMs: 60_000, per: "account" } as const;
const changing = { times: 120, perMs: 60_000, per: "account" } as const;
/** Without a line an editor sends what was written every second or so, for each page that is open. */
const writing = { times: 600, perMs: 60_000, per: "account" } as const;

const all = "/api/spaces/:project/pages";
const one = `${all}/:page`;

type PageAction = "page.read" | "page.make" | "page.write" | "page.arrange";

export function pageRoutes(parts: WritingParts): Route[] {
  return [...treeRoutes(parts), ...settingRoutes(parts), ...textRoutes(parts), ...historyRoutes(parts)];
}

/** Begins every route here: who they are in this TwinSpace, then what they asked for. */
async function inSpace<T>(
  { pool, now }: WritingParts,
  action: PageAction,
  who: Context,
  { project }: { project: string },
  act: (space: Space) => Promise<T>,
): Promise<T | Refused> {
  const space = await spaceFor(pool, action, who, project, now(), { writes: action !== "page.read" });
  return isRefused(space) ? space : act(space);
}

function treeRoutes(parts: WritingParts): Route[] {
  return [
    route({
      method: "get",
      path: all,
      summary: "Pages that I may see: all of them when they are few, otherwise those below one page",
      action: "page.read",
      limit: reading,
      params: OneSpace,
      query: FindPages,
      answer: PageList,
      handle: (who, { params, query }) =>
        inSpace(parts, "page.read", who, params, (space) => listPages(parts.pool, space, query)),
    }),
    route({
      method: "post",
      path: all,
      summary: "Make a page",
      action: "page.make",
      limit: changing,
      params: OneSpace,
      body: MakePage,
      answer: MadePage,
      handle: (who, { params, body }) =>
        inSpace(parts, "page.make", who, params, (space) => makePage(parts, space, body)),
    }),
    route({
      method: "get",
      path: "/api/spaces/:project/removed-pages",
      summary: "Removed pages that I may bring back",
      action: "page.write",
      limit: reading,
      params: OneSpace,
      answer: RemovedPages,
      handle: (who, { params }) =>
        inSpace(parts, "page.write", who, params, (space) => removedPages(parts.pool, space)),
    }),
    route({
      method: "post",
      path: `${one}/place`,
      summary: "Move a page below another one, or in front of another one",
      action: "page.arrange",
      limit: changing,
      params: OnePage,
      body: PlacePage,
      answer: PageLine,
      handle: (who, { params, body }) =>
        inSpace(parts, "page.arrange", who, params, (space) => movePage(parts, space, params.page, body)),
    }),
  ];
}

function settingRoutes(parts: WritingParts): Route[] {
  const archiving = (path: string, summary: string, archived: boolean) =>
    route({
      method: "post",
      path: `${one}/${path}`,
      summary,
      action: "page.arrange",
      limit: changing,
      params: OnePage,
      answer: PageLine,
      handle: (who, { params }) =>
        inSpace(parts, "page.arrange", who, params, (space) => archivePage(parts, space, params.page, archived)),
    });
  return [
    route({
      method: "patch",
      path: one,
      summary: "Change the title of a page, who sees and who edits it, whether it is a draft",
      action: "page.write",
      limit: changing,
      params: OnePage,
      body: ChangePage,
      answer: PageLine,
      handle: (who, { params, body }) =>
        inSpace(parts, "page.write", who, params, (space) => changePage(parts, space, params.page, body)),
    }),
    archiving("archive", "Put a page into the archive, where it can be read", true),
    archiving("unarchive", "Take a page out of the archive", false),
    route({
      method: "delete",
      path: one,
      summary: "Remove a page with all that is below it; it can be brought back",
      action: "page.write",
      limit: changing,
      params: OnePage,
      handle: (who, { params }) =>
        inSpace(parts, "page.write", who, params, (space) => removePage(parts, space, params.page)),
    }),
    route({
      method: "post",
      path: `${one}/restore`,
      summary: "Bring back a page that was removed",
      action: "page.write",
      limit: changing,
      params: OnePage,
      answer: PageLine,
      handle: (who, { params }) =>
        inSpace(parts, "page.write", who, params, (space) => bringBackPage(parts, space, params.page)),
    }),
  ];
}

function textRoutes(parts: WritingParts): Route[] {
  return [
    route({
      method: "get",
      path: one,
      summary: "A page: its text, its settings and what I may do with it",
      action: "page.read",
      limit: reading,
      params: OnePage,
      answer: PageOpened,
      handle: (who, { params }) =>
        inSpace(parts, "page.read", who, params, (space) => openPage(parts, space, params.page)),
    }),
    route({
      method: "get",
      path: `${one}/steps`,
      summary: "What was written in a page after a version of it",
      action: "page.read",
      limit: reading,
      params: OnePage,
      query: StepsAfter,
      answer: MissedSteps,
      handle: (who, { params, query }) =>
        inSpace(parts, "page.read", who, params, (space) => missedSteps(parts, space, params.page, query.after)),
    }),
    route({
      method: "post",
      path: `${one}/steps`,
      summary: "Write in a page: taken when they stand on its newest version, otherwise answered with what was missed",
      action: "page.write",
      limit: writing,
      params: OnePage,
      body: SendSteps,
      bodyBytes: mostStepsBytes,
      answer: StepsAnswer,
      handle: (who, { params, body }) =>
        inSpace(parts, "page.write", who, params, (space) => writeSteps(parts, space, params.page, body)),
    }),
  ];
}

function historyRoutes(parts: WritingParts): Route[] {
  const ofVersion = (params: { page: Id; version: number }) => [params.page, params.version] as const;
  return [
    route({
      method: "get",
      path: `${one}/history`,
      summary: "Who changed a page and when, the newest first",
      action: "page.read",
      limit: reading,
      params: OnePage,
      query: FindChanges,
      answer: PageHistory,
      handle: (who, { params, query }) =>
        inSpace(parts, "page.read", who, params, (space) => historyOf(parts.pool, space, params.page, query)),
    }),
    route({
      method: "get",
      path: `${one}/versions/:version`,
      summary: "A page as it was at a version",
      action: "page.read",
      limit: reading,
      params: OnePageVersion,
      answer: PageVersion,
      handle: (who, { params }) =>
        inSpace(parts, "page.read", who, params, (space) => lookAtVersion(parts, space, ...ofVersion(params))),
    }),
    route({
      method: "post",
      path: `${one}/versions/:version/restore`,
      summary: "Make a page what it was at a version, by one more change",
      action: "page.write",
      limit: changing,
      params: OnePageVersion,
      answer: RestoredPage,
      handle: (who, { params }) =>
        inSpace(parts, "page.write", who, params, (space) => restoreVersion(parts, space, ...ofVersion(params))),
    }),
  ];
}
