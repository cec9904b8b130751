/** What a project publishes, for feed readers (RFC 4287). Its author is the project: no person is named in public. */
import { escaped } from "../../../domain/text/html.ts";
import { beginning } from "../../../domain/text/plain.ts";
import { pagePath, sitePath } from "./html.ts";
import type { ServedPage, Site } from "./site.ts";

const mostEntries = 30;
const summaryLength = 280;

/** XML forbids some signs that HTML takes. */
const xml = (text: string): string => escaped(text.toWellFormed().replace(/[\ufffe\uffff]/g, ""));
const at = (time: number): string => new Date(time).toISOString();

export function atomFeed(site: Site, origin: string): string {
  const { slug, title, summary } = site.project;
  const address = origin + sitePath(slug);
  const newest = [...site.pages].sort((a, b) => b.publishedAt - a.publishedAt).slice(0, mostEntries);
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>${xml(address)}</id>
<title>${xml(title)}</title>
<subtitle>${xml(site.tagline || summary)}</subtitle>
<updated>${at(newest[0]?.publishedAt ?? 0)}</updated>
<author><name>${xml(title)}</name></author>
<link rel="self" type="application/atom+xml" href="${xml(`${address}/feed.atom`)}"/>
<link rel="alternate" type="text/html" href="${xml(address)}"/>
${newest.map((page) => entry(site, origin, page)).join("\n")}
</feed>
`;
}

function entry(site: Site, origin: string, { slug, title, publishedAt, doc }: ServedPage): string {
  const address = xml(origin + pagePath(site.project.slug, slug));
  return `<entry><id>${address}</id><title>${xml(title)}</title><updated>${at(publishedAt)}</updated><link rel="alternate" type="text/html" href="${address}"/><summary>${xml(doc ? beginning(doc, summaryLength) : "")}</summary></entry>`;
}
