/** Passwords: argon2id at the cost that OWASP names, a few at a time, and what is too easy to guess. */
import argon2 from "argon2";
import { leastPasswordLength } from "../../protocol/http/accounts.ts";

/** OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane; some 30 ms of one core. */
const cost = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** More at once would only take the cores from the meetings that run. */
const atOnce = 2;
const mostWaiting = 200;
let running = 0;
const waiting: (() => void)[] = [];

/** Too many wait for their password to be checked: this one is not begun. */
export class TooBusy extends Error {
  override readonly name = "TooBusy";
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) {
    if (waiting.length >= mostWaiting) throw new TooBusy("Too many passwords are being checked at once");
    await new Promise<void>((begin) => waiting.push(begin));
  } else {
    running += 1;
  }
  try {
    return await work();
  } finally {
    // The place is handed on as it is, so that nobody who comes now slips in between.
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

const prepared = (password: string) => password.normalize("NFKC");

export const hashPassword = (password: string): Promise<string> => inTurn(() => argon2.hash(prepared(password), cost));

let nobodysHash: Promise<string> | undefined;

/** Without a hash (no such account, none chosen yet) as much time passes as with one, and the answer is no. */
export async function fitsPassword(hash: string | null, password: string): Promise<boolean> {
  nobodysHash ??= argon2.hash("nobody has this password", cost);
  const against = hash ?? (await nobodysHash);
  const fits = await inTurn(() => argon2.verify(against, prepared(password)));
  return fits && hash !== null;
}

/** What people choose when ten characters are asked for. */
const often = new Set(
  `1234567890 0123456789 12345678910 123456789a 1q2w3e4r5t 1qaz2wsx3edc qwertyuiop qwerty1234 qwerty12345 qwerty123456
  q1w2e3r4t5 asdfghjkl1 zaq12wsxcde abcdefghij abcdefg123 abcd123456 a123456789 password12 password123 password1234
  passw0rd123 p@ssw0rd123 iloveyou12 iloveyou123 iloveyou1234 letmein123 welcome123 welcome1234 admin12345 administrator
  changeme123 sunshine123 princess123 football123 basketball superman123 twinlight1 twinlight123 etwinning1 etwinning123
  schoolschool teacher123 teacher1234 passwort123 passwordpassword contraseña contrasena123 motdepasse motdepasse123
  salasana123 palavrapasse senha12345 9876543210 0987654321 1111111111 1122334455 11223344556677`.split(/\s+/),
);

/**
 * Whether a password is too easy to guess: too short, one of those everybody tries, a few characters over and over, or
 * the person's own name or address with some digits.
 */
export function isWeak(password: string, person: { name: string; email: string }): boolean {
  const text = prepared(password).toLowerCase();
  if ([...text].length < leastPasswordLength || often.has(text)) return true;
  if (new Set(text).size < 5) return true;
  if (/^(.{1,5})\1+.{0,4}$/.test(text)) return true;
  const bare = text.replace(/[^\p{L}]/gu, "");
  const own = [person.email, person.email.split("@")[0] ?? "", person.name].map((word) =>
    word.toLowerCase().replace(/[^\p{L}]/gu, ""),
  );
  return text === person.email || (bare.length > 0 && own.includes(bare));
}
