/** How comments of a report card stand together, without drawing them. */
import type { Comment } from "../../protocol/reports/comments.ts";

/** Something said, with everything that answers it or its answers, the oldest first. */
export interface Thread {
  readonly comment: Comment;
  readonly answers: readonly Comment[];
}

/** In the order in which they came. An answer whose comment is not there begins one of its own. */
export function threadsOf(comments: readonly Comment[]): Thread[] {
  const all = comments.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const byId = new Map(all.map((comment) => [comment.id, comment]));
  const firstOf = (comment: Comment): Comment => {
    const before = comment.answers === null ? undefined : byId.get(comment.answers);
    return before === undefined ? comment : firstOf(before);
  };
  return all
    .filter((comment) => firstOf(comment) === comment)
    .map((comment) => ({ comment, answers: all.filter((one) => one !== comment && firstOf(one) === comment) }));
}
