/**
 * Makes the one SVG sprite: the icons in use, the flags, the drawn faces, the pupils' pictures. It is an asset with a name of its content, asked
 * for by `virtual:sprite`, so no page carries drawings in its script.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Plugin } from "vite";
import { faces } from "./faces.ts";
import { flags } from "./flags.ts";
import { iconNames } from "./icons.ts";
import { pictureDrawings } from "./pictures.ts";

const require = createRequire(import.meta.url);

function iconSymbol(name: string): string {
  return name.endsWith("-fill") ? phosphorSymbol(name, "fill", name) : phosphorSymbol(name, "bold", `${name}-bold`);
}

function phosphorSymbol(id: string, weight: "bold" | "fill" | "duotone", file: string): string {
  const drawing = readFileSync(require.resolve(`@phosphor-icons/core/assets/${weight}/${file}.svg`), "utf8");
  const inside = drawing.replace(/^[^>]*>/, "").replace(/<\/svg>\s*$/, "");
  return `<symbol id="${id}" viewBox="0 0 256 256" fill="currentColor">${inside}</symbol>`;
}

/** The whole sprite as SVG text. */
export function makeSprite(): string {
  const symbols = [
    ...iconNames.map(iconSymbol),
    ...Object.entries(flags).map(
      ([code, drawing]) => `<symbol id="flag-${code}" viewBox="0 0 20 14">${drawing}</symbol>`,
    ),
    ...faces.map((drawing, i) => `<symbol id="face-${i + 1}" viewBox="0 0 48 48">${drawing}</symbol>`),
    ...Object.entries(pictureDrawings).map(([name, drawing]) =>
      phosphorSymbol(`picture-${name}`, "duotone", `${drawing}-duotone`),
    ),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`;
}

/** Vite plugin: `import sprite from "virtual:sprite"` is the sprite's address. */
export function spritePlugin(): Plugin {
  const source = makeSprite();
  const fileName = `assets/sprite-${createHash("sha256").update(source).digest("hex").slice(0, 8)}.svg`;
  const id = "\0virtual:sprite";
  return {
    name: "twinlight-sprite",
    resolveId: (asked) => (asked === "virtual:sprite" ? id : null),
    load(asked) {
      if (asked !== id) return null;
      if (this.environment.mode === "build") this.emitFile({ type: "asset", fileName, source });
      return `export default ${JSON.stringify(`/${fileName}`)};`;
    },
    configureServer(server) {
      server.middlewares.use(`/${fileName}`, (_request, response) => {
        response.setHeader("content-type", "image/svg+xml");
        response.end(source);
      });
    },
  };
}
