/**
 * Public pages as HTML. Every word that people wrote goes through `escaped`, and texts through `textToHtml`, which does: there is
 * no other way for it into a page. No script, no inline style, no address of another server but in links that people wrote.
 */
import { escaped, textToHtml } from "../../../domain/text/html.ts";
import { beginning } from "../../../domain/text/plain.ts";
import type { TextNode } from "../../../domain/text/schema.ts";
import { countryName, framed, languageOf, ours } from "../../publicPages/frame.ts";
import type { ThingRow } from "./rows.ts";
import type { ServedPage, Site } from "./site.ts";
import { words } from "./words.ts";

const longestDescription = 280;

export const sitePath = (slug: string): string => `/p/${encodeURIComponent(slug)}`;
export const pagePath = (site: string, page: string): string => `${sitePath(site)}/${encodeURIComponent(page)}`;
export const filePath = (site: string, { id, kind, sizes }: ThingRow): string =>
  `${sitePath(site)}/file/${encodeURIComponent(id)}${kind === "image" && sizes.includes(1280) ? "?size=1280" : ""}`;

interface Around {
  readonly title: string;
  readonly description: string;
  /** Absolute. */
  readonly address: string;
  readonly picture: string;
  readonly robots: boolean;
  readonly notice?: string | undefined;
}

const frame = (site: Site, origin: string, around: Around, banner: string, inside: string): string =>
  framed({
    ...{ languages: site.project.languages, project: site.project, theme: site.theme, banner, inside },
    ...{ ...around, feed: `${origin}${sitePath(site.project.slug)}/feed.atom`, foot: qualityLabels(site) },
  });

/** Labels that teachers of its schools hold and show; each leads to where it is checked. */
function qualityLabels({ project }: Site): string {
  const links = project.schools.flatMap(({ name, qualityLabels: codes }) =>
    codes.map(
      (code) =>
        `<a href="${escaped(`/labels/${encodeURIComponent(code)}`)}">${escaped(words.qualityLabel)}</a> (<bdi>${escaped(name)}</bdi>)`,
    ),
  );
  return links.length === 0 ? "" : `<div>${links.join(", ")}</div>\n`;
}

const tagline = ({ tagline: text }: Site) => (text === "" ? "" : `<p dir="auto">${escaped(text)}</p>`);

function pictureOf(site: Site, origin: string, pages: readonly ServedPage[]): string {
  const image = pages.flatMap(({ things }) => things).find(({ kind }) => kind === "image");
  return origin + (image === undefined ? "/card.png" : filePath(site.project.slug, image));
}

/** The tree of public pages; `current` is where the reader is. */
function tree(site: Site, parent: string | null, current?: string): string {
  const here = site.pages.filter((page) => page.parent === parent);
  if (here.length === 0) return "";
  const items = here.map(({ id, slug, title }) => {
    const mark = id === current ? ' aria-current="page"' : "";
    const link = `<a href="${escaped(pagePath(site.project.slug, slug))}" dir="auto"${mark}>${escaped(title)}</a>`;
    return `<li>${link}${tree(site, id, current)}</li>`;
  });
  return `<ul>${items.join("")}</ul>`;
}

const navigation = (site: Site, current?: string) =>
  `<nav class="card" aria-label="${escaped(words.pages)}">${ours("h2", words.pages)}${tree(site, null, current)}</nav>`;

function schools(site: Site): string {
  const { lang } = languageOf(site.project.languages);
  const items = site.project.schools.map(({ name, town, country, label }) => {
    const place = [town, countryName(country, lang)].filter((part) => part !== "").join(", ");
    const link =
      label === null
        ? ""
        : `<br><a href="${escaped(`/labels/${encodeURIComponent(label)}`)}" lang="en">${escaped(words.label)}</a>`;
    return `<li><bdi>${escaped(name)}</bdi><br><span dir="auto">${escaped(place)}</span>${link}</li>`;
  });
  return `<section class="card" aria-label="${escaped(words.schools)}">${ours("h2", words.schools)}<ul class="schools">${items.join("")}</ul></section>`;
}

export function sitePage(site: Site, origin: string): string {
  const { slug, title, summary } = site.project;
  const description = site.tagline || summary || site.project.schools.map(({ name }) => name).join(", ");
  const lead = summary === "" ? "" : `<p class="lead" dir="auto">${escaped(summary)}</p>`;
  return frame(
    site,
    origin,
    {
      ...{ title, description, address: origin + sitePath(slug), robots: site.listed },
      picture: pictureOf(site, origin, site.pages),
    },
    `<h1 dir="auto">${escaped(title)}</h1>${tagline(site)}`,
    `<main id="text" tabindex="-1">${lead}${navigation(site)}</main><aside class="side" aria-label="${escaped(words.schools)}">${schools(site)}</aside>`,
  );
}

export interface PageShown {
  readonly page: ServedPage;
  readonly doc: TextNode;
  /** Where a file is; without it, it is left out. */
  readonly file: (thing: ThingRow) => string;
  readonly notice?: string;
}

export function textPage(site: Site, origin: string, { page, doc, file, notice }: PageShown): string {
  const { slug, title: project } = site.project;
  const known = new Map(page.things.map((thing) => [thing.id, thing]));
  const text = textToHtml(doc, (id) => {
    const thing = known.get(id);
    return thing && { address: file(thing), name: thing.name };
  });
  const when = new Date(page.publishedAt).toISOString().slice(0, 10);
  const address = origin + pagePath(slug, page.slug);
  return frame(
    site,
    origin,
    {
      title: `${page.title} · ${project}`,
      description: beginning(doc, longestDescription) || project,
      ...{ address, picture: pictureOf(site, origin, [page]), robots: site.listed && notice === undefined, notice },
    },
    `<div class="site"><a href="${escaped(sitePath(slug))}" dir="auto">${escaped(project)}</a></div>${tagline(site)}`,
    `<main id="text" tabindex="-1"><article class="text"><h1 dir="auto">${escaped(page.title)}</h1><p class="when" lang="en">${escaped(words.published)} <time datetime="${when}">${when}</time></p><div dir="auto">${text}</div></article>${turns(site, page)}</main><div class="side">${navigation(site, page.id)}</div>`,
  );
}

/** To the page before and the next one, as they stand in the tree. */
function turns(site: Site, { id }: ServedPage): string {
  const at = site.pages.findIndex((page) => page.id === id);
  const link = (page: ServedPage | undefined, says: string, rel: string) =>
    page === undefined
      ? ""
      : `<a href="${escaped(pagePath(site.project.slug, page.slug))}" rel="${rel}"><span lang="en">${escaped(says)}</span>: <bdi>${escaped(page.title)}</bdi></a>`;
  const links = [
    at > 0 ? link(site.pages[at - 1], words.before, "prev") : "",
    at >= 0 ? link(site.pages[at + 1], words.after, "next") : "",
  ].filter((one) => one !== "");
  return links.length === 0 ? "" : `<div class="turn">${links.join("")}</div>`;
}
