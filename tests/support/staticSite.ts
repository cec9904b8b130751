/** A folder of built pages over loopback, with the headers that the server gives its pages. */
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { contentSecurityPolicy } from "../../server/http/headers.ts";

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

export interface StaticSite {
  /** Without a slash at its end. */
  address: string;
  close(): Promise<void>;
}

/** Serves `folder`; what has no extension is its index.html. */
export async function serveFolder(folder: string): Promise<StaticSite> {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url ?? "/", "http://site").pathname);
    const file = extname(path) === "" ? "/index.html" : path;
    try {
      let body: Buffer | string = await readFile(join(folder, file));
      const nonce = randomBytes(16).toString("base64");
      response.setHeader("content-type", types[extname(file)] ?? "application/octet-stream");
      if (file === "/index.html") {
        response.setHeader("content-security-policy", contentSecurityPolicy(nonce));
        body = body.toString("utf8").replaceAll("%NONCE%", nonce);
      }
      response.end(body);
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("the static site has no port");
  return {
    address: `http://127.0.0.1:${bound.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
