/** Which materials a text shows: asked before it is published, exported, or a material is removed. */
import type { Id } from "../../protocol/ids.ts";
import type { TextNode } from "./schema.ts";

export interface MaterialInText {
  readonly material: Id;
  readonly kind: "image" | "video" | "file";
  /** Of an image; empty when nobody has said what it shows. */
  readonly alt: string;
}

/** Each as often as it is shown, in their order. */
export function materialsIn(doc: TextNode): MaterialInText[] {
  const found: MaterialInText[] = [];
  const look = ({ type, attrs = {}, content = [] }: TextNode): void => {
    const { material, alt } = attrs;
    if ((type === "image" || type === "video" || type === "file") && typeof material === "string") {
      found.push({ material, kind: type, alt: typeof alt === "string" ? alt : "" });
    }
    content.forEach(look);
  };
  look(doc);
  return found;
}

/** Their ids, each once. */
export const materialIdsIn = (doc: TextNode): Id[] => [...new Set(materialsIn(doc).map(({ material }) => material))];
