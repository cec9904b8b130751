/** Applying for a Quality Label over http. Everybody sees their own alone: no colleague, no founder, no school's lead. */
import {
  ApplicationSaved,
  ApplicationView,
  Candidates,
  Copy,
  MyApplications,
  OneApplication,
  QualityLabelView,
  SaveApplication,
  SubmitApplication,
} from "../../protocol/qualityLabels/applications.ts";
import { FileKey } from "../../protocol/qualityLabels/frozen.ts";
import type { Refused } from "../../protocol/refusals.ts";
import { AskFile } from "../../protocol/twinspace/materials.ts";
import { OneSpace } from "../../protocol/twinspace/space.ts";
import { type Context, isRefused, type RefusedFields, type Route, route } from "../http/route.ts";
import { type Space, spaceFor } from "../twinspace/insider.ts";
import { reading, writing } from "../twinspace/routes.ts";
import { applicationView, beginApplication, dropDraft, labelView, ownApplication } from "./applications.ts";
import { candidatesFor } from "./candidates.ts";
import { frozenShown } from "./frozenShown.ts";
import { myApplications } from "./mine.ts";
import type { LabelParts } from "./parts.ts";
import { saveApplication } from "./saving.ts";
import { copiedFile } from "./serving.ts";
import { standingOf } from "./standing.ts";
import { previewOf, submitApplication, withdrawApplication } from "./submitting.ts";

const at = "/api/spaces/:project/quality-label";
const one = `${at}/applications/:application`;
/** A copy has many pictures. */
const files = { times: 3_000, perMs: 60_000, per: "account" } as const;
/** Each one reads texts and copies files. */
const sending = { times: 20, perMs: 60_000, per: "account" } as const;
const action = "qualityLabel.apply";

const OneFile = OneApplication.extend({ key: FileKey });

export function applicationRoutes(parts: LabelParts): Route[] {
  return [...draftRoutes(parts), ...sentRoutes(parts), mineRoute(parts)];
}

/** The TwinSpace of a project that goes on, or that is over: when it is too late the rules say. */
const spaceOf = ({ pool, now }: LabelParts, who: Context, project: string): Promise<Space | Refused> =>
  spaceFor(pool, action, who, project, now());

function draftRoutes(parts: LabelParts): Route[] {
  /** Something is done, and then it stands like this. */
  const done = async (
    who: Context,
    project: string,
    act: (space: Space) => Promise<RefusedFields | undefined>,
  ): Promise<QualityLabelView | RefusedFields> => {
    const space = await spaceOf(parts, who, project);
    if (isRefused(space)) return space;
    return (await act(space)) ?? labelView(parts, space);
  };
  return [
    route({
      method: "get",
      path: at,
      summary: "How it stands with me and the Quality Label for my part in this project",
      action,
      limit: reading,
      params: OneSpace,
      answer: QualityLabelView,
      handle: (who, { params }) => done(who, params.project, async () => undefined),
    }),
    route({
      method: "post",
      path: at,
      summary: "Begin an application for the Quality Label, or go on with the open one",
      action,
      limit: writing,
      params: OneSpace,
      answer: QualityLabelView,
      handle: (who, { params }) => done(who, params.project, (space) => beginApplication(parts, space)),
    }),
    route({
      method: "patch",
      path: at,
      summary: "Save fields of my draft: answers, what is shown for a criterion, questions of the gate",
      action,
      limit: writing,
      params: OneSpace,
      body: SaveApplication,
      bodyBytes: 200_000,
      answer: ApplicationSaved,
      async handle(who, { params, body }) {
        const space = await spaceOf(parts, who, params.project);
        return isRefused(space) ? space : saveApplication(parts, space, body);
      },
    }),
    route({
      method: "delete",
      path: at,
      summary: "Throw my draft away",
      action,
      limit: writing,
      params: OneSpace,
      answer: QualityLabelView,
      handle: (who, { params }) => done(who, params.project, (space) => dropDraft(parts.pool, space)),
    }),
    route({
      method: "get",
      path: `${at}/candidates`,
      summary: "What can be shown for each criterion: tagged entries of the report card, and what they show",
      action,
      limit: reading,
      params: OneSpace,
      answer: Candidates,
      async handle(who, { params }) {
        const space = await spaceOf(parts, who, params.project);
        if (isRefused(space)) return space;
        const { rubric } = await standingOf(parts.pool, space, parts);
        return rubric ? candidatesFor(parts.pool, space, rubric, parts.now()) : { entries: [], notShared: [] };
      },
    }),
    route({
      method: "get",
      path: `${at}/preview`,
      summary: "Exactly what reviewers would see if my draft were sent now",
      action,
      limit: sending,
      params: OneSpace,
      answer: Copy,
      async handle(who, { params }) {
        const space = await spaceOf(parts, who, params.project);
        if (isRefused(space)) return space;
        const copy = await previewOf(parts, space);
        return isRefused(copy) ? copy : { copy };
      },
    }),
    route({
      method: "post",
      path: `${at}/submit`,
      summary: "Send my application: a copy is made that nothing changes any more",
      action,
      limit: sending,
      params: OneSpace,
      body: SubmitApplication,
      answer: QualityLabelView,
      handle: (who, { params, body }) =>
        done(who, params.project, (space) => submitApplication(parts, space, body, who.origin)),
    }),
    route({
      method: "post",
      path: `${at}/withdraw`,
      summary: "Take back my application that is not decided yet",
      action,
      limit: writing,
      params: OneSpace,
      answer: QualityLabelView,
      handle: (who, { params }) => done(who, params.project, (space) => withdrawApplication(parts, space)),
    }),
  ];
}

function sentRoutes(parts: LabelParts): Route[] {
  const { pool, now } = parts;
  return [
    route({
      method: "get",
      path: one,
      summary: "One of my applications for this project, with what was decided",
      action,
      limit: reading,
      params: OneApplication,
      answer: ApplicationView,
      async handle(who, { params }) {
        const space = await spaceOf(parts, who, params.project);
        if (isRefused(space)) return space;
        const row = await ownApplication(pool, space, params.application);
        if (!row) return { refused: "request.notFound" };
        return applicationView(pool, space, row, await standingOf(pool, space, parts));
      },
    }),
    route({
      method: "get",
      path: `${one}/copy`,
      summary: "What I sent, as it may be shown now",
      action,
      limit: reading,
      params: OneApplication,
      answer: Copy,
      async handle(who, { params }) {
        const space = await spaceOf(parts, who, params.project);
        if (isRefused(space)) return space;
        const row = await ownApplication(pool, space, params.application);
        const at = `/api/spaces/${encodeURIComponent(space.project.slug)}/quality-label/applications`;
        const filesAt = `${at}/${encodeURIComponent(params.application)}/files/`;
        const copy = row && (await frozenShown(pool, row, { filesAt }, now()));
        return copy ? { copy } : { refused: "request.notFound" };
      },
    }),
    route({
      method: "get",
      path: `${one}/files/:key`,
      summary: "A file of what I sent, or a smaller picture of it, while it may be shown",
      action,
      limit: files,
      params: OneFile,
      query: AskFile,
      async handle(who, { params, query: { size } }) {
        const space = await spaceOf(parts, who, params.project);
        if (isRefused(space)) return space;
        if (!(await ownApplication(pool, space, params.application))) return { refused: "request.notFound" };
        return copiedFile(parts, params.application, params.key, size === undefined ? undefined : Number(size));
      },
    }),
  ];
}

function mineRoute({ pool }: LabelParts): Route {
  return route({
    method: "get",
    path: "/api/me/quality-labels",
    summary: "My applications for Quality Labels, of all projects",
    action: "qualityLabel.hold",
    limit: reading,
    answer: MyApplications,
    handle: async ({ caller }) => ({ applications: await myApplications(pool, caller.id) }),
  });
}
