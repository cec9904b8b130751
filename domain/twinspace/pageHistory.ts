/** Which steps belong together in a page's history. */

const minuteMs = 60_000;
/** A pause of this length ends a stretch of writing, and so does this length of it. */
const pauseMs = 10 * minuteMs;
const longestMs = 60 * minuteMs;
/** Who writes so soon after another writes together with them. */
const togetherMs = 30_000;

export interface Stretch {
  readonly beganAt: number;
  readonly endedAt: number;
  readonly lastAuthor: string;
}

/**
 * Whether what somebody writes now goes on with this stretch. Who comes after another has paused begins one of their own, so
 * that the page can be brought back to what it was before them.
 *
 * @param now milliseconds since 1970
 */
export function goesOn({ beganAt, endedAt, lastAuthor }: Stretch, author: string, now: number): boolean {
  if (now - endedAt > pauseMs || now - beganAt > longestMs) return false;
  return lastAuthor === author || now - endedAt <= togetherMs;
}
