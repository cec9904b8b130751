/** Comments on report cards, for both sides, and the desk of the support services. */
import type { Comment, OneComment, WriteComment } from "../../protocol/reports/comments.ts";
import { type Answer, ask } from "../api.ts";
import { spaceAt } from "./space.ts";

const at = encodeURIComponent;

/** What its reader can do with a comment. */
export interface CommentActs {
  answer(comment: Comment, words: string): Promise<Answer<unknown>>;
  takeBack(comment: Comment): Promise<Answer<unknown>>;
  /** Partners say that an action is done. */
  setDone?(comment: Comment, done: boolean): Promise<Answer<unknown>>;
}

/** Of a teacher of the project. */
export function partnerActs(project: string): CommentActs {
  const comments = `${spaceAt(project)}/report/comments`;
  return {
    answer: (comment, words) => ask<OneComment>("POST", `${comments}/${at(comment.id)}/answer`, { words }),
    takeBack: (comment) => ask<void>("DELETE", `${comments}/${at(comment.id)}`),
    setDone: (comment, done) => ask<void>("PUT", `${comments}/${at(comment.id)}/done`, { done }),
  };
}

/** Where one report card is read by a support service. */
export const deskReportAt = (project: string) => `/api/desk/reports/${at(project)}`;

/** Of somebody of a support service. */
export function serviceActs(project: string): CommentActs {
  return {
    answer: ({ id, entry }, words) =>
      writeComment(project, { kind: "answer", words, answers: id, ...(entry === null ? {} : { entry }) }),
    takeBack: ({ id }) => ask<void>("DELETE", `${deskReportAt(project)}/comments/${at(id)}`),
  };
}

export const writeComment = (project: string, body: WriteComment) =>
  ask<OneComment>("POST", `${deskReportAt(project)}/comments`, body);
