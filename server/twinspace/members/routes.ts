/** Members and visitors of a TwinSpace over http. Roles are changed where the project has them (server/projects/routes.ts). */

import type { Action } from "../../../domain/permissions.ts";
import {
  AnswerInvitationTo,
  BeginVisit,
  InviteOutsider,
  InviteVisitor,
  MyInvitation,
  OneInvited,
  OneVisitor,
  PossibleOutsiders,
  RenewVisitor,
  SpaceMembers,
  VisitBegun,
  VisitorLink,
  Visitors,
} from "../../../protocol/twinspace/members.ts";
import { OneSpace } from "../../../protocol/twinspace/space.ts";
import { inTransaction, type Queryable } from "../../../storage/pool.ts";
import { type Caller, type Context, isRefused, type RefusedFields, type Route, route } from "../../http/route.ts";
import { type Space, spaceFor } from "../insider.ts";
import { reading, type SpaceParts, writing } from "../routes.ts";
import {
  answerInvitation,
  inviteAgain,
  inviteOutsider,
  myInvitation,
  possibleOutsiders,
  takeInvitationBack,
} from "./invited.ts";
import { shownMembers } from "./shown.ts";
import { beginVisit, inviteVisitor, lettingBy, listVisitors, renewVisitor, revokeVisitor } from "./visitors.ts";

/** Each may write a letter, and the answer tells whether there is somebody of this address. */
const inviting = { times: 40, perMs: 3_600_000, per: "account" } as const;
/** A school's evening: many parents behind one address. */
const visiting = { times: 300, perMs: 60_000, per: "network" } as const;

type Parts = Pick<SpaceParts, "pool" | "now" | "tell">;

/** Something that changes who is in it, while nobody else does. */
async function changing<T>(
  { pool, now }: Parts,
  action: Action,
  who: Context<Caller>,
  project: string,
  change: (db: Queryable, space: Space) => Promise<T | RefusedFields>,
): Promise<T | RefusedFields> {
  return inTransaction(pool, async (db) => {
    const space = await spaceFor(db, action, who, project, now(), { writes: true, lock: true });
    return isRefused(space) ? space : change(db, space);
  });
}

export function memberRoutes(parts: Parts): Route[] {
  return [...listRoutes(parts), ...outsiderRoutes(parts), ...answerRoutes(parts), ...visitorRoutes(parts)];
}

function listRoutes({ pool, now }: Parts): Route[] {
  return [
    route({
      method: "get",
      path: "/api/spaces/:project/members",
      summary: "Everybody in a TwinSpace: adults with their role, pupils by alias; for teachers who is invited",
      action: "space.members",
      limit: reading,
      params: OneSpace,
      answer: SpaceMembers,
      async handle(who, { params }) {
        const space = await spaceFor(pool, "space.members", who, params.project, now());
        return isRefused(space) ? space : shownMembers(pool, space);
      },
    }),
  ];
}

function outsiderRoutes(parts: Parts): Route[] {
  const { pool, now } = parts;
  const inviters = (origin: string) => ({ now: now(), origin });
  return [
    route({
      method: "get",
      path: "/api/spaces/:project/possible-outsiders",
      summary: "My contacts whom I can invite as expert or observer",
      action: "member.invite",
      limit: reading,
      params: OneSpace,
      answer: PossibleOutsiders,
      async handle(who, { params }) {
        const space = await spaceFor(pool, "member.invite", who, params.project, now());
        return isRefused(space) ? space : possibleOutsiders(pool, space);
      },
    }),
    route({
      method: "post",
      path: "/api/spaces/:project/invitations",
      summary: "Invite an expert or observer: a contact, or somebody who has an account, by e-mail",
      action: "member.invite",
      limit: inviting,
      params: OneSpace,
      body: InviteOutsider,
      handle: (who, { params, body }) =>
        changing(parts, "member.invite", who, params.project, (db, space) =>
          inviteOutsider(db, space, body, inviters(who.origin)),
        ),
    }),
    route({
      method: "post",
      path: "/api/spaces/:project/invitations/:account/again",
      summary: "Send an unanswered invitation again; its thirty days begin anew",
      action: "member.renewInvitation",
      limit: inviting,
      params: OneInvited,
      handle: (who, { params }) =>
        changing(parts, "member.renewInvitation", who, params.project, (db, space) =>
          inviteAgain(db, space, params.account, inviters(who.origin)),
        ),
    }),
    route({
      method: "delete",
      path: "/api/spaces/:project/invitations/:account",
      summary: "Take an unanswered invitation back",
      action: "member.renewInvitation",
      limit: writing,
      params: OneInvited,
      handle: (who, { params }) =>
        changing(parts, "member.renewInvitation", who, params.project, (db, space) =>
          takeInvitationBack(db, space, params.account),
        ),
    }),
  ];
}

function answerRoutes({ pool, now, tell }: Parts): Route[] {
  return [
    route({
      method: "get",
      path: "/api/spaces/:project/invitation",
      summary: "To what I am invited as an expert or observer",
      action: "member.answer",
      limit: reading,
      params: OneSpace,
      answer: MyInvitation,
      handle: ({ caller }, { params }) => myInvitation(pool, caller, params.project, now()),
    }),
    route({
      method: "post",
      path: "/api/spaces/:project/invitation",
      summary: "Accept or decline it",
      action: "member.answer",
      limit: writing,
      params: OneSpace,
      body: AnswerInvitationTo,
      async handle({ caller }, { params, body }) {
        const answered = await answerInvitation(pool, caller, params.project, body.accept, now());
        if (isRefused(answered)) return answered;
        tell(answered.project, { type: "members" });
        return undefined;
      },
    }),
  ];
}

function visitorRoutes(parts: Parts): Route[] {
  const { pool, now } = parts;
  return [
    route({
      method: "get",
      path: "/api/spaces/:project/visitors",
      summary: "The visitors of a TwinSpace, with when they came last",
      action: "visitor.read",
      limit: reading,
      params: OneSpace,
      answer: Visitors,
      async handle(who, { params }) {
        const space = await spaceFor(pool, "visitor.read", who, params.project, now());
        return isRefused(space) ? space : { visitors: await listVisitors(pool, space, now()) };
      },
    }),
    route({
      method: "post",
      path: "/api/spaces/:project/visitors",
      summary: "Let a visitor in until a day; the link is told this once",
      action: "visitor.invite",
      limit: inviting,
      params: OneSpace,
      body: InviteVisitor,
      answer: VisitorLink,
      handle: (who, { params, body }) =>
        changing(parts, "visitor.invite", who, params.project, (db, space) =>
          inviteVisitor(db, space, body, lettingBy(who.caller, now(), who.origin)),
        ),
    }),
    route({
      method: "post",
      path: "/api/spaces/:project/visitors/:visitor/renew",
      summary: "A new link until another day; the one before opens nothing any more",
      action: "visitor.invite",
      limit: inviting,
      params: OneVisitor,
      body: RenewVisitor,
      answer: VisitorLink,
      handle: (who, { params, body }) =>
        changing(parts, "visitor.invite", who, params.project, (db, space) =>
          renewVisitor(db, space, params.visitor, body.until, lettingBy(who.caller, now(), who.origin)),
        ),
    }),
    route({
      method: "post",
      path: "/api/spaces/:project/visitors/:visitor/revoke",
      summary: "End a visit at once",
      action: "visitor.invite",
      limit: writing,
      params: OneVisitor,
      async handle(who, { params }) {
        // In a closed project too: whoever should not look must not have to wait.
        const space = await spaceFor(pool, "visitor.invite", who, params.project, now());
        if (isRefused(space)) return space;
        const no = await revokeVisitor(pool, space, params.visitor, now());
        if (!no) parts.tell(space.project.id, { type: "members" });
        return no;
      },
    }),
    route({
      method: "post",
      path: "/api/visit",
      summary: "Go in as a visitor, by the link; whoever was signed in in this browser is so no longer",
      action: "visit.begin",
      limit: visiting,
      body: BeginVisit,
      answer: VisitBegun,
      handle: ({ cookies }, { body }) => beginVisit(pool, body.token, cookies, now()),
    }),
  ];
}
