/** The bounds of a still, apart from the schemas so that a page can keep to them without a schema library. */

/** A still is a JPEG or WebP of at most 320 px a side and 20 kB, at most one in 5 s, checked by content. */
export const maxStillBytes = 20_000;
export const maxStillPx = 320;
export const leastStillGapMs = 5_000;
