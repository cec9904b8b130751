/** Where a list goes on: the sort key of the last row that was sent, so that rows added meanwhile move nothing. */
import type * as z from "zod";

/** Opaque to browsers; it holds nothing that the row it comes from does not show. */
export const cursorOf = (key: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(key)).toString("base64url");

/** The key in a cursor, or undefined when it is none of this shape. `shape`: a tuple of what stands in it. */
export function keyOf<S extends z.ZodType>(cursor: string, shape: S): z.output<S> | undefined {
  try {
    return shape.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch {
    return undefined;
  }
}
