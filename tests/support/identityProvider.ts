/** A real identity provider on loopback, with people of a school: who wants to sign in chooses as whom on its one page. */
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import Provider, { type Ctx } from "oidc-provider";
import { readSettings, type SsoSettings } from "../../config/settings.ts";
import { Browser } from "./frontDoor.ts";

export interface SchoolPerson {
  name: string;
  email: string;
  email_verified: boolean;
  affiliation: string[];
  school?: string;
}

const clientId = "twinlight";
const clientSecret = "a-secret-of-this-test-alone";

export interface IdentityProvider {
  readonly url: string;
  /** By whom, under their subjects. May be changed while it runs. */
  readonly people: Record<string, SchoolPerson>;
  /** As the operator of a server would set it. */
  settings(more?: Record<string, string>): SsoSettings;
  environment(more?: Record<string, string>): Record<string, string>;
  /** Whom it sends its visitors back to; to be called before anybody comes. */
  serves(url: string): void;
  /** Restarted with other keys: what it signed before is signed by nobody now. */
  rotate(): void;
  /** Changes what it is asked before it looks at it. */
  twist: ((address: URL) => void) | undefined;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Signs in there as somebody, in a browser that was sent by `address`; answers the path it is sent back to. */
  signsIn(address: string, who: string): Promise<string>;
  /** Breaks it off there. */
  cancels(address: string): Promise<string>;
}

export async function openIdentityProvider(people: Record<string, SchoolPerson>): Promise<IdentityProvider> {
  let port = 0;
  let server: Server | undefined;
  let provider: Provider | undefined;
  let servedUrl = "";

  const url = () => `http://127.0.0.1:${port}`;
  const make = () => {
    provider = new Provider(
      url(),
      configuration(() => provider, people, servedUrl),
    );
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const address = new URL(request.url ?? "/", url());
    const [, interaction] = /^\/interaction\/([^/]+)$/.exec(address.pathname) ?? [];
    if (interaction && request.method === "GET") return choosing(response, people);
    if (interaction && provider) {
      const who = new URLSearchParams(await bodyOf(request)).get("who") ?? "";
      const result = who === "" ? { error: "access_denied" } : { login: { accountId: who } };
      return provider.interactionFinished(request, response, result);
    }
    idp.twist?.(address);
    request.url = `${address.pathname}${address.search}`;
    provider?.callback()(request, response);
  };

  const start = async () => {
    server = createServer((request, response) => {
      answer(request, response).catch((fault: unknown) => {
        response.statusCode = 500;
        response.end(String(fault));
      });
    });
    await new Promise<void>((ready) => server?.listen(port, "127.0.0.1", ready));
    // A server that listens on a port has an address with one.
    port = (server.address() as AddressInfo).port;
  };
  await start();

  const environment = (more: Record<string, string> = {}) => ({
    OIDC_ISSUER: url(),
    OIDC_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET: clientSecret,
    OIDC_NAME: "School Login",
    OIDC_ROLE_CLAIM: "affiliation",
    OIDC_STAFF_VALUES: "staff, faculty",
    OIDC_SCHOOL_CLAIM: "school",
    ...more,
  });
  const idp: IdentityProvider = {
    get url() {
      return url();
    },
    people,
    twist: undefined,
    environment,
    settings(more) {
      const { sso } = readSettings(environment(more));
      if (!sso) throw new Error("These settings make no single sign-on");
      return sso;
    },
    serves(served) {
      servedUrl = served;
      make();
    },
    rotate: make,
    start,
    stop: () =>
      new Promise<void>((stopped) => {
        server?.close(() => stopped());
        server?.closeAllConnections();
      }),
    signsIn: (address, who) => walk(address, `who=${who}`),
    cancels: (address) => walk(address, "who="),
  };
  return idp;

  async function walk(address: string, choice: string): Promise<string> {
    const browser = new Browser(url());
    let at = address;
    for (let step = 0; step < 10; step += 1) {
      const here = new URL(at, url());
      if (here.origin !== url()) return `${here.pathname}${here.search}`;
      const isChoice = here.pathname.startsWith("/interaction/");
      const form = { "content-type": "application/x-www-form-urlencoded" };
      const answered = isChoice
        ? await browser.post(here.pathname, choice, form)
        : await browser.get(`${here.pathname}${here.search}`);
      const next = answered.headers.get("location");
      if (next === null) throw new Error(`The provider went nowhere from ${here.pathname}: ${answered.text}`);
      at = next;
    }
    throw new Error("The provider never sent its visitor back");
  }
}

function configuration(provider: () => Provider | undefined, people: Record<string, SchoolPerson>, servedUrl: string) {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = {
    ...privateKey.export({ format: "jwk" }),
    kid: randomBytes(6).toString("hex"),
    use: "sig",
    alg: "RS256",
  };
  return {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [`${servedUrl}/api/sso/return`],
        token_endpoint_auth_method: "client_secret_basic",
      },
    ],
    jwks: { keys: [key] },
    cookies: { keys: [randomBytes(16).toString("hex")] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "affiliation", "school"] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx: Ctx, { uid }: { uid: string }) => `/interaction/${uid}` },
    pkce: { required: () => true },
    ttl: { Session: 3600, Interaction: 3600, Grant: 3600, AccessToken: 3600, IdToken: 3600, AuthorizationCode: 60 },
    findAccount: (_ctx: Ctx, id: string) =>
      people[id] && { accountId: id, claims: async () => ({ sub: id, ...people[id] }) },
    // Nobody is asked whether they agree: it is their school's.
    loadExistingGrant: async ({ oidc }: Ctx) => {
      const made = provider();
      if (!made) return undefined;
      const grant = new made.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope(oidc.params.scope);
      await grant.save();
      return grant;
    },
  };
}

function choosing(response: ServerResponse, people: Record<string, SchoolPerson>): void {
  const buttons = Object.entries(people).map(([id, { name }]) => `<button name="who" value="${id}">${name}</button>`);
  response.setHeader("Content-Type", "text/html; charset=utf-8");
  response.end(`<!doctype html><html lang="en"><title>School Login</title>
    <main><h1>Who are you?</h1><form method="post">${buttons.join(" ")}<button name="who" value="">Cancel</button></form></main>`);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const part of request) body += String(part);
  return body;
}
