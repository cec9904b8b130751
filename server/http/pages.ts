/** The client's one page, served for every address of it with the nonce its styles need. */
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import express, { type RequestHandler, type Response } from "express";
import { networkOf } from "./limits.ts";
import { contextOf, type Mounting } from "./mount.ts";
import type { Context, RefusedFields } from "./route.ts";
import { statusOf } from "./statuses.ts";

export interface Page {
  /** As express writes it: `/m/:code`. */
  readonly path: string;
  /**
   * Why this caller may not see the page, for pages that are not for everybody. The page is sent all the same, with the
   * refusal's status: the script in it says the sentence.
   */
  refuse?(context: Context, params: Record<string, string>): Promise<RefusedFields | undefined>;
}

export function pages(list: readonly Page[], clientFolder: string, mounting: Mounting): express.Router {
  const router = express.Router();
  const send = pageSender(join(clientFolder, "index.html"));
  for (const page of list) {
    router.get(page.path, async (request, response) => {
      let status = 200;
      if (page.refuse) {
        const caller = await mounting.identify(request);
        const context = contextOf(request, response, mounting, caller, networkOf(request.ip));
        const refusal = await page.refuse(context, { ...request.params } as Record<string, string>);
        if (refusal) status = statusOf(refusal.refused);
      }
      await send(response, status);
    });
  }
  router.get("/{*any}", unknownPage(send));
  return router;
}

/** Somebody mistyped an address: the page says so in their language, with the status that is true. */
function unknownPage(send: (response: Response, status: number) => Promise<void>): RequestHandler {
  return async (request, response, next) => {
    const isPage = !request.path.startsWith("/api/") && request.accepts(["html", "json"]) === "html";
    if (!isPage) return next();
    await send(response, 404);
  };
}

function pageSender(file: string): (response: Response, status: number) => Promise<void> {
  let kept: { html: string; mtimeMs: number } | undefined;
  const read = async () => {
    const { mtimeMs } = await stat(file);
    if (kept?.mtimeMs !== mtimeMs) kept = { html: await readFile(file, "utf8"), mtimeMs };
    return kept.html;
  };
  return async (response, status) => {
    response.setHeader("Cache-Control", "no-store");
    const html = await read().catch(() => undefined);
    if (html === undefined) {
      response.status(503).type("text/plain").send("The pages are not built yet. `npm start` builds them.\n");
      return;
    }
    const nonce: string = response.locals.nonce;
    response.status(status).type("html").send(html.replaceAll("%NONCE%", nonce));
  };
}
