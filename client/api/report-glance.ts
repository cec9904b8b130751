/** A report card at a glance. */
import type { Glance } from "../../protocol/reports/glance.ts";
import { ask } from "../api.ts";
import { deskReportAt } from "./report-desk.ts";
import { spaceAt } from "./space.ts";

/** For a teacher of the project. */
export const glanceOfSpace = (project: string) => ask<Glance>("GET", `${spaceAt(project)}/report/glance`);
/** For a support service: of what was shared with it. */
export const glanceForService = (project: string) => ask<Glance>("GET", `${deskReportAt(project)}/glance`);

/** An address, for a link. */
export const servicePdfAt = (project: string): string => `${deskReportAt(project)}/report.pdf`;
