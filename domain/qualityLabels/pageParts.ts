/** A page cut where its pictures, films and files stand, so that each can be left out by itself with what was written below it. */
import { plainText } from "../text/plain.ts";
import type { TextNode } from "../text/schema.ts";

export type PagePart =
  | { readonly of: "text"; readonly words: string }
  | { readonly of: "material"; readonly material: string; readonly alt: string; readonly caption: string };

/** In the order of the page; text without its looks. */
export function pageParts(doc: TextNode): PagePart[] {
  const parts: PagePart[] = [];
  let gathered: TextNode[] = [];
  const flush = () => {
    const words = plainText({ type: "doc", content: gathered });
    gathered = [];
    if (words.trim() !== "") parts.push({ of: "text", words });
  };
  const look = (node: TextNode): void => {
    if (isMedia(node)) {
      flush();
      const { material, alt, caption, title } = node.attrs ?? {};
      if (typeof material === "string") {
        parts.push({ of: "material", material, alt: wordsOf(alt), caption: wordsOf(caption) || wordsOf(title) });
      }
    } else if (holdsMedia(node)) (node.content ?? []).forEach(look);
    else gathered.push(node);
  };
  look(doc);
  flush();
  return parts;
}

const isMedia = ({ type }: TextNode): boolean => type === "image" || type === "video" || type === "file";
const holdsMedia = (node: TextNode): boolean =>
  (node.content ?? []).some((child) => isMedia(child) || holdsMedia(child));
const wordsOf = (value: unknown): string => (typeof value === "string" ? value : "");
