/**
 * A text as HTML that is safe to be shown anywhere: drawn by a list of what there is, every letter escaped. What is not on the
 * list is left out, so that it also holds for documents that nobody has checked.
 */
import type { Id } from "../../protocol/ids.ts";
import { isHref, type TextNode } from "./schema.ts";

/** Where a material is to be had: an address of this server, or one beside the page. */
export interface ShownMaterial {
  readonly address: string;
  /** What a file is called that was given no title. */
  readonly name?: string;
}
export type ShowMaterial = (material: Id, kind: "image" | "video" | "file") => ShownMaterial | undefined;

/** Deeper than any page may be; what is below is left out. */
const deepest = 40;

/** @param show what is not answered is left out: removed, hidden, or not for who reads */
export function textToHtml(doc: TextNode, show: ShowMaterial = () => undefined): string {
  return drawContent(doc, show, 0);
}

/** Also for attributes in double quotes. */
export const escaped = (text: string): string =>
  text
    .replace(/[^\P{Cc}\n\t]/gu, "")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#39;");

function drawContent({ content }: TextNode, show: ShowMaterial, depth: number): string {
  if (depth > deepest || !Array.isArray(content)) return "";
  return content.map((node) => draw(node, show, depth + 1)).join("");
}

const around: Readonly<Record<string, string>> = {
  paragraph: "p",
  bulletList: "ul",
  listItem: "li",
  blockquote: "blockquote",
};

function draw(node: TextNode, show: ShowMaterial, depth: number): string {
  const inside = () => drawContent(node, show, depth);
  const tag = Object.hasOwn(around, node.type) ? around[node.type] : undefined;
  if (tag) return `<${tag}>${inside()}</${tag}>`;
  switch (node.type) {
    case "text":
      return drawRun(node);
    case "heading":
      return element(`h${wholeBetween(node.attrs?.level, 2, 4) ?? 2}`, inside());
    case "orderedList":
      return `<ol${startOf(node)}>${inside()}</ol>`;
    case "codeBlock":
      return `<pre><code>${inside()}</code></pre>`;
    case "horizontalRule":
      return "<hr>";
    case "hardBreak":
      return "<br>";
    case "image":
    case "video":
    case "file":
      return drawMaterial(node, node.type, show);
    default:
      return "";
  }
}

const element = (tag: string, inside: string): string => `<${tag}>${inside}</${tag}>`;

const wholeBetween = (value: unknown, least: number, most: number): number | undefined =>
  typeof value === "number" && Number.isInteger(value) && value >= least && value <= most ? value : undefined;

function startOf({ attrs }: TextNode): string {
  const start = wholeBetween(attrs?.start, 0, 99_999) ?? 1;
  return start === 1 ? "" : ` start="${start}"`;
}

/** From the inside out, always in the same order. */
const marks = [
  ["strike", "s"],
  ["underline", "u"],
  ["em", "em"],
  ["strong", "strong"],
] as const;

function drawRun({ text, marks: has = [] }: TextNode): string {
  if (typeof text !== "string" || !Array.isArray(has)) return "";
  const drawn = marks.reduce(
    (inside, [name, tag]) => (has.some(({ type }) => type === name) ? element(tag, inside) : inside),
    escaped(text),
  );
  const href = has.find(({ type }) => type === "link")?.attrs?.href;
  return isHref(href) ? `<a href="${escaped(href)}" rel="noopener noreferrer nofollow ugc">${drawn}</a>` : drawn;
}

const wordsOf = (value: unknown): string => (typeof value === "string" ? value : "");

function drawMaterial({ attrs = {} }: TextNode, kind: "image" | "video" | "file", show: ShowMaterial): string {
  const material = typeof attrs.material === "string" ? show(attrs.material, kind) : undefined;
  if (!material || !isOwnAddress(material.address)) return "";
  const address = escaped(material.address);
  const caption = wordsOf(attrs.caption);
  const below = caption === "" ? "" : `<figcaption>${escaped(caption)}</figcaption>`;
  switch (kind) {
    case "image":
      return `<figure><img src="${address}" alt="${escaped(wordsOf(attrs.alt))}" loading="lazy">${below}</figure>`;
    case "video":
      return `<figure><video src="${address}" controls preload="metadata"></video>${below}</figure>`;
    case "file": {
      const title = wordsOf(attrs.title) || material.name || material.address.replace(/^.*\//, "");
      return `<p><a href="${address}" download>${escaped(title)}</a></p>`;
    }
  }
}

/** No address with a scheme but the web's: whoever answers `show` makes it of ids and names that people have typed. */
const isOwnAddress = (address: string): boolean => /^https?:\/\//i.test(address) || !/^[^/?#]*:/.test(address);
