/** What a page will load, named in its head, so that the browser need not find out step by step. */
import * as z from "zod";

/** As Vite writes `.vite/manifest.json`: what was built of each source, and what it needs. */
const Manifest = z.record(
  z.string(),
  z.object({
    file: z.string(),
    imports: z.array(z.string()).optional(),
    css: z.array(z.string()).optional(),
  }),
);
export type Manifest = z.infer<typeof Manifest>;

/** An empty one for text that is none: pages work without, only later. */
export function readManifest(text: string): Manifest {
  try {
    return Manifest.parse(JSON.parse(text));
  } catch {
    return {};
  }
}

const entry = "index.html";

/** Link elements for the module of a page and all it imports, without what index.html names already. */
export function preloadLinks(manifest: Manifest, module: string): string {
  const known = neededBy(manifest, entry);
  const needed = new Set([...neededBy(manifest, module)].filter((name) => !known.has(name)));
  const parts = [...needed].flatMap((name) => manifest[name] ?? []);
  const knownStyles = stylesOf(manifest, known);
  const styles = [...stylesOf(manifest, needed)].filter((style) => !knownStyles.has(style));
  return [
    ...parts.map(({ file }) => `<link rel="modulepreload" crossorigin href="/${file}">`),
    ...styles.map((style) => `<link rel="preload" as="style" crossorigin href="/${style}">`),
  ].join("");
}

function neededBy(manifest: Manifest, module: string, found = new Set<string>()): Set<string> {
  if (found.has(module)) return found;
  found.add(module);
  for (const next of manifest[module]?.imports ?? []) neededBy(manifest, next, found);
  return found;
}

function stylesOf(manifest: Manifest, modules: ReadonlySet<string>): Set<string> {
  return new Set([...modules].flatMap((name) => manifest[name]?.css ?? []));
}
