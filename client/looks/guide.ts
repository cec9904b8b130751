/**
 * Makes the help centre's pages of `docs/guide/` while the client is built: `import pages from "virtual:guide"`. The
 * texts are read here, so that no page carries a reader of Markdown and nothing of them is ever markup to a browser.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Plugin } from "vite";
import { readGuide } from "../guide/read.ts";
import type { GuidePage } from "../guide/shape.ts";

/** The pages of the guide and the glossary, the index first. `docs`: the folder they lie in. */
export function guidePages(docs: string): GuidePage[] {
  const names = readdirSync(join(docs, "guide"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => basename(name, ".md"))
    .sort((a, b) => Number(b === "index") - Number(a === "index") || a.localeCompare(b));
  return readGuide([
    ...names.map((name) => ({ name, text: readFileSync(join(docs, "guide", `${name}.md`), "utf8") })),
    { name: "glossary", text: readFileSync(join(docs, "glossary.md"), "utf8") },
  ]);
}

/** Vite plugin; `docs`: the folder `docs`. */
export function guidePlugin(docs: string): Plugin {
  const id = "\0virtual:guide";
  return {
    name: "twinlight-guide",
    resolveId: (asked) => (asked === "virtual:guide" ? id : null),
    load(asked) {
      if (asked !== id) return null;
      const pages = guidePages(docs);
      for (const { name } of pages) {
        this.addWatchFile(name === "glossary" ? join(docs, "glossary.md") : join(docs, "guide", `${name}.md`));
      }
      // Pictures become files of the build, each with a name of its content; the texts only say which one.
      const named = [...new Set(pages.flatMap((page) => page.pictures))];
      const pictures = named.filter((picture) => existsSync(join(docs, "pictures", picture)));
      // A test fails on it; who only starts the server reads the page without.
      for (const picture of named) if (!pictures.includes(picture)) this.warn(`docs/pictures/${picture} is not there`);
      const imports = pictures.map(
        (picture, i) => `import p${i} from ${JSON.stringify(`${join(docs, "pictures", picture)}?url`)};`,
      );
      const addresses = pictures.map((picture, i) => `${JSON.stringify(picture)}: p${i}`).join(", ");
      return `${imports.join("\n")}
export const pages = ${JSON.stringify(pages)};
export const pictures = { ${addresses} };
`;
    },
  };
}
