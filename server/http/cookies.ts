/** Cookies for this host alone: `__Host-` where there is https, which browsers then hold to Secure, Path=/, no Domain. */
import type { IncomingHttpHeaders } from "node:http";
import type { Response } from "express";
import type { Cookies } from "./route.ts";

const nameOnWire = (name: string, https: boolean) => (https ? `__Host-${name}` : name);

export function readCookie(headers: IncomingHttpHeaders, name: string, https: boolean): string | undefined {
  const wanted = nameOnWire(name, https);
  for (const pair of headers.cookie?.split(";") ?? []) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim() === wanted) return pair.slice(at + 1).trim();
  }
  return undefined;
}

export function cookiesOf(headers: IncomingHttpHeaders, response: Response, https: boolean): Cookies {
  const options = { path: "/", httpOnly: true, sameSite: "lax", secure: https } as const;
  return {
    read: (name) => readCookie(headers, name, https),
    keep: (name, value, maxAgeMs) =>
      void response.cookie(nameOnWire(name, https), value, { ...options, maxAge: maxAgeMs }),
    forget: (name) => void response.clearCookie(nameOnWire(name, https), options),
  };
}
