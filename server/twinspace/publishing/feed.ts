/** What a project publishes, for feed readers. */
import { beginning } from "../../../domain/text/plain.ts";
import { atomFeed, feedSummaryLength, mostFeedEntries } from "../../publicPages/feed.ts";
import { pagePath, sitePath } from "./html.ts";
import type { Site } from "./site.ts";

export function siteFeed(site: Site, origin: string): string {
  const { slug, title, summary } = site.project;
  const address = origin + sitePath(slug);
  const newest = [...site.pages].sort((a, b) => b.publishedAt - a.publishedAt).slice(0, mostFeedEntries);
  return atomFeed({
    ...{ title, subtitle: site.tagline || summary, address, self: `${address}/feed.atom` },
    entries: newest.map((page) => {
      const at = origin + pagePath(slug, page.slug);
      const words = page.doc ? beginning(page.doc, feedSummaryLength) : "";
      return { id: at, address: at, title: page.title, summary: words, at: page.publishedAt };
    }),
  });
}
