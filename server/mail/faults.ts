/** What a mail server's "no" means: whether to try again, and a word for it that holds nothing of the letter. */
import type { MailFault } from "../../protocol/http/mail.ts";

export interface Trouble {
  readonly fault: MailFault;
  /** "550 5.1.1": the server's numbers. Its sentence may repeat the address or the letter, and is not kept. */
  readonly reply: string | null;
  /** Trying again would be answered the same. */
  readonly isFinal: boolean;
}

/** What nodemailer tells besides the message, which may hold the server's sentence. */
interface SendFault {
  code?: unknown;
  originalCode?: unknown;
  command?: unknown;
  response?: unknown;
  responseCode?: unknown;
}

/**
 * Only what is said of the reader or the letter (RCPT TO, DATA) is final. What is said of us (signing in, the sender's
 * address, TLS) is for the operator to mend, and the letters wait for it.
 */
export function troubleOf(cause: unknown): Trouble {
  const { code, originalCode, command, response, responseCode }: SendFault =
    typeof cause === "object" && cause !== null ? cause : {};
  const said = String(command ?? "");
  const reply = replyOf(response, responseCode);
  const later = (fault: MailFault): Trouble => ({ fault, reply, isFinal: false });
  if (code === "EAUTH" || code === "ENOAUTH") return later("signIn");
  if (code === "ETLS" || isCertificate(originalCode)) return later("tls");
  if (code === "ETIMEDOUT" || code === "EABORT") return later("hangs");
  if (said === "MAIL FROM") return later(isRefusal(responseCode) ? "sender" : "notNow");
  if (said === "RCPT TO" || said === "DATA") {
    return isRefusal(responseCode) ? { fault: refusalOf(said, reply), reply, isFinal: true } : later("notNow");
  }
  if (code === "EENVELOPE" && said === "API") return { fault: "address", reply: null, isFinal: true };
  if (typeof responseCode === "number") return later("notNow");
  if (code === "EDNS" || code === "ECONNECTION" || code === "ESOCKET") return later("unreachable");
  return later("broken");
}

const isRefusal = (code: unknown): boolean => typeof code === "number" && code >= 500;

const isCertificate = (code: unknown): boolean =>
  typeof code === "string" && /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|EPROTO)/.test(code);

/** "550 5.1.1", or "550" where the server knows no longer numbers (RFC 3463). */
function replyOf(response: unknown, code: unknown): string | null {
  if (typeof code !== "number") return null;
  const [, enhanced] =
    typeof response === "string" ? (/^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response) ?? []) : [];
  return enhanced === undefined ? String(code) : `${code} ${enhanced}`;
}

function refusalOf(command: string, reply: string | null): MailFault {
  const [basic = "", enhanced = ""] = reply?.split(" ") ?? [];
  const [, subject = "", detail = ""] = enhanced.split(".");
  if (subject === "2" && detail === "2") return "mailboxFull";
  if (subject === "1" && detail === "2") return "noDomain";
  if (subject === "1" || subject === "2") return "noMailbox";
  if (detail === "4" && subject === "3") return "tooLarge";
  if (subject === "7") return "policy";
  if (basic === "552") return enhanced === "" && command === "RCPT TO" ? "mailboxFull" : "tooLarge";
  if (enhanced === "" && command === "RCPT TO" && (basic === "550" || basic === "551" || basic === "553")) {
    return "noMailbox";
  }
  return "refused";
}
