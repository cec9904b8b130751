import type { MissedSteps, SendSteps, StepsAnswer } from "../../../protocol/twinspace/pages.ts";
import { ask } from "../../api.ts";
import { spaceAt } from "../space.ts";

const at = (project: string, page: string) => `${spaceAt(project)}/pages/${encodeURIComponent(page)}/steps`;

export const sendSteps = (project: string, page: string, body: SendSteps) =>
  ask<StepsAnswer>("POST", at(project, page), body);
export const stepsAfter = (project: string, page: string, after: number) =>
  ask<MissedSteps>("GET", `${at(project, page)}?after=${after}`);
