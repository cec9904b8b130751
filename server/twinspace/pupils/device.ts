/**
 * A cookie on devices on which a pupil has signed in, so that they get in while strangers' guesses from the same network are
 * held up. It says nothing about who that was, and is made so that nobody can make one.
 */
import { timingSafeEqual } from "node:crypto";
import { deviceKnownMs } from "../../../domain/twinspace/guesses.ts";
import type { Secrets } from "../../../storage/secrets.ts";
import { newToken } from "../../accounts/tokens.ts";
import type { Cookies } from "../../http/route.ts";

const cookie = "twinlight-device";
const about = "pupilDevice";

/** What this device's tries are counted under, or null where the cookie is missing, forged or old. */
export function deviceOf(secrets: Secrets, cookies: Cookies, now: number): Buffer | null {
  const [id = "", since = "", seal = ""] = cookies.read(cookie)?.split(".") ?? [];
  const wanted = secrets.digest(`${id}.${since}`, about);
  const given = Buffer.from(seal, "base64url");
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
  return now - Number(since) < deviceKnownMs ? secrets.digest(id, "pupilTriesOfDevice") : null;
}

export function keepDevice(secrets: Secrets, cookies: Cookies, now: number): void {
  if (deviceOf(secrets, cookies, now)) return;
  const text = `${newToken()}.${now}`;
  cookies.keep(cookie, `${text}.${secrets.digest(text, about).toString("base64url")}`, deviceKnownMs);
}
