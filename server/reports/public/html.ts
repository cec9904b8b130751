/**
 * A public report as HTML: no script, no inline style. Every word that people wrote goes through `escaped`; there is no other way
 * for it into the page.
 */
import { type Bar, publicGlance } from "../../../domain/reports/published.ts";
import { escaped } from "../../../domain/text/html.ts";
import type { PublicEntry, PublicFile } from "../../../protocol/reports/published.ts";
import { countryName, framed, languageOf, ours } from "../../publicPages/frame.ts";
import { reportPath, type ServedReport } from "./finding.ts";
import { linkedData } from "./linkedData.ts";
import { kindWords, words } from "./words.ts";

const longestDescription = 280;

/** What people wrote, in their own direction. */
const theirs = (tag: string, text: string, more = ""): string =>
  text === "" ? "" : `<${tag} dir="auto"${more}>${escaped(text)}</${tag}>`;
const lines = (text: string): string => theirs("p", text, ' class="lines"');
/** Our own words among names. */
const said = (text: string): string => `<span>${escaped(text)}</span>`;

export const descriptionOf = ({ report: { line, intro, project } }: ServedReport): string => {
  const text = (line || intro || project.summary || project.schools.map(({ name }) => name).join(", ")).replace(
    /\s+/g,
    " ",
  );
  return text.length <= longestDescription ? text : `${[...text].slice(0, longestDescription - 1).join("")}…`;
};

export function reportPage(shown: ServedReport, origin: string, { notice }: { notice?: string } = {}): string {
  const { report, slug, theme, listed } = shown;
  const address = origin + report.address;
  const at = reportPath(slug);
  return framed({
    ...{ languages: report.project.languages, project: { slug, title: report.project.title }, theme },
    ...{ title: words.titled(report.project.title), description: descriptionOf(shown), address },
    ...{ picture: `${address}/card.png`, feed: `${address}/feed.atom`, robots: listed && notice === undefined, notice },
    head: `<link rel="alternate" type="application/json" href="${escaped(`${at}.json`)}">
<link rel="alternate" type="application/pdf" href="${escaped(`${at}.pdf`)}">
<meta property="og:image:width" content="1200"><meta property="og:image:height" content="630">
${linkedData(shown, origin)}`,
    banner: `<p class="kicker">${ours("span", words.report)}</p><h1 dir="auto">${escaped(report.project.title)}</h1>${theirs("p", report.line)}`,
    inside: `<main id="text" tabindex="-1">${mainPart(shown)}</main><aside class="side" aria-label="${escaped(words.facts)}">${sideParts(shown)}</aside>`,
  });
}

function mainPart(shown: ServedReport): string {
  const { report, parts } = shown;
  const when = `${words.published} <time datetime="${iso(report.publishedAt)}">${escaped(words.at(report.publishedAt))}</time>${
    iso(report.changedAt) === iso(report.publishedAt)
      ? ""
      : `, ${words.changed} <time datetime="${iso(report.changedAt)}">${escaped(words.at(report.changedAt))}</time>`
  }`;
  return `<p class="when" lang="en" dir="ltr">${when}</p>${report.intro === "" ? "" : `<div class="text">${lines(report.intro)}</div>`}${
    parts.includes("glance") ? glance(report.entries) : ""
  }<section aria-labelledby="entries"><h2 id="entries" lang="en">${escaped(words.entries)}</h2>${
    report.entries.length === 0 ? ours("p", words.noEntries) : report.entries.map(entry).join("")
  }</section>`;
}

const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/* One entry */

function entry(one: PublicEntry): string {
  const { id, kind, day, fromDay, toDay, school } = one;
  const days = fromDay !== null && fromDay !== (toDay ?? day) ? [fromDay, toDay ?? day] : [toDay ?? day];
  const when = days.map((each) => `<time datetime="${escaped(each)}">${escaped(words.day(each))}</time>`).join(" – ");
  const by = school === null ? "" : ` · ${bySchool(school)}`;
  return `<article class="text entry" id="entry-${escaped(id)}"><p class="when" lang="en" dir="ltr"><span class="kind">${escaped(kindWords[kind])}</span> ${when}${by}</p>${
    theirs("h3", one.title) || ours("h3", kindWords[kind])
  }${numbers(one)}${part(words.done, lines(one.done))}${part(words.learned, lines(one.learned))}${part(
    words.results,
    list(one.results.map(({ words: line, amount }) => resultLine(line, amount))),
  )}${part(words.shown, whereShown(one))}${part(
    words.links,
    list([
      ...one.pages.map(({ title, address }) => `<a href="${escaped(address)}">${escaped(title)}</a>`),
      ...one.links.map(({ link, words: line }) => linkTo(link, line || link)),
    ]),
  )}${one.files.map(file).join("")}</article>`;
}

const bySchool = (school: string): string => {
  const [before = "", after = ""] = words.by("\u0000").split("\u0000");
  return `${escaped(before)}<bdi>${escaped(school)}</bdi>${escaped(after)}`;
};
const part = (title: string, inside: string): string => (inside === "" ? "" : `${ours("h4", title)}${inside}`);
const list = (items: readonly string[]): string =>
  items.length === 0 ? "" : `<ul>${items.map((item) => `<li dir="auto">${item}</li>`).join("")}</ul>`;
const resultLine = (line: string, amount: number): string =>
  `${escaped(line)}${amount > 1 ? ` <strong>${words.number_(amount)}</strong>` : ""}`;

/** Only addresses of the web; what else stands there stays words. */
function linkTo(link: string, line: string): string {
  if (!/^https?:\/\/[^\s]+$/i.test(link)) return escaped(line);
  const bare = line === link ? ' class="bare"' : "";
  return `<a href="${escaped(link)}"${bare} rel="noopener noreferrer nofollow ugc">${escaped(line)}</a>`;
}

function whereShown({ shownWhere, shownLink, audience }: PublicEntry): string {
  const link = shownLink === "" ? "" : `<p dir="auto">${linkTo(shownLink, shownLink)}</p>`;
  return `${lines(shownWhere)}${link}${lines(audience)}`;
}

/** Of a meeting what it counted, else what its teachers did. */
function numbers({ meeting, pupils, teachers }: PublicEntry): string {
  const facts: string[] = [];
  if (meeting) {
    const { lengthMs, adults, classes, turns } = meeting;
    facts.push(said(words.minutes(lengthMs)), said(words.adults(adults)), said(words.pupils(meeting.pupils)));
    if (classes > 0) facts.push(said(words.classes(classes)));
    facts.push(said(words.turns(turns)));
  }
  const rows = [
    ...(meeting?.schools ?? []).flatMap(({ school, spokeMs }) =>
      spokeMs > 0 ? [`${schoolWords(school)} ${said(words.spoke(spokeMs))}`] : [],
    ),
    ...pupils.map(({ school, count, ageMin, ageMax }) => {
      const ages = ageMin === null || ageMax === null ? "" : `, ${words.aged(ageMin, ageMax)}`;
      return `${schoolWords(school)}: ${said(words.pupils(count) + ages)}`;
    }),
    ...teachers.map(({ school, count }) => `${schoolWords(school)}: ${said(words.teachers(count))}`),
  ];
  const row = facts.length === 0 ? "" : `<p class="numbers" lang="en" dir="ltr">${facts.join(" ")}</p>`;
  return (
    row +
    (rows.length === 0
      ? ""
      : `<ul class="numbers" lang="en" dir="ltr">${rows.map((each) => `<li>${each}</li>`).join("")}</ul>`)
  );
}

const schoolWords = (school: string | null): string =>
  school === null ? said(words.someSchool) : `<bdi>${escaped(school)}</bdi>`;

function file({ address, kind, name, alt }: PublicFile): string {
  const at = escaped(address);
  switch (kind) {
    case "image":
      return `<figure><img src="${at}" alt="${escaped(alt || name)}" loading="lazy"></figure>`;
    case "video":
      return `<figure><video src="${at}" controls preload="metadata"></video><figcaption dir="auto">${escaped(name)}</figcaption></figure>`;
    case "sound":
      return `<figure><audio src="${at}" controls preload="metadata"></audio><figcaption dir="auto">${escaped(name)}</figcaption></figure>`;
    case "file":
      return `<p dir="auto"><a href="${at}" download>${escaped(name)}</a></p>`;
  }
}

/* At a glance: tables whose numbers are drawn beside them */

function glance(entries: readonly PublicEntry[]): string {
  const of = publicGlance(entries);
  const charts = [
    chart(words.glanceEntries, words.school, of.entries),
    chart(words.glanceMinutes, words.school, of.minutes),
    chart(words.glancePupils, words.school, of.pupils),
    chart(words.glanceResults, words.results, of.results),
  ].join("");
  if (charts === "") return "";
  return `<section aria-labelledby="glance"><h2 id="glance" lang="en">${escaped(words.glance)}</h2><div class="charts">${charts}</div></section>`;
}

function chart(title: string, of: string, bars: readonly Bar[]): string {
  if (bars.length === 0) return "";
  // A meeting of half a minute has spoken for none: then nothing is drawn.
  const most = Math.max(1, ...bars.map(({ value }) => value));
  const rows = bars.map(({ name, value }, at) => {
    const width = Math.ceil((value / most) * 100);
    const drawn = `<svg class="bar" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="bar${at % 2}" x="0" y="0" width="${width}" height="12" rx="1"/></svg>`;
    return `<tr><th scope="row" dir="auto">${escaped(name)}</th><td class="drawn">${drawn}</td><td class="value">${words.number_(value)}</td></tr>`;
  });
  return `<div class="card"><table><caption lang="en">${escaped(title)}</caption><thead class="unseen" lang="en"><tr><th scope="col">${escaped(of)}</th><td></td><th scope="col">${escaped(words.number)}</th></tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

/* Beside it */

function sideParts(shown: ServedReport): string {
  const { report, slug, parts } = shown;
  const at = reportPath(slug);
  const { lang } = languageOf(report.project.languages);
  const schools = report.project.schools.map(({ name, town, country }) => {
    const place = [town, countryName(country, lang)].filter((each) => each !== "").join(", ");
    return `<li><bdi>${escaped(name)}</bdi><br><span dir="auto">${escaped(place)}</span></li>`;
  });
  const labels = report.labels.map(
    ({ code, school }) =>
      `<li><a href="${escaped(`/labels/${encodeURIComponent(code)}`)}" lang="en">${escaped(words.labelOf(school))}</a></li>`,
  );
  return `<section class="card" aria-labelledby="schools"><h2 id="schools" lang="en">${escaped(words.schools)}</h2><ul class="schools">${schools.join("")}</ul></section>${
    labels.length === 0
      ? ""
      : `<section class="card" aria-labelledby="labels"><h2 id="labels" lang="en">${escaped(words.labels)}</h2><ul class="schools">${labels.join("")}</ul></section>`
  }${parts.includes("facts") ? facts(shown, lang) : ""}<p class="ways" lang="en" dir="ltr"><a href="${escaped(`${at}.pdf`)}">${escaped(words.pdf)}</a><a href="${escaped(`${at}.json`)}">${escaped(words.json)}</a></p>`;
}

function facts({ report: { project }, subjects }: ServedReport, lang: string): string {
  const { ageMin, ageMax } = project;
  const rows: [string, string][] = [
    [words.languages, project.languages.map((code) => languageName(code, lang)).join(", ")],
    [words.subjects, subjects.join(", ")],
    [words.ages, ageMin === null || ageMax === null ? "" : words.ageSpan(ageMin, ageMax)],
  ];
  const known = rows.filter(([, value]) => value !== "");
  const summary = lines(project.summary);
  if (known.length === 0 && summary === "") return "";
  const drawn = known.map(
    ([name, value]) => `<dt lang="en">${escaped(name)}</dt><dd dir="auto">${escaped(value)}</dd>`,
  );
  return `<section class="card" aria-labelledby="facts"><h2 id="facts" lang="en">${escaped(words.facts)}</h2>${summary}<dl>${drawn.join("")}</dl></section>`;
}

function languageName(code: string, lang: string): string {
  try {
    return new Intl.DisplayNames([lang, "en"], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}
