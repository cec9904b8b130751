/** Pictures, videos and files in the editor, as readers will see them, and marked when they are chosen. */
import type { Node } from "prosemirror-model";
import type { NodeViewConstructor } from "prosemirror-view";
import { fileAt } from "../api/space/materials.ts";
import { t } from "../words/words.ts";

/** @param slug of the TwinSpace: materials are its own */
export function materialViews(slug: string): Record<"image" | "video" | "file", NodeViewConstructor> {
  const view =
    (draw: (node: Node) => HTMLElement[]): NodeViewConstructor =>
    (node) => {
      const dom = document.createElement("figure");
      dom.className = `text-${node.type.name}`;
      dom.contentEditable = "false";
      dom.append(...draw(node));
      return {
        dom,
        update(next) {
          if (next.type !== node.type) return false;
          if (!next.hasMarkup(node.type, node.attrs)) dom.replaceChildren(...draw(next));
          node = next;
          return true;
        },
        ignoreMutation: () => true,
      };
    };
  return {
    image: view((node) => [imageOf(slug, node), ...captionOf(node)]),
    video: view((node) => [videoOf(slug, node), ...captionOf(node)]),
    file: view((node) => [words("strong", String(node.attrs.title || t("pages.file")))]),
  };
}

function imageOf(slug: string, { attrs }: Node): HTMLElement {
  const image = document.createElement("img");
  image.src = fileAt(slug, String(attrs.material));
  image.alt = String(attrs.alt);
  return image;
}

function videoOf(slug: string, { attrs }: Node): HTMLElement {
  const video = document.createElement("video");
  video.src = fileAt(slug, String(attrs.material));
  video.controls = true;
  video.preload = "metadata";
  return video;
}

const captionOf = ({ attrs }: Node): HTMLElement[] =>
  attrs.caption ? [words("figcaption", String(attrs.caption))] : [];

function words(tag: "strong" | "figcaption", text: string): HTMLElement {
  const element = document.createElement(tag);
  element.dir = "auto";
  element.textContent = text;
  return element;
}
