/** From Markdown to what the help centre draws. Throws on what it does not know, so that no page is built with a hole in it. */
import { lexer, type Token, type Tokens } from "marked";
import { plainOf } from "./plain.ts";
import type { Block, GuidePage, Inline } from "./shape.ts";

export interface GuideText {
  name: string;
  text: string;
}

export function readGuide(texts: readonly GuideText[]): GuidePage[] {
  const names = new Set(texts.map(({ name }) => name));
  return texts.map((text) => readPage(text, names));
}

interface Reading {
  page: string;
  names: ReadonlySet<string>;
  pictures: Set<string>;
  ids: Set<string>;
}

function readPage({ name, text }: GuideText, names: ReadonlySet<string>): GuidePage {
  const tokens = lexer(text);
  const first = tokens.find((token) => token.type !== "space");
  if (first?.type !== "heading" || first.depth !== 1) throw new Error(`docs/guide/${name}.md begins with no title`);
  const reading: Reading = { page: name, names, pictures: new Set(), ids: new Set() };
  const blocks = blocksOf(
    tokens.filter((token) => token !== first),
    reading,
  );
  return { name, title: plainOf(inlineOf(first.tokens, reading)), blocks, pictures: [...reading.pictures] };
}

const blocksOf = (tokens: readonly Token[], reading: Reading): Block[] =>
  tokens.flatMap((token) => blockOf(token as Tokens.Generic, reading));

/** marked's union ends in a generic token, so that its kinds are told apart by `type` alone. */
function blockOf(token: Tokens.Generic, reading: Reading): Block[] {
  switch (token.type) {
    case "space":
    case "hr":
      return [];
    case "heading": {
      const of = inlineOf(token.tokens, reading);
      const level = Math.min(4, Math.max(2, token.depth)) as 2 | 3 | 4; // Between the two by the lines before.
      return [{ kind: "heading", level, id: newId(plainOf(of), reading), of }];
    }
    case "paragraph":
    case "text":
      return [{ kind: "paragraph", of: inlineOf(token.tokens ?? [token], reading) }];
    case "code":
      return [{ kind: "code", text: token.text }];
    case "blockquote":
      return [{ kind: "quote", of: blocksOf(token.tokens ?? [], reading) }];
    case "list":
      return [
        {
          kind: "list",
          ordered: token.ordered === true,
          items: (token as Tokens.List).items.map((item) => blocksOf(item.tokens, reading)),
        },
      ];
    case "table": {
      const { header, rows } = token as Tokens.Table;
      const cells = (row: readonly Tokens.TableCell[]) => row.map((cell) => inlineOf(cell.tokens, reading));
      return [{ kind: "table", head: cells(header), rows: rows.map(cells) }];
    }
    default:
      throw new Error(`docs/guide/${reading.page}.md has a ${token.type}, which the help centre cannot draw`);
  }
}

function inlineOf(tokens: readonly Token[] | undefined, reading: Reading): Inline[] {
  return (tokens ?? []).map((any) => {
    const token = any as Tokens.Generic;
    switch (token.type) {
      case "text":
        return token.tokens ? { kind: "em", of: inlineOf(token.tokens, reading) } : decoded(token.text);
      case "escape":
        return decoded(token.text);
      case "br":
        return " ";
      case "strong":
      case "em":
        return { kind: token.type, of: inlineOf(token.tokens, reading) };
      case "codespan":
        return { kind: "code", text: decoded(token.text) };
      case "link":
        return linkOf(token, reading);
      case "image":
        return pictureOf(token, reading);
      default:
        throw new Error(`docs/guide/${reading.page}.md has a ${token.type}, which the help centre cannot draw`);
    }
  });
}

/** What leads out of the guide and is no address on the web (a page for who programs) is only its words. */
function linkOf(token: Tokens.Generic, reading: Reading): Inline {
  const of = inlineOf(token.tokens, reading);
  const href: string = token.href;
  if (/^https?:\/\//.test(href)) return { kind: "link", to: href, of };
  if (href.startsWith("#")) return { kind: "link", to: `${reading.page}${href}`, of };
  const [, page, place = ""] = /^(?:\.\.\/|\.\/|guide\/)?([a-z-]+)\.md(#[\w-]+)?$/.exec(href) ?? [];
  if (page !== undefined && reading.names.has(page)) return { kind: "link", to: page + place, of };
  return { kind: "em", of };
}

function pictureOf(token: Tokens.Generic, reading: Reading): Inline {
  const [, picture] = /^(?:\.\.\/)?pictures\/([\w.-]+)$/.exec(token.href) ?? [];
  if (picture === undefined) throw new Error(`docs/guide/${reading.page}.md shows ${token.href}, not of docs/pictures`);
  reading.pictures.add(picture);
  return { kind: "picture", picture, alt: decoded(token.text) };
}

/** marked leaves what stands for a sign by its name. */
const decoded = (text: string): string =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");

/** As it stands in addresses: "Who may watch" is `who-may-watch`. The second of the same name gets a number. */
export const idOf = (words: string): string =>
  words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, "")
    .trim()
    .replace(/\s/g, "-");

function newId(words: string, { ids }: Reading): string {
  const id = idOf(words);
  let free = id;
  for (let n = 1; ids.has(free); n += 1) free = `${id}-${n}`;
  ids.add(free);
  return free;
}
