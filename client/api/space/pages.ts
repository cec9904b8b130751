import type {
  ChangePage,
  MadePage,
  MakePage,
  MissedSteps,
  PageHistory,
  PageLine,
  PageList,
  PageOpened,
  PageVersion,
  PlacePage,
  RemovedPages,
  RestoredPage,
  SendSteps,
  StepsAnswer,
} from "../../../protocol/twinspace/pages.ts";
import { ask, query } from "../../api.ts";
import { spaceAt } from "../space.ts";

const at = encodeURIComponent;
const all = (project: string) => `${spaceAt(project)}/pages`;
const one = (project: string, page: string) => `${all(project)}/${at(page)}`;

/** Without `parent` all of them when they are few, otherwise those at the top. */
export const pages = (project: string, parent: string | null = null, after: string | null = null) =>
  ask<PageList>("GET", `${all(project)}${query({ parent, after })}`);
export const removedPages = (project: string) => ask<RemovedPages>("GET", `${spaceAt(project)}/removed-pages`);
export const makePage = (project: string, body: MakePage) => ask<MadePage>("POST", all(project), body);

export const page = (project: string, id: string) => ask<PageOpened>("GET", one(project, id));
export const changePage = (project: string, id: string, body: ChangePage) =>
  ask<PageLine>("PATCH", one(project, id), body);
export const placePage = (project: string, id: string, body: PlacePage) =>
  ask<PageLine>("POST", `${one(project, id)}/place`, body);
export const archivePage = (project: string, id: string) => ask<PageLine>("POST", `${one(project, id)}/archive`);
export const unarchivePage = (project: string, id: string) => ask<PageLine>("POST", `${one(project, id)}/unarchive`);
export const removePage = (project: string, id: string) => ask<void>("DELETE", one(project, id));
export const restorePage = (project: string, id: string) => ask<PageLine>("POST", `${one(project, id)}/restore`);

export const stepsAfter = (project: string, id: string, after: number) =>
  ask<MissedSteps>("GET", `${one(project, id)}/steps?after=${after}`);
export const sendSteps = (project: string, id: string, body: SendSteps) =>
  ask<StepsAnswer>("POST", `${one(project, id)}/steps`, body);

export const pageHistory = (project: string, id: string, after: string | null) =>
  ask<PageHistory>("GET", `${one(project, id)}/history${query({ after })}`);
export const pageVersion = (project: string, id: string, version: number) =>
  ask<PageVersion>("GET", `${one(project, id)}/versions/${version}`);
export const restoreVersion = (project: string, id: string, version: number) =>
  ask<RestoredPage>("POST", `${one(project, id)}/versions/${version}/restore`);
