/** The identity provider (OpenID Connect): code flow with PKCE, state and nonce. The only file that knows openid-client. */
import { createHash } from "node:crypto";
import * as oidc from "openid-client";
import type { Logger } from "pino";
import type { SsoSettings } from "../../../config/settings.ts";
import type { SsoReturn } from "../../../protocol/http/sso.ts";
import type { RefusalCode, Refused } from "../../../protocol/refusals.ts";
import { type Claims, type Comer, claimAt, comerOf } from "./claims.ts";

/** How long what the provider publishes about itself is believed without asking again. */
const metadataMs = 600_000;
const answerWithinSeconds = 10;

export interface SsoProvider {
  /** What its button is called. */
  readonly name: string;
  /** By which it is known, once it was asked; until then as it is set. */
  issuer(): string;
  /** Where the browser must go. `token` is what this browser alone has; it comes back as something made of it. */
  addressFor(token: string, redirectUri: string): Promise<URL | Refused>;
  /** Who came back. `token` as it was when they were sent. */
  comer(token: string, redirectUri: string, answer: SsoReturn): Promise<Comer | Refused>;
}

/** `now`: milliseconds since 1970, for how old the metadata are. */
export function openProvider(settings: SsoSettings, log: Logger, now: () => number = Date.now): SsoProvider {
  let known: { metadata: oidc.ServerMetadata; at: number } | undefined;
  const mapping = { ...settings };

  async function metadata(): Promise<oidc.ServerMetadata> {
    if (known && now() - known.at < metadataMs) return known.metadata;
    const options = {
      execute: isPlain(settings.issuer) ? [oidc.allowInsecureRequests] : [],
      timeout: answerWithinSeconds,
    };
    const found = await oidc.discovery(new URL(settings.issuer), settings.clientId, undefined, undefined, options);
    known = { metadata: found.serverMetadata(), at: now() };
    return known.metadata;
  }

  /**
   * Made anew for each sign-in and with it what is known of the provider's keys: one that was put in use a moment ago
   * is known, one that was withdrawn is not believed any more.
   */
  async function configuration(): Promise<oidc.Configuration> {
    const { clientId, clientSecret } = settings;
    const server = { ...(await metadata()) };
    const config = new oidc.Configuration(server, clientId, undefined, authentication(server, clientSecret));
    config.timeout = answerWithinSeconds;
    if (isPlain(settings.issuer)) oidc.allowInsecureRequests(config);
    oidc.enableNonRepudiationChecks(config);
    return config;
  }

  async function orRefused<T>(what: string, work: () => Promise<T>): Promise<T | Refused> {
    try {
      return await work();
    } catch (fault) {
      const refused = refusalOf(fault);
      // Codes and sentences of the library only: claims, codes and addresses are nobody's to keep.
      if (refused !== "sso.cancelled") log.warn({ what, refused, fault: told(fault) }, "Single sign-on did not work");
      if (refused !== "sso.cancelled") known = undefined;
      return { refused };
    }
  }

  return {
    name: settings.name,
    issuer: () => known?.metadata.issuer ?? settings.issuer,
    addressFor: (token, redirectUri) =>
      orRefused("begin", async () => {
        const { state, nonce, verifier } = secretsOf(token);
        return oidc.buildAuthorizationUrl(await configuration(), {
          redirect_uri: redirectUri,
          scope: settings.scopes,
          code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
          code_challenge_method: "S256",
          ...{ state, nonce },
        });
      }),
    comer: (token, redirectUri, answer) =>
      orRefused("return", async () => {
        const { state, nonce, verifier } = secretsOf(token);
        const config = await configuration();
        const address = new URL(redirectUri);
        address.search = new URLSearchParams(answer).toString();
        const tokens = await oidc.authorizationCodeGrant(config, address, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (!claims) throw new Error("There is no ID token");
        return comerOf(await completed(config, claims, tokens.access_token), mapping);
      }),
  };

  /** Many providers say at their userinfo endpoint only what is not needed to know that it is somebody. */
  async function completed(config: oidc.Configuration, claims: oidc.IDToken, accessToken: string) {
    const { emailClaim, roleClaim, nameClaim } = settings;
    const wanted = [emailClaim, "email_verified", roleClaim, nameClaim];
    const isWhole = wanted.every((name) => claimAt(claims as Claims, name) !== undefined);
    if (isWhole || config.serverMetadata().userinfo_endpoint === undefined) return claims;
    const more = await oidc.fetchUserInfo(config, accessToken, claims.sub);
    return { ...more, ...claims };
  }
}

const isPlain = (issuer: string) => new URL(issuer).protocol === "http:";

function authentication({ token_endpoint_auth_methods_supported: methods }: oidc.ServerMetadata, secret?: string) {
  if (secret === undefined) return oidc.None();
  // What the standard takes for granted where the provider says nothing.
  return methods === undefined || methods.includes("client_secret_basic")
    ? oidc.ClientSecretBasic(secret)
    : oidc.ClientSecretPost(secret);
}

/** All that must come back unchanged, made of the one thing that only this browser has. */
function secretsOf(token: string) {
  const of = (purpose: string) => createHash("sha256").update(`${purpose}:${token}`).digest("base64url");
  return { state: of("state"), nonce: of("nonce"), verifier: of("verifier") };
}

const brokenOff = new Set(["access_denied", "login_required", "interaction_required", "consent_required"]);
const inTrouble = new Set(["temporarily_unavailable", "server_error"]);

function refusalOf(fault: unknown): RefusalCode {
  if (fault instanceof oidc.AuthorizationResponseError) {
    if (brokenOff.has(fault.error)) return "sso.cancelled";
    return inTrouble.has(fault.error) ? "sso.providerDown" : "sso.untrusted";
  }
  if (fault instanceof oidc.ResponseBodyError) {
    return fault.error === "invalid_grant" ? "sso.expired" : fault.status >= 500 ? "sso.providerDown" : "sso.untrusted";
  }
  // fetch says so where nobody answers.
  if (fault instanceof TypeError && fault.cause !== undefined) return "sso.providerDown";
  if (!(fault instanceof oidc.ClientError)) return "sso.untrusted";
  const isUnanswered = fault.code === "OAUTH_TIMEOUT" || fault.code === "OAUTH_ABORT";
  const { cause } = fault;
  if (isUnanswered || (cause instanceof TypeError && cause.cause !== undefined)) return "sso.providerDown";
  return cause instanceof Response && cause.status >= 500 ? "sso.providerDown" : "sso.untrusted";
}

function told(fault: unknown): Record<string, unknown> {
  if (!(fault instanceof Error)) return { message: "no error" };
  const { name, message } = fault;
  const code = "code" in fault ? fault.code : undefined;
  // A word of the provider's, which the address it came in could have been written with by anybody.
  const error = "error" in fault ? String(fault.error).slice(0, 60) : undefined;
  return { name, message, code, error };
}
