/** Finding words in the guide: by section, so that an answer leads to the place and not to a page. */
import { plainOf } from "./plain.ts";
import type { Block, GuidePage, Inline } from "./shape.ts";

export interface Found {
  page: string;
  /** Of the page, and of the section where there is one. */
  title: string;
  section: string | null;
  /** Behind the `#`; empty for the page's beginning. */
  place: string;
  /** The words around the first one that fits. */
  excerpt: string;
}

interface Section {
  page: string;
  title: string;
  section: string | null;
  place: string;
  text: string;
}

const mostFound = 20;
const excerptLength = 160;

/** The sections that have every word, whatever its case and accents; those whose heading has one of them come first. */
export function findInGuide(pages: readonly GuidePage[], sought: string): Found[] {
  const words = plain(sought).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const ranked = pages.flatMap(sectionsOf).flatMap((section) => {
    const head = plain(`${section.title} ${section.section ?? ""}`);
    const all = `${head} ${plain(section.text)}`;
    if (!words.every((word) => all.includes(word))) return [];
    return [{ section, rank: words.filter((word) => head.includes(word)).length }];
  });
  return ranked
    .toSorted((a, b) => b.rank - a.rank)
    .slice(0, mostFound)
    .map(({ section: { text, ...section } }) => ({ ...section, excerpt: excerptOf(text, words) }));
}

function sectionsOf({ name, title, blocks }: GuidePage): Section[] {
  const sections: Section[] = [{ page: name, title, section: null, place: "", text: "" }];
  for (const block of blocks) {
    if (block.kind === "heading") {
      sections.push({ page: name, title, section: plainOf(block.of), place: block.id, text: "" });
    } else {
      const last = sections.at(-1);
      if (last) last.text = `${last.text} ${wordsOf(block)}`.trim();
    }
  }
  return sections;
}

function wordsOf(block: Block): string {
  const line = (of: readonly Inline[]) => plainOf(of);
  switch (block.kind) {
    case "heading":
    case "paragraph":
      return line(block.of);
    case "code":
      return block.text;
    case "quote":
      return block.of.map(wordsOf).join(" ");
    case "list":
      return block.items.map((item) => item.map(wordsOf).join(" ")).join(" ");
    case "table":
      return [block.head, ...block.rows].map((row) => row.map(line).join(" ")).join(" ");
  }
}

/** Begins at a word a little before the first that fits. */
function excerptOf(text: string, words: readonly string[]): string {
  const folded = plain(text);
  const at = Math.min(...words.map((word) => folded.indexOf(word)).filter((place) => place >= 0), text.length);
  const from = at > 60 && at < text.length ? text.indexOf(" ", at - 60) + 1 : 0;
  const cut = text.slice(from, from + excerptLength);
  const end = from + excerptLength < text.length ? cut.slice(0, cut.lastIndexOf(" ")) : cut;
  return `${from > 0 ? "… " : ""}${end}${end.length < text.length - from ? " …" : ""}`;
}

/** "Pénzügy" and "penzugy" are the same to who searches; as long as what it was made of, so that places stay. */
const plain = (text: string): string =>
  [...text]
    .map((sign) => {
      const [base = sign] = sign.normalize("NFD").toLowerCase();
      return base.length === sign.length ? base : sign;
    })
    .join("")
    .trim();
