/** Plain text as it is drawn: paragraphs, and what in them is a link. Nothing in it is ever markup. */

export type WordsPart = string | { readonly href: string; readonly host: string; readonly text: string };

const links = /\bhttps?:\/\/[^\s<>"'`\u00ab\u00bb\u201c\u201d]+/giu;
/** What ends a sentence or a bracket behind a link belongs to the sentence. */
const trailing = /[.,;:!?\u2026)\]}]+$/u;

/** Lines that an empty one divides are paragraphs; line breaks within stay. */
export const paragraphsOf = (text: string): WordsPart[][] =>
  text
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph.trim() !== "")
    .map(partsOf);

function partsOf(paragraph: string): WordsPart[] {
  const parts: WordsPart[] = [];
  let done = 0;
  for (const match of paragraph.matchAll(links)) {
    const text = withoutTrailing(match[0]);
    const host = hostOf(text);
    if (host === undefined) continue;
    if (match.index > done) parts.push(paragraph.slice(done, match.index));
    parts.push({ href: text, host, text });
    done = match.index + text.length;
  }
  if (done < paragraph.length) parts.push(paragraph.slice(done));
  return parts;
}

function withoutTrailing(link: string): string {
  // A closing bracket that was opened within is part of the address.
  if (link.endsWith(")") && link.includes("(")) return link;
  return link.replace(trailing, "");
}

/** As it really is: "https://good.example@evil.example" goes to evil.example. */
function hostOf(link: string): string | undefined {
  try {
    return new URL(link).host;
  } catch {
    return undefined;
  }
}
