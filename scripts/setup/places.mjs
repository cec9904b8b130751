import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the repository. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The Node that came as a package. Not by node_modules/.bin: npm 9 makes no link where two packages offer the same name. */
export const ownNode = join(root, "node_modules", `node-${process.platform}-${process.arch}`, "bin", "node");

/**
 * A folder that may be kept from one clone to the next: the user's cache, or the packages' folder where there is no
 * home that can be written to.
 */
export function cacheFolder(env = process.env) {
  const candidates = [
    env.XDG_CACHE_HOME && isAbsolute(env.XDG_CACHE_HOME) ? join(env.XDG_CACHE_HOME, "twinlight") : undefined,
    env.HOME && isAbsolute(env.HOME) ? join(env.HOME, ".cache", "twinlight") : undefined,
    join(root, "node_modules", ".cache", "twinlight"),
  ];
  for (const folder of candidates) {
    if (!folder) continue;
    try {
      mkdirSync(folder, { recursive: true });
      accessSync(folder, constants.W_OK | constants.X_OK);
      return folder;
    } catch {
      // Not here then.
    }
  }
  return join(root, "node_modules", ".cache", "twinlight");
}

/** @returns the path of a command, or `undefined`; also where an ordinary user's PATH does not look */
export function commandPath(name, env = process.env) {
  const folders = [...(env.PATH ?? "").split(":"), "/usr/bin", "/bin", "/usr/sbin", "/sbin"];
  for (const folder of folders) {
    const path = join(folder || ".", name);
    if (isProgram(path)) return path;
  }
  return undefined;
}

export function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return existsSync(path);
  } catch {
    return false;
  }
}
