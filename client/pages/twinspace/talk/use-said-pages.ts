import { useRef } from "react";
import type { Answer } from "../../../api.ts";
import { useSpaceNews } from "../../../use-space-news.ts";
import { type Pages, usePages } from "../../portal/use-pages.ts";
import { useSpace } from "../space-page.tsx";

/**
 * A list of what was said that begins anew when something changed in the TwinSpace. Not once more pages were loaded: nothing is
 * taken away from under somebody who reads.
 */
export function useSaidPages<Row>(
  ask: (after: string | null) => Promise<Answer<{ rows: readonly Row[]; next: string | null }>>,
): Pages<Row> {
  const { slug } = useSpace();
  const asked = useRef(1);
  const pages = usePages("", (_words, after) => {
    asked.current = after === null ? 1 : asked.current + 1;
    return ask(after);
  });
  useSpaceNews(slug, ({ type }) => {
    if ((type === "news" || type === "missed") && asked.current === 1) pages.again();
  });
  return pages;
}
