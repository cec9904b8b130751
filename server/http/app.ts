/** The express app: what every request passes, in its order. */
import express, { type RequestHandler } from "express";
import type { Registry } from "prom-client";
import { assets } from "./assets.ts";
import { isCrossSite } from "./crossSite.ts";
import { securityHeaders } from "./headers.ts";
import { faultsAnswered, type Mounting, mountRoutes, notFound, refuse } from "./mount.ts";
import { openApi } from "./openapi.ts";
import { type Page, pages } from "./pages.ts";
import { type Check, probes } from "./probes.ts";
import type { Route } from "./route.ts";

export interface AppParts extends Mounting {
  readonly routes: readonly Route[];
  /** Beside the routes: what comes as a stream. Each sees to who may by itself. */
  readonly mounts?: readonly ((mounting: Mounting) => RequestHandler)[];
  readonly pages: readonly Page[];
  /** Where the built client is: `index.html` and `assets/`. */
  readonly clientFolder: string;
  /** As express' `trust proxy`: whose word about the caller's address is taken. */
  readonly trustProxy: number | string[] | false;
  /** What must be there for `/readyz`. */
  readonly checks: readonly Check[];
  readonly registry: Registry;
  readonly metricsToken: string | undefined;
  readonly version: string;
}

export function makeApp(parts: AppParts): express.Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.set("trust proxy", parts.trustProxy);
  app.set("query parser", "simple");

  app.use(securityHeaders(parts));
  app.use(probes(parts.checks, parts.registry, parts.metricsToken));
  app.use(crossSiteRefused(parts.publicUrl));

  const document = JSON.stringify(openApi(parts.routes, parts.version));
  app.get("/api/openapi.json", (_request, response) => void response.type("json").send(document));
  app.use(mountRoutes(parts.routes, parts));
  for (const mount of parts.mounts ?? []) app.use(mount(parts));

  app.use(assets(parts.clientFolder));
  app.use(pages(parts.pages, parts.clientFolder, parts));
  app.use(notFound);
  app.use(faultsAnswered(parts.log));
  return app;
}

function crossSiteRefused(publicUrl: string | undefined): RequestHandler {
  return (request, response, next) => {
    const changes = request.method !== "GET" && request.method !== "HEAD";
    if (changes && isCrossSite(request.headers, publicUrl)) return refuse(response, "request.crossSite");
    next();
  };
}
