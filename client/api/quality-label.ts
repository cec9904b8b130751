/** Applying for a Quality Label: one's own applications for one's part in a project. */
import type {
  ApplicationSaved,
  ApplicationView,
  Candidates,
  Copy,
  MyApplications,
  QualityLabelView,
  SaveApplication,
  SubmitApplication,
} from "../../protocol/qualityLabels/applications.ts";
import { ask } from "../api.ts";
import { spaceAt } from "./space.ts";

const label = (project: string) => `${spaceAt(project)}/quality-label`;
const one = (project: string, application: string) =>
  `${label(project)}/applications/${encodeURIComponent(application)}`;

export const qualityLabel = (project: string) => ask<QualityLabelView>("GET", label(project));
export const beginApplication = (project: string) => ask<QualityLabelView>("POST", label(project));
export const saveApplication = (project: string, body: SaveApplication) =>
  ask<ApplicationSaved>("PATCH", label(project), body);
export const dropApplication = (project: string) => ask<QualityLabelView>("DELETE", label(project));
export const labelCandidates = (project: string) => ask<Candidates>("GET", `${label(project)}/candidates`);
export const labelPreview = (project: string) => ask<Copy>("GET", `${label(project)}/preview`);
export const submitApplication = (project: string, body: SubmitApplication) =>
  ask<QualityLabelView>("POST", `${label(project)}/submit`, body);
export const withdrawApplication = (project: string) => ask<QualityLabelView>("POST", `${label(project)}/withdraw`);
export const oneApplication = (project: string, application: string) =>
  ask<ApplicationView>("GET", one(project, application));
export const sentCopy = (project: string, application: string) => ask<Copy>("GET", `${one(project, application)}/copy`);

export const myApplications = () => ask<MyApplications>("GET", "/api/me/quality-labels");

/** A last save as the page is left: nobody waits for its answer. */
export function saveApplicationGoing(project: string, body: SaveApplication): void {
  void fetch(label(project), {
    method: "PATCH",
    keepalive: true,
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify(body),
  }).catch(() => {});
}
