/** What a project shows, for feed readers (RFC 4287). Its author is the project: no person is named in public. */
import { escaped } from "../../domain/text/html.ts";

export interface Feed {
  readonly title: string;
  readonly subtitle: string;
  /** Absolute, as all addresses here. */
  readonly address: string;
  readonly self: string;
  /** Newest first. */
  readonly entries: readonly FeedEntry[];
}

export interface FeedEntry {
  /** Of its own, for good. */
  readonly id: string;
  readonly address: string;
  readonly title: string;
  readonly summary: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export const mostFeedEntries = 30;
export const feedSummaryLength = 280;

/** XML forbids some signs that HTML takes. */
const xml = (text: string): string => escaped(text.toWellFormed().replace(/[\ufffe\uffff]/g, ""));
const time = (at: number): string => new Date(at).toISOString();

export function atomFeed({ title, subtitle, address, self, entries }: Feed): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>${xml(address)}</id>
<title>${xml(title)}</title>
<subtitle>${xml(subtitle)}</subtitle>
<updated>${time(entries[0]?.at ?? 0)}</updated>
<author><name>${xml(title)}</name></author>
<link rel="self" type="application/atom+xml" href="${xml(self)}"/>
<link rel="alternate" type="text/html" href="${xml(address)}"/>
${entries.map(entry).join("\n")}
</feed>
`;
}

const entry = ({ id, address, title, summary, at }: FeedEntry): string =>
  `<entry><id>${xml(id)}</id><title>${xml(title)}</title><updated>${time(at)}</updated><link rel="alternate" type="text/html" href="${xml(address)}"/><summary>${xml(summary)}</summary></entry>`;
