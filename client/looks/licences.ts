/** Collects the licence texts of everything that is shipped to browsers into `licences.txt`, as their licences ask. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";

/** Not seen as modules, but shipped all the same: fonts by CSS, icons by the sprite. */
const alwaysShipped = [
  "node_modules/@fontsource-variable/commissioner",
  "node_modules/@fontsource-variable/literata",
  "node_modules/@phosphor-icons/core",
];

/** The package folder a bundled module lies in, or null for a module of our own. */
function packageFolder(id: string): string | null {
  const clean = id.split("?")[0] ?? id;
  if (!clean.includes("/node_modules/") || clean.startsWith("\0")) return null;
  let folder = dirname(clean);
  while (!/\/node_modules(\/@[^/]+)?\/[^/@][^/]*$/.test(folder)) {
    const above = dirname(folder);
    if (above === folder) return null;
    folder = above;
  }
  return folder;
}

function licenceOf(folder: string): string {
  const described: { name?: string; version?: string; license?: string } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  );
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  const text =
    file === undefined
      ? `Licence: ${described.license ?? "see the package"}`
      : readFileSync(join(folder, file), "utf8");
  return `${described.name ?? folder} ${described.version ?? ""}\n\n${text.trim()}\n`;
}

/** Vite plugin; `root` is the folder that holds node_modules. */
export function licencesPlugin(root: string): Plugin {
  return {
    name: "twinlight-licences",
    apply: "build",
    generateBundle(_options, bundle) {
      const folders = new Set(alwaysShipped.map((folder) => join(root, folder)));
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== "chunk") continue;
        for (const id of chunk.moduleIds) {
          const folder = packageFolder(id);
          if (folder !== null) folders.add(folder);
        }
      }
      const texts = [...folders]
        .filter((folder) => existsSync(join(folder, "package.json")))
        .sort()
        .map(licenceOf);
      this.emitFile({ type: "asset", fileName: "licences.txt", source: texts.join(`\n${"-".repeat(80)}\n\n`) });
    },
  };
}
