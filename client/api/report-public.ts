/** The public version of a report card: for its teachers, and for safeguarding leads. */
import type {
  PublicReportView,
  PublishReport,
  SchoolsPublicReports,
  WritePublicReport,
  WrittenReport,
} from "../../protocol/reports/published.ts";
import { ask, query } from "../api.ts";
import { spaceAt } from "./space.ts";

const at = (project: string) => `${spaceAt(project)}/report/public`;
const ofEntry = (project: string, entry: string | null) =>
  entry === null ? at(project) : `${at(project)}/entries/${encodeURIComponent(entry)}`;

export const publicReport = (project: string, after: string | null) =>
  ask<PublicReportView>("GET", `${at(project)}${query({ after })}`);
export const writePublicReport = (project: string, body: WritePublicReport) =>
  ask<WrittenReport>("PUT", at(project), body);
export const publishReport = (project: string, body: PublishReport) =>
  ask<void>("POST", `${at(project)}/publish`, body);
export const orderPublic = (project: string, entries: readonly string[]) =>
  ask<void>("PUT", `${at(project)}/order`, { entries });
export const askToPublish = (project: string) => ask<void>("POST", `${at(project)}/ask`);
/** The whole report, or one entry of it. */
export const withdrawReport = (project: string, entry: string | null) =>
  ask<void>("POST", `${ofEntry(project, entry)}/withdraw`);
export const bringReportBack = (project: string, entry: string | null) =>
  ask<void>("POST", `${ofEntry(project, entry)}/again`);
/** An address, for a link. */
export const previewReportAt = (project: string, entries: readonly string[]) =>
  `${at(project)}/preview${query({ entries: entries.length === 0 ? null : entries.join(",") })}`;

/* For safeguarding leads. */

export const schoolsReports = (after: string | null) =>
  ask<SchoolsPublicReports>("GET", `/api/public-reports${query({ after })}`);
const ofSchools = (project: string) => `/api/public-reports/${encodeURIComponent(project)}`;
export const takeReportDown = (project: string, reason: string) =>
  ask<void>("POST", `${ofSchools(project)}/take-down`, { reason });
export const liftReport = (project: string) => ask<void>("POST", `${ofSchools(project)}/lift`);
