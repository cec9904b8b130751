/**
 * What may stand in a page: this schema and nothing else, for the editor, the server and everything that shows a page. Every
 * attribute is checked, so that a document made by hand is refused. There is no HTML in it, no style and no address of a
 * picture: pictures, videos and files are materials of the same TwinSpace, by their id.
 */
import { type Attrs, type MarkSpec, type NodeSpec, Schema } from "prosemirror-model";

/** Longest alternative text and caption of a picture, longest title of a video or file. */
export const longestCaption = 500;
export const longestHref = 2_000;

const refuse = (what: string): never => {
  throw new RangeError(`This is no ${what}`);
};

/** As `Id` of protocol/ids.ts, which brings a schema library that browsers can do without. */
const idShape = /^[A-Za-z0-9_-]{1,48}$/;
const isId = (value: unknown): boolean => typeof value === "string" && idShape.test(value);
const isWords = (value: unknown): boolean => typeof value === "string" && value.length <= longestCaption;
const isWhole = (value: unknown, least: number, most: number): boolean =>
  typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;

/** Where a link may lead: an address on the web or of a mailbox, written out, without a name and password in it. */
export function isHref(value: unknown): value is string {
  if (typeof value !== "string" || value.length > longestHref || hasInvisible(value)) return false;
  if (/^mailto:[^\s@/?#<>"]+@[^\s@/?#<>"]+$/i.test(value)) return true;
  return /^https?:\/\/[^\s/?#@\\<>"]+([/?#][^\s\\<>"]*)?$/i.test(value);
}

/** Control characters, and those that turn the direction of what follows: they would show another address than they are. */
const hasInvisible = (text: string): boolean =>
  /[\p{Cc}\p{Cs}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u.test(text);

const id = { validate: (value: unknown) => void (isId(value) || refuse("material")) };
const words = { default: "", validate: (value: unknown) => void (isWords(value) || refuse("caption")) };

/** Of an element that is pasted or was copied from a page. The browser's own type is not known to this folder. */
interface Copied {
  getAttribute(name: string): string | null;
}
const copied =
  (kind: string, read: (from: Copied) => Attrs) =>
  (element: Copied): Attrs | false => {
    if (element.getAttribute("data-thing") !== kind || !isId(element.getAttribute("data-material"))) return false;
    return read(element);
  };
const wordsOf = (from: Copied, name: string): string => (from.getAttribute(name) ?? "").slice(0, longestCaption);

const headingLevels = [2, 3, 4] as const;
export type HeadingLevel = (typeof headingLevels)[number];

const nodes = {
  doc: { content: "block+" },
  paragraph: { content: "inline*", group: "block", parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },
  heading: {
    content: "inline*",
    group: "block",
    defining: true,
    attrs: { level: { default: 2, validate: (level: unknown) => void (isWhole(level, 2, 4) || refuse("heading")) } },
    // The page's title is its only heading of the first level.
    parseDOM: [
      { tag: "h1", attrs: { level: 2 } },
      ...headingLevels.map((level) => ({ tag: `h${level}`, attrs: { level } })),
      ...["h5", "h6"].map((tag) => ({ tag, attrs: { level: 4 } })),
    ],
    toDOM: ({ attrs }) => [`h${attrs.level}`, 0],
  },
  bulletList: { content: "listItem+", group: "block", parseDOM: [{ tag: "ul" }], toDOM: () => ["ul", 0] },
  orderedList: {
    content: "listItem+",
    group: "block",
    attrs: {
      start: { default: 1, validate: (start: unknown) => void (isWhole(start, 0, 99_999) || refuse("number")) },
    },
    parseDOM: [
      {
        tag: "ol",
        getAttrs: (element: Copied) => {
          const start = Number(element.getAttribute("start") ?? 1);
          return { start: isWhole(start, 0, 99_999) ? start : 1 };
        },
      },
    ],
    toDOM: ({ attrs }) => (attrs.start === 1 ? ["ol", 0] : ["ol", { start: attrs.start }, 0]),
  },
  listItem: { content: "paragraph block*", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
  blockquote: {
    content: "block+",
    group: "block",
    defining: true,
    parseDOM: [{ tag: "blockquote" }],
    toDOM: () => ["blockquote", 0],
  },
  codeBlock: {
    content: "text*",
    marks: "",
    group: "block",
    code: true,
    defining: true,
    parseDOM: [{ tag: "pre", preserveWhitespace: "full" }],
    toDOM: () => ["pre", ["code", 0]],
  },
  horizontalRule: { group: "block", parseDOM: [{ tag: "hr" }], toDOM: () => ["hr"] },
  // `alt` empty: it only decorates. The editor asks for it; whether a page lacks one is for it to say, not to refuse.
  image: {
    group: "block",
    atom: true,
    draggable: true,
    attrs: { material: id, alt: words, caption: words },
    parseDOM: [
      {
        tag: "figure[data-thing]",
        getAttrs: copied("image", (from) => ({
          material: from.getAttribute("data-material"),
          alt: wordsOf(from, "data-alt"),
          caption: wordsOf(from, "data-caption"),
        })),
      },
    ],
    toDOM: ({ attrs }) => [
      "figure",
      { "data-thing": "image", "data-material": attrs.material, "data-alt": attrs.alt, "data-caption": attrs.caption },
    ],
  },
  video: {
    group: "block",
    atom: true,
    draggable: true,
    attrs: { material: id, caption: words },
    parseDOM: [
      {
        tag: "figure[data-thing]",
        getAttrs: copied("video", (from) => ({
          material: from.getAttribute("data-material"),
          caption: wordsOf(from, "data-caption"),
        })),
      },
    ],
    toDOM: ({ attrs }) => [
      "figure",
      { "data-thing": "video", "data-material": attrs.material, "data-caption": attrs.caption },
    ],
  },
  file: {
    group: "block",
    atom: true,
    draggable: true,
    attrs: { material: id, title: words },
    parseDOM: [
      {
        tag: "figure[data-thing]",
        getAttrs: copied("file", (from) => ({
          material: from.getAttribute("data-material"),
          title: wordsOf(from, "data-title"),
        })),
      },
    ],
    toDOM: ({ attrs }) => [
      "figure",
      { "data-thing": "file", "data-material": attrs.material, "data-title": attrs.title },
    ],
  },
  hardBreak: {
    inline: true,
    group: "inline",
    selectable: false,
    parseDOM: [{ tag: "br" }],
    toDOM: () => ["br"],
  },
  text: { group: "inline" },
} as const satisfies Record<string, NodeSpec>;

const marks = {
  link: {
    attrs: { href: { validate: (href: unknown) => void (isHref(href) || refuse("address")) } },
    inclusive: false,
    parseDOM: [
      {
        tag: "a[href]",
        getAttrs: (element: Copied) => {
          const href = element.getAttribute("href");
          return isHref(href) ? { href } : false;
        },
      },
    ],
    toDOM: ({ attrs }) => ["a", { href: attrs.href, rel: "noopener noreferrer nofollow ugc" }, 0],
  },
  strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
  em: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: () => ["em", 0] },
  underline: { parseDOM: [{ tag: "u" }], toDOM: () => ["u", 0] },
  strike: { parseDOM: [{ tag: "s" }, { tag: "del" }, { tag: "strike" }], toDOM: () => ["s", 0] },
} as const satisfies Record<string, MarkSpec>;

export type TextNodeName = keyof typeof nodes;
export type TextMarkName = keyof typeof marks;

export const textSchema = new Schema<TextNodeName, TextMarkName>({ nodes, marks });

/** A text or a part of it as it is sent and kept: what `toJSON` of prosemirror-model makes. */
export interface TextNode {
  readonly type: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly content?: readonly TextNode[];
  readonly marks?: readonly { readonly type: string; readonly attrs?: Readonly<Record<string, unknown>> }[];
  readonly text?: string;
}
export type { StepJson } from "../../protocol/twinspace/pages.ts";

/** A page that nobody has written in yet. */
export const emptyText: TextNode = { type: "doc", content: [{ type: "paragraph" }] };
