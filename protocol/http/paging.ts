/** What every list that comes in pages has: words to find by, and where the next page begins. */
import * as z from "zod";
import "../ids.ts";

/** Where a list goes on, as the answer before said it; opaque to browsers. */
export const Cursor = z.string().regex(/^[A-Za-z0-9_-]{1,2400}$/);

/** What somebody looks for, as they typed it. */
export const SoughtWords = z.string().max(120);

/** `words`: only what has all of them. `after`: the page behind this one. */
export const PageOfList = z.strictObject({ words: SoughtWords.optional(), after: Cursor.optional() });
