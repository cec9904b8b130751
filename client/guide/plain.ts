import type { Inline } from "./shape.ts";

/** The words of a line alone. */
export const plainOf = (of: readonly Inline[]): string =>
  of
    .map((part) => {
      if (typeof part === "string") return part;
      if (part.kind === "code") return part.text;
      return part.kind === "picture" ? part.alt : plainOf(part.of);
    })
    .join("");
