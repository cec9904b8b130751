import type {
  ChangeForm,
  ChangeRole,
  ChoosePerson,
  FieldHistory,
  FieldName,
  FormChanged,
  MyProjects,
  PossiblePartners,
  ProjectView,
  StartProject,
} from "../../protocol/http/projects.ts";
import { ask, query } from "../api.ts";

const one = (project: string) => `/api/projects/${encodeURIComponent(project)}`;
const act = <T>(project: string, name: string, body: object = {}) => ask<T>("POST", `${one(project)}/${name}`, body);

/** `after`: the page behind this one, as the answer before said it. */
export const myProjects = (after: string | null) => ask<MyProjects>("GET", `/api/projects${query({ after })}`);
export const project = (slug: string) => ask<ProjectView>("GET", one(slug));
export const startProject = (body: StartProject) => ask<ProjectView>("POST", "/api/projects", body);
export const changeForm = (slug: string, body: ChangeForm) => ask<FormChanged>("PATCH", one(slug), body);
export const fieldHistory = (slug: string, field: FieldName) =>
  ask<FieldHistory>("GET", `${one(slug)}/fields/${field}`);
export const possiblePartners = () => ask<PossiblePartners>("GET", "/api/project-partners");
export const choosePartner = (slug: string, body: ChoosePerson) => act<ProjectView>(slug, "partner", body);
export const inviteMember = (slug: string, body: ChoosePerson) => act<ProjectView>(slug, "members", body);
export const changeRole = (slug: string, account: string, body: ChangeRole) =>
  ask<ProjectView>("PATCH", `${one(slug)}/members/${encodeURIComponent(account)}`, body);
export const joinProject = (slug: string, school?: string) =>
  act<ProjectView>(slug, "join", school === undefined ? {} : { school });
export const agreeToForm = (slug: string, version: number) => act<ProjectView>(slug, "agree", { version });
export const askForChange = (slug: string, note: string) => act<ProjectView>(slug, "ask-change", { note });
export const declineProject = (slug: string, note: string) => act<void>(slug, "decline", { note });
export const withdrawProject = (slug: string, note: string) => act<ProjectView>(slug, "withdraw", { note });
export const leaveProject = (slug: string) => act<void>(slug, "leave");
export const closeProject = (slug: string) => act<ProjectView>(slug, "close");
export const reopenProject = (slug: string) => act<ProjectView>(slug, "reopen");
export const suspendProject = (slug: string, note: string) => act<ProjectView>(slug, "suspend", { note });
export const liftProject = (slug: string, note: string) => act<ProjectView>(slug, "lift", { note });

/** As the page goes away: the browser sends it even so, and nobody hears the answer. */
export function changeFormGoing(slug: string, body: ChangeForm): void {
  const headers = { "content-type": "application/json; charset=utf-8" };
  fetch(one(slug), { method: "PATCH", keepalive: true, headers, body: JSON.stringify(body) }).catch(() => {});
}
