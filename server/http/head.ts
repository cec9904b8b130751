/** What a page's head says to those who show its address to others: title, description, card (https://ogp.me). */

export interface Head {
  readonly title: string;
  readonly description: string;
  /** The one address of the page, absolute. */
  readonly address: string;
  /** A picture for the card, absolute, 1200 by 630. */
  readonly picture?: string | undefined;
}

const siteName = "Twinlight";
const longestTitle = 120;
const longestDescription = 280;

/** The page with its head filled in. Nothing of what people wrote can be more than text in it. */
export function withHead(html: string, head: Head): string {
  const title = cut(head.title, longestTitle);
  const description = cut(head.description, longestDescription);
  const metas = [
    meta("name", "description", description),
    meta("property", "og:type", "website"),
    meta("property", "og:site_name", siteName),
    meta("property", "og:title", title),
    meta("property", "og:description", description),
    meta("property", "og:url", head.address),
    ...(head.picture === undefined ? [] : [meta("property", "og:image", head.picture)]),
    meta("name", "twitter:card", head.picture === undefined ? "summary" : "summary_large_image"),
    `<link rel="canonical" href="${escaped(head.address)}" />`,
  ];
  return html
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escaped(title)} · ${siteName}</title>`)
    .replace("</head>", () => `${metas.join("")}</head>`);
}

const meta = (kind: "name" | "property", name: string, content: string) =>
  `<meta ${kind}="${name}" content="${escaped(content)}" />`;

/** One line without marks that turn the direction of what stands around it. */
function cut(text: string, longest: number): string {
  const line = text
    .replace(/[\p{Cf}\p{Cs}\p{Co}]/gu, "")
    .replace(/[\p{Cc}\p{Z}]+/gu, " ")
    .trim();
  const signs = [...line];
  return signs.length > longest ? `${signs.slice(0, longest - 1).join("")}…` : line;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
