/** Comments on report cards, for both sides, and the desk of the support services. */
import type { CardState } from "../../protocol/reports/card.ts";
import type { Comment, OneComment, WriteComment } from "../../protocol/reports/comments.ts";
import type {
  DeskReport,
  LabelFilter,
  Marked,
  Reminded,
  ReportFigures,
  ReportRow,
  ReportRows,
} from "../../protocol/reports/desk.ts";
import { type Answer, ask, isRefused, query } from "../api.ts";
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

/* The worklist */

/** What narrows the list. `show`: a state of the card, or what is to be done about it. */
export interface ReportFilter {
  readonly show: ShownReports;
  readonly label: LabelFilter | "";
  readonly country: string;
  readonly year: string;
}
export type ShownReports = "all" | "waiting" | "silent" | "unread" | CardState;

function askedOf({ show, label, country, year }: ReportFilter, words: string, after: string | null) {
  const isFlag = show === "waiting" || show === "silent" || show === "unread";
  const shown = show === "all" ? {} : isFlag ? { [show]: "yes" } : { state: show };
  return query({ ...shown, label, country, year, words: words.trim(), after });
}

/** `total`: of all pages. */
export async function deskReports(
  filter: ReportFilter,
  words: string,
  after: string | null,
): Promise<Answer<{ rows: readonly ReportRow[]; next: string | null; total: number }>> {
  const answer = await ask<ReportRows>("GET", `/api/desk/reports${askedOf(filter, words, after)}`);
  return isRefused(answer) ? answer : { value: answer.value };
}

/** An address, for an anchor. */
export const deskReportsFile = (filter: ReportFilter, words: string) =>
  `/api/desk/reports.csv${askedOf(filter, words, null)}`;

export const deskReport = (project: string) => ask<DeskReport>("GET", deskReportAt(project));
const entryAt = (project: string, entry: string) => `${deskReportAt(project)}/entries/${at(entry)}`;
export const markEntry = (project: string, entry: string) => ask<Marked>("PUT", `${entryAt(project, entry)}/read`);
export const unmarkEntry = (project: string, entry: string) => ask<void>("DELETE", `${entryAt(project, entry)}/read`);
export const markCards = (projects: readonly string[]) => ask<Marked>("POST", "/api/desk/reports/read", { projects });
export const unmarkCards = (projects: readonly string[], moment: number) =>
  ask<Marked>("POST", "/api/desk/reports/unread", { projects, at: moment });
export const remindProjects = (projects: readonly string[]) =>
  ask<Reminded>("POST", "/api/desk/reports/remind", { projects });

export const reportFigures = (country: string) =>
  ask<ReportFigures>("GET", `/api/desk/report-figures${query({ country })}`);
/** An address, for an anchor. */
export const reportFiguresFile = (country: string) => `/api/desk/report-figures.csv${query({ country })}`;
