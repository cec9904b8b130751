/** What those who run the server ask it: does it serve, is it ready, what has it done. */
import { createHash, timingSafeEqual } from "node:crypto";
import express, { type Request } from "express";
import type { Registry } from "prom-client";
import { refuse } from "./mount.ts";

export interface Check {
  /** What it stands on, such as `database`. */
  readonly name: string;
  /** Resolves when it is there; throws, or does not resolve in time, when it is not. */
  check(): Promise<unknown>;
}

const checkWithinMs = 3_000;

export function probes(checks: readonly Check[], registry: Registry, metricsToken: string | undefined): express.Router {
  const router = express.Router();
  router.get("/healthz", (_request, response) => {
    response.setHeader("Cache-Control", "no-store");
    response.json({ ok: true });
  });
  router.get("/readyz", async (_request, response) => {
    const results = await Promise.all(checks.map(async (check) => ({ name: check.name, ok: await passes(check) })));
    const ready = results.every(({ ok }) => ok);
    response.setHeader("Cache-Control", "no-store");
    response.status(ready ? 200 : 503).json({ ready, checks: results });
  });
  router.get("/metrics", async (request, response) => {
    if (!mayReadMetrics(request, metricsToken)) return refuse(response, "account.notAllowed");
    response.setHeader("Cache-Control", "no-store");
    response.type(registry.contentType).send(await registry.metrics());
  });
  return router;
}

async function passes(check: Check): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const late = setTimeout(() => resolve(false), checkWithinMs);
  // Started inside an async function, so that a check which throws at once is caught as well.
  (async () => check.check())().then(
    () => resolve(true),
    () => resolve(false),
  );
  try {
    return await promise;
  } finally {
    clearTimeout(late);
  }
}

/** By the token, or from this machine itself; what a proxy on this machine passes on is not from this machine. */
function mayReadMetrics(request: Request, token: string | undefined): boolean {
  const given = request.headers.authorization?.match(/^Bearer (.+)$/)?.[1];
  if (given !== undefined) return token !== undefined && isSame(given, token);
  const passedOn = ["x-forwarded-for", "forwarded", "x-real-ip", "via"].some((name) => name in request.headers);
  return !passedOn && isLoopback(request.socket.remoteAddress);
}

function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

const isLoopback = (address = "") => address === "::1" || /^(::ffff:)?127\./.test(address);
