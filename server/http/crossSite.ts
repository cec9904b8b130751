/** Requests made by a page of another site, with our cookies in the browser that sends them. */
import type { IncomingHttpHeaders } from "node:http";

/**
 * Whether a browser says that another site's page made this request. `Sec-Fetch-Site` is the browser's own word;
 * without it (older browsers, plain http) `Origin` must be ours: the host that was asked, or `publicUrl`. A request
 * with neither comes from no browser that would send cookies across sites (they are SameSite=Lax besides).
 */
export function isCrossSite(headers: IncomingHttpHeaders, publicUrl: string | undefined): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  const { origin, host } = headers;
  if (origin === undefined) return false;
  if (publicUrl !== undefined && origin === publicUrl) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}
