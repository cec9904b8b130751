/** Projects over http: my own, the form, and whatever is done to them. What everybody may read has routes of its own. */
import {
  AfterProjects,
  AgreeToForm,
  ChangeForm,
  ChangeRole,
  ChoosePerson,
  FieldHistory,
  FormChanged,
  JoinProject,
  MyProjects,
  OneField,
  OneMember,
  OneProject,
  PossiblePartners,
  ProjectView,
  StartProject,
  WithNote,
  WithReason,
} from "../../protocol/http/projects.ts";
import type { Pool } from "../../storage/pool.ts";
import { type Caller, type Context, isRefused, type RefusedFields, type Route, route } from "../http/route.ts";
import type { TellSpace } from "../twinspace/live.ts";
import { historyOf } from "./form.ts";
import { changeRole, choosePartner, inviteMember, join, leave, possiblePartners, removeMember } from "./members.ts";
import {
  type Acting,
  agree,
  askChange,
  changeForm,
  closeOrReopen,
  decline,
  startProject,
  suspendOrLift,
  withdraw,
} from "./projects.ts";
import { findProject } from "./rows.ts";
import { myProjects, shownProject } from "./shown.ts";
import { projectFor } from "./sight.ts";

export interface ProjectParts {
  readonly pool: Pool;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Tells the browsers that have a TwinSpace open. */
  readonly tell: TellSpace;
}

/** Editors ask every few seconds what others have changed. */
const reading = { times: 300, perMs: 60_000, per: "account" } as const;
/** Autosave. */
const saving = { times: 240, perMs: 60_000, per: "account" } as const;
const acting = { times: 120, perMs: 3_600_000, per: "account" } as const;
/** An answer tells whether there is somebody of this address, so it cannot be asked for long. */
const choosing = { times: 30, perMs: 3_600_000, per: "account" } as const;

export function projectRoutes(parts: ProjectParts): Route[] {
  return [...readingRoutes(parts), ...formRoutes(parts), ...foundingRoutes(parts), ...memberRoutes(parts)].concat(
    courseRoutes(parts),
  );
}

const actingOf = ({ caller, origin }: Context<Caller>, { now }: ProjectParts): Acting => ({
  caller,
  origin,
  now: now(),
});

/** The project as it is after an act, or why that was not done. */
async function shownAfter(
  parts: ProjectParts,
  context: Context<Caller>,
  key: string,
  act: (as: Acting) => Promise<RefusedFields | undefined>,
): Promise<ProjectView | RefusedFields> {
  const refused = await act(actingOf(context, parts));
  return refused ?? look(parts, context, key);
}

async function look(
  parts: ProjectParts,
  { caller }: Context<Caller>,
  key: string,
): Promise<ProjectView | RefusedFields> {
  const now = parts.now();
  const row = await findProject(parts.pool, key, now);
  return row ? shownProject(parts.pool, row, caller.actor, now) : { refused: "request.notFound" };
}

/** Who is in it, or as what: whoever is no longer is sent out of the TwinSpace at once. */
async function tellMembers({ pool, now, tell }: ProjectParts, key: string): Promise<void> {
  const row = await findProject(pool, key, now());
  if (row) tell(row.id, { type: "members" });
}

function readingRoutes(parts: ProjectParts): Route[] {
  const { pool, now } = parts;
  return [
    route({
      method: "get",
      path: "/api/projects",
      summary: "The projects I am in or invited to, in pages",
      action: "project.mine",
      limit: reading,
      query: AfterProjects,
      answer: MyProjects,
      handle: ({ caller }, { query }) => myProjects(pool, caller.id, now(), query.after),
    }),
    route({
      method: "get",
      path: "/api/projects/:project",
      summary: "A project, for its members and the support services of its countries",
      action: "project.read",
      limit: reading,
      params: OneProject,
      answer: ProjectView,
      async handle({ caller }, { params }) {
        const row = await projectFor(pool, "project.read", caller.actor, params.project, now());
        return isRefused(row) ? row : shownProject(pool, row, caller.actor, now());
      },
    }),
    route({
      method: "get",
      path: "/api/projects/:project/fields/:field",
      summary: "What a field of the form was before, and what was set aside",
      action: "project.edit",
      limit: reading,
      params: OneField,
      answer: FieldHistory,
      async handle({ caller }, { params }) {
        const row = await projectFor(pool, "project.edit", caller.actor, params.project, now());
        return isRefused(row) ? row : historyOf(pool, row.id, params.field);
      },
    }),
    route({
      method: "get",
      path: "/api/project-partners",
      summary: "My contacts who can found a project with me or be invited to one",
      action: "project.mine",
      limit: reading,
      answer: PossiblePartners,
      handle: ({ caller }) => possiblePartners(pool, caller.id),
    }),
  ];
}

function formRoutes(parts: ProjectParts): Route[] {
  const { pool } = parts;
  return [
    route({
      method: "post",
      path: "/api/projects",
      summary: "Begin a draft for one of my validated schools",
      action: "project.start",
      limit: acting,
      body: StartProject,
      answer: ProjectView,
      async handle(context, { body }) {
        const id = await startProject(pool, actingOf(context, parts), body);
        return isRefused(id) ? id : look(parts, context, id);
      },
    }),
    route({
      method: "patch",
      path: "/api/projects/:project",
      summary: "Save fields of the form, each with the version it was written on",
      action: "project.edit",
      limit: saving,
      params: OneProject,
      body: ChangeForm,
      answer: FormChanged,
      handle: (context, { params, body }) => changeForm(pool, actingOf(context, parts), params.project, body.changes),
    }),
  ];
}

function foundingRoutes(parts: ProjectParts): Route[] {
  const { pool } = parts;
  return [
    route({
      method: "post",
      path: "/api/projects/:project/partner",
      summary: "Choose the one co-founder: a contact, or a colleague by e-mail, who is asked first",
      action: "project.found",
      limit: choosing,
      params: OneProject,
      body: ChoosePerson,
      answer: ProjectView,
      handle: (context, { params, body }) =>
        shownAfter(parts, context, params.project, (as) => choosePartner(pool, as, params.project, body)),
    }),
    route({
      method: "post",
      path: "/api/projects/:project/agree",
      summary:
        "Say yes to the form as it is; the first yes sends it to the partner, the second to the support services",
      action: "project.found",
      limit: acting,
      params: OneProject,
      body: AgreeToForm,
      answer: ProjectView,
      handle: (context, { params, body }) =>
        shownAfter(parts, context, params.project, (as) => agree(pool, as, params.project, body.version)),
    }),
    route({
      method: "post",
      path: "/api/projects/:project/ask-change",
      summary: "Ask the partner for a change before saying yes: it is a draft again",
      action: "project.found",
      limit: acting,
      params: OneProject,
      body: WithReason,
      answer: ProjectView,
      handle: (context, { params, body }) =>
        shownAfter(parts, context, params.project, (as) => askChange(pool, as, params.project, body.note)),
    }),
    route({
      method: "post",
      path: "/api/projects/:project/decline",
      summary: "Decline a project that waits for me, or an invitation to one",
      action: "project.answer",
      limit: acting,
      params: OneProject,
      body: WithNote,
      async handle(context, { params, body }) {
        return decline(pool, actingOf(context, parts), params.project, body.note);
      },
    }),
    route({
      method: "post",
      path: "/api/projects/:project/withdraw",
      summary: "Give up a project that is not decided yet",
      action: "project.found",
      limit: acting,
      params: OneProject,
      body: WithNote,
      answer: ProjectView,
      handle: (context, { params, body }) =>
        shownAfter(parts, context, params.project, (as) => withdraw(pool, as, params.project, body.note)),
    }),
  ];
}

function memberRoutes(parts: ProjectParts): Route[] {
  const { pool } = parts;
  return [
    route({
      method: "post",
      path: "/api/projects/:project/members",
      summary: "Invite a further partner to an active project",
      action: "project.invite",
      limit: choosing,
      params: OneProject,
      body: ChoosePerson,
      answer: ProjectView,
      handle: (context, { params, body }) =>
        shownAfter(parts, context, params.project, (as) => inviteMember(pool, as, params.project, body)),
    }),
    route({
      method: "post",
      path: "/api/projects/:project/join",
      summary: "Take part, with one of my schools; in a draft also to change it",
      action: "project.answer",
      limit: acting,
      params: OneProject,
      body: JoinProject,
      answer: ProjectView,
      handle: (context, { params, body }) =>
        shownAfter(parts, context, params.project, (as) => join(pool, as, params.project, body.school)),
    }),
    route({
      method: "patch",
      path: "/api/projects/:project/members/:account",
      summary: "Change what a member may do: administrator, teacher, expert or observer",
      action: "project.changeRoles",
      limit: acting,
      params: OneMember,
      body: ChangeRole,
      answer: ProjectView,
      handle: (context, { params, body }) =>
        shownAfter(parts, context, params.project, async (as) => {
          const no = await changeRole(pool, as, params.project, params.account, body.role);
          if (!no) await tellMembers(parts, params.project);
          return no;
        }),
    }),
    route({
      method: "delete",
      path: "/api/projects/:project/members/:account",
      summary: "Take a member out of an active project; what they did in it stays",
      action: "project.removeMember",
      limit: acting,
      params: OneMember,
      async handle(context, { params }) {
        const no = await removeMember(pool, actingOf(context, parts), params.project, params.account);
        if (!no) await tellMembers(parts, params.project);
        return no;
      },
    }),
    route({
      method: "post",
      path: "/api/projects/:project/leave",
      summary: "Leave a project that I was invited to",
      action: "project.leave",
      limit: acting,
      params: OneProject,
      async handle(context, { params }) {
        const no = await leave(pool, actingOf(context, parts), params.project);
        if (!no) await tellMembers(parts, params.project);
        return no;
      },
    }),
  ];
}

function courseRoutes(parts: ProjectParts): Route[] {
  const { pool } = parts;
  const ending = (type: "close" | "reopen", action: "project.close" | "project.reopen", summary: string) =>
    route({
      method: "post",
      path: `/api/projects/:project/${type}`,
      summary,
      action,
      limit: acting,
      params: OneProject,
      answer: ProjectView,
      handle: (context, { params }) =>
        shownAfter(parts, context, params.project, (as) => closeOrReopen(pool, as, params.project, type)),
    });
  const halting = (type: "suspend" | "lift", summary: string) =>
    route({
      method: "post",
      path: `/api/projects/:project/${type}`,
      summary,
      action: "project.suspend",
      limit: acting,
      params: OneProject,
      body: WithReason,
      answer: ProjectView,
      handle: (context, { params, body }) =>
        shownAfter(parts, context, params.project, (as) => suspendOrLift(pool, as, params.project, type, body.note)),
    });
  return [
    ending("close", "project.close", "End an active project"),
    ending("reopen", "project.reopen", "Open a closed project again, within twelve months"),
    halting("suspend", "Halt an active project, with a reason its members read"),
    halting("lift", "Let a suspended project go on"),
  ];
}
