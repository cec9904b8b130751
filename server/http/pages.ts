/** The client's one page, served for every address of it with the nonce its styles need. */
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import express, { type RequestHandler, type Response } from "express";
import { type Head, withHead } from "./head.ts";
import { networkOf } from "./limits.ts";
import { contextOf, type Mounting } from "./mount.ts";
import { preloadLinks, readManifest } from "./preloads.ts";
import type { Context, RefusedFields } from "./route.ts";
import { statusOf } from "./statuses.ts";

export interface Page {
  /** As express writes it: `/m/:code`. */
  readonly path: string;
  /** The client's source of this page, as the build's manifest names it: `pages/meeting.tsx`. Its parts are preloaded. */
  readonly module?: string | undefined;
  /**
   * Why this caller may not see the page, for pages that are not for everybody. The page is sent all the same, with the
   * refusal's status: the script in it says the sentence.
   */
  refuse?(context: Context, params: Record<string, string>): Promise<RefusedFields | undefined>;
  /** What its head says to whoever is sent its address before any script runs. */
  head?(context: Context, params: Record<string, string>): Promise<Head | undefined>;
}

export function pages(list: readonly Page[], clientFolder: string, mounting: Mounting): express.Router {
  const router = express.Router();
  const send = pageSender(clientFolder);
  for (const page of list) {
    router.get(page.path, async (request, response) => {
      if (!page.refuse && !page.head) return send(response, 200, page.module);
      const who = await mounting.identify(request);
      const context = contextOf(request, response, mounting, who, networkOf(request.ip));
      const params = { ...request.params } as Record<string, string>;
      const refusal = await page.refuse?.(context, params);
      const head = refusal ? undefined : await page.head?.(context, params);
      await send(response, refusal ? statusOf(refusal.refused) : 200, page.module, head);
    });
  }
  router.get("/{*any}", unknownPage(send));
  return router;
}

type SendPage = (response: Response, status: number, module?: string, head?: Head) => Promise<void>;

/** Somebody mistyped an address: the page says so in their language, with the status that is true. */
function unknownPage(send: SendPage): RequestHandler {
  return async (request, response, next) => {
    const isPage = !request.path.startsWith("/api/") && request.accepts(["html", "json"]) === "html";
    if (!isPage) return next();
    await send(response, 404);
  };
}

function pageSender(clientFolder: string): SendPage {
  const read = builtPage(clientFolder);
  return async (response, status, module, head) => {
    response.setHeader("Cache-Control", "no-store");
    const built = await read().catch(() => undefined);
    if (built === undefined) {
      response.status(503).type("text/plain").send("The pages are not built yet. `npm start` builds them.\n");
      return;
    }
    const nonce: string = response.locals.nonce;
    // What people wrote comes in last: nothing of it is taken for a place to put the nonce.
    const html = built.with(module).replaceAll("%NONCE%", nonce);
    response
      .status(status)
      .type("html")
      .send(head === undefined ? html : withHead(html, head));
  };
}

/** index.html with a page's preloads in its head; read again when it was built anew. */
function builtPage(clientFolder: string): () => Promise<{ with(module?: string): string }> {
  const file = join(clientFolder, "index.html");
  let kept: { mtimeMs: number; with(module?: string): string } | undefined;
  return async () => {
    const { mtimeMs } = await stat(file);
    if (kept?.mtimeMs === mtimeMs) return kept;
    const html = await readFile(file, "utf8");
    const manifest = readManifest(await readFile(join(clientFolder, ".vite", "manifest.json"), "utf8").catch(() => ""));
    const withModule = (module: string) => html.replace("</head>", () => `${preloadLinks(manifest, module)}</head>`);
    kept = { mtimeMs, with: (module) => (module ? withModule(module) : html) };
    return kept;
  };
}
