/** Plain text as it is drawn: paragraphs, and what in them is a link. Nothing in it is ever markup. */

export type WordsPart = string | { readonly href: string; readonly host: string; readonly text: string };

const links = /\bhttps?:\/\/[^\s<>"'`\u00ab\u00bb\u201c\u201d]+/giu;
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

/** What ends a sentence or a bracket behind a link belongs to the sentence; a bracket that was opened within it does not. */
function withoutTrailing(link: string): string {
  const last = link.at(-1) ?? "";
  const opened = { ")": "(", "]": "[", "}": "{" }[last];
  const ends = opened === undefined ? ".,;:!?\u2026".includes(last) : countOf(link, last) > countOf(link, opened);
  return last !== "" && ends ? withoutTrailing(link.slice(0, -1)) : link;
}

const countOf = (text: string, one: string): number => text.split(one).length - 1;

/** As it really is: "https://good.example@evil.example" goes to evil.example. */
function hostOf(link: string): string | undefined {
  try {
    return new URL(link).host;
  } catch {
    return undefined;
  }
}
