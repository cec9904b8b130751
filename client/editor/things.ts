/** How a picture, a video and a file look while the text is being written. */
import type { Node } from "prosemirror-model";
import type { NodeViewConstructor } from "prosemirror-view";
import { fileAt } from "../api/space/materials.ts";
import { t } from "../words/words.ts";

const wordsOf = (node: Node, name: string): string => String(node.attrs[name] ?? "");

function figure(inside: HTMLElement, caption: string): HTMLElement {
  const drawn = document.createElement("figure");
  drawn.append(inside);
  if (caption !== "") {
    const below = document.createElement("figcaption");
    below.textContent = caption;
    drawn.append(below);
  }
  return drawn;
}

/** `project`: whose materials they are. */
export function thingViews(project: string): Record<"image" | "video" | "file", NodeViewConstructor> {
  const addressOf = (node: Node) => fileAt(project, wordsOf(node, "material"));
  return {
    image(node) {
      const picture = document.createElement("img");
      picture.src = `${addressOf(node)}?size=1280`;
      picture.alt = wordsOf(node, "alt") || t("editor.noAlt");
      return { dom: figure(picture, wordsOf(node, "caption")) };
    },
    video(node) {
      const film = document.createElement("video");
      film.src = addressOf(node);
      film.controls = true;
      film.preload = "metadata";
      return { dom: figure(film, wordsOf(node, "caption")), stopEvent: (event) => event.target === film };
    },
    file(node) {
      const name = document.createElement("strong");
      name.textContent = wordsOf(node, "title") || t("editor.file");
      const drawn = figure(name, "");
      drawn.className = "text-file";
      return { dom: drawn };
    },
  };
}
