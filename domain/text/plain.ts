/** A text without its looks: for search, summaries and letters. */
import type { TextNode } from "./schema.ts";

const breaks: ReadonlySet<string> = new Set(["paragraph", "heading", "codeBlock", "image", "video", "file"]);

/** Its words, a line for each block; also captions, titles and what pictures show. At most `longest` characters. */
export function plainText(doc: TextNode, longest = 1_000_000): string {
  let text = "";
  const add = (node: TextNode): void => {
    if (text.length > longest) return;
    if (typeof node.text === "string") text += node.text;
    else if (node.type === "hardBreak") text += "\n";
    text += wordsOf(node);
    for (const child of node.content ?? []) add(child);
    if (breaks.has(node.type) && text !== "" && !text.endsWith("\n")) text += "\n";
  };
  add(doc);
  return text.slice(0, longest).trimEnd();
}

function wordsOf({ type, attrs = {} }: TextNode): string {
  if (type !== "image" && type !== "video" && type !== "file") return "";
  return [attrs.alt, attrs.caption, attrs.title]
    .filter((words): words is string => typeof words === "string" && words !== "")
    .join("\n");
}

/** Its first words, cut between two of them. */
export function beginning(doc: TextNode, longest: number): string {
  const text = plainText(doc, longest * 2 + 200).replace(/\s+/g, " ");
  if (text.length <= longest) return text;
  const cut = text.slice(0, longest);
  const space = cut.lastIndexOf(" ");
  return `${(space > longest / 2 ? cut.slice(0, space) : cut).toWellFormed().replace(/\ufffd$/, "")}…`;
}
