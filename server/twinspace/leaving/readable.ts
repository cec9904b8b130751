/** An export as anybody can read it in a browser, without a server: pages of HTML with nothing in them that acts. */
import { escaped, textToHtml } from "../../../domain/text/html.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { ExportedPage, ExportedPerson } from "../../../protocol/twinspace/exported.ts";
import {
  chatOf,
  datesOf,
  discussionsOf,
  type Gathered,
  materialsOf,
  meetingsOf,
  notesOf,
  pagesOf,
  postsOf,
  textOf,
  threadsOf,
  updatesOf,
} from "./gathering.ts";
import { reportLines } from "./reportSheet.ts";

export interface Sheet {
  /** Where it lies in the zip. */
  readonly entry: string;
  readonly title: string;
  lines(): AsyncIterable<string>;
}

/** Where the files of materials lie, by their id. */
export type Files = ReadonlyMap<Id, string>;

const style = `:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere}
nav a{margin-inline-end:1rem}img,video{max-width:100%;height:auto}.by{opacity:.75;font-size:.9rem}.words{white-space:pre-wrap}
table{border-collapse:collapse}td,th{text-align:start;padding:.25rem .75rem .25rem 0;vertical-align:top}`;
const policy = "default-src 'none'; img-src 'self' file:; media-src 'self' file:; style-src 'unsafe-inline'";

/** Nothing of it but pictures, films and this style is ever loaded. */
async function* page(title: string, up: string, inside: AsyncIterable<string>): AsyncGenerator<string> {
  yield `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${style}</style></head><body>
<nav><a href="${up}index.html">Contents</a></nav><main><h1>${escaped(title)}</h1>\n`;
  yield* inside;
  yield "</main></body></html>\n";
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
const moment = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
const hiddenLine = "<p><em>A teacher has hidden this.</em></p>\n";

/** Who it was, in words that name no pupil: their alias is what everybody sees of them. */
export function called({ kind, name, school }: Pick<ExportedPerson, "kind" | "name" | "school">): string {
  if (kind === "pupil") return `${name === "" ? "a pupil" : name}${school === null ? "" : ` (pupil of ${school})`}`;
  if (name === "") return "somebody who is not there any more";
  return school === null ? name : `${name} (${school})`;
}

/** Every sheet but the pages' own, in the order of the navigation. */
export function sheetsOf(gathered: Gathered, title: string, files: Files): Sheet[] {
  const sheet = (name: string, heading: string, lines: () => AsyncIterable<string>): Sheet => ({
    ...{ entry: `${name}.html`, title: heading },
    lines: () => page(`${heading} · ${title}`, "", lines()),
  });
  const people = new Map<string, ExportedPerson>();
  const by = (id: string): string => {
    if (!people.has(id)) for (const person of gathered.people.all()) people.set(person.id, person);
    const person = people.get(id);
    return person ? escaped(called(person)) : "";
  };
  const said = ({ words, author, at, hidden }: { words: string; author: string; at: number; hidden: boolean }) =>
    hidden ? hiddenLine : `<p class="words">${escaped(words)}</p><p class="by">${by(author)}, ${moment(at)}</p>\n`;
  async function* notes(rows: AsyncIterable<Parameters<typeof said>[0]>): AsyncGenerator<string> {
    for await (const row of rows) yield said(row);
  }
  return [
    sheet("updates", "Updates", () => notes(updatesOf(gathered))),
    sheet("calendar", "Calendar", () => calendarLines(gathered)),
    sheet("meetings", "Meetings", () => meetingLines(gathered)),
    sheet("report", "Report card", () => reportLines(gathered, files, by)),
    sheet("materials", "Materials", () => materialLines(gathered, files, by)),
    sheet("forum", "Forum", async function* () {
      for await (const { id, title: heading, words, ...row } of discussionsOf(gathered)) {
        yield `<h2 id="${id}">${escaped(heading)}</h2>${said({ ...row, words })}`;
      }
      const posts = postsOf(gathered);
      let post = await posts.next();
      for await (const { title: heading, discussion, id, ...row } of threadsOf(gathered)) {
        yield `<article><h3>${escaped(heading)}</h3><p class="by"><a href="#${discussion}">Discussion</a></p>${said(row)}`;
        for (; !post.done && post.value.thread === id; post = await posts.next()) {
          yield `<blockquote>${said(post.value)}</blockquote>`;
        }
        yield "</article>\n";
      }
    }),
    sheet("chat", "Chat of the last 90 days", () => notes(chatOf(gathered))),
    sheet("bulletin", "Bulletin of the teachers", () => notes(notesOf(gathered))),
    sheet("members", "Members", () => memberLines(gathered)),
  ];
}

async function* calendarLines(gathered: Gathered): AsyncGenerator<string> {
  yield "<table>";
  for await (const { title, description, place, wholeDays, startsAt, endsAt, school } of datesOf(gathered)) {
    const last = day(endsAt - 1);
    const when = wholeDays
      ? `${day(startsAt)}${last === day(startsAt) ? "" : ` – ${last}`}`
      : `${moment(startsAt)} – ${moment(endsAt)}`;
    const more = [place, school ?? "", description].filter((one) => one !== "").map(escaped);
    yield `<tr><td>${when}</td><td><strong>${escaped(title)}</strong><div class="words">${more.join("\n")}</div></td></tr>\n`;
  }
  yield "</table>";
}

async function* meetingLines(gathered: Gathered): AsyncGenerator<string> {
  yield "<table><tr><th>When</th><th>Meeting</th><th>Minutes</th><th>Adults</th><th>Pupils</th><th>Classes</th></tr>";
  for await (const { title, startsAt, lengthMinutes, adults, pupils, classes } of meetingsOf(gathered)) {
    const cells = [moment(startsAt), escaped(title), lengthMinutes, adults, pupils, classes];
    yield `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>\n`;
  }
  yield "</table>";
}

async function* materialLines(gathered: Gathered, files: Files, by: (id: string) => string): AsyncGenerator<string> {
  yield "<ul>";
  for await (const { id, name, link, licence, credit, alt, author, at, hidden } of materialsOf(gathered)) {
    const file = files.get(id);
    const address = link ?? (file === undefined ? undefined : addressOf(file));
    const shown =
      address === undefined
        ? escaped(name)
        : `<a href="${escaped(address)}" rel="noopener noreferrer">${escaped(name)}</a>`;
    const facts = [alt, credit, licence].filter((one) => one !== "").map(escaped);
    yield hidden
      ? `<li>${hiddenLine}</li>\n`
      : `<li>${shown} <span class="by">${facts.join(" · ")} · ${by(author)}, ${day(at)}</span></li>\n`;
  }
  yield "</ul>";
}

async function* memberLines({ people }: Gathered): AsyncGenerator<string> {
  yield "<table><tr><th>Name</th><th>Role</th><th>School</th></tr>";
  for (const { name, role, school } of people.all().filter((person) => person.role !== null)) {
    yield `<tr><td>${escaped(name)}</td><td>${role}</td><td>${escaped(school ?? "")}</td></tr>\n`;
  }
  yield "</table>";
}

const addressOf = (entry: string): string => entry.split("/").map(encodeURIComponent).join("/");

/** One page of the project, with its pictures beside it. */
export function sheetOfPage(gathered: Gathered, { id, title, hidden }: ExportedPage, files: Files): Sheet {
  return {
    ...{ entry: `pages/${id}.html`, title },
    lines: () =>
      page(
        title,
        "../",
        (async function* () {
          if (hidden) return yield hiddenLine;
          yield textToHtml(await textOf(gathered, id), (material) => {
            const file = files.get(material);
            return file === undefined ? undefined : { address: `../${addressOf(file)}` };
          });
        })(),
      ),
  };
}

/** What one opens first. */
export function contents(gathered: Gathered, title: string, summary: string, sheets: readonly Sheet[]): Sheet {
  return {
    ...{ entry: "index.html", title },
    lines: () =>
      page(
        title,
        "",
        (async function* () {
          yield `<p class="words">${escaped(summary)}</p><p class="by">As it was on ${day(gathered.now)}. Times are UTC. The bulletin is the teachers' own: do not pass it on.</p><ul>`;
          for (const sheet of sheets) yield `<li><a href="${sheet.entry}">${escaped(sheet.title)}</a></li>\n`;
          yield "</ul><h2>Pages</h2><ul>";
          const depths = new Map<Id, number>();
          for await (const row of pagesOf(gathered)) {
            const depth = row.parent === null ? 0 : (depths.get(row.parent) ?? 0) + 1;
            depths.set(row.id, depth);
            const heading = row.hidden ? "(hidden by a teacher)" : row.title;
            yield `<li style="margin-inline-start:${depth * 1.5}rem"><a href="pages/${row.id}.html">${escaped(heading)}</a></li>\n`;
          }
          yield "</ul>";
        })(),
      ),
  };
}
