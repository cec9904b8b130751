/**
 * What every page has that a project shows to everybody: head, banner, foot. HTML with no script and no inline style. Every word
 * that people wrote goes through `escaped`, or comes in from a function that has done so.
 */
import { escaped } from "../../domain/text/html.ts";
import type { PublicTheme } from "../../protocol/twinspace/publishing.ts";
import { frameWords as words } from "./words.ts";

export interface Framed {
  /** The project's. */
  readonly languages: readonly string[];
  readonly project: { readonly slug: string; readonly title: string };
  readonly theme: PublicTheme;
  readonly title: string;
  readonly description: string;
  /** Absolute. */
  readonly address: string;
  readonly picture: string;
  readonly feed: string;
  /** Whether search engines may list it. */
  readonly robots: boolean;
  /** Above everything, as on what nobody else sees yet. */
  readonly notice?: string | undefined;
  /** More for its head; HTML. */
  readonly head?: string;
  /** More for its foot; HTML. */
  readonly foot?: string;
  /** HTML. */
  readonly banner: string;
  readonly inside: string;
}

const rightToLeft: ReadonlySet<string> = new Set(["ar", "arc", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"]);

/** The project's first language, if it is one; what we say ourselves is English. */
export function languageOf([first = ""]: readonly string[]): { lang: string; dir: "ltr" | "rtl" } {
  const lang = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(first) ? first : "en";
  return { lang, dir: rightToLeft.has(lang.split("-")[0] ?? "") ? "rtl" : "ltr" };
}

/** Our own words in a page of another language. */
export const ours = (tag: string, text: string): string => `<${tag} lang="en">${escaped(text)}</${tag}>`;

export function countryName(code: string, lang: string): string {
  try {
    return new Intl.DisplayNames([lang, "en"], { type: "region" }).of(code) ?? code;
  } catch {
    return code;
  }
}

const meta = (kind: "name" | "property", name: string, content: string) =>
  `<meta ${kind}="${name}" content="${escaped(content)}">`;

/** Two strands that meet: the project's banner. */
export const strands = `<svg class="strands" viewBox="0 0 400 40" preserveAspectRatio="none" aria-hidden="true" focusable="false"><path class="one" d="M0 10C80 10 120 32 200 20S320 8 400 22"/><path class="two" d="M0 30C80 30 120 8 200 20S320 34 400 26"/></svg>`;

export function framed(page: Framed): string {
  const { lang, dir } = languageOf(page.languages);
  const { project, title, description, address, picture, feed, robots, notice } = page;
  return `<!doctype html>
<html lang="${escaped(lang)}" dir="${dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
${meta("name", "description", description)}
${robots ? "" : meta("name", "robots", "noindex, nofollow")}
${meta("property", "og:type", "website")}${meta("property", "og:site_name", project.title)}
${meta("property", "og:title", title)}${meta("property", "og:description", description)}
${meta("property", "og:url", address)}${meta("property", "og:image", picture)}
${meta("name", "twitter:card", "summary_large_image")}
<link rel="canonical" href="${escaped(address)}">
<link rel="icon" href="/mark.svg" type="image/svg+xml">
<link rel="stylesheet" href="/p/style.css">
<link rel="alternate" type="application/atom+xml" href="${escaped(feed)}" title="${escaped(project.title)}">
${page.head ?? ""}</head>
<body class="theme-${escaped(page.theme)}">
<a class="skip" href="#text" lang="en">${escaped(words.skip)}</a>
<header class="band">${notice === undefined ? "" : `<div class="notice" lang="en" dir="ltr"><div class="in">${escaped(notice)}</div></div>`}<div class="in">${page.banner}</div>${strands}</header>
<div class="in columns">${page.inside}</div>
<footer><div class="in" lang="en" dir="ltr">
${page.foot ?? ""}<div><a href="${escaped(`/projects/${encodeURIComponent(project.slug)}`)}">${escaped(words.toProject)}</a></div>
<div><a href="${escaped(feed)}">${escaped(words.feed)}</a></div>
<div>${escaped(words.made)} <a href="/">Twinlight</a></div>
</div></footer>
</body>
</html>
`;
}

/** Of what is not there and of what is gone, alike: nothing is told about what was. */
export const nothingPage = `<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(words.nothingTitle)} · Twinlight</title>
<link rel="icon" href="/mark.svg" type="image/svg+xml">
<link rel="stylesheet" href="/p/style.css">
</head>
<body class="theme-river">
<header class="band"><div class="in"><h1>${escaped(words.nothingTitle)}</h1></div>${strands}</header>
<div class="in columns"><main id="text"><div class="text"><p>${escaped(words.nothing)}</p><p><a href="/">${escaped(words.toFront)}</a></p></div></main></div>
</body>
</html>
`;
