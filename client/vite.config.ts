/**
 * One page for every address: the server sends index.html (with its nonce in place of %NONCE%), main.tsx loads what the
 * address needs. `manifest.json` in dist/.vite tells the server which scripts and styles to preload for a page.
 * With TWINLIGHT_GALLERY=1 the gallery of parts is built instead, for tests and screenshots; it is never part of dist.
 */
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { guidePlugin } from "./looks/guide.ts";
import { licencesPlugin } from "./looks/licences.ts";
import { spritePlugin } from "./looks/sprite.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const gallery = process.env.TWINLIGHT_GALLERY === "1";

export default defineConfig({
  root: gallery ? here("./gallery") : here("."),
  publicDir: here("./public"),
  cacheDir: here("../node_modules/.cache/vite"),
  plugins: [react(), spritePlugin(), guidePlugin(here("../docs")), licencesPlugin(here(".."))],
  server: { host: "127.0.0.1" },
  build: {
    outDir: gallery ? here("./dist-gallery") : here("./dist"),
    emptyOutDir: true,
    manifest: true,
    sourcemap: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    reportCompressedSize: false,
  },
});
