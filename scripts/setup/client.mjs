import { existsSync, readdirSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { takeLock } from "./lock.mjs";
import { root } from "./places.mjs";
import { lengthSince, Refusal, say } from "./say.mjs";
import { runStep } from "./tied.mjs";

const vite = join(root, "node_modules", "vite", "bin", "vite.js");
const built = join(root, "client", "dist");
/** What the pages are made of: a change in any of it means building again. */
const sources = [
  ...["client", "protocol", "domain", "frames", "package-lock.json"],
  ...["docs/guide", "docs/pictures", "docs/glossary.md"],
];

const notSources = new Set([built, join(root, "client", "dist-gallery"), join(root, "client", "gallery")]);

/** Builds what the browser gets, when its sources are newer than what was built last. */
export async function buildClient() {
  if (!existsSync(vite)) {
    // An image that only runs Twinlight brings the pages and not the means of building them.
    if (existsSync(join(built, "index.html"))) return;
    throw new Refusal("The pages are not built, and the packages that build them are missing: run npm ci.");
  }
  const letGo = takeLock(join(root, "node_modules", ".cache", "twinlight-pages.lock"), 300) ?? (() => {});
  try {
    if (!isBuilt()) await build();
  } finally {
    letGo();
  }
}

async function build() {
  say("Building the pages.");
  const began = performance.now();
  const asOf = new Date();
  const words = [vite, "build", "--config", join("client", "vite.config.ts"), "--logLevel", "warn"];
  const { code, output } = await runStep(process.execPath, words, {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production", NO_COLOR: "1" },
  });
  if (code !== 0) throw new Refusal(`The pages could not be built:\n${output.trim()}`);
  // What is changed while it builds is newer than the pages.
  utimesSync(join(built, "index.html"), asOf, asOf);
  say(`The pages are built (${lengthSince(began)}).`);
}

function isBuilt() {
  const page = join(built, "index.html");
  return existsSync(page) && sources.every((source) => newest(join(root, source)) <= statSync(page).mtimeMs);
}

/** @returns {number} when the newest file in it was changed; 0 for what is not there */
function newest(path) {
  if (notSources.has(path) || !existsSync(path)) return 0;
  const here = statSync(path);
  if (!here.isDirectory()) return here.mtimeMs;
  // A folder's own time tells of files that were removed; `client`'s own also changes with the folder of the built pages.
  const own = path === join(root, "client") ? 0 : here.mtimeMs;
  return Math.max(own, ...readdirSync(path).map((name) => newest(join(path, name))));
}
