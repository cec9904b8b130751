/** How much pages may be. Beside their schemas, so that browsers need no schema library to know it. */

/** The page itself is one; nothing is below a page of the last one. */
export const deepestPage = 4;
export const pagesPerProject = 20_000;
/** Of a text, in characters. */
export const longestText = 200_000;
/** In one message. Whoever has more to send sends them one message after the other. */
export const mostStepsAtOnce = 500;
/** Of a message with steps. Over the socket much less: what is larger than `mostSocketBytes` goes over http. */
export const mostStepsBytes = 2_000_000;
export const mostSocketBytes = 50_000;
