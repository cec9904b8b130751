/** The entries of a public report, for feed readers. */
import { atomFeed, feedSummaryLength, mostFeedEntries } from "../../publicPages/feed.ts";
import type { ServedReport } from "./finding.ts";
import { descriptionOf } from "./html.ts";
import { kindWords, words } from "./words.ts";

export function reportFeed(shown: ServedReport, origin: string): string {
  const { report } = shown;
  const address = origin + report.address;
  const newest = [...report.entries].sort((a, b) => b.publishedAt - a.publishedAt).slice(0, mostFeedEntries);
  return atomFeed({
    ...{ title: words.titled(report.project.title), subtitle: descriptionOf(shown) },
    ...{ address, self: `${address}/feed.atom` },
    entries: newest.map(({ id, kind, title, done, learned, publishedAt }) => ({
      ...{ id: `${address}#entry-${id}`, address: `${address}#entry-${id}`, title: title || kindWords[kind] },
      ...{ summary: cut(done || learned), at: publishedAt },
    })),
  });
}

function cut(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= feedSummaryLength ? line : `${[...line].slice(0, feedSummaryLength - 1).join("")}…`;
}
