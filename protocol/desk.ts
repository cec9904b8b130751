/** What the desks of support services have in common with who draws them. */

/** So many things are accepted at once, and no more. */
export const mostAtOnce = 100;
