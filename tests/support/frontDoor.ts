/** The http side of the server, without meetings that run: a real database, a real port, and browsers without windows. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Logger, pino } from "pino";
import { Registry } from "prom-client";
import type { AccountRole, NewSchool } from "../../protocol/http/accounts.ts";
import { identify } from "../../server/accounts/identify.ts";
import { invite } from "../../server/accounts/invitations.ts";
import { accountRoutes } from "../../server/accounts/routes.ts";
import type { SsoProvider } from "../../server/accounts/sso/provider.ts";
import { type AppParts, makeApp } from "../../server/http/app.ts";
import { type Door, openDoor } from "../../server/http/listen.ts";
import { isRefused, type Route } from "../../server/http/route.ts";
import { portalRoutes } from "../../server/portalRoutes.ts";
import { importMount } from "../../server/twinspace/leaving/importMount.ts";
import type { MaterialLimits } from "../../server/twinspace/materials/parts.ts";
import { uploadMount } from "../../server/twinspace/materials/uploadMount.ts";
import { openPool, type Pool } from "../../storage/pool.ts";
import { type Secrets, secretsUnder } from "../../storage/secrets.ts";
import { freshDatabase } from "./database.ts";

export const aveiro: NewSchool = { name: "Escola de Aveiro", town: "Aveiro", country: "PT" };
export const oulu: NewSchool = { name: "Oulun koulu", town: "Oulu", country: "FI" };
export const goodPassword = "seven rivers meet";

export interface FrontDoor {
  readonly url: string;
  readonly door: Door;
  readonly pool: Pool;
  readonly routes: readonly Route[];
  readonly secrets: Secrets;
  readonly evidenceFolder: string;
  readonly materialsFolder: string;
  readonly exportsFolder: string;
  readonly applicationsFolder: string;
  /** Everything that was logged, as it would stand in the file. */
  readonly logged: () => string;
  /** A clock that stands still until it is set; for routes that are given one. */
  readonly clock: { now: number };
  browser(headers?: Record<string, string>): Browser;
  /** Somebody who answered their invitation and is signed in. */
  person(role: AccountRole, name: string, school?: NewSchool | null): Promise<Person>;
  close(): Promise<void>;
}

export interface Person {
  readonly id: string;
  readonly email: string;
  readonly browser: Browser;
}

export interface FrontDoorOptions
  extends Partial<Pick<AppParts, "https" | "publicUrl" | "trustProxy" | "checks" | "metricsToken">> {
  readonly routes?: readonly Route[] | ((pool: Pool) => readonly Route[]);
  readonly pages?: AppParts["pages"] | ((pool: Pool) => AppParts["pages"]);
  readonly clientFolder?: string;
  readonly ended?: (account: string) => void;
  /** Whether the mailbox says that letters go out. */
  readonly sends?: boolean;
  readonly requireSecondFactor?: boolean;
  readonly twoPersons?: boolean;
  readonly sso?: (log: Logger) => SsoProvider;
  readonly materialLimits?: MaterialLimits;
}

export async function openFrontDoor(options: FrontDoorOptions = {}): Promise<FrontDoor> {
  const database = await freshDatabase();
  const pool = openPool(database.url, 5);
  const lines: string[] = [];
  const log = pino({ level: "trace" }, { write: (line: string) => void lines.push(line) });
  const clock = { now: Date.now() };
  const forPool = <T extends object>(given: T | ((pool: Pool) => T)): T =>
    typeof given === "function" ? given(pool) : given;
  const emptyFolder = mkdtempSync(join(tmpdir(), "twinlight-client-"));
  const https = options.https ?? false;
  const ended = options.ended ?? (() => {});
  const secrets = secretsUnder(emptyFolder, "the key of this test and of nothing else");
  const evidenceFolder = join(emptyFolder, "evidence");
  const applicationsFolder = join(emptyFolder, "applications");
  const materials = {
    ...{ pool, now: () => clock.now, tell: () => {}, materialLimits: options.materialLimits },
    materialsFolder: join(emptyFolder, "materials"),
    exportsFolder: join(emptyFolder, "exports"),
  };
  const routes = [
    ...accountRoutes({
      ...{ pool, demo: false, ended, secrets, now: () => clock.now },
      sso: options.sso?.(log),
    }),
    ...portalRoutes({
      ...{ evidenceFolder, applicationsFolder, secrets },
      ...materials,
      sends: options.sends ?? false,
      twoPersons: options.twoPersons ?? false,
    }),
    ...forPool(options.routes ?? []),
  ];
  const app = makeApp({
    log,
    https,
    routes,
    mounts: [(mounting) => uploadMount(materials, mounting), (mounting) => importMount(materials, mounting)],
    identify: (request) => identify(pool, request, https, options.requireSecondFactor),
    publicUrl: options.publicUrl,
    pages: forPool(options.pages ?? [{ path: "/" }, { path: "/m/:code" }]),
    clientFolder: options.clientFolder ?? emptyFolder,
    trustProxy: options.trustProxy ?? false,
    checks: options.checks ?? [],
    registry: new Registry(),
    metricsToken: options.metricsToken,
    version: "0.0.0",
  });
  const door = await openDoor(app, { host: "127.0.0.1", port: 0, tls: undefined, log });
  const browser = (headers?: Record<string, string>) => new Browser(door.url, headers);
  return {
    ...{ url: door.url, door, pool, routes, secrets, clock, browser, evidenceFolder, applicationsFolder },
    materialsFolder: materials.materialsFolder,
    exportsFolder: materials.exportsFolder,
    logged: () => lines.join(""),
    person: (role, name, school = aveiro) =>
      invitedPerson(pool, browser(), role, name, role === "operator" ? null : school),
    async close() {
      await door.close(0);
      await pool.end();
      await database.drop();
      rmSync(emptyFolder, { recursive: true, force: true });
    },
  };
}

/** Somebody who answered their invitation and is signed in with this browser. */
export async function invitedPerson(
  pool: Pool,
  browser: Browser,
  role: AccountRole,
  name: string,
  school: NewSchool | null,
): Promise<Person> {
  const email = `${name.toLowerCase().replace(/\W+/g, ".")}@${role}.test`;
  const invited = await invite(pool, null, { name, email, role, school });
  if (isRefused(invited)) throw new Error(`${name} could not be invited: ${invited.refused}`);
  const answer = await browser.post("/api/invitations/answer", { token: invited.link.token, password: goodPassword });
  if (answer.status !== 200) throw new Error(`${name} could not answer: ${answer.text}`);
  return { id: invited.account.id, email, browser };
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what the tests are about
  readonly body: any;
  readonly headers: Headers;
}

/** Keeps cookies as a browser does; sends what it is told and nothing by itself. */
export class Browser {
  readonly #url: string;
  readonly #headers: Record<string, string>;
  readonly cookies = new Map<string, string>();

  constructor(url: string, headers: Record<string, string> = {}) {
    this.#url = url;
    this.#headers = headers;
  }

  get = (path: string, headers?: Record<string, string>) => this.send("GET", path, undefined, headers);
  post = (path: string, body?: unknown, headers?: Record<string, string>) => this.send("POST", path, body, headers);
  patch = (path: string, body?: unknown) => this.send("PATCH", path, body);
  delete = (path: string) => this.send("DELETE", path);

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(this.#url + path, {
      method,
      redirect: "manual",
      headers: {
        ...this.#headers,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(this.cookies.size > 0
          ? { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ") }
          : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
    const text = await response.text();
    return { status: response.status, text, body: readJson(text), headers: response.headers };
  }

  #keep(cookie: string): void {
    const [pair = ""] = cookie.split(";");
    const at = pair.indexOf("=");
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
    if (value === "") this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
