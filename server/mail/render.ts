/** A letter's words, as text and as HTML that needs nothing from anywhere and can be read in the dark. */
import type { Letter } from "./letters.ts";
import { letters } from "./words/en.ts";
import type { FactShape, LetterWords, Paragraph, Stationery } from "./words/entry.ts";
import { languageFor } from "./words/languages.ts";

type Facts = Readonly<Record<string, string | number>>;

export interface RenderedLetter {
  /** As given, without what no text should hold. */
  readonly facts: Facts;
  readonly language: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const mostSubjectLength = 180;
const mostTextLength = 4_000;

export function renderLetter({ kind, facts, language }: Pick<Letter, "kind" | "facts" | "language">): RenderedLetter {
  const { stationery, letters: own } = languageFor(language, kind);
  const checked = checkedFacts(kind, letters[kind].facts, facts);
  // languageFor answers a language that has this kind, and checkedFacts that the facts are its own.
  const words = own[kind] as LetterWords<Facts>;
  const subject = oneLine(words.subject(checked)).slice(0, mostSubjectLength).toWellFormed();
  const page: Page = {
    stationery,
    subject,
    greeting: stationery.greeting(String(checked.name ?? "")),
    paragraphs: words.paragraphs(checked).filter((one) => (typeof one === "string" ? one : one.quote).trim() !== ""),
    button: words.button === undefined ? undefined : { label: words.button, link: String(checked.link) },
    footer: stationery.footer(originOf(checked.link)),
  };
  return { facts: checked, language: stationery.tag, subject, text: textOf(page), html: htmlOf(page) };
}

interface Page {
  stationery: Stationery;
  subject: string;
  greeting: string;
  paragraphs: readonly Paragraph[];
  button: { label: string; link: string } | undefined;
  footer: string;
}

/** The facts of this kind and no others, each of its shape; throws where one is missing, unknown or of another shape. */
function checkedFacts(kind: string, shapes: Readonly<Record<string, FactShape>>, given: Facts): Facts {
  const unknown = Object.keys(given).filter((name) => !(name in shapes));
  if (unknown.length > 0) throw new Error(`A letter "${kind}" has no fact ${unknown.join(", ")}`);
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [name, checkedFact(`${kind}.${name}`, shape, given[name])]),
  );
}

function checkedFact(name: string, shape: FactShape, value: string | number | undefined): string | number {
  if (shape === "number" && typeof value === "number" && Number.isFinite(value)) return value;
  if (shape === "text" && typeof value === "string") return cleaned(value).slice(0, mostTextLength).toWellFormed();
  if (shape === "link" && typeof value === "string" && isLink(value)) return value;
  // Without the value, which may be somebody's words.
  throw new Error(`A letter's fact ${name} is not a ${shape}`);
}

const isLink = (text: string): boolean => /^https?:\/\/[^\s<>"'\\]+$/.test(text) && URL.canParse(text);

/** Without what nobody sees and what would turn the line's direction round behind it. */
const cleaned = (text: string): string =>
  text
    .replace(/\r\n?|\u2028|\u2029/g, "\n")
    .replace(/[^\P{Cc}\n\t]|\p{Cs}|[\u202a-\u202e\u2066-\u2069\u200e\u200f]/gu, "")
    .trim();

/** A subject is a header: nothing in it may begin another one. */
const oneLine = (text: string): string => cleaned(text).replace(/\s+/g, " ");

const originOf = (link: string | number | undefined): string =>
  typeof link === "string" && URL.canParse(link) ? new URL(link).origin : "";

function textOf({ greeting, paragraphs, button, footer }: Page): string {
  const said = paragraphs.map((one) => (typeof one === "string" ? one : one.quote.replace(/^/gm, "> ")));
  const act = button === undefined ? [] : [`${button.label}:\n${button.link}`];
  return `${[greeting, ...said, ...act, `-- \n${footer}`].join("\n\n")}\n`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (one) => entities[one] ?? "");

/** Every colour has its ground beside it, so that programs that turn letters dark turn both. */
const styles = {
  page: "margin:0;padding:24px 12px;background:#f4f0e6;color:#14302a;",
  sheet:
    "max-width:560px;margin:0 auto;padding:28px;background:#ffffff;color:#14302a;border-radius:12px;" +
    "font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;overflow-wrap:break-word;",
  mark: "margin:0 0 20px;font-weight:700;color:#14302a;",
  title: "margin:0 0 16px;font-size:22px;line-height:1.3;color:#14302a;",
  paragraph: "margin:0 0 14px;",
  quote: "margin:0 0 14px;padding:2px 14px;border-inline-start:4px solid #c98a00;white-space:pre-line;",
  act: "margin:22px 0;",
  button:
    "display:inline-block;padding:12px 20px;border-radius:8px;background:#14302a;color:#ffffff;font-weight:700;text-decoration:none;",
  small: "margin:0 0 14px;font-size:14px;color:#40564f;overflow-wrap:anywhere;",
  footer: "margin:24px 0 0;padding-top:14px;border-top:1px solid #d8d2c2;font-size:14px;color:#40564f;",
} as const;

const darkStyles = `@media (prefers-color-scheme: dark) {
.page { background: #10211d !important; } .sheet { background: #182d28 !important; }
.page, .sheet, .sheet h1, .sheet p, .sheet a, .sheet blockquote { color: #f1ede2 !important; }
.sheet .button { background: #f6c453 !important; color: #14302a !important; }
}`;

function htmlOf({ stationery, subject, greeting, paragraphs, button, footer }: Page): string {
  const p = (style: keyof typeof styles, inner: string) => `<p style="${styles[style]}">${inner}</p>`;
  const said = paragraphs.map((one) =>
    typeof one === "string"
      ? p("paragraph", linked(one))
      : `<blockquote dir="auto" style="${styles.quote}">${escaped(one.quote)}</blockquote>`,
  );
  const act = button === undefined ? [] : actOf(button, stationery, p);
  return `<!doctype html>
<html lang="${stationery.tag}" dir="${stationery.dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escaped(subject)}</title>
<style>${darkStyles}</style>
</head>
<body class="page" style="${styles.page}">
<div class="sheet" lang="${stationery.tag}" dir="${stationery.dir}" style="${styles.sheet}">
${[p("mark", "Twinlight"), `<h1 style="${styles.title}">${escaped(subject)}</h1>`, p("paragraph", escaped(greeting)), ...said, ...act, p("footer", escaped(footer))].join("\n")}
</div>
</body>
</html>
`;
}

function actOf(
  { label, link }: { label: string; link: string },
  { linkHint }: Stationery,
  p: (style: keyof typeof styles, inner: string) => string,
): string[] {
  const href = escaped(link);
  return [
    p("act", `<a class="button" href="${href}" style="${styles.button}">${escaped(label)}</a>`),
    p("small", `${escaped(linkHint)}<br><a href="${href}" style="color:#14302a;">${href}</a>`),
  ];
}

/** Our own paragraphs may name a further address at their end; words of others are quoted and never become links. */
function linked(text: string): string {
  const found = /^(.*: )(https?:\/\/[^\s<>"']+)$/s.exec(text);
  if (!found) return escaped(text);
  const [, before = "", link = ""] = found;
  return `${escaped(before)}<a href="${escaped(link)}" style="color:#14302a;">${escaped(link)}</a>`;
}
