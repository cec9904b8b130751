import type {
  ChangeSite,
  PublicSiteSize,
  PublicTheme,
  Publishing,
  SchoolsPublicPages,
} from "../../../protocol/twinspace/publishing.ts";
import { ask, query } from "../../api.ts";
import { spaceAt } from "../space.ts";

const at = (project: string) => `${spaceAt(project)}/publishing`;
const one = (project: string, page: string) => `${at(project)}/${encodeURIComponent(page)}`;

export const publishing = (project: string, after: string | null) =>
  ask<Publishing>("GET", `${at(project)}${query({ after })}`);
export const changeSite = (project: string, body: ChangeSite) =>
  ask<void>("PUT", `${spaceAt(project)}/public-site`, body);
export const askForPage = (project: string, page: string) => ask<void>("POST", `${one(project, page)}/ask`);
export const publishPage = (project: string, page: string, version: number) =>
  ask<void>("POST", `${one(project, page)}/publish`, { version });
export const withdrawPage = (project: string, page: string) => ask<void>("POST", `${one(project, page)}/withdraw`);
export const publishAgain = (project: string, page: string) => ask<void>("POST", `${one(project, page)}/again`);
export const refusePage = (project: string, page: string, reason: string) =>
  ask<void>("POST", `${one(project, page)}/refuse`, { reason });
/** An address, for a link. */
export const previewOf = (project: string, page: string, version: number, theme: PublicTheme) =>
  `${one(project, page)}/preview?version=${version}&theme=${theme}`;

export const publicSite = (project: string) =>
  ask<PublicSiteSize>("GET", `/api/public/projects/${encodeURIComponent(project)}/site`);

/* For safeguarding leads. */

export const schoolsPages = (after: string | null) =>
  ask<SchoolsPublicPages>("GET", `/api/public-pages${query({ after })}`);
const publicPage = (page: string) => `/api/public-pages/${encodeURIComponent(page)}`;
export const takeDown = (page: string, reason: string) =>
  ask<void>("POST", `${publicPage(page)}/take-down`, { reason });
export const liftTakingDown = (page: string) => ask<void>("POST", `${publicPage(page)}/lift`);
