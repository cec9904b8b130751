import type {
  InviteOutsider,
  InviteVisitor,
  MyInvitation,
  PossibleOutsiders,
  SpaceMembers,
  VisitBegun,
  VisitorLink,
  Visitors,
} from "../../../protocol/twinspace/members.ts";
import { ask } from "../../api.ts";
import { spaceAt } from "../space.ts";

const at = encodeURIComponent;

export const spaceMembers = (project: string) => ask<SpaceMembers>("GET", `${spaceAt(project)}/members`);
export const takeOut = (project: string, account: string) =>
  ask<void>("DELETE", `/api/projects/${at(project)}/members/${at(account)}`);

export const possibleOutsiders = (project: string) =>
  ask<PossibleOutsiders>("GET", `${spaceAt(project)}/possible-outsiders`);
export const inviteOutsider = (project: string, body: InviteOutsider) =>
  ask<void>("POST", `${spaceAt(project)}/invitations`, body);
const invited = (project: string, account: string) => `${spaceAt(project)}/invitations/${at(account)}`;
export const inviteAgain = (project: string, account: string) =>
  ask<void>("POST", `${invited(project, account)}/again`);
export const takeInvitationBack = (project: string, account: string) => ask<void>("DELETE", invited(project, account));

export const myInvitation = (project: string) => ask<MyInvitation>("GET", `${spaceAt(project)}/invitation`);
export const answerInvitationTo = (project: string, accept: boolean) =>
  ask<void>("POST", `${spaceAt(project)}/invitation`, { accept });

export const visitors = (project: string) => ask<Visitors>("GET", `${spaceAt(project)}/visitors`);
export const inviteVisitor = (project: string, body: InviteVisitor) =>
  ask<VisitorLink>("POST", `${spaceAt(project)}/visitors`, body);
const visitor = (project: string, id: string) => `${spaceAt(project)}/visitors/${at(id)}`;
export const renewVisitor = (project: string, id: string, until: string) =>
  ask<VisitorLink>("POST", `${visitor(project, id)}/renew`, { until });
export const revokeVisitor = (project: string, id: string) => ask<void>("POST", `${visitor(project, id)}/revoke`);
export const beginVisit = (token: string) => ask<VisitBegun>("POST", "/api/visit", { token });
