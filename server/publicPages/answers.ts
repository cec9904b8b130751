/** How what a project shows to everybody goes out: the same to all, kept for a minute, with no script and no cookie. */
import { createHash } from "node:crypto";
import { BodyAnswer } from "../http/route.ts";
import { nothingPage } from "./frame.ts";

export const htmlType = "text/html; charset=utf-8";
export const atomType = "application/atom+xml; charset=utf-8";

/** Style and pictures from here; no script, no form, in nobody's frame. */
export const sitePolicy =
  "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export const tagOf = (body: string | Buffer): string =>
  `"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"`;

const headers = (body: string | Buffer, listed: boolean) => ({
  "Content-Security-Policy": sitePolicy,
  "Cache-Control": "public, max-age=60",
  ETag: tagOf(body),
  ...(listed ? {} : { "X-Robots-Tag": "noindex, nofollow" }),
});

/** @param listed whether search engines may list it */
export const publicAnswer = (body: string | Buffer, type: string, listed: boolean): BodyAnswer =>
  new BodyAnswer(body, type, undefined, headers(body, listed));

/** The same for what never was and for what is gone. */
export const nothingThere = (): BodyAnswer =>
  new BodyAnswer(nothingPage, htmlType, undefined, headers(nothingPage, false), 404);

/** For who prepares it: shown to them alone. */
export const previewAnswer = (body: string): BodyAnswer =>
  new BodyAnswer(body, htmlType, undefined, {
    "Content-Security-Policy": sitePolicy,
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex",
  });
