/** Comments on report cards over http: the support services' and the partners' answers. */
import * as z from "zod";
import { ProjectSlug } from "../../protocol/http/projects.ts";
import { Id } from "../../protocol/ids.ts";
import { ActionDone, AnswerComment, OneComment, WriteComment } from "../../protocol/reports/comments.ts";
import { inTransaction, type Queryable } from "../../storage/pool.ts";
import { type Caller, isRefused, type RefusedFields, type Route, route } from "../http/route.ts";
import type { ProjectRow } from "../projects/rows.ts";
import { spaceFor } from "../twinspace/insider.ts";
import { addNews } from "../twinspace/news.ts";
import { reading, type SpaceParts, writing } from "../twinspace/routes.ts";
import { answerOfPartner, settleAction, takeBack, type Written, writeOfService } from "./commenting.ts";
import { type CommentReader, commentsOf } from "./comments.ts";
import { tellOfComment } from "./letters.ts";
import { reportFor, speaksFor } from "./sight.ts";

const OneReport = z.strictObject({ project: ProjectSlug });
const OneOfComments = z.strictObject({ project: ProjectSlug, comment: Id });

export function commentRoutes(parts: SpaceParts): Route[] {
  return [...serviceRoutes(parts), ...partnerRoutes(parts)];
}

function serviceRoutes({ pool, now, tell }: SpaceParts): Route[] {
  return [
    route({
      method: "post",
      path: "/api/desk/reports/:project/comments",
      summary: "Say something about a report card or one of its entries, or answer its teachers",
      action: "report.comment",
      limit: writing,
      params: OneReport,
      body: WriteComment,
      answer: OneComment,
      handle: ({ caller, origin }, { params, body }) =>
        inTransaction(pool, async (db) => {
          const project = await reportFor(db, "report.comment", caller.actor, params.project, now());
          if (isRefused(project)) return project;
          const written = await comment(db, project, caller, body, origin, now());
          if (isRefused(written)) return written;
          if (body.readers === "partners") tell(project.id, { type: "news" });
          return oneComment(db, project.id, { side: "service", account: caller.id }, written.id, now());
        }),
    }),
    route({
      method: "delete",
      path: "/api/desk/reports/:project/comments/:comment",
      summary: "Take my own comment back, within ten minutes",
      action: "report.comment",
      limit: writing,
      params: OneOfComments,
      handle: ({ caller }, { params }) =>
        inTransaction(pool, async (db) => {
          const project = await reportFor(db, "report.comment", caller.actor, params.project, now());
          if (isRefused(project)) return project;
          return takeBack(db, project.id, { side: "service", account: caller.id }, params.comment, now());
        }),
    }),
  ];
}

/** In the name of one of the services that the caller works for here; the national one where they could choose. */
async function comment(
  db: Queryable,
  project: ProjectRow,
  caller: Caller,
  { entry, answers, country: asked, ...said }: z.output<typeof WriteComment>,
  origin: string,
  now: number,
): Promise<Written | RefusedFields> {
  const countries = speaksFor(project, caller.actor);
  const country = asked ?? countries.find((one) => one !== null) ?? null;
  if (!countries.includes(country)) return { refused: "request.malformed", fields: ["country"] };
  const by = { side: "service", account: caller.id, country } as const;
  const written = await writeOfService(
    db,
    project,
    by,
    { ...said, entry: entry ?? null, answers: answers ?? null },
    now,
  );
  if (isRefused(written) || !written.isNew || said.readers === "services") return written;
  const news = { project: project.id, by: `account:${caller.id}`, thing: written.id } as const;
  await addNews(db, { ...news, kind: "commentWritten", seenBy: "teachers" }, now);
  await tellOfComment(db, project, { kind: said.kind, entry: written.entry, country }, origin);
  return written;
}

function partnerRoutes({ pool, now, tell }: SpaceParts): Route[] {
  return [
    route({
      method: "post",
      path: "/api/spaces/:project/report/comments/:comment/answer",
      summary: "Answer what a support service said about our report card",
      action: "report.answer",
      limit: writing,
      params: OneOfComments,
      body: AnswerComment,
      answer: OneComment,
      handle: (who, { params, body }) =>
        inTransaction(pool, async (db) => {
          const space = await spaceFor(db, "report.answer", who, params.project, now());
          if (isRefused(space)) return space;
          const { project, me } = space;
          // A closed project still owes its final entry, and may be asked about it.
          if (project.state === "archived") return { refused: "space.readOnly" };
          const written = await answerOfPartner(db, project, me.id, params.comment, body.words, now());
          if (isRefused(written)) return written;
          if (written.isNew) {
            const news = { project: project.id, by: me.author, thing: written.id, seenBy: "teachers" } as const;
            await addNews(db, { ...news, kind: "commentWritten" }, now());
          }
          tell(project.id, { type: "news" });
          return oneComment(db, project.id, { side: "partner", account: me.id }, written.id, now());
        }),
    }),
    route({
      method: "put",
      path: "/api/spaces/:project/report/comments/:comment/done",
      summary: "Say that what a support service asked us to do is done, or is not yet",
      action: "report.answer",
      limit: writing,
      params: OneOfComments,
      body: ActionDone,
      handle: (who, { params, body }) =>
        inTransaction(pool, async (db) => {
          const space = await spaceFor(db, "report.answer", who, params.project, now());
          if (isRefused(space)) return space;
          if (space.project.state === "archived") return { refused: "space.readOnly" };
          return settleAction(db, space.project.id, space.me.id, params.comment, body.done, now());
        }),
    }),
    route({
      method: "delete",
      path: "/api/spaces/:project/report/comments/:comment",
      summary: "Take my own answer back, within ten minutes",
      action: "report.answer",
      limit: reading,
      params: OneOfComments,
      handle: (who, { params }) =>
        inTransaction(pool, async (db) => {
          const space = await spaceFor(db, "report.answer", who, params.project, now());
          if (isRefused(space)) return space;
          const by = { side: "partner", account: space.me.id } as const;
          return takeBack(db, space.project.id, by, params.comment, now());
        }),
    }),
  ];
}

async function oneComment(db: Queryable, project: Id, reader: CommentReader, id: Id, now: number) {
  const [comment] = await commentsOf(db, project, reader, now, { id });
  if (!comment) throw new Error("A comment that was just written is not there");
  return { comment };
}
