/** Hands letters to a mail server. The only place that knows nodemailer. */
import { readFileSync } from "node:fs";
import { getCACertificates } from "node:tls";
import { createTransport } from "nodemailer";
import type { MailSettings } from "../../config/settings.ts";
import { type Trouble, troubleOf } from "./faults.ts";

export interface OutgoingLetter {
  readonly to: string;
  readonly language: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** With its angle brackets; the same at every try, so that a letter that comes twice can be told. */
  readonly messageId: string;
  readonly writtenAt: number;
}

export interface Patience {
  /** For a connection, and for the server's greeting. */
  readonly connectMs: number;
  /** For one answer. */
  readonly answerMs: number;
  /** For the whole letter. */
  readonly letterMs: number;
}

const usualPatience: Patience = { connectMs: 20_000, answerMs: 60_000, letterMs: 120_000 };

export interface Post {
  /** Undefined when the server took it. What became of it then, it does not tell. */
  deliver(letter: OutgoingLetter, signal?: AbortSignal): Promise<Trouble | undefined>;
  /** Connects, and signs in where there is a user: undefined when that works. */
  verify(): Promise<Trouble | undefined>;
  messageIdOf(mail: string): string;
}

/**
 * What may stand in an address: one, and nothing that a header or an SMTP command is made of. Stricter than what forms
 * take, as this is the last door.
 */
const address = /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~.-]{1,64}@[\p{L}\p{N}.-]{1,189}$/u;

export function openPost({ server, caFile, from }: MailSettings, patience: Patience = usualPatience): Post {
  const transport = createTransport({
    ...transportOptions({ server, caFile, from }),
    connectionTimeout: patience.connectMs,
    greetingTimeout: patience.connectMs,
    dnsTimeout: patience.connectMs,
    socketTimeout: patience.answerMs,
  });
  const domain = from.address.split("@")[1] ?? "localhost";
  return {
    messageIdOf: (mail) => `<${mail}@${domain}>`,
    async deliver(letter, signal) {
      if (!address.test(letter.to)) return { fault: "address", reply: null, isFinal: true };
      const limit = AbortSignal.timeout(patience.letterMs);
      try {
        await transport.sendMail({
          // As objects and never as text, so that nothing in an address is read as another one.
          from,
          to: { name: "", address: letter.to },
          envelope: { from: from.address, to: [letter.to] },
          subject: letter.subject,
          text: letter.text,
          html: letter.html,
          messageId: letter.messageId,
          date: new Date(letter.writtenAt),
          // Written by a machine: no out-of-office answers, please (RFC 3834).
          headers: { "Auto-Submitted": "auto-generated", "Content-Language": letter.language },
          disableFileAccess: true,
          disableUrlAccess: true,
          signal: signal ? AbortSignal.any([signal, limit]) : limit,
        });
        return undefined;
      } catch (cause) {
        return troubleOf(cause);
      }
    },
    async verify() {
      try {
        await transport.verify();
        return undefined;
      } catch (cause) {
        return troubleOf(cause);
      }
    },
  };
}

const isThisMachine = (host: string): boolean => host === "localhost" || host === "::1" || /^127\./.test(host);

/**
 * TLS from the start with smtps; otherwise by STARTTLS where it is offered, and never a password without it. On this
 * machine itself nobody listens in, and the certificate that a system makes for itself there fits no name.
 */
export function transportOptions({ server, caFile }: MailSettings) {
  const { host, port, secure, user } = server;
  const isLocal = isThisMachine(host);
  return {
    host,
    port,
    secure,
    ignoreTLS: !secure && isLocal,
    requireTLS: !secure && !isLocal && user !== undefined,
    ...(user ? { auth: { user: user.name, pass: user.password } } : {}),
    tls: {
      minVersion: "TLSv1.2",
      ...(caFile ? { ca: [...getCACertificates("default"), readFileSync(caFile, "utf8")] } : {}),
    } as const,
  };
}
