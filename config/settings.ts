import { accessSync, constants } from "node:fs";
import { isIP } from "node:net";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { z } from "zod";

// zod would otherwise compile its schemas with `new Function`, which the pages' policy forbids; one way everywhere.
z.config({ jitless: true });

/** A value for one variable, or `undefined` when the text is not what is expected. */
type Reader<T> = (text: string) => T | undefined;

/**
 * @param expected completes "<VARIABLE> must be ..."
 */
function variable<T>(expected: string, read: Reader<T>) {
  return z.string().transform((text, context): T => {
    const value = read(text);
    if (value !== undefined) return value;
    context.addIssue({ code: "custom", message: expected });
    return z.NEVER;
  });
}

const whole = (min: number, max: number, meaning = "") =>
  variable(`a whole number from ${min} to ${max}${meaning}`, (text) => {
    const value = Number(text);
    return /^\d+$/.test(text) && value >= min && value <= max ? value : undefined;
  });

const yesOrNo = variable("1 (yes) or 0 (no)", (text) => (text === "1" ? true : text === "0" ? false : undefined));

const anyText = (expected: string, minLength = 1) =>
  variable(expected, (text) => (text.length >= minLength ? text : undefined));

const readableFile = variable("the path of a file that can be read", (text) => {
  try {
    accessSync(text, constants.R_OK);
    return resolve(text);
  } catch {
    return undefined;
  }
});

const program = variable("the path of a program that can be run", (text) => {
  try {
    accessSync(text, constants.X_OK);
    return resolve(text);
  } catch {
    return undefined;
  }
});

const address = variable("an IP address", (text) => (isIP(text) ? text : undefined));

const hostName = (text: string) => (/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text) ? text : undefined);

const addressOrName = variable("an IP address or a host name", (text) => (isIP(text) ? text : hostName(text)));

const origin = variable("an address like https://meet.example.org, without a path", (text) => {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const bare = url.pathname === "/" && !url.search && !url.hash && !url.username && !url.password;
  return bare && (url.protocol === "https:" || url.protocol === "http:") ? url.origin : undefined;
});

const issuer = variable("an address like https://login.example.org/realm (http only on this machine)", (text) => {
  if (!URL.canParse(text)) return undefined;
  const { protocol, hostname, search, hash, pathname } = new URL(text);
  const isHere = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  if (protocol !== "https:" && !(protocol === "http:" && isHere)) return undefined;
  return search || hash || pathname.includes("/.well-known/") ? undefined : text;
});

/** By commas, for a value may have a space in it. */
const names = variable("one or more names, with commas between them", (text) => {
  const list = text.split(",").map((part) => part.trim());
  return list.every((part) => part !== "") ? list : undefined;
});

const scopes = variable('scopes with spaces between them, "openid" among them', (text) =>
  text.split(/\s+/).includes("openid") ? text : undefined,
);

const databaseUrl = variable("an address like postgresql://user:password@host/database", (text) =>
  /^postgres(ql)?:\/\/./.test(text) ? text : undefined,
);

/** Lower and upper case alike; a display name may stand before it: `Twinlight <letters@example.org>`. */
const mailAddress = /^[^\s@,;<>"()\\]{1,64}@[^\s@,;<>"()\\]{1,189}$/;

const smtp = variable(
  "an address like smtps://user:password@mail.example.org or smtp://mail.example.org:587",
  (text): SmtpServer | undefined => {
    if (!URL.canParse(text)) return undefined;
    const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(text);
    if ((protocol !== "smtp:" && protocol !== "smtps:") || !hostname) return undefined;
    if ((pathname !== "" && pathname !== "/") || search || hash || Boolean(username) !== Boolean(password))
      return undefined;
    const secure = protocol === "smtps:";
    try {
      return {
        host: hostname.replace(/^\[(.*)\]$/, "$1"),
        port: port === "" ? (secure ? 465 : 587) : Number(port),
        secure,
        user: username ? { name: decodeURIComponent(username), password: decodeURIComponent(password) } : undefined,
      };
    } catch {
      // A percent sign that begins nothing.
      return undefined;
    }
  },
);

const sender = variable('an address like "letters@example.org" or "Twinlight <letters@example.org>"', (text) => {
  const [, name = "", address = ""] = /^(?:([^<>\p{Cc}"]*)<([^<>]+)>)$/u.exec(text) ?? [undefined, "", text];
  return mailAddress.test(address) ? { name: name.trim(), address } : undefined;
});

/** What express takes as `trust proxy`: how many proxies there are, or which addresses are theirs. */
const proxies = variable(
  'a number of proxies, or a list like "10.0.0.1, 10.1.0.0/16, loopback"',
  (text): number | string[] | false | undefined => {
    if (text === "none") return false;
    if (/^\d$/.test(text)) return Number(text) === 0 ? false : Number(text);
    const list = text.split(",").map((part) => part.trim());
    return list.every(isProxyName) ? list : undefined;
  },
);

function isProxyName(part: string): boolean {
  if (["loopback", "linklocal", "uniquelocal"].includes(part)) return true;
  const [ip = "", bits, ...more] = part.split("/");
  const version = isIP(ip);
  if (version === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
const logLevel = variable(`one of ${logLevels.join(", ")}`, (text) => logLevels.find((level) => level === text));

const environment = z.object({
  PORT: whole(0, 65535, " (0: any free one)").default(3000),
  HOST: addressOrName.default("127.0.0.1"),
  PUBLIC_URL: origin.optional(),
  TLS_CERT: readableFile.optional(),
  TLS_KEY: readableFile.optional(),
  TRUST_PROXY: proxies.default(false),
  DATA_DIR: anyText("the path of a folder").default("./data"),
  DATABASE_URL: databaseUrl.optional(),
  FFMPEG_PATH: program.optional(),
  MEDIASOUP_WORKER_BIN: program.optional(),
  LISTEN_IP: address.default("127.0.0.1"),
  ANNOUNCED_ADDRESS: addressOrName.optional(),
  MEDIA_PORT: whole(0, 65535, " (0: any free ones)").default(40000),
  MEDIA_WORKERS: whole(1, 64).default(Math.min(availableParallelism(), 4)),
  SMTP_URL: smtp.optional(),
  SMTP_CA: readableFile.optional(),
  MAIL_FROM: sender.optional(),
  RECORDER_SECRET: anyText("at least 16 characters", 16).optional(),
  METRICS_TOKEN: anyText("at least 16 characters", 16).optional(),
  LOG_LEVEL: logLevel.default("info"),
  TWINLIGHT_DEMO: yesOrNo.default(false),
  DEMO_KEEP: yesOrNo.default(false),
  SECRETS_KEY: anyText("at least 32 characters", 32).optional(),
  REQUIRE_SECOND_FACTOR: yesOrNo.default(false),
  OIDC_ISSUER: issuer.optional(),
  OIDC_CLIENT_ID: anyText("what the provider calls this server").optional(),
  OIDC_CLIENT_SECRET: anyText("the secret of the provider for this server").optional(),
  OIDC_NAME: anyText("the provider's name").default("single sign-on"),
  OIDC_SCOPES: scopes.default("openid email profile"),
  OIDC_EMAIL_CLAIM: anyText("the name of a claim").default("email"),
  OIDC_NAME_CLAIM: anyText("the name of a claim").default("name"),
  OIDC_SCHOOL_CLAIM: anyText("the name of a claim").optional(),
  OIDC_ROLE_CLAIM: anyText("the name of a claim").optional(),
  OIDC_STAFF_VALUES: names.optional(),
  TWO_PERSONS: yesOrNo.default(false),
  SPACE_QUOTA_MB: whole(10, 10_000_000, " (megabytes)").default(5_000),
  SPACE_FILE_MB: whole(1, 10_000, " (megabytes)").default(100),
  SPACE_IMAGE_MB: whole(1, 100, " (megabytes)").default(20),
  GRACE_MS: whole(0, 600_000, " (milliseconds)").default(8_000),
});

type Environment = z.output<typeof environment>;

/** What may be repeated in a message when it is wrong: everything but these. */
const secrets = new Set([
  "DATABASE_URL",
  "SMTP_URL",
  "SECRETS_KEY",
  "OIDC_CLIENT_SECRET",
  "RECORDER_SECRET",
  "METRICS_TOKEN",
]);

/** A variable that is wrong; the message names it and what was expected. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

/** Single sign-on by OpenID Connect. Claims are named as the provider names them; `a.b` is `b` within `a`. */
export interface SsoSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** Without one, this server shows who it is by PKCE alone. */
  readonly clientSecret: string | undefined;
  /** What the button says: "Sign in with <name>". */
  readonly name: string;
  readonly scopes: string;
  readonly emailClaim: string;
  readonly nameClaim: string;
  readonly schoolClaim: string | undefined;
  /** Who has one of these values is staff; everybody else stays outside. */
  readonly roleClaim: string;
  readonly staffValues: readonly string[];
}

/** A server that takes our mail. */
export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise by STARTTLS. */
  readonly secure: boolean;
  readonly user: { readonly name: string; readonly password: string } | undefined;
}

export interface MailSettings {
  readonly server: SmtpServer;
  /** A certificate, or an authority's, to trust besides those that Node trusts. */
  readonly caFile: string | undefined;
  readonly from: { readonly name: string; readonly address: string };
}

/** All that an operator can set. Every path is absolute. */
export interface Settings {
  readonly port: number;
  readonly host: string;
  /** The address by which browsers come, without a slash at its end; unset: host and port. */
  readonly publicUrl: string | undefined;
  /** With it, https is served from here. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | undefined;
  /** As express' `trust proxy`. */
  readonly trustProxy: number | string[] | false;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly ffmpegPath: string | undefined;
  readonly workerBin: string | undefined;
  /** Where media is listened for. */
  readonly listenIp: string;
  /** What browsers are told about where media goes; unset: `listenIp`. */
  readonly announcedAddress: string | undefined;
  /** The first of `mediaWorkers` ports, one a worker, UDP and TCP alike. 0: any free ones. */
  readonly mediaPort: number;
  readonly mediaWorkers: number;
  /** How letters go out; unset: they wait in the operator's mailbox. */
  readonly mail: MailSettings | undefined;
  /** By which the recorder shows the server who it is. */
  readonly recorderSecret: string | undefined;
  readonly metricsToken: string | undefined;
  readonly logLevel: (typeof logLevels)[number];
  readonly demo: boolean;
  readonly demoKeep: boolean;
  /** What secrets in the database are sealed by; unset: a file below `dataDir`. */
  readonly secretsKey: string | undefined;
  /** Operators and support services must have a second factor. */
  readonly requireSecondFactor: boolean;
  readonly sso: SsoSettings | undefined;
  /** The approvals of one project for its countries must come from different persons. */
  readonly twoPersons: boolean;
  /** How much one project may keep in its TwinSpace, and how large one file and one picture may be. */
  readonly materialLimits: {
    readonly quotaBytes: number;
    readonly fileBytes: number;
    readonly imageBytes: number;
  };
  /** How long a speaker who vanished keeps the floor. */
  readonly graceMs: number;
}

/**
 * Reads the settings from an environment; an empty variable counts as unset.
 *
 * @throws SettingsError naming every variable that is wrong and what was expected
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(
    Object.keys(environment.shape)
      .map((name) => [name, env[name]?.trim()] as const)
      .filter(([, text]) => text !== undefined && text !== ""),
  );
  const read = environment.safeParse(given);
  const problems = read.success
    ? contradictions(read.data)
    : read.error.issues.map(({ path, message }) => sentence(String(path[0]), message, env));
  if (!read.success || problems.length > 0) throw new SettingsError(problems.join("\n"));
  const data = read.data;
  return {
    port: data.PORT,
    host: data.HOST,
    publicUrl: data.PUBLIC_URL,
    tls: data.TLS_CERT && data.TLS_KEY ? { certFile: data.TLS_CERT, keyFile: data.TLS_KEY } : undefined,
    trustProxy: data.TRUST_PROXY,
    dataDir: resolve(data.DATA_DIR),
    databaseUrl: data.DATABASE_URL,
    ffmpegPath: data.FFMPEG_PATH,
    workerBin: data.MEDIASOUP_WORKER_BIN,
    listenIp: data.LISTEN_IP,
    announcedAddress: data.ANNOUNCED_ADDRESS,
    mediaPort: data.MEDIA_PORT,
    mediaWorkers: data.MEDIA_WORKERS,
    mail:
      data.SMTP_URL && data.MAIL_FROM
        ? { server: data.SMTP_URL, caFile: data.SMTP_CA, from: data.MAIL_FROM }
        : undefined,
    recorderSecret: data.RECORDER_SECRET,
    metricsToken: data.METRICS_TOKEN,
    logLevel: data.LOG_LEVEL,
    demo: data.TWINLIGHT_DEMO,
    demoKeep: data.DEMO_KEEP,
    secretsKey: data.SECRETS_KEY,
    requireSecondFactor: data.REQUIRE_SECOND_FACTOR,
    sso: ssoOf(data),
    twoPersons: data.TWO_PERSONS,
    materialLimits: {
      quotaBytes: data.SPACE_QUOTA_MB * 1_000_000,
      fileBytes: data.SPACE_FILE_MB * 1_000_000,
      imageBytes: data.SPACE_IMAGE_MB * 1_000_000,
    },
    graceMs: data.GRACE_MS,
  };
}

function ssoOf(data: Environment): SsoSettings | undefined {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_ROLE_CLAIM, OIDC_STAFF_VALUES } = data;
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_ROLE_CLAIM || !OIDC_STAFF_VALUES) return undefined;
  return {
    issuer: OIDC_ISSUER,
    clientId: OIDC_CLIENT_ID,
    clientSecret: data.OIDC_CLIENT_SECRET,
    name: data.OIDC_NAME,
    scopes: data.OIDC_SCOPES,
    emailClaim: data.OIDC_EMAIL_CLAIM,
    nameClaim: data.OIDC_NAME_CLAIM,
    schoolClaim: data.OIDC_SCHOOL_CLAIM,
    roleClaim: OIDC_ROLE_CLAIM,
    staffValues: OIDC_STAFF_VALUES,
  };
}

function sentence(name: string, expected: string, env: Readonly<Record<string, string | undefined>>): string {
  return `${name} must be ${expected}${secrets.has(name) ? "" : `, but is "${env[name] ?? ""}"`}.`;
}

/** Variables that are right one by one and wrong together. */
function contradictions(data: Environment): string[] {
  const problems: string[] = [];
  if (Boolean(data.TLS_CERT) !== Boolean(data.TLS_KEY)) {
    problems.push("TLS_CERT and TLS_KEY must be set both or neither.");
  }
  if (data.SMTP_URL && !data.MAIL_FROM) {
    problems.push("MAIL_FROM must be set too: the address that letters come from.");
  }
  // Without the last two nobody could tell staff from pupils, who must not get in.
  const sso = ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_ROLE_CLAIM", "OIDC_STAFF_VALUES"] as const;
  const missing = sso.filter((name) => data[name] === undefined);
  if (missing.length > 0 && missing.length < sso.length) {
    problems.push(`${missing.join(" and ")} must be set too: ${sso.join(", ")} go together.`);
  }
  if (["0.0.0.0", "::"].includes(data.LISTEN_IP) && !data.ANNOUNCED_ADDRESS) {
    problems.push(
      `ANNOUNCED_ADDRESS must be the address by which browsers reach this machine, as LISTEN_IP is ${data.LISTEN_IP}.`,
    );
  }
  if (data.MEDIA_PORT + data.MEDIA_WORKERS - 1 > 65535) {
    problems.push(
      `MEDIA_PORT must leave room for ${data.MEDIA_WORKERS} ports up to 65535, but is "${data.MEDIA_PORT}".`,
    );
  }
  return problems;
}
