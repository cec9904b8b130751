/** What a provider says about whoever signed in there, read as the settings name it. Pure. */
import type { SsoSettings } from "../../../config/settings.ts";
import { Email } from "../../../protocol/http/accounts.ts";

export type Claims = Readonly<Record<string, unknown>>;

/** Somebody as this server is to know them. */
export interface Comer {
  readonly issuer: string;
  readonly subject: string;
  readonly isStaff: boolean;
  /** In lower case; null when there is none, or none that the provider has confirmed. */
  readonly email: string | null;
  readonly name: string;
  readonly school: string;
}

type Mapping = Pick<SsoSettings, "emailClaim" | "nameClaim" | "schoolClaim" | "roleClaim" | "staffValues">;

export function comerOf(claims: Claims & { iss: string; sub: string }, mapping: Mapping): Comer {
  const email = Email.safeParse(claimAt(claims, mapping.emailClaim));
  const roles = new Set(valuesOf(claimAt(claims, mapping.roleClaim)));
  return {
    issuer: claims.iss,
    subject: claims.sub,
    isStaff: mapping.staffValues.some((value) => roles.has(value)),
    email: email.success && isVerified(claims) ? email.data : null,
    name: textOf(claimAt(claims, mapping.nameClaim), 60),
    school: mapping.schoolClaim === undefined ? "" : textOf(claimAt(claims, mapping.schoolClaim), 120),
  };
}

/** The claim of this very name, or else, where the name has dots, what lies that deep: `realm_access.roles`. */
export function claimAt(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  let found: unknown = claims;
  for (const part of name.split(".")) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, part)) return undefined;
    found = (found as Record<string, unknown>)[part]; // An object that has `part`, by the line above.
  }
  return found;
}

/** One value, or several in a list. Anything else is none. */
function valuesOf(claim: unknown): string[] {
  return [claim].flat().filter((value) => typeof value === "string");
}

/** The standard says a boolean; some providers write it as a text. Silence is a no. */
function isVerified(claims: Claims): boolean {
  const { email_verified: verified } = claims;
  return verified === true || verified === "true";
}

function textOf(claim: unknown, most: number): string {
  const [first = ""] = valuesOf(claim);
  // Nothing invisible: it is filled into a form and shown.
  const plain = first.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
  return [...plain].slice(0, most).join("").trim();
}
