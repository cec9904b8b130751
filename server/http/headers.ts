/** What every answer tells the browser to forbid. Written out, not a library's defaults. */
import { randomBytes } from "node:crypto";
import type { RequestHandler } from "express";
import helmet from "helmet";

/**
 * The policy of every page. `connect-src 'self'` covers this origin's web sockets too. No inline script runs at all;
 * inline styles only with the page's own nonce. Plain http is not upgraded: without certificates the server would be
 * out of reach.
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join("; ");
}

/** Camera, microphone, screen and full screen for our own pages alone; of the rest nothing. */
export const permissionsPolicy = [
  "camera=(self)",
  "microphone=(self)",
  "display-capture=(self)",
  "fullscreen=(self)",
  "geolocation=()",
  "payment=()",
  "usb=()",
  "midi=()",
  "publickey-credentials-get=()",
].join(", ");

const halfAYearSeconds = 15_552_000;

/** Sets the headers; `response.locals.nonce` is the nonce for the page's styles. */
export function securityHeaders({ https }: { https: boolean }): RequestHandler {
  const others = helmet({
    contentSecurityPolicy: false,
    strictTransportSecurity: https ? { maxAge: halfAYearSeconds, includeSubDomains: false } : false,
    referrerPolicy: { policy: "no-referrer" },
    xFrameOptions: { action: "deny" },
    // Without a secure context browsers ignore these two and complain about it on every page.
    crossOriginOpenerPolicy: https ? { policy: "same-origin" } : false,
    originAgentCluster: https,
  });
  return (request, response, next) => {
    const nonce = randomBytes(16).toString("base64");
    response.locals.nonce = nonce;
    response.setHeader("Content-Security-Policy", contentSecurityPolicy(nonce));
    response.setHeader("Permissions-Policy", permissionsPolicy);
    others(request, response, next);
  };
}
