import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./places.mjs";
import { lengthSince, Refusal, say } from "./say.mjs";
import { runStep } from "./tied.mjs";

/** Installs the packages when one that the lock names for this machine is not there in that version. */
export async function installPackages() {
  const missing = missingPackages();
  if (missing.length === 0) return;
  say(`Installing the packages (${missing.length} are missing); this takes about half a minute.`);
  const began = performance.now();
  const words = ["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--no-progress"];
  const { code, output } = await runStep("npm", [...words, "--loglevel=error"], {
    cwd: root,
    env: { ...process.env, NODE_ENV: "" },
  }).catch((fault) => {
    throw new Refusal(`npm cannot be run (${fault.message}): install it together with Node.`);
  });
  if (code !== 0) throw new Refusal(`The packages could not be installed; npm says:\n${output.trim()}`);
  const still = missingPackages();
  if (still.length > 0) throw new Refusal(`npm left out packages that are needed: ${still.join(", ")}.`);
  say(`The packages are installed (${lengthSince(began)}).`);
}

/**
 * npm notes what it installed in node_modules/.package-lock.json, and writes it last; an installation that was
 * interrupted has none.
 *
 * @returns {string[]} the places below the repository of those that are missing or of another version
 */
export function missingPackages() {
  const wanted = readLock(join(root, "package-lock.json"));
  const present = readLock(join(root, "node_modules", ".package-lock.json"));
  return Object.entries(wanted)
    .filter(([place, entry]) => place !== "" && isForHere(entry) && present[place]?.version !== entry.version)
    .map(([place]) => place.replace(/^node_modules\//, ""));
}

function readLock(path) {
  if (!existsSync(path)) return {};
  return JSON.parse(readFileSync(path, "utf8")).packages ?? {};
}

/** An image that only runs Twinlight leaves out what building and testing need, and says so by NODE_ENV. */
function isForHere(entry) {
  if (process.env.NODE_ENV === "production" && (entry.dev || entry.devOptional)) return false;
  // npm may leave these out by itself: they serve an optional package that is not for here.
  if (entry.optional && !entry.os && !entry.cpu) return false;
  return fits(entry.os, process.platform) && fits(entry.cpu, process.arch) && fits(entry.libc, libc());
}

/** A package names the systems that it is for, or, with "!", those that it is not for. */
function fits(named, here) {
  if (!named) return true;
  const list = [named].flat();
  return list.includes(here) || (list.every((name) => name.startsWith("!")) && !list.includes(`!${here}`));
}

let knownLibc;
function libc() {
  knownLibc ??= process.platform === "linux" ? (isGlibc() ? "glibc" : "musl") : "none";
  return knownLibc;
}

function isGlibc() {
  // Without this, the report looks up the names of all open connections.
  process.report.excludeNetwork = true;
  return Boolean(process.report.getReport().header.glibcVersionRuntime);
}
