/** A real SMTP server on loopback that keeps what it is given, and says no where a test wants it to. */
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import type { Certificate } from "./certificate.ts";
import { eventually } from "./eventually.ts";

export interface ReceivedLetter {
  /** As the SMTP commands named them, not the headers. */
  readonly from: string;
  readonly to: readonly string[];
  /** As it came over the wire. */
  readonly raw: string;
  /** By lower-case name, decoded; of a repeated one all values. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Whether it came over TLS. */
  readonly secure: boolean;
}

/** A refusal as SMTP says it: "550 5.1.1 No such user". */
export type SmtpAnswer = string | undefined;

export interface MailServerOptions {
  readonly certificate?: Certificate;
  /** TLS from the first byte. */
  readonly secure?: boolean;
  readonly user?: { readonly name: string; readonly password: string };
  /** Asked at each RCPT TO. */
  readonly recipient?: (address: string) => SmtpAnswer;
  /** Asked at each MAIL FROM. */
  readonly sender?: (address: string) => SmtpAnswer;
  /** Asked when a letter was given; before it is kept. `hang up`: without an answer. */
  readonly letter?: (received: ReceivedLetter) => SmtpAnswer | "hang up" | "hang up after keeping it" | "say nothing";
}

export interface MailServer {
  /** For SMTP_URL. */
  readonly url: string;
  readonly letters: readonly ReceivedLetter[];
  /** What it is asked and answers from now on. */
  answers(options: Pick<MailServerOptions, "recipient" | "sender" | "letter">): void;
  /** The letters to this address, once there are so many. */
  lettersTo(address: string, count?: number): Promise<readonly ReceivedLetter[]>;
  close(): Promise<void>;
}

export async function openMailServer(given: MailServerOptions = {}): Promise<MailServer> {
  const { certificate, user, secure = false } = given;
  let options = given;
  const letters: ReceivedLetter[] = [];
  const server = new SMTPServer({
    secure,
    ...(certificate ?? {}),
    authOptional: user === undefined,
    hideSTARTTLS: certificate === undefined,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    logger: false,
    onAuth({ username, password }, _session, callback) {
      const fits = username === user?.name && password === user?.password;
      if (fits) callback(null, { user: username });
      else callback(refusal("535 5.7.8 Wrong"));
    },
    onMailFrom: ({ address }, _session, callback) => callback(refusal(options.sender?.(address))),
    onRcptTo: ({ address }, _session, callback) => callback(refusal(options.recipient?.(address))),
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        const received: ReceivedLetter = {
          from: mailFrom === false ? "" : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          secure: Boolean(session.secure),
          ...readLetter(Buffer.concat(chunks).toString("latin1")),
        };
        const answer = options.letter?.(received);
        if (answer === "say nothing") return;
        if (answer === undefined || answer === "hang up after keeping it") letters.push(received);
        if (answer?.startsWith("hang up")) return hangUp();
        callback(refusal(answer));
      });
    },
  });
  const sockets = new Set<{ destroy(): void }>();
  server.server.on("connection", (socket: { destroy(): void; once(event: string, done: () => void): void }) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  const hangUp = () => {
    for (const socket of sockets) socket.destroy();
  };
  // A client that hangs up, or does not like the certificate, is no fault of the test.
  server.on("error", () => {});
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.server.address() as AddressInfo;
  const sign = user ? `${encodeURIComponent(user.name)}:${encodeURIComponent(user.password)}@` : "";
  return {
    url: `${secure ? "smtps" : "smtp"}://${sign}127.0.0.1:${port}`,
    letters,
    answers: (changed) => {
      options = { ...given, ...changed };
    },
    async lettersTo(address, count = 1) {
      const found = () => letters.filter(({ to }) => to.includes(address));
      await eventually(() => found().length >= count);
      return found();
    },
    close: () => {
      hangUp();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

function refusal(answer: SmtpAnswer): Error | null {
  if (answer === undefined) return null;
  const [, code = "550", sentence = ""] = /^(\d{3}) (.*)$/.exec(answer) ?? [];
  return Object.assign(new Error(sentence), { responseCode: Number(code) });
}

/** One letter's parts. Enough of RFC 2045 to read what a well-behaved sender writes. */
function readLetter(raw: string) {
  const { headers, body } = partsOf(raw);
  const leaves = leavesOf(headers, body);
  const leaf = (type: string) => leaves.find((one) => one.type.startsWith(type))?.text ?? "";
  return {
    raw,
    headers,
    subject: headers.get("subject")?.[0] ?? "",
    text: leaf("text/plain"),
    html: leaf("text/html"),
  };
}

function partsOf(raw: string): { headers: Map<string, string[]>; body: string } {
  const end = raw.indexOf("\r\n\r\n");
  const headers = new Map<string, string[]>();
  for (const line of raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, " ")
    .split("\r\n")) {
    const [, name = "", value = ""] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
    headers.set(name.toLowerCase(), [...(headers.get(name.toLowerCase()) ?? []), decodedWords(value)]);
  }
  return { headers, body: raw.slice(end + 4) };
}

function leavesOf(headers: ReadonlyMap<string, readonly string[]>, body: string): { type: string; text: string }[] {
  const type = headers.get("content-type")?.[0] ?? "text/plain";
  const boundary = /boundary="?([^";]+)"?/.exec(type)?.[1];
  if (boundary === undefined) {
    const encoding = headers.get("content-transfer-encoding")?.[0]?.toLowerCase() ?? "7bit";
    return [{ type, text: decoded(body, encoding).toString("utf8").replaceAll("\r\n", "\n") }];
  }
  return body
    .split(`--${boundary}`)
    .slice(1, -1)
    .flatMap((part) => {
      const inner = partsOf(part.replace(/^\r\n/, ""));
      return leavesOf(inner.headers, inner.body);
    });
}

function decoded(body: string, encoding: string): Buffer {
  if (encoding === "base64") return Buffer.from(body, "base64");
  if (encoding === "quoted-printable") return quotedPrintable(body.replace(/=\r?\n/g, ""));
  return Buffer.from(body, "latin1");
}

const quotedPrintable = (text: string): Buffer =>
  Buffer.from(
    text.replace(/=([0-9A-F]{2})/gi, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  );

/** `=?UTF-8?Q?...?=`, RFC 2047; between two of them white space is none. */
function decodedWords(value: string): string {
  return value
    .replace(/(=\?[^?]+\?[BQ]\?[^?]*\?=)\s+(?==\?)/gi, "$1")
    .replace(/=\?[^?]+\?([BQ])\?([^?]*)\?=/gi, (_whole, kind: string, text: string) =>
      kind.toUpperCase() === "B"
        ? Buffer.from(text, "base64").toString("utf8")
        : quotedPrintable(text.replaceAll("_", " ")).toString("utf8"),
    );
}
